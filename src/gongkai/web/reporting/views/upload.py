"""Uploading: one file or a folder of them, how far their reading is, what became of them."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.agencies.models import Agency
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.reporting import identify, selectors
from gongkai.web.reporting.actions import FileIntake, TakeIn, Upload
from gongkai.web.reporting.files import LARGEST, SUFFIXES
from gongkai.web.reporting.forms import UploadForm
from gongkai.web.reporting.models import Intake, ReportVersion
from gongkai.web.reporting.states import BUSY, State
from gongkai.web.reporting.views.base import actor_of, page, state_mark, wants_fragment

MOST_FILES = 500
Taken = ReportVersion | Intake


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


def _followed(taken: list[Taken]) -> str:
    """The address that follows what was taken."""
    wanted = [(("i" if isinstance(one, Intake) else "v"), one.pk) for one in taken]
    return f"{reverse('reporting:uploads')}?{urlencode(wanted)}"


def _page(
    request: HttpRequest,
    form: UploadForm,
    agencies: list[Agency],
    problems: list[dict[str, str]] | None = None,
    taken: list[Taken] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "agencies": agencies,
        "accept": ",".join(sorted(SUFFIXES)),
        "largest": LARGEST // 2**20,
        "problems": problems or [],
        "taken": len(taken or []),
        "followed": _followed(taken) if taken else "",
        "asking": selectors.intakes_for(actor_of(request)),
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
    problem, taken = _take(request, sent[0], form, agencies)
    if taken is None:
        return JsonResponse(problem, status=409)
    return JsonResponse(_intake_state(taken) if isinstance(taken, Intake) else _state(taken))


def _take_all(request: HttpRequest, form: UploadForm, agencies: list[Agency]) -> HttpResponse:
    """All files of the form, without a script."""
    sent = _files(request)
    if not sent:
        return _refused(request, [{"message": "没有选择文件"}], form, agencies)
    problems: list[dict[str, str]] = []
    taken: list[Taken] = []
    for file in sent[:MOST_FILES]:
        problem, one = _take(request, file, form, agencies)
        if one is None:
            problems.append(problem)
        else:
            taken.append(one)
    if problems:
        return _page(request, form, agencies, problems, taken)
    return redirect(_followed(taken))


def _take(
    request: HttpRequest, file: "UploadedFile[bytes]", form: UploadForm, agencies: list[Agency]
) -> tuple[dict[str, str], Taken | None]:
    """File it as chosen, or as its name says; where that leaves it open, look into the file."""
    name, actor = file.name or "", actor_of(request)
    agency = form.cleaned_data["agency"] or _guessed(name, agencies)
    year = form.cleaned_data["year"] or identify.year_in(name)
    try:
        if agency is None or year is None:
            return {}, TakeIn(
                actor, home=agencies[0], name=name, content=file, agency=agency, year=year
            ).run()
        return {}, Upload(actor, agency=agency, year=year, name=name, content=file).run()
    except (ActionRefused, Denied) as error:
        return {"message": error.message, "place": error.place, "remedy": error.remedy}, None


def _guessed(name: str, agencies: list[Agency]) -> Agency | None:
    return agencies[0] if len(agencies) == 1 else identify.agency_in(name, agencies)


@require_POST
def file_intake(request: HttpRequest, pk: int) -> HttpResponse:
    """File what was asked about, as its uploader has chosen."""
    actor = actor_of(request)
    found = selectors.intakes_for(actor, [pk])
    if not found:
        raise Http404
    form = UploadForm(request.POST, agencies=selectors.upload_agencies(actor))
    agency, year = (
        (form.cleaned_data.get(name) for name in ("agency", "year")) if form.is_valid() else (None, None)
    )
    if agency is None or year is None:
        return _answer(request, found[0], {"message": "请选择机关和年度"})
    try:
        version = FileIntake(actor, intake=found[0], agency=agency, year=year).run()
    except (ActionRefused, Denied) as error:
        return _answer(request, found[0], {"message": error.message, "remedy": error.remedy})
    if wants_fragment(request):
        return JsonResponse(_state(version))
    return redirect(f"{reverse('reporting:uploads')}?v={version.pk}")


def _answer(request: HttpRequest, intake: Intake, problem: dict[str, str]) -> HttpResponse:
    if wants_fragment(request):
        return JsonResponse({**_intake_state(intake), **problem}, status=409)
    messages.error(request, "；".join(text for text in problem.values() if text))
    return redirect(f"{reverse('reporting:uploads')}?i={intake.pk}")


@require_GET
def uploads(request: HttpRequest) -> HttpResponse:
    """What became of the files just uploaded; asks again by itself while some are being read."""
    states = _states(request)
    busy = any(state["busy"] for state in states)
    form = UploadForm(agencies=selectors.upload_agencies(actor_of(request)))
    response = page(
        request, "uploads.html", {"uploads": states, "busy": busy, "form": form}, crumb="上传结果"
    )
    if busy:
        response["Refresh"] = "3"
    return response


@require_GET
def progress(request: HttpRequest) -> JsonResponse:
    """The same for the script."""
    return JsonResponse({"uploads": _states(request)})


def _states(request: HttpRequest) -> list[dict[str, Any]]:
    """How far each file asked for is; one that has been filed meanwhile, as the version it became."""
    actor = actor_of(request)
    intakes = selectors.intakes_for(actor, _numbers(request, "i"))
    versions = selectors.uploads_for(actor, _numbers(request, "v"))
    return [*(_intake_state(intake) for intake in intakes), *(_state(version) for version in versions)]


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.GET.getlist(name)[:MOST_FILES] if text.isdecimal()]


def _intake_state(intake: Intake) -> dict[str, Any]:
    if intake.version is not None:
        return {**_state(intake.version), "intake": intake.pk}
    waiting = intake.state == Intake.State.WAITING
    return {
        "intake": intake.pk,
        "name": intake.source_name,
        "agency": intake.agency.full_name if intake.agency else "",
        "agency_id": intake.agency_id,
        "year": intake.year,
        "busy": waiting,
        "shape": "◔" if waiting else "■",
        "style": "busy" if waiting else "bad",
        "label": Intake.State(intake.state).label,
        "read": False,
        "message": intake.question.get("message", ""),
        "remedy": intake.question.get("remedy", ""),
        "need": "" if waiting else "yes",
        "file_url": reverse("reporting:file_intake", args=[intake.pk]),
    }


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
