"""Writing down what came by counter, mail or fax; requests for assistance."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.actions import AnswerAssistance, RecordAssistance, RegisterByStaff
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.entry import StaffForm
from gongkai.web.applications.forms import AssistanceForm
from gongkai.web.applications.models import AssistanceRequest
from gongkai.web.applications.views import receipts
from gongkai.web.applications.views.base import actor_of, page, whole
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.permissions import ALL


def _own(request: HttpRequest) -> list[Agency]:
    ids = agency_permissions.where(actor_of(request), permissions.REGISTER)
    if not ids:
        raise Denied("您没有登记申请的权限", remedy="请由本机关的经办人登记")
    agencies = Agency.objects.current().order_by("lineage")
    return list(agencies if ids is ALL else agencies.filter(pk__in=ids))


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The application form with how and when it came."""
    own = _own(request)
    choices = [(one.pk, one.full_name) for one in own]
    if request.method == "GET":
        form = StaffForm(agencies=choices, initial={"received_on": today(), "agency": own[0].pk})
        return _entry(request, form)
    form = StaffForm(request.POST, request.FILES, agencies=choices)
    if not form.is_valid():
        return _entry(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    agency = next(one for one in own if str(one.pk) == form.cleaned_data["agency"])
    try:
        made = RegisterByStaff(
            actor_of(request),
            agency=agency,
            request=form.request(),
            received_on=form.cleaned_data["received_on"],
            confirmed_on=form.cleaned_data["confirmed_on"],
            handler_id=actor_of(request).person_id,
            spoken=form.cleaned_data["spoken"],
        ).run()
    except ActionRefused as refusal:
        return _entry(request, form, refusal, status=HTTPStatus.CONFLICT)
    receipts.hand_over(request, made)
    return redirect("applications:registered", made.case.pk)


def _entry(
    request: HttpRequest, form: StaffForm, refusal: ActionRefused | None = None, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "blocks": form.laid_out(), "refusal": refusal}
    return page(request, "entry.html", context, crumb="登记申请", status=status)


@require_http_methods(["GET", "POST"])
def assistance(request: HttpRequest) -> HttpResponse:
    """The register of requests for assistance, a new one, and answers."""
    own = _own(request)
    form = AssistanceForm(
        request.POST if "subject" in request.POST else None,
        agencies=[(one.pk, one.full_name) for one in own],
        initial={"received_on": today(), "agency": own[0].pk},
    )
    refusal = None
    try:
        if request.method == "POST" and _done(request, form, own):
            return redirect("applications:assistance")
    except ActionRefused as told:
        refusal = told
    rows = AssistanceRequest.objects.filter(agency__in=own).select_related("agency")[:200]
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    context = {"form": form, "rows": rows, "refusal": refusal, "several": len(own) > 1, "today": today()}
    return page(request, "assistance.html", context, crumb="协助查询", status=status)


def _done(request: HttpRequest, form: AssistanceForm, own: list[Agency]) -> bool:
    actor, answered = actor_of(request), request.POST.get("answered", "")
    if answered.isdecimal():
        AnswerAssistance(actor, assistance_id=whole(answered), answer=request.POST.get("answer", "")).run()
        messages.success(request, "已登记反馈。")
        return True
    if not form.is_valid():
        return False
    given = form.cleaned_data
    agency = next(one for one in own if str(one.pk) == given.pop("agency"))
    RecordAssistance(actor, agency=agency, **given).run()
    messages.success(request, "已登记协助查询。")
    return True
