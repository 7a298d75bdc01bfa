"""What an agency sets for its applications: numbers, remedy bodies, letter templates with their fields."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import accepted, files, permissions
from gongkai.web.applications.actions import DropTemplate, SetRegister, SetTemplate
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms.setup import RegisterForm
from gongkai.web.applications.letters import bodies, making, own_templates, values
from gongkai.web.applications.papers import templates
from gongkai.web.applications.receiving import numbers
from gongkai.web.applications.views.base import actor_of, page
from gongkai.web.common import permissions as common_permissions
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sms import client as sms
from gongkai.web.common.sms import quiet


def _agency(request: HttpRequest, pk: int) -> Agency:
    if not common_permissions.allowed(actor_of(request), permissions.SET_UP, pk):
        raise Http404
    return get_object_or_404(Agency, pk=pk)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, agency: int) -> HttpResponse:
    """The settings, and the list of letters with the agency's own templates."""
    found = _agency(request, agency)
    now = numbers.register_of(found)
    names = ("pattern", "mark", "reconsideration_body", "court", "confirm_at_once")
    initial = {name: getattr(now, name) for name in names}
    form = RegisterForm(request.POST if "pattern" in request.POST else None, initial=initial)
    refusal = None
    if request.method == "POST":
        try:
            if _done(request, found, form):
                return redirect("applications:settings", agency)
        except ActionRefused as told:
            refusal = told
    own = {one.template.kind: one for one in templates.judged(own_templates.kept().filter(agency=found))}
    context = {
        "agency": found,
        "form": form,
        "refusal": refusal,
        "example": numbers.register_no(found, today().year, 1),
        "letters": [{"kind": kind, "own": own.get(kind.code)} for kind in templates.all_kinds()],
        "unfit": sum(bool(one.faults) for one in own.values()),
        "common": values.COMMON.items(),
        "body": bodies.reconsideration_body(found),
        "sms": sms.available(),
        "quiet": quiet.hours(),
        "may_take_over": common_permissions.allowed(actor_of(request), permissions.TAKE_OVER, found.pk),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return page(request, "settings.html", context, crumb="依申请公开设置", status=status)


def _done(request: HttpRequest, agency: Agency, form: RegisterForm) -> bool:
    actor = actor_of(request)
    code = request.POST.get("kind", "")
    if "drop" in request.POST:
        DropTemplate(actor, agency=agency, kind=code).run()
        messages.success(request, "已恢复通用文本。")
        return True
    if upload := request.FILES.get("template"):
        name = accepted.clean_name(upload.name or "")
        SetTemplate(actor, agency=agency, kind=code, name=name, content=files.read_upload(upload)).run()
        messages.success(request, "模板已启用。")
        return True
    if not form.is_valid():
        return False
    SetRegister(actor, agency=agency, **form.cleaned_data).run()
    messages.success(request, "已保存。")
    return True


@require_safe
def template(request: HttpRequest, agency: int, code: str) -> HttpResponse:
    """The agency's template of a letter or another paper, or the one to start from."""
    found, kind = _agency(request, agency), _kind(code)
    own = own_templates.stored(found.pk, kind)
    # One that is not used any more can still be looked at; ``start`` gives the usual text to begin anew with.
    stored = bytes(own.template.content) if own and "start" not in request.GET else None
    content: Any = stored or templates.starting(kind)
    response = HttpResponse(content, content_type=making.DOCX_TYPE)
    response.headers["Content-Disposition"] = files.disposition(f"{kind.name}模板.docx")
    return response


@never_cache
@require_safe
def preview(request: HttpRequest, agency: int, code: str) -> HttpResponse:
    """How a letter or another paper is printed at the agency, as PDF, with the names of the fields."""
    pdf = templates.preview(_agency(request, agency), _kind(code))
    return HttpResponse(pdf, content_type="application/pdf")


def _kind(code: str) -> templates.Printed:
    kind = templates.kind_of(code)
    if kind is None:
        raise Http404
    return kind
