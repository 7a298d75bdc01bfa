"""What the page of a case says right after its applicant has done something: that it has come, and when."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from gongkai.law.case import Kind
from gongkai.web.applications import clock
from gongkai.web.applications.models import Case
from gongkai.web.common.days import chinese

_FIELD: Final = "done"
#: By the step: what it records, and what is said of it. What is not here the page shows by itself: a
#: withdrawal in its large sentence, a rating where it was given, messages by the button that is left.
_SAID: Final[Mapping[str, tuple[Kind, str]]] = {
    "correct": (Kind.CORRECTED, "已于{day}收到您的补正，不用再交。答复期限重新计算，见下面的日期。"),
    "reasons": (Kind.REASONS_GIVEN, "已于{day}收到您说明的理由，不用再交。"),
}


def page_after(step: str) -> str:
    """The address of the page after a step was taken."""
    page = reverse("portal:followed")
    if step in _SAID:
        return f"{page}?{_FIELD}={step}"
    return page + "#rate" * (step == "rate")


def said(request: HttpRequest, case: Case) -> str:
    """The words, where the step is on record; empty otherwise: an address alone makes nothing true."""
    kind, words = _SAID.get(request.GET.get(_FIELD, ""), (None, ""))
    if kind is None:
        return ""
    event = clock.in_force(case.events.filter(kind=kind)).last()
    return words.format(day=chinese(event.on)) if event else ""
