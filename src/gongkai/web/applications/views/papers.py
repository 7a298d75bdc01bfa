"""The papers of a case, one by one or as a file: they bear the applicant's data, so a reason comes first."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.applications import files, selectors
from gongkai.web.applications.actions import OpenPersonal
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.letters import own_templates
from gongkai.web.applications.models import Case
from gongkai.web.applications.papers import case_file, making
from gongkai.web.applications.papers.kinds import papers as kinds
from gongkai.web.applications.privacy.openings import opened_today
from gongkai.web.applications.receiving import codes
from gongkai.web.applications.views.base import actor_of, page, told
from gongkai.web.common.errors import ActionRefused

_FIRST = "申请表、登记表、回执和案卷含申请人的个人信息，须先写明理由，当天内可以下载。"


@never_cache
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of a case; until its data are opened today, the reason is asked for."""
    case = selectors.case_for(actor_of(request), pk)
    refusal = None
    if request.method == "POST":
        try:
            OpenPersonal(actor_of(request), case_id=pk, reason=request.POST.get("reason", "")).run()
        except ActionRefused as told:
            refusal = told
        else:
            return redirect("applications:papers", pk)
    context = {
        "case": case,
        "papers": kinds().values(),
        "unfit": [one for kind in kinds().values() if (one := own_templates.unfit(case.agency_id, kind))],
        "opened": opened_today(actor_of(request), case),
        "refusal": refusal,
        "back": reverse("applications:case", args=[pk]),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return page(request, "papers.html", context, crumb="申请表、登记表、回执、案卷", status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int, code: str, form: str) -> HttpResponse:
    """One paper as a file. Posted with a reason it is opened for the day and given at once."""
    case = selectors.case_for(actor_of(request), pk)
    if code not in kinds() or form not in making.TYPES:
        raise Http404
    try:
        if request.method == "POST":
            OpenPersonal(actor_of(request), case_id=pk, reason=request.POST.get("reason", "")).run()
        elif not opened_today(actor_of(request), case):
            messages.error(request, _FIRST)
            return redirect("applications:papers", pk)
        return as_file(case, code, form, _shown_code(request, case))
    except ActionRefused as refusal:
        messages.error(request, told(refusal))
        return redirect("applications:papers", pk)


@never_cache
@require_safe
def whole_file(request: HttpRequest, pk: int) -> HttpResponse:
    """All papers of a case in one package, for the archive."""
    case = selectors.case_for(actor_of(request), pk)
    if not opened_today(actor_of(request), case):
        messages.error(request, _FIRST)
        return redirect("applications:papers", pk)
    try:
        content = case_file.make(case, today())
    except ActionRefused as refusal:
        messages.error(request, told(refusal))
        return redirect("applications:papers", pk)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = files.disposition(f"案卷（{case.register_no}）.zip")
    return response


def _shown_code(request: HttpRequest, case: Case) -> str:
    """The applicant's code where the page that tells it asks for the receipt; no other page knows it.

    Raises ``ActionRefused`` where it has been replaced since.
    """
    given = request.POST.get("query_code", "")
    if given and not codes.fits(given, case.code):
        raise ActionRefused("查询码已经更换，没有打印", place=str(case), remedy="请再更换一次查询码后打印")
    return codes.written(given)


def as_file(case: Case, code: str, form: str, query_code: str = "") -> HttpResponse:
    """A paper of a case, to be kept under the name an office gives it. Raises ``ActionRefused``."""
    content = making.one_of(making.make(code, case, today(), query_code), form)
    response = HttpResponse(content, content_type=making.TYPES[form])
    response.headers["Content-Disposition"] = files.disposition(
        f"{kinds()[code].name}（{case.register_no}）.{form}"
    )
    return response
