"""The read API: agencies, reports, figures, as JSON, described by OpenAPI. It gives what the pages give."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import Field

from gongkai.report import api as engine
from gongkai.web.agencies.models import Agency
from gongkai.web.portal import selectors
from gongkai.web.portal.charts import plain
from gongkai.web.reporting.models import ReportRecord

api = NinjaAPI(
    title="政府信息公开年报只读接口",
    version="1",
    description="已发布的政府信息公开工作年度报告。数字为 null 表示该格空白、缺失或不能确定，不是零。",
    docs_url=None,  # the page on offer loads scripts from elsewhere; /data/ lists the operations
    urls_namespace="portal:api",
)
MOST = 100
_Limit = Annotated[int, Field(ge=1, le=MOST, description=f"每页条数，最多{MOST}")]
_After = Annotated[int | None, Field(ge=0, le=2**62, description="上一页给出的 next")]


class AgencyOut(Schema):
    """An agency."""

    slug: str
    code: str
    full_name: str
    short_name: str
    kind: str
    region_code: str
    region: str
    supervisor: str | None
    invented: bool
    abolished_on: date | None
    url: str


class ReportOut(Schema):
    """A published report without its document."""

    agency: str
    agency_name: str
    invented: bool
    year: int
    title: str
    edition: str
    published_at: datetime
    url: str
    document: str


class Totals(Schema):
    """The totals of a report; null is blank, missing or not certain."""

    agency: str
    agency_name: str
    invented: bool
    year: int
    new: int | None
    carried_in: int | None
    total: int | None
    carried_out: int | None
    granted: int | None
    partial: int | None
    reconsideration: int | None
    litigation: int | None
    normative_in_force: int | None
    licences: int | None
    penalties: int | None
    coercive_measures: int | None
    fees_10k_yuan: str | None


class FigureOut(Schema):
    """One figure of a report. ``mark`` says what stood in the cell."""

    path: str
    label: str
    value: str | None
    mark: str
    corrected: bool


class Agencies(Schema):
    """A page of agencies; ``next`` is null on the last."""

    items: list[AgencyOut]
    next: int | None


class Reports(Schema):
    """A page of reports, newest publication first."""

    items: list[ReportOut]
    next: int | None


class Figures(Schema):
    """A page of totals, newest publication first."""

    items: list[Totals]
    next: int | None


class Problem(Schema):
    """Why there is no answer."""

    detail: str


class AgencyQuery(Schema):
    """Limits of the list of agencies."""

    q: Annotated[str, Field(max_length=60, description="名称包含的字")] = ""
    after: _After = None
    limit: _Limit = 50


class ReportQuery(Schema):
    """Limits of the lists of reports and totals."""

    year: Annotated[int | None, Field(ge=2008, le=2100, description="年度")] = None
    agency: Annotated[str, Field(max_length=60, description="机关网址名")] = ""
    after: _After = None
    limit: _Limit = 50


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _error: Exception) -> HttpResponse:
    return api.create_response(request, {"detail": "没有这个机关，或没有已发布的报告"}, status=404)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(item["loc"][-1]) for item in error.errors})
    return api.create_response(request, {"detail": f"参数不符合要求：{'、'.join(names)}"}, status=422)


@api.get("/agencies", response={200: Agencies, 422: Problem}, summary="机关名录", operation_id="agencies")
def list_agencies(request: HttpRequest, query: Query[AgencyQuery]) -> dict[str, Any]:
    """Agencies by id."""
    found = selectors.named(query.q) if query.q else Agency.objects.all()
    if query.after is not None:
        found = found.filter(pk__gt=query.after)
    rows = list(found.select_related("region", "supervisor").order_by("pk")[: query.limit + 1])
    more = len(rows) > query.limit
    rows = rows[: query.limit]
    return {"items": [_agency(request, one) for one in rows], "next": rows[-1].pk if more else None}


@api.get(
    "/agencies/{slug}", response={200: AgencyOut, 404: Problem}, summary="一个机关", operation_id="agency"
)
def one_agency(request: HttpRequest, slug: str) -> dict[str, Any]:
    """An agency by its name in addresses."""
    found = selectors.agency(slug)
    if found is None:
        raise Http404
    return _agency(request, found)


@api.get(
    "/reports", response={200: Reports, 422: Problem}, summary="已发布的年度报告", operation_id="reports"
)
def list_reports(request: HttpRequest, query: Query[ReportQuery]) -> dict[str, Any]:
    """Published reports, newest publication first."""
    records, after = _page(query)
    return {"items": [_report(request, record) for record in records], "next": after}


@api.get(
    "/agencies/{slug}/reports/{year}",
    response={200: dict[str, Any], 404: Problem},
    summary="一份年度报告（gongkai.report/1）",
    operation_id="report",
)
def one_report(request: HttpRequest, slug: str, year: int) -> HttpResponse:  # noqa: ARG001
    """The published document."""
    data = engine.write(selectors.document(_record(slug, year)), "json")
    return HttpResponse(data, content_type="application/json; charset=utf-8")


@api.get(
    "/agencies/{slug}/reports/{year}/figures",
    response={200: list[FigureOut], 404: Problem},
    summary="一份年度报告的全部数字",
    operation_id="figures_of_report",
)
def report_figures(request: HttpRequest, slug: str, year: int) -> list[dict[str, Any]]:  # noqa: ARG001
    """Every figure in printed order, with its label."""
    report = selectors.document(_record(slug, year))
    corrected = {item.path for item in report.corrections}
    return [
        {
            "path": path,
            "label": engine.label(path, report.edition),
            "value": plain(figure.value) or None,
            "mark": str(figure.mark),
            "corrected": path in corrected,
        }
        for path, figure in report.figures.items()
    ]


@api.get("/figures", response={200: Figures, 422: Problem}, summary="主要合计数", operation_id="figures")
def totals(request: HttpRequest, query: Query[ReportQuery]) -> dict[str, Any]:  # noqa: ARG001
    """The totals of many reports."""
    records, after = _page(query)
    return {"items": [_totals(record) for record in records], "next": after}


def _page(query: ReportQuery) -> tuple[Sequence[ReportRecord], int | None]:
    found = selectors.listed(
        selectors.published(), year=query.year, slug=query.agency, after=query.after, size=query.limit
    )
    return found.records, found.next_after


def _record(slug: str, year: int) -> ReportRecord:
    record = selectors.report(slug, year)
    if record is None:
        raise Http404
    return record


def _agency(request: HttpRequest, one: Agency) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "code": one.code,
        "full_name": one.full_name,
        "short_name": one.short_name,
        "kind": one.get_kind_display(),
        "region_code": one.region.code,
        "region": one.region.name,
        "supervisor": one.supervisor.slug if one.supervisor else None,
        "invented": one.invented,
        "abolished_on": one.abolished_on,
        "url": request.build_absolute_uri(reverse("portal:agency", args=(one.slug,))),
    }


def _report(request: HttpRequest, record: ReportRecord) -> dict[str, Any]:
    where = (record.agency.slug, record.year)
    version = record.published_version
    return {
        **_report_of(record),
        "title": record.title,
        "edition": version.edition if version else "",
        "published_at": timezone.localtime(record.published_at),
        "url": request.build_absolute_uri(reverse("portal:report", args=where)),
        "document": request.build_absolute_uri(reverse("portal:api:one_report", args=where)),
    }


def _totals(record: ReportRecord) -> dict[str, Any]:
    version = record.published_version
    row = {name: getattr(version, name) for name in Totals.model_fields if hasattr(version, name)}
    row["fees_10k_yuan"] = plain(row["fees_10k_yuan"]) or None
    return row | _report_of(record)


def _report_of(record: ReportRecord) -> dict[str, Any]:
    return {
        "agency": record.agency.slug,
        "agency_name": record.agency.full_name,
        "invented": record.agency.invented,
        "year": record.year,
    }


class Operation(NamedTuple):
    """An operation for the page that lists them."""

    path: str
    summary: str
    parameters: list[tuple[str, str]]


def operations() -> list[Operation]:
    """What the API offers, from its own OpenAPI description."""
    schema = api.get_openapi_schema()
    return [
        Operation(
            path,
            methods["get"]["summary"],
            [
                (one["name"], one["schema"].get("description", "") or one.get("description", ""))
                for one in methods["get"].get("parameters", [])
            ],
        )
        for path, methods in schema["paths"].items()
    ]
