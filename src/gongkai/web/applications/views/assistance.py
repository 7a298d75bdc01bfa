"""Requests of other agencies for assistance (协助查询): the register page by page, a new one, answers."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import AnswerAssistance, OpenAssistance, RecordAssistance
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms.assistance import AssistanceForm
from gongkai.web.applications.models import AssistanceRequest
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.selectors import PAGE
from gongkai.web.applications.views.base import actor_of, page, whole
from gongkai.web.applications.views.entry import own_agencies
from gongkai.web.common import once
from gongkai.web.common.errors import ActionRefused

#: In an address: those alone that nobody has answered yet, the earliest day first.
_OPEN: Final = "open"


@require_http_methods(["GET", "POST"])
def assistance(request: HttpRequest) -> HttpResponse:
    """The register of requests for assistance, a new one, and answers."""
    own = own_agencies(request)
    form = AssistanceForm(
        request.POST if "subject" in request.POST else None,
        agencies=[(one.pk, one.full_name) for one in own],
        initial={"received_on": today(), "agency": own[0].pk},
    )
    refusal, opened = None, 0
    try:
        if request.POST.get("opened"):
            opened = _opened(request)
        elif request.POST.get("answered"):
            return _answered(request)
        elif request.method == "POST" and _recorded(request, form, own):
            return redirect("applications:assistance")
    except ActionRefused as told:
        refusal = told
    context = {
        **_register(request, own, opened),
        "form": form,
        "refusal": refusal,
        "several": len(own) > 1,
        "once": once.token(request),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return page(request, "assistance.html", context, crumb="协助查询", status=status)


def _register(request: HttpRequest, own: Sequence[Agency], opened: int) -> dict[str, Any]:
    """A page of it, with the words above that say what is shown."""
    all_of_them = AssistanceRequest.objects.filter(agency__in=own).select_related("agency")
    waiting = all_of_them.filter(answered_on=None)
    only_open = _OPEN in request.GET
    shown = waiting.order_by(F("answer_by").asc(nulls_last=True), "id") if only_open else all_of_them
    found = Paginator(shown, PAGE).get_page(whole(request.GET.get("p", "")) or 1)
    return {
        "page": found,
        "rows": [_asked(one, opened=one.pk == opened) for one in found],
        "query": f"{_OPEN}=1" if only_open else "",
        "words": [
            {"label": "全部", "count": all_of_them.count(), "query": "", "current": not only_open},
            {"label": "待反馈", "count": waiting.count(), "query": f"{_OPEN}=1", "current": only_open},
        ],
    }


def _asked(one: AssistanceRequest, *, opened: bool) -> dict[str, Any]:
    """A row of the register: what was asked and answered, numbers of people masked unless it is opened."""
    subject, answer = masking.numbers(one.subject), masking.numbers(one.answer)
    masked = (subject, answer) != (one.subject, one.answer)
    if opened:
        subject, answer, masked = one.subject, one.answer, False
    return {"asked": one, "subject": subject, "answer": answer, "masked": masked}


def _opened(request: HttpRequest) -> int:
    """The request that is shown in full this once. Raises ``ActionRefused`` without a reason."""
    number, reason = whole(request.POST["opened"]), request.POST.get("reason", "")
    return OpenAssistance(actor_of(request), assistance_id=number, reason=reason).run().pk


def _answered(request: HttpRequest) -> HttpResponse:
    """Record an answer; back to the same page of the same list."""
    number, answer = whole(request.POST["answered"]), request.POST.get("answer", "")
    AnswerAssistance(actor_of(request), assistance_id=number, answer=answer).run()
    messages.success(request, "已登记反馈。")
    query = request.GET.urlencode()
    return redirect(reverse("applications:assistance") + (f"?{query}" if query else ""))


def _recorded(request: HttpRequest, form: AssistanceForm, own: Sequence[Agency]) -> bool:
    """Enter a new one; whether the form was complete."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    agency = next(one for one in own if str(one.pk) == given.pop("agency"))
    RecordAssistance(actor_of(request), agency=agency, form=once.sent(request), **given).run()
    messages.success(request, "已登记协助查询。")
    return True
