"""What the public may see. Every page, feed and answer of the portal reads through here.

A report is public while its record has a published version; the version worked on in the back office,
findings, and withdrawn reports never pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from gongkai.report import api
from gongkai.web.agencies.models import Agency, Region
from gongkai.web.reporting.models import LAST_YEAR, ReportRecord, ReportVersion
from gongkai.web.reporting.states import State

if TYPE_CHECKING:
    from gongkai.report.api import Report

#: Lines of a list before it is cut into pages.
PAGE = 50
#: Agencies that still are shown on one page.
ALL_AGENCIES = 200
#: Large values of a version that lists never need; findings are not for the public at all.
_HEAVY = ("document", "findings", "changes", "error", "conflict")


def _public() -> QuerySet[ReportRecord]:
    return ReportRecord.objects.filter(published_version__isnull=False).exclude(state=State.WITHDRAWN)


def published() -> QuerySet[ReportRecord]:
    """The published reports with their agencies and versions, without the documents."""
    return (
        _public()
        .select_related("agency__region", "published_version")
        .defer(*(f"published_version__{name}" for name in _HEAVY))
    )


def addresses() -> QuerySet[ReportRecord]:
    """The published reports with no more than their addresses need, for the sitemap."""
    return _public().select_related("agency").only("year", "published_at", "agency__slug").order_by("pk")


def latest(count: int = 10) -> list[ReportRecord]:
    """The reports published last, newest first."""
    return list(published().order_by("-published_at", "id")[:count])


def years() -> list[int]:
    """The years for which there are published reports, newest first; one step in the index for each year."""
    found: list[int] = []
    newest_first = _public().order_by("-year").values_list("year", flat=True)
    year = newest_first.first()
    while year is not None:
        found.append(year)
        year = newest_first.filter(year__lt=year).first()
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a list and the id that the next piece comes after, if there is one."""

    records: Sequence[ReportRecord]
    next_after: int | None


def listed(
    *, year: int | None = None, slug: str = "", name: str = "", after: int | None = None, size: int = PAGE
) -> Page:
    """Published reports, newest publication first; ``name`` is contained in the agency's names.

    ``after`` is the last record of the page before: a page takes as long with a hundred reports as with a
    hundred thousand.
    """
    records = published()
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
    """An agency's published reports, newest year first."""
    return list(published().filter(agency=agency).order_by("-year"))


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
    """What the register of agencies shows: all of them, or one region with the regions inside it."""

    region: Region | None
    above: list[Region]
    inside: list[Region]
    places: list[Place]


def register(code: str = "") -> Register | None:
    """The agencies by region; few enough stand on one page, more are browsed region by region.

    None where no region has the code.
    """
    region = Region.objects.filter(code=code).first() if code else None
    if code and region is None:
        return None
    everywhere = Agency.objects.current().select_related("region")
    if region is None:
        few = list(everywhere[: ALL_AGENCIES + 1])
        if len(few) <= ALL_AGENCIES:
            return Register(None, [], [], _by_region(few))
    here = list(everywhere.filter(region=region)) if region else []
    inside = list(Region.objects.filter(parent=region))
    return Register(region, _above(region), inside, _by_region(here))


def _above(region: Region | None) -> list[Region]:
    above: list[Region] = []
    while region is not None and region.parent is not None:
        region = region.parent
        above.insert(0, region)
    return above


def _by_region(agencies: Sequence[Agency]) -> list[Place]:
    places: dict[int, Place] = {}
    for one in agencies:
        places.setdefault(one.region_id, Place(one.region, [])).agencies.append(one)
    return list(places.values())
