"""Taking over cases of an old system from a file: tried first, row by row, then entered."""

from collections import Counter
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import files, old_cases, permissions
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms.setup import OldCasesForm
from gongkai.web.applications.views.base import actor_of, page
from gongkai.web.common import sheets
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.permissions import ALL


def _own(request: HttpRequest) -> list[Agency]:
    """The agencies the actor may do it for. Raises ``Denied``, saying who may, where there is none."""
    ids = agency_permissions.where(actor_of(request), permissions.TAKE_OVER)
    if ids is ALL or not ids:
        raise Denied(
            "您没有转入原系统申请的权限",
            remedy="请由本机关的科室负责人、分管负责人或系统管理员转入；都没有的，请上级机关的系统管理员先任命其中一人",
        )
    return list(Agency.objects.current().filter(pk__in=ids).order_by("lineage"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest) -> HttpResponse:
    """The file is looked at as often as wanted; ``step=take`` enters its right rows and says what is left.

    Nothing of it is kept between the two: the same file is chosen again.
    """
    own = _own(request)
    form = OldCasesForm(
        request.POST or None, request.FILES or None, agencies=[(one.pk, one.full_name) for one in own]
    )
    context: dict[str, Any] = {"form": form, "codes": old_cases.codes(today())}
    if request.method == "GET" or not form.is_valid():
        status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        return page(request, "take_over.html", context, crumb="转入原系统的申请", status=status)
    agency = next(one for one in own if one.pk == form.cleaned_data["agency"])
    only_look = request.POST.get("step") != "take"
    try:
        rows = old_cases.read(form.cleaned_data["upload"], today())
        context["rows"] = old_cases.take_over(actor_of(request), agency, rows, only_look=only_look)
    except ActionRefused as refusal:
        context["refusal"] = refusal
        return page(request, "take_over.html", context, crumb="转入原系统的申请", status=HTTPStatus.CONFLICT)
    right = Counter(bool(row.fault) for row in context["rows"])[False]
    context |= {"looked": only_look, "right": right, "wrong": len(rows) - right, "agency": agency}
    if not only_look and right:
        messages.success(request, f"已转入{right}件。")
    return page(request, "take_over.html", context, crumb="转入原系统的申请")


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """A workbook to fill in."""
    _own(request)
    response = HttpResponse(old_cases.workbook_template(today()), content_type=sheets.FORMS["xlsx"].mime)
    response.headers["Content-Disposition"] = files.disposition("转入申请模板.xlsx")
    return response


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A file to fill in."""
    _own(request)
    response = HttpResponse(old_cases.template(), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = files.disposition("转入申请模板.json")
    return response
