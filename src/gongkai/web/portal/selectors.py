"""What the public may see. Every page, feed and answer of the portal reads through here.

A report is public while its record has a published version; the version worked on in the back office,
findings, and withdrawn reports never pass.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet

from gongkai.report import api
from gongkai.web.agencies.models import Agency, Region
from gongkai.web.reporting.models import LAST_YEAR, ReportRecord, ReportVersion
from gongkai.web.reporting.states import State

if TYPE_CHECKING:
    from gongkai.report.api import Report

_Row = TypeVar("_Row", bound=Model)

#: Lines of a list before it is cut into pages.
PAGE = 50
#: Agencies that still are shown on one page.
ALL_AGENCIES = 200
#: Large values of a version that pages never need; findings are not for the public at all.
_HEAVY = ("document", "findings", "changes", "rechecks", "error", "conflict")
#: What a line of a list shows; nothing else is fetched for it.
_LINE = ("year", "published_at", "agency__slug", "agency__full_name", "agency__invented")
#: What an agency's reports are listed, drawn over the years and offered with.
_OF_AGENCY = (
    "year", "published_at", "agency_id",
    *(f"published_version__{name}" for name in (
        "edition", "source_name", "new", "total", "granted", "partial", "reconsideration", "litigation",
    )),
)  # fmt: skip


def _public() -> QuerySet[ReportRecord]:
    return ReportRecord.objects.filter(published_version__isnull=False).exclude(state=State.WITHDRAWN)


def published() -> QuerySet[ReportRecord]:
    """The published reports with their agencies and versions, without the documents."""
    return (
        _public()
        .select_related("agency", "published_version")
        .defer(*(f"published_version__{name}" for name in _HEAVY))
    )


def lines() -> QuerySet[ReportRecord]:
    """The published reports with no more than a line of a list shows."""
    return _public().select_related("agency").only(*_LINE)


def addresses() -> QuerySet[ReportRecord]:
    """The published reports with no more than their addresses need, for the sitemap."""
    return _public().select_related("agency").only("year", "published_at", "agency__slug").order_by("pk")


def cut(rows: QuerySet[_Row], size: int) -> Iterator[tuple[int, QuerySet[_Row]]]:
    """Rows in pieces of ``size`` ids, numbered from 0; pieces in which there is none are not looked at."""
    keys = rows.order_by("pk").values_list("pk", flat=True)
    first = keys.first()
    while first is not None:
        number = first // size
        yield number, rows.filter(pk__gte=number * size, pk__lt=(number + 1) * size)
        first = keys.filter(pk__gte=(number + 1) * size).first()


def latest(count: int = 10) -> list[ReportRecord]:
    """The reports published last, newest first, as :func:`lines`."""
    return list(lines().order_by("-published_at", "id")[:count])


def years() -> list[int]:
    """The years for which there are published reports, newest first; one step in the index for each year."""
    records = connection.ops.quote_name(ReportRecord._meta.db_table)
    public = f"FROM {records} WHERE published_version_id IS NOT NULL AND state <> %s"
    query = f"""
        WITH RECURSIVE found (year) AS (
            SELECT (SELECT year {public} ORDER BY year DESC LIMIT 1)
            UNION ALL
            SELECT (SELECT year {public} AND year < found.year ORDER BY year DESC LIMIT 1)
            FROM found WHERE found.year IS NOT NULL
        )
        SELECT year FROM found WHERE year IS NOT NULL"""  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(query, [State.WITHDRAWN, State.WITHDRAWN])
        return [year for (year,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a list and the id that the next piece comes after, if there is one."""

    records: Sequence[ReportRecord]
    next_after: int | None


