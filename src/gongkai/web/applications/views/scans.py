"""Scanning mail: the files first, then the entry form with the pages beside it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.law.case import Channel
from gongkai.report import api
from gongkai.web.applications import accepted, files
from gongkai.web.applications.actions import AskForWords, DropScan, TakeInScan
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms.entry import ManyFiles
from gongkai.web.applications.forms.fields import day_field
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.models import CHANNELS
from gongkai.web.applications.receiving import intake, scans
from gongkai.web.applications.views.base import actor_of, page, told
from gongkai.web.applications.views.entry import own_agencies
from gongkai.web.common import once
from gongkai.web.common.errors import ActionRefused


class ScanForm(ActForm):
    """What was scanned, to which agency it came, how and when."""

    agency = forms.TypedChoiceField(label="受理机关", coerce=int)
    came_by = forms.ChoiceField(
        label="来件方式",
        choices=[choice for choice in CHANNELS if choice[0] != Channel.INTERNET],
        initial=Channel.SIGNED_MAIL,
    )
    received_on = day_field("收到日期（签收、来件或当面提交之日）")
    scanned = ManyFiles(label="扫描件（可选多个图片或 PDF，图片按选择的顺序合成一个 PDF）")

    recognise = forms.BooleanField(
        label="识别扫描件中的文字，供对照复制（每页约十秒，不影响登记）", required=False
    )

    def __init__(self, *args: Any, agencies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self.fields["scanned"].widget.attrs["accept"] = scans.ACCEPTED
        if not api.can_recognise():
            del self.fields["recognise"]

    def uploads(self) -> tuple[intake.Upload, ...]:
        """The files, by the names they came with."""
        return tuple(
            intake.Upload("scan", accepted.clean_name(one.name or ""), files.read_upload(one))
            for one in self.cleaned_data["scanned"]
        )


@never_cache
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest) -> HttpResponse:
    """What waits to be entered, and a new scan; once it is taken in the entry form opens beside it."""
    own = own_agencies(request)
    choices = [(one.pk, one.full_name) for one in own]
    if request.method == "GET":
        return _page(request, ScanForm(agencies=choices, initial={"received_on": today()}))
    form = ScanForm(request.POST, request.FILES, agencies=choices)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        taken = TakeInScan(
            actor_of(request),
            agency=next(one for one in own if one.pk == given["agency"]),
            scanned=scans.prepared(form.uploads()),
            said={"came_by": given["came_by"], "received_on": given["received_on"].isoformat()},
            form=once.sent(request),
        ).run()
        if given.get("recognise"):
            AskForWords(actor_of(request), scan_id=taken.pk).run()
    except ActionRefused as refusal:
        return _page(request, form, refusal, status=HTTPStatus.CONFLICT)
    return redirect(f"{reverse('applications:register')}?scan={taken.pk}")


@never_cache
@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page of a scan that waits."""
    found = get_object_or_404(scans.waiting(actor_of(request)), pk=pk)
    shown = scans.page(found, number)
    if shown is None:
        raise Http404
    return HttpResponse(shown.content, content_type=shown.media_type)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up, with a reason."""
    get_object_or_404(scans.waiting(actor_of(request)), pk=pk)
    try:
        DropScan(actor_of(request), scan_id=pk, reason=request.POST.get("reason", "")).run()
    except ActionRefused as refusal:
        messages.error(request, told(refusal))
    else:
        messages.success(request, "已作废，扫描的内容已删除。")
    return redirect("applications:scan")


@never_cache
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recognised, on a page of its own, so that the form keeps what is typed. POST asks for it."""
    found = get_object_or_404(scans.waiting(actor_of(request)), pk=pk)
    if request.method == "POST":
        AskForWords(actor_of(request), scan_id=pk).run()
        return redirect("applications:scan_words", pk)
    return page(request, "scan_words.html", {"scan": found}, crumb="识别的文字")


def _page(
    request: HttpRequest, form: ScanForm, refusal: ActionRefused | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal,
        "waiting": scans.waiting(actor_of(request))[:50],
        "once": once.token(request),
    }
    return page(request, "scan.html", context, crumb="扫描来件", status=status)
