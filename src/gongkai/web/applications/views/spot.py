"""The page after an application was written down, and answering it on the spot."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.applications import selectors
from gongkai.web.applications.actions import AnswerOnTheSpot
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms.spot import OnTheSpotForm
from gongkai.web.applications.letters import on_the_spot, others_data, signing
from gongkai.web.applications.letters.kinds import REPLY, kinds
from gongkai.web.applications.models import Case, Letter, LetterState
from gongkai.web.applications.views import allowed, receipts
from gongkai.web.applications.views.base import actor_of, page, revision_of
from gongkai.web.common.errors import ActionRefused


@never_cache
@require_safe
def registered(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and code, told once; what to hand over, and what can be done while the applicant waits."""
    case = selectors.case_for(actor_of(request), pk)
    context = {
        "case": case,
        "code": receipts.tell(request),
        "refusal": on_the_spot.refusal(case, today()),
        "may": allowed.May(actor_of(request), case.agency_id),
        "unconfirmed": receipts.unconfirmed(case),
    }
    return page(request, "registered.html", context, crumb=f"已登记：{case.register_no}号")


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply on one page: outcome, facts, what is handed over; sent to be signed at once."""
    case = selectors.case_for(actor_of(request), pk)
    allowed.require(actor_of(request), AnswerOnTheSpot, case, "当场答复")
    form = _form(request, case)
    if request.method == "GET" or not form.is_valid():
        status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        return _shown(request, case, form, status=status)
    given: dict[str, Any] = {"outcome": form.cleaned_data.get("outcome", ""), "typed": form.typed()}
    try:
        uploads = form.uploads()
    except ActionRefused as refusal:
        return _shown(request, case, form, refusal, status=HTTPStatus.CONFLICT)
    try:
        letter = AnswerOnTheSpot(
            actor_of(request), case_id=pk, revision=revision_of(request, case), uploads=uploads, **given
        ).run()
    except ActionRefused as refusal:
        sums = {sha256(one.content).hexdigest() for one in uploads}
        written = on_the_spot.written(case, actor_of(request).person_id or 0, sums=sums, **given)
        if written is None:
            return _shown(request, case, form, refusal, status=HTTPStatus.CONFLICT)
        letter = written  # sent twice: what was done the first time
    messages.success(request, _next(letter))
    return redirect("applications:letter", pk, letter.pk)


def _next(letter: Letter) -> str:
    if any(others_data.in_files(letter)):
        return "当场答复已写好，还没有签批：随同提供的文件须先核对，见下面；核对后在本页签批。"
    step = signing.progress(letter, today()).next_step
    waits = f"，请“{step.name}”的签批人现在签批" if step else ""
    signed = "您已签第一步" if letter.state == LetterState.SIGNING else "已写好"
    return f"当场答复{signed}{waits}；签发后在本页登记当面交付。"


def _form(request: HttpRequest, case: Case) -> OnTheSpotForm:
    shared: dict[str, Any] = {"kind": kinds()[REPLY], "outcomes": on_the_spot.choices(today())}
    if request.method == "POST":
        return OnTheSpotForm(request.POST, request.FILES, **shared)
    handed_over = {"提供方式": on_the_spot.handed_over(case)}
    return OnTheSpotForm(initial=OnTheSpotForm.initial_of(kinds()[REPLY], handed_over, "provided"), **shared)


def _shown(
    request: HttpRequest,
    case: Case,
    form: OnTheSpotForm,
    refusal: ActionRefused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "refusal": refusal,
        "impossible": on_the_spot.refusal(case, today()),
        "revision": request.POST.get("revision", "") or case.revision,
        "back": reverse("applications:case", args=[case.pk]),
    }
    return page(request, "on_the_spot.html", context, crumb="当场答复", status=status)