def listed(
    records: QuerySet[ReportRecord],
    *,
    year: int | None = None,
    slug: str = "",
    name: str = "",
    after: int | None = None,
    size: int = PAGE,
) -> Page:
    """Of :func:`lines` or :func:`published`, newest publication first; ``name`` is in the agency's names.

    ``after`` is the last record of the page before: a page takes as long with a hundred reports as with a
    hundred thousand.
    """  # fmt: skip
    if year is not None:
        records = records.filter(year=year)
    if slug:
        records = records.filter(agency__slug=slug)
    if name:
        records = records.filter(agency__in=named(name))
    if after is not None:
        records = records.filter(_later_in_list(after))
    found = list(records.order_by("-published_at", "id")[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else None)


def _later_in_list(after: int) -> Q:
    at = ReportRecord.objects.filter(pk=after).values_list("published_at", flat=True).first()
    if at is None:
        return Q(pk__in=())
    return Q(published_at__lt=at) | Q(published_at=at, pk__gt=after)


def of_agency(agency: Agency) -> list[ReportRecord]:
    """An agency's published reports, newest year first, with the totals drawn over the years."""
    records = _public().filter(agency_id=agency.pk).select_related("published_version").only(*_OF_AGENCY)
    found = list(records.order_by("-year"))
    for record in found:
        record.agency = agency
    return found


def years_of(agencies: Iterable[Agency]) -> dict[int, list[int]]:
    """The years of the published reports of each of some agencies, by its id, newest first, in one query."""
    rows = _public().filter(agency__in=[agency.pk for agency in agencies])
    found: dict[int, list[int]] = {}
    for agency_id, year in rows.order_by("agency_id", "-year").values_list("agency_id", "year"):
        found.setdefault(agency_id, []).append(year)
    return found


def report_of(slug: str, year: int) -> tuple[ReportRecord | None, list[ReportRecord]]:
    """The published report of an agency for a year, None where there is none, and all of that agency."""
    agency = Agency.objects.filter(slug=slug).first()
    records = of_agency(agency) if agency else []
    return next((one for one in records if one.year == year), None), records


def report(slug: str, year: int) -> ReportRecord | None:
    """The published report of an agency for a year; None where there is none for the public."""
    if year > LAST_YEAR:  # an address may hold any number, a column does not
        return None
    return published().filter(agency__slug=slug, year=year).first()


def document(record: ReportRecord) -> "Report":
    """The published document of a record from :func:`published`."""
    published = ReportVersion.objects.filter(record=record, pk=record.published_version_id or 0)
    data: Any = published.values_list("document", flat=True).get()
    return api.from_dict(data)


def agency(slug: str) -> Agency | None:
    """An agency by its name in addresses."""
    return Agency.objects.select_related("region", "supervisor").filter(slug=slug).first()


def subordinates(agency: Agency, count: int = ALL_AGENCIES) -> list[Agency]:
    """The agencies it supervises directly, abolished ones left out."""
    return list(Agency.objects.filter(supervisor=agency, abolished_on=None).select_related("region")[:count])


def named(text: str) -> QuerySet[Agency]:
    """Agencies whose names, full, short or former, contain a text; none for an empty one."""
    wanted = "".join(text.split())
    if not wanted:
        return Agency.objects.none()
    former = Agency.objects.filter(former_names__full_name__contains=wanted)
    return Agency.objects.filter(
        Q(full_name__contains=wanted) | Q(short_name__contains=wanted) | Q(pk__in=former)
    )


def exactly_named(text: str) -> Agency | None:
    """The agency of that address name or full or short name; None where there is none, or more than one."""
    wanted = "".join(text.split())
    found = list(Agency.objects.filter(Q(slug=wanted) | Q(full_name=wanted) | Q(short_name=wanted))[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Place:
    """A region with the agencies in it."""

    region: Region
    agencies: list[Agency]


@dataclass(frozen=True, slots=True)
class Register:
    """What the register of agencies shows: all of them, or one region with the regions inside it.

    ``next_after`` is the code after which the next page of the region begins, if there is one.
    """

    region: Region | None
    above: list[Region]
    inside: list[Region]
    places: list[Place]
    next_after: str = ""


def register(code: str = "", after: str = "") -> Register | None:
    """The agencies by region; few enough stand on one page, more are browsed region by region.

    A region with very many is cut into pages: ``after`` is the code of the last agency of the page before.
    None where no region has the code.
    """
    region = Region.objects.filter(code=code).first() if code else None
    if code and region is None:
        return None
    everywhere = Agency.objects.current().only("slug", "full_name", "invented", "code", "region_id")
    if region is None:
        few = everywhere.order_by()[: ALL_AGENCIES + 1].count() <= ALL_AGENCIES
        if few:
            return Register(None, [], [], _by_region(list(everywhere)))
    here = everywhere.filter(region=region).order_by("code") if region else Agency.objects.none()
    found = list((here.filter(code__gt=after) if after else here)[: ALL_AGENCIES + 1])
    shown = found[:ALL_AGENCIES]
    inside = [] if after else list(Region.objects.filter(parent=region))
    return Register(
        region, _above(region), inside, _by_region(shown), shown[-1].code if len(found) > len(shown) else ""
    )


def _above(region: Region | None) -> list[Region]:
    above: list[Region] = []
    while region is not None and region.parent is not None:
        region = region.parent
        above.insert(0, region)
    return above


def _by_region(agencies: Sequence[Agency]) -> list[Place]:
    regions = _with_those_above({one.region_id for one in agencies})
    places: dict[int, Place] = {}
    for one in agencies:
        places.setdefault(one.region_id, Place(regions[one.region_id], [])).agencies.append(one)
    return list(places.values())


def _with_those_above(ids: Iterable[int]) -> dict[int, Region]:
    """Regions by id, each with the regions above it: one query for each level, however many there are."""
    found: dict[int, Region] = {}
    wanted = set(ids)
    while wanted:
        found |= Region.objects.in_bulk(wanted)
        wanted = {one.parent_id for one in found.values() if one.parent_id is not None} - found.keys()
    for one in found.values():
        one.parent = found[one.parent_id] if one.parent_id is not None else None
    return found
