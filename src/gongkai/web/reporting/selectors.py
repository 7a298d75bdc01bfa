"""Reads of reports, limited to what the actor may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.models.agencies import AgencyQuerySet
from gongkai.web.agencies.selectors import agencies_for
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL
from gongkai.web.reporting import permissions
from gongkai.web.reporting.models import Intake, ReportRecord, ReportVersion
from gongkai.web.reporting.states import RESTING, State

PAGE: Final = 50
_CHUNK: Final = 200
_HEAVY: Final = ("document", "findings", "changes", "rechecks")


def records_for(actor: Actor | None) -> QuerySet[ReportRecord]:
    """The reports the actor may see."""
    ids = agency_permissions.where(actor, permissions.VIEW)
    records = ReportRecord.objects.select_related("agency", "current_version", "published_version")
    return records if ids is ALL else records.filter(agency_id__in=ids)


def record_for(actor: Actor | None, pk: int) -> ReportRecord:
    """One report. Raises Http404 where there is none or the actor may not see it: strangers learn nothing."""
    record = records_for(actor).filter(pk=pk).first()
    if record is None:
        raise Http404
    return record


def version_for(actor: Actor | None, record_pk: int, number: int) -> ReportVersion:
    """One version of a report the actor may see. Raises Http404."""
    record = record_for(actor, record_pk)
    version = record.versions.select_related("source", "record__agency").filter(number=number).first()
    if version is None:
        raise Http404
    return version


def versions_of(record: ReportRecord) -> QuerySet[ReportVersion]:
    """All versions of a report, the newest first, without their documents."""
    return (
        record.versions.defer("document", "findings")
        .select_related("source", "uploaded_by", "conflict_confirmed_by")
        .prefetch_related("signatures__person", "corrections__person")
        .order_by("-number")
    )


def last_read(version: ReportVersion) -> ReportVersion | None:
    """The newest version before this one that could be read: an unreadable file between loses nothing."""
    before = version.previous
    while before is not None and before.document is None:
        before = before.previous
    return before


def uploads_for(actor: Actor | None, pks: Iterable[int]) -> list[ReportVersion]:
    """The versions of those asked for that the actor may see, in the order they came."""
    ids = agency_permissions.where(actor, permissions.VIEW)
    versions = ReportVersion.objects.filter(pk__in=list(pks)).select_related("record__agency").defer(*_HEAVY)
    if ids is not ALL:
        versions = versions.filter(record__agency_id__in=ids)
    return list(versions.order_by("pk"))


def intakes_for(actor: Actor | None, pks: Iterable[int] | None = None) -> list[Intake]:
    """The actor's own files of those asked for; without a list, those the actor is still asked about."""
    if actor is None or actor.person_id is None:
        return []
    own = Intake.objects.filter(uploaded_by_id=actor.person_id).select_related(
        "agency", "version__record__agency"
    )
    own = own.filter(state=Intake.State.ASKING) if pks is None else own.filter(pk__in=list(pks))
    return list(own.order_by("pk"))


def upload_agencies(actor: Actor | None) -> list[Agency]:
    """The agencies under which the actor may file a report."""
    return list(agencies_for(actor, permissions.UPLOAD).select_related("region"))


def published() -> QuerySet[ReportRecord]:
    """The reports the public may read, each with the version it reads."""
    return ReportRecord.objects.filter(published_version__isnull=False).select_related(
        "agency", "published_version"
    )


