"""Doing one thing with a report: its small form, in a dialog or on a page of its own, and its posting."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.report import api
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import REASON_LENGTH
from gongkai.web.reporting import changes, selectors, states
from gongkai.web.reporting.actions.base import RecordAction
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from gongkai.web.reporting.views.acts import ACTS, Act
from gongkai.web.reporting.views.base import actor_of, page, wants_fragment


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """GET shows the form, POST does it; what is refused comes back with what was typed and what to do."""
    record = selectors.record_for(actor_of(request), pk)
    wanted = ACTS.get(name)
    if wanted is None:
        raise Http404
    typed = request.POST if request.method == "POST" else request.GET
    values = {field: typed.get(field, "") for field in (*wanted.hidden, *wanted.fields)}
    if request.method == "GET":
        states.require(record.state, wanted.action.code, place=str(record))
        return _form(request, record, name, values)
    action = _action(request, record, wanted, values)
    findings = _count(record)
    try:
        action.run()
    except ActionRefused as refusal:
        return _form(request, record, name, values, refusal)
    return _done(request, record, wanted, values, findings)


def _action(
    request: HttpRequest, record: ReportRecord, wanted: Act, values: dict[str, str]
) -> RecordAction[Any]:
    revision = request.POST.get("revision", "")
    if not revision.isdecimal():
        raise ActionRefused("表单不完整，没有办理", place=str(record), remedy="请刷新页面后重新提交")
    return wanted.action(actor_of(request), record_id=record.pk, revision=int(revision), **values)


def _count(record: ReportRecord) -> int | None:
    version = record.current_version
    return len(version.findings) if version else None


def _done(
    request: HttpRequest, record: ReportRecord, wanted: Act, values: dict[str, str], findings: int | None
) -> HttpResponse:
    now = ReportRecord.objects.select_related("current_version").get(pk=record.pk)
    said = wanted.done
    after = _count(now)
    if wanted.reworks and findings is not None and after is not None and after != findings:
        said += f"核查问题由{findings}个变为{after}个。"
    messages.success(request, said)
    anchor = f"#{values['path']}" if "path" in values else ""
    url = reverse("reporting:review", args=[record.pk])
    if now.current_version is None:
        url, anchor = reverse("reporting:board"), ""
    if wants_fragment(request):
        return JsonResponse({"url": url + anchor})
    return redirect(url + anchor)


def _form(
    request: HttpRequest,
    record: ReportRecord,
    name: str,
    values: dict[str, str],
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    wanted = ACTS[name]
    posted = request.POST.get("revision", "")
    context = {
        "act": wanted,
        "name": name,
        "record": record,
        "values": values,
        # After a refusal the page's own number is kept: what has changed meanwhile must be looked at first.
        "revision": posted or str(record.revision),
        "refusal": refusal,
        "reason_length": REASON_LENGTH,
        "url": reverse("reporting:act", args=[record.pk, name]),
        "back": reverse("reporting:review", args=[record.pk]),
        "subject": _subject(name, record.current_version, values),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    if wants_fragment(request):
        return render(request, "reporting/_act.html", context, status=status)
    return page(request, "act.html", context, crumb=wanted.title, status=status)


def _subject(name: str, version: ReportVersion | None, values: dict[str, str]) -> dict[str, Any]:
    """On what it is done, in words: a figure with what was read, or a finding."""
    if version is None or version.document is None:
        return {}
    if "key" in values:
        rows = [row for row in version.findings if row["key"] == values["key"]]
        if not rows:
            return {}
        named = (rows[0].get("suggested") or {}).items() if name == "correct-as-suggested" else ()
        labels = [(api.label(path, version.edition), value) for path, value in named]
        return {"finding": rows[0], "suggested": labels}
    if "path" not in values:
        return {}
    path = values["path"]
    figures = changes.figures(version.document)
    if path not in figures:
        raise Http404
    table, row, column = path.split(".")
    cell = version.document.get("cells", {}).get(path, {})
    corrections = list(version.corrections.filter(path=path).select_related("person").order_by("id"))
    return {
        "label": api.label(path, version.edition),
        "read": figures[path],
        "raw": corrections[0].read_raw if corrections else cell.get("raw", ""),
        "now": version.document[table][row][column],
        "corrections": corrections,
    }
