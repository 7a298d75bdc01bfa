"""What the screens share."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.web.applications import selectors
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.selectors import SOON
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

#: Figures of a number in an address or a form.
_LONGEST: Final = 12
#: A shape for each state, so that it is never told by colour alone; the class colours it.
SHAPES: Final = {
    State.UNCONFIRMED: ("○", "todo"),
    State.RUNNING: ("●", "good"),
    State.AWAITING_CORRECTION: ("❚❚", "idle"),
    State.PAUSED: ("❚❚", "idle"),
    State.AWAITING_PAYMENT: ("❚❚", "idle"),
    State.ANSWERED: ("✓", "good"),
    State.LAPSED: ("–", "idle"),
    State.WITHDRAWN: ("–", "idle"),
}


def actor_of(request: HttpRequest) -> Actor:
    """Whoever is signed in."""
    return Actor.of(request.user)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, crumb: str = "", status: int = 200
) -> HttpResponse:
    """A screen on the CMS's base; ``crumb`` is the last of its breadcrumbs."""
    items = [{"url": reverse("applications:due"), "label": "依申请公开"}]
    if crumb:
        items.append({"url": "", "label": crumb})
    title = crumb or "依申请公开"
    shared = {"breadcrumbs_items": items, "header_icon": "mail", "header_title": title}
    return render(request, f"applications/{template}", {**shared, **context}, status=status)


def told(refusal: ActionRefused) -> str:
    """What was refused and what to do, as sentences to show above the next page."""
    return "".join(f"{said.rstrip('。')}。" for said in (refusal.message, refusal.remedy) if said)


def whole(text: str) -> int:
    """A whole number out of an address or a form; nought, which nothing on record has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 0


def revision_of(request: HttpRequest, case: Case) -> int:
    """The revision of the page a form was on. Raises ``ActionRefused`` where the form does not bring it."""
    text = request.POST.get("revision", "")
    if not text.isdecimal() or len(text) > _LONGEST:
        raise ActionRefused("表单不完整，没有办理", place=str(case), remedy="请刷新页面后重新提交")
    return int(text)


def mark(case: Case, day: date) -> dict[str, str]:
    """Shape, class and words of what is left of a case's time on a day."""
    shape, style, words = _urgency(case, day)
    return {"shape": shape, "style": style, "label": words}


def _urgency(case: Case, day: date) -> tuple[str, str, str]:
    left = selectors.left(case, day)
    if selectors.perhaps_over(case, day):
        return "▲", "todo", "今天可能到期" if case.not_before == day else "可能已到期"
    if case.state not in {State.RUNNING, State.UNCONFIRMED} or case.due is None:
        shape, style = SHAPES[State(case.state)]
        return shape, style, case.get_state_display()
    if case.due < day:
        # On days off after the last day, and in a year without published holidays, no number of days is late.
        return "■", "bad", f"逾期{-left}个工作日" if left else "逾期"
    if case.due == day:
        return "▲", "todo", "今天到期"
    if left is None:
        return "●", "good", case.get_state_display()
    return ("▲", "todo", f"剩{left}个工作日") if left <= SOON else ("●", "good", f"剩{left}个工作日")