def outdated(engine_version: str) -> QuerySet[ReportRecord]:
    """The reports at rest whose file this version of the engine has not read yet."""
    mine = ReportVersion.objects.filter(
        record=OuterRef("pk"),
        source_id=OuterRef("current_version__source_id"),
        engine_version=engine_version,
    )
    resting = [state for state in RESTING if state != State.EMPTY]
    return (
        ReportRecord.objects.filter(state__in=resting, current_version__isnull=False)
        .filter(~Exists(mine))
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the board shows, as its address says."""

    query: str = ""
    state: str = ""
    level: str = ""
    first_year: int = 0
    last_year: int = 0
    page: int = 1

    @property
    def years(self) -> list[int]:
        """The years wanted, the latest first."""
        return list(range(self.last_year, self.first_year - 1, -1))

    @property
    def narrows_reports(self) -> bool:
        """Whether only agencies with a certain report are wanted."""
        return bool(self.state or self.level)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An agency and its report of each year, None where there is none."""

    agency: Agency
    reports: list[ReportRecord | None]


@dataclass(frozen=True, slots=True)
class Board:
    """A page of agencies by years; ``counts`` of all reports of these years in each state."""

    years: list[int]
    rows: list[BoardRow]
    page: "Page[Agency]"
    counts: Mapping[str, int]


def board(actor: Actor | None, wanted: BoardFilter) -> Board:
    """Agencies by years with their reports. Four queries, however many there are."""
    agencies, counts = _on_board(actor, wanted)
    page = Paginator(agencies, PAGE).get_page(wanted.page)
    return Board(wanted.years, _rows(list(page), wanted.years), page, counts)


def whole_board(actor: Actor | None, wanted: BoardFilter) -> Iterator[BoardRow]:
    """Every row of the board, whichever page is wanted; a few queries for each two hundred agencies."""
    agencies = list(_on_board(actor, wanted)[0])
    for start in range(0, len(agencies), _CHUNK):
        yield from _rows(agencies[start : start + _CHUNK], wanted.years)


def _on_board(actor: Actor | None, wanted: BoardFilter) -> tuple[AgencyQuerySet, dict[str, int]]:
    """The agencies in question, in their order, and the number of reports in each state."""
    in_years = ReportRecord.objects.filter(year__in=wanted.years)
    agencies = agencies_for(actor, permissions.VIEW).select_related("region")
    if wanted.query:
        agencies = agencies.filter(
            Q(full_name__icontains=wanted.query)
            | Q(short_name__icontains=wanted.query)
            | Q(region__name__icontains=wanted.query)
        )
    all_of_them = not wanted.query and agency_permissions.where(actor, permissions.VIEW) is ALL
    counted = in_years if all_of_them else in_years.filter(agency__in=agencies)
    counts = _counts(counted, agencies, wanted.years)
    if wanted.narrows_reports:
        fitting = Q(Exists(matching(in_years, wanted).filter(agency=OuterRef("pk"))))
        if wanted.state == State.EMPTY and not wanted.level:
            fitting |= _lacking(wanted.years)
        agencies = agencies.filter(fitting)
    return agencies.order_by("region__code", "code"), counts


def _rows(agencies: Sequence[Agency], years: Sequence[int]) -> list[BoardRow]:
    records = ReportRecord.objects.filter(year__in=years, agency__in=[agency.pk for agency in agencies])
    shown = records.select_related("current_version", "published_version").defer(
        *(f"{version}__{name}" for version in ("current_version", "published_version") for name in _HEAVY)
    )
    found = {(record.agency_id, record.year): record for record in shown}
    return [BoardRow(agency, [found.get((agency.pk, year)) for year in years]) for agency in agencies]


def matching(records: QuerySet[ReportRecord], wanted: BoardFilter) -> QuerySet[ReportRecord]:
    """The reports in the state and with findings of the level that are wanted."""
    if wanted.state:
        records = records.filter(state=wanted.state)
    if wanted.level == "open":
        records = _with_some(records, "open_errors")
    elif wanted.level in {"errors", "warnings", "infos"}:
        records = _with_some(records, wanted.level)
    elif wanted.level == "none":
        records = records.filter(current_version__errors=0, current_version__warnings=0).exclude(
            current_version__document=None
        )
    return records


def _with_some(records: QuerySet[ReportRecord], column: str) -> QuerySet[ReportRecord]:
    """The versions are found first, in the index of the column: their rows are long with their documents."""
    return records.filter(
        current_version__in=ReportVersion.objects.filter(**{f"{column}__gt": 0}).values("pk")
    )


def _lacking(years: Sequence[int]) -> Q:
    """Agencies that have no report of at least one of the years."""
    lacking = Q()
    for year in years:
        records = ReportRecord.objects.filter(agency=OuterRef("pk"), year=year).exclude(state=State.EMPTY)
        lacking |= ~Q(Exists(records))
    return lacking


def _counts(
    records: QuerySet[ReportRecord], agencies: QuerySet[Agency], years: Sequence[int]
) -> dict[str, int]:
    counts: dict[str, int] = {}
    # By year and state, as the index has them: so the rows themselves are not read.
    found = records.order_by().values_list("year", "state").annotate(number=Count("pk"))
    for _, state, number in found:
        counts[state] = counts.get(state, 0) + number
    there = sum(number for state, number in counts.items() if state != State.EMPTY)
    counts[State.EMPTY] = agencies.count() * len(years) - there
    return counts


def corrections_of(version: ReportVersion) -> QuerySet[Any]:
    """The corrections in force on a version, with the people who made them."""
    return version.corrections.filter(superseded_at=None).select_related("person").order_by("id")


def acceptances_of(version: ReportVersion) -> QuerySet[Any]:
    """What is let stand on a version, with the people who said so."""
    return version.acceptances.filter(withdrawn_at=None).select_related("person").order_by("id")
