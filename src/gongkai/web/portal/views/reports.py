"""The column 政府信息公开年报 by year, and the page of a report."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import conditional_page, require_safe

from gongkai.report import api
from gongkai.web.portal import charts, pages, selectors
from gongkai.web.portal.charts import Chart
from gongkai.web.portal.views.downloads import offered

if TYPE_CHECKING:
    from gongkai.report.api import SectionParts

_HOME = "首页"


@require_safe
@conditional_page
def column(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The published reports for a year, the newest year where none is named."""
    years = pages.years()
    if year is not None and year not in (one for one, _ in years):
        raise Http404
    shown = year if year is not None else next((one for one, _ in years), None)
    name = request.GET.get("q", "").strip()[:60]
    after = _whole_number(request.GET.get("after", ""))
    listed = (
        selectors.listed(selectors.lines(), year=shown, after=after, name=name) if shown is not None else None
    )
    crumbs = [(_HOME, reverse("portal:home"))]
    if year is not None:
        crumbs.append((pages.REPORTS.name, reverse("portal:reports")))
    title = f"{year}年政府信息公开年报" if year is not None else pages.REPORTS.name
    page = pages.Page(
        title, pages.REPORTS, menu="reports", year=shown, crumbs=tuple(crumbs), feed=reverse("portal:feed"),
        indexed=after is None and not name,
    )  # fmt: skip
    context = {
        "years": years,
        "year": shown,
        "listed": listed,
        "lines": pages.lines(listed.records) if listed else [],
        "name": name,
        "after": after,
    }
    return pages.render(request, "reports", page, context)


def _whole_number(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report as the template shows it: finished HTML is marked as such here, nowhere else."""

    key: str
    heading: str
    text: SafeString
    table: SafeString
    remarks: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...]
    identities: tuple[str, ...]
    charts: tuple[Chart, ...]


def _section(parts: "SectionParts", drawn: dict[str, list[Chart]]) -> Section:
    return Section(
        parts.key,
        parts.heading,
        mark_safe(parts.text),  # noqa: S308 - the writer has escaped all text
        mark_safe(parts.table),  # noqa: S308
        parts.remarks,
        parts.corrections,
        parts.identities,
        tuple(drawn.get(parts.key, ())),
    )


@require_safe
@conditional_page
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """A published report: sections, tables with their identities, figures over the years, downloads."""
    record, records = selectors.report_of(slug, year)
    if record is None or record.published_at is None:
        raise Http404
    document = selectors.document(record)
    parts = api.page_parts(document)
    drawn = charts.over_the_years(records)
    name = record.agency.full_name
    page = pages.Page(
        record.title,
        pages.REPORTS,
        menu="reports",
        year=year,
        crumbs=(
            (_HOME, reverse("portal:home")),
            (pages.REPORTS.name, reverse("portal:reports")),
            (f"{year}年", reverse("portal:reports_of_year", args=(year,))),
        ),
        article=pages.Article(record.title, record.published_at, name, "政府信息公开,年度报告"),
        agency=record.agency,
    )
    context = {
        "record": record,
        "printed_title": parts.title,
        "head": mark_safe(parts.head),  # noqa: S308 - the writer has escaped all text
        "sections": [_section(one, drawn) for one in parts.sections],
        "corrected": len(document.corrections),
        "files": offered(record),
        "others": [other for other in records if other.pk != record.pk],
        "newer": next((other for other in reversed(records) if other.year > year), None),
        "older": next((other for other in records if other.year < year), None),
    }
    return pages.render(request, "report", page, context)
