"""One figure of a government's report beside what each agency below reports in the same cell."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.report import api
from gongkai.web.reporting import changes, related, selectors
from gongkai.web.reporting.models import ReportRecord, ReportVersion
from gongkai.web.reporting.related import Part
from gongkai.web.reporting.states import State
from gongkai.web.reporting.views.base import actor_of, page, state_mark

_FIRST: Final = "applications.new.total"
_TABLES: Final = {
    "proactive": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "disputes": "行政复议、行政诉讼情况",
}


@require_GET
def rollup(request: HttpRequest, pk: int) -> HttpResponse:
    """The cell in ``?path=``: each agency's figure with the way to it, their sum, and the report's own."""
    actor = actor_of(request)
    record = selectors.record_for(actor, pk)
    version = record.current_version
    if version is None or version.document is None:
        raise Http404
    own = changes.figures_now(version.document)
    differing = _differing(version)
    path = request.GET.get("path") or next(iter(differing), _FIRST)
    if path not in own:
        raise Http404
    found = related.parts(record)
    pks = [part.record.pk for part in found if part.record]
    may_see = set(selectors.records_for(actor).filter(pk__in=pks).values_list("pk", flat=True))
    rows = [_row(part, path, may_see) for part in found]
    context = {
        "record": record,
        "path": path,
        "label": api.label(path, version.edition),
        "rows": rows,
        "own": own[path],
        **_sum(rows),
        "differing": [(one, api.label(one, version.edition), one == path) for one in differing],
        "choices": _choices(own, version.edition),
    }
    return page(request, "rollup.html", context, crumb="与所属单位合计对照")


def _differing(version: ReportVersion) -> list[str]:
    """The cells that are not the sum, as the findings say."""
    return [
        path
        for row in version.findings
        if row["rule"] == "ROLLUP-SUM" and row["level"] != "info"
        for path in (row.get("cells") or [row["where"]])
    ]


def _row(part: Part, path: str, may_see: set[int]) -> dict[str, Any]:
    version, record = part.version, part.record
    value = changes.figures_now(version.document).get(path) if version and version.document else None
    visible = record is not None and record.pk in may_see
    return {
        "agency": part.agency,
        "mark": state_mark(_state(record, counted=version is not None)),
        "number": version.number if version else None,
        "counted": version is not None,
        "value": value,
        "url": _url(record, version, path) if record is not None and visible else "",
    }


def _state(record: ReportRecord | None, *, counted: bool) -> str:
    """That of the version counted: a public one stays public while a newer one is worked on."""
    if record is None:
        return State.EMPTY
    return State.PUBLISHED if counted and record.published_version is not None else record.state


def _url(record: ReportRecord, version: ReportVersion | None, path: str) -> str:
    url = reverse("reporting:review", args=[record.pk])
    if version is not None and version.pk != record.current_version_id:
        url += f"?version={version.number}"
    return f"{url}#{path}"


def _sum(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The sum of what is known; ``certain`` where nothing is left out."""
    values = [row["value"] for row in rows]
    known = [Decimal(value) for value in values if value is not None]
    return {
        "total": format(sum(known), "f") if known else None,
        "certain": bool(values) and len(known) == len(values),
        "counted": sum(row["counted"] for row in rows),
    }


def _choices(own: Iterable[str], edition: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every figure of the form, by table, in its words."""
    return [
        (title, [(path, api.label(path, edition)) for path in own if path.startswith(f"{table}.")])
        for table, title in _TABLES.items()
    ]
