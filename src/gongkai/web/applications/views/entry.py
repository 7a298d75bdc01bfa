"""Writing down what came by counter, mail or fax."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.report import api
from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.actions import (
    EnterOnce,
    RegisterByStaff,
    RegisterScanned,
    entered_before,
)
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms.entry import StaffForm
from gongkai.web.applications.models import IncomingScan
from gongkai.web.applications.receiving import scans
from gongkai.web.applications.views import receipts
from gongkai.web.applications.views.base import actor_of, page, whole
from gongkai.web.common import once
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.permissions import ALL


def own_agencies(request: HttpRequest) -> list[Agency]:
    """Agencies for which the actor enters applications. Raises ``Denied`` where there is none."""
    ids = agency_permissions.where(actor_of(request), permissions.REGISTER)
    if not ids:
        raise Denied("您没有登记申请的权限", remedy="请由本机关的经办人登记")
    agencies = Agency.objects.current().order_by("lineage")
    return list(agencies if ids is ALL else agencies.filter(pk__in=ids))


@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The application form with how and when it came; beside it the pages of a scan, where one is named.

    Sent again (a double click, an answer that got lost) it leads to the case it has become.
    """
    own = own_agencies(request)
    scan, named = _scan(request), whole(request.GET.get("scan", ""))
    scanned = "scan" in request.GET
    if scanned and scan is None and not _sent_before(request):
        raise Http404
    choices = [(one.pk, one.full_name) for one in own if scan is None or one.pk == scan.agency_id]
    if request.method == "GET":
        first = {"received_on": today(), "agency": choices[0][0]} | (scans.said(scan) if scan else {})
        return _entry(request, StaffForm(agencies=choices, scanned=scanned, initial=first), scan)
    form = StaffForm(request.POST, request.FILES, agencies=choices, scanned=scanned)
    if not form.is_valid():
        return _entry(request, form, scan, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    agency = next(one for one in own if str(one.pk) == form.cleaned_data["agency"])
    try:
        entered = _registration(request, form, agency, named)
        made = EnterOnce(actor_of(request), token=request.POST.get("once", ""), registration=entered).run()
    except ActionRefused as refusal:
        return _entry(request, form, scan, refusal, status=HTTPStatus.CONFLICT)
    receipts.hand_over(request, made)
    return redirect("applications:registered", made.case.pk)


def _scan(request: HttpRequest) -> IncomingScan | None:
    return scans.waiting(actor_of(request)).filter(pk=whole(request.GET.get("scan", ""))).first()


def _sent_before(request: HttpRequest) -> bool:
    token = request.POST.get("once", "")
    return bool(token) and entered_before(actor_of(request), token)


def _registration(request: HttpRequest, form: StaffForm, agency: Agency, scan_id: int) -> RegisterByStaff:
    actor, given = actor_of(request), form.cleaned_data
    shared: dict[str, Any] = {
        "agency": agency,
        "request": form.request(),
        "received_on": given["received_on"],
        "confirmed_on": given["confirmed_on"],
        "handler_id": actor.person_id,
        "spoken": given["spoken"],
    }
    return RegisterScanned(actor, scan_id=scan_id, **shared) if scan_id else RegisterByStaff(actor, **shared)


def _entry(
    request: HttpRequest,
    form: StaffForm,
    scan: IncomingScan | None,
    refusal: ActionRefused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    # What differs from what the token stands for gets one of its own: sent once more it is another case.
    kept = "" if refusal and refusal.code == "differs" else request.POST.get("once", "")
    context: dict[str, Any] = {
        "form": form,
        "blocks": form.laid_out(),
        "refusal": refusal,
        "scan": scan,
        "once": kept or once.new(),
    }
    if scan is not None:
        context |= {"numbers": range(1, scan.n_pages + 1), "may_recognise": api.can_recognise()}
    return page(request, "entry.html", context, crumb="登记申请", status=status)
