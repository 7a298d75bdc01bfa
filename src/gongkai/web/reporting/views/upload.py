"""Uploading: one file or a folder of them, how far their reading is, what became of them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.web.agencies.models import Agency
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.reporting import identify, selectors
from gongkai.web.reporting.actions import Upload
from gongkai.web.reporting.files import LARGEST, SUFFIXES
from gongkai.web.reporting.forms import UploadForm
from gongkai.web.reporting.models import ReportVersion
from gongkai.web.reporting.states import BUSY, State
from gongkai.web.reporting.views.base import actor_of, page, state_mark, wants_fragment

MOST_FILES = 500


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page, its form, and the address its script sends one file at a time to."""
    actor = actor_of(request)
    agencies = selectors.upload_agencies(actor)
    if not agencies:
        raise Denied("您没有上传报告的权限", remedy="如工作需要，请联系本单位系统管理员")
    typed = request.POST if request.method == "POST" else None
    form = UploadForm(typed, agencies=agencies, initial=_chosen(request))
    if request.method == "POST":
        if not form.is_valid():
            return _refused(request, [{"message": "请选择列表中的机关和年度"}], form, agencies)
        if wants_fragment(request):
            return _take_one(request, form, agencies)
        return _take_all(request, form, agencies)
    return _page(request, form, agencies)


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("agency", "year") if request.GET.get(name, "").isdecimal()}


def _page(
    request: HttpRequest,
    form: UploadForm,
    agencies: list[Agency],
    problems: list[dict[str, str]] | None = None,
    taken: list[int] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "agencies": agencies,
        "accept": ",".join(sorted(SUFFIXES)),
        "largest": LARGEST // 2**20,
        "problems": problems or [],
        "taken": taken or [],
    }
    return page(request, "upload.html", context, crumb="上传报告", status=409 if problems else 200)


def _refused(
    request: HttpRequest, problems: list[dict[str, str]], form: UploadForm, agencies: list[Agency]
) -> HttpResponse:
    if wants_fragment(request):
        return JsonResponse(problems[0], status=409)
    return _page(request, form, agencies, problems)


def _files(request: HttpRequest) -> "list[UploadedFile[bytes]]":
    sent: MultiValueDict[str, UploadedFile[bytes]] = request.FILES
    return [*sent.getlist("files"), *sent.getlist("folder")]


def _take_one(request: HttpRequest, form: UploadForm, agencies: list[Agency]) -> HttpResponse:
    """One file of many, for the script: the version made, or why there is none and what to choose."""
    sent = _files(request)
    if len(sent) != 1:
        return JsonResponse({"message": "请一次发送一个文件"}, status=400)
    problem, version = _take(request, sent[0], form, agencies)
    if version is None:
        return JsonResponse(problem, status=409)
    return JsonResponse(_state(version))


def _take_all(request: HttpRequest, form: UploadForm, agencies: list[Agency]) -> HttpResponse:
    """All files of the form, without a script."""
    sent = _files(request)
    if not sent:
        return _refused(request, [{"message": "没有选择文件"}], form, agencies)
    problems, taken = [], []
    for file in sent[:MOST_FILES]:
        problem, version = _take(request, file, form, agencies)
        if version is None:
            problems.append(problem)
        else:
            taken.append(version.pk)
    if problems:
        return _page(request, form, agencies, problems, taken)
    return redirect(f"{reverse('reporting:uploads')}?{'&'.join(f'v={pk}' for pk in taken)}")


def _take(
    request: HttpRequest, file: "UploadedFile[bytes]", form: UploadForm, agencies: list[Agency]
) -> tuple[dict[str, str], ReportVersion | None]:
    name = file.name or ""
    agency = form.cleaned_data["agency"] or _guessed(name, agencies)
    year = form.cleaned_data["year"] or identify.year_in(name)
    if agency is None or year is None:
        missing = "和".join(label for label, found in (("机关", agency), ("年度", year)) if found is None)
        return {
            "message": f"从文件名看不出是哪个{missing}",
            "place": name,
            "remedy": f"请选择{missing}后再上传这个文件",
            "need": "yes",
        }, None
    try:
        version = Upload(actor_of(request), agency=agency, year=year, name=name, content=file).run()
    except (ActionRefused, Denied) as error:
        return {"message": error.message, "place": error.place, "remedy": error.remedy}, None
    return {}, version


def _guessed(name: str, agencies: list[Agency]) -> Agency | None:
    return agencies[0] if len(agencies) == 1 else identify.agency_in(name, agencies)


@require_GET
def uploads(request: HttpRequest) -> HttpResponse:
    """What became of the files just uploaded; asks again by itself while some are being read."""
    states = [_state(version) for version in _asked(request)]
    busy = any(state["busy"] for state in states)
    response = page(request, "uploads.html", {"uploads": states, "busy": busy}, crumb="上传结果")
    if busy:
        response["Refresh"] = "3"
    return response


@require_GET
def progress(request: HttpRequest) -> JsonResponse:
    """The same for the script."""
    return JsonResponse({"uploads": [_state(version) for version in _asked(request)]})


def _asked(request: HttpRequest) -> list[ReportVersion]:
    wanted = [int(text) for text in request.GET.getlist("v")[:MOST_FILES] if text.isdecimal()]
    return selectors.uploads_for(actor_of(request), wanted)


def _state(version: ReportVersion) -> dict[str, Any]:
    record = version.record
    current = record.current_version_id == version.pk
    state = State(record.state) if current else None
    mark = (
        state_mark(record.state) if current else {"shape": "○", "style": "idle", "label": "已被新的一版取代"}
    )
    return {
        "id": version.pk,
        "name": version.source_name,
        "agency": record.agency.full_name,
        "year": record.year,
        "busy": state in BUSY,
        **mark,
        "errors": version.errors,
        "warnings": version.warnings,
        "infos": version.infos,
        "read": state is not None and bool(version.read_at) and not version.error,
        "message": version.error.get("message", ""),
        "remedy": version.error.get("remedy", ""),
        "url": reverse("reporting:review", args=[record.pk]),
    }
