"""The reports a report is checked against: its agency's of the year before, and those it sums up.

When one of them changes, whoever was checked against it is checked again (``tell``).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from gongkai.kernel import Finding, Level
from gongkai.report import api
from gongkai.web.agencies.models import Agency, AgencyKind
from gongkai.web.agencies.models.agencies import AgencyQuerySet
from gongkai.web.common.tasks import enqueue
from gongkai.web.reporting import changes
from gongkai.web.reporting.models import Outcome, ReportRecord, ReportVersion
from gongkai.web.reporting.states import State

if TYPE_CHECKING:
    from gongkai.report.api import Report

RECHECK_TASK: Final = "reporting.recheck"
#: Why a report is checked again.
LAST_YEAR: Final = "last_year"
SUBORDINATE: Final = "subordinate"
REORGANISED: Final = "reorganised"
#: How many figures a cause names one by one.
NAMED: Final = 12
_LAW: Final = "《政府信息公开条例》第四十九条、第五十条"
_HEAVY: Final = ("findings", "changes", "rechecks")


def basis(record: ReportRecord) -> ReportVersion | None:
    """What the next year is compared with: the public version, else the newest that was read."""
    if record.published_version is not None:
        return record.published_version
    now = record.current_version
    if now is not None and now.outcome == Outcome.READ and now.document is not None:
        return now
    read = record.versions.filter(outcome=Outcome.READ, discarded_at=None, document__isnull=False)
    return read.order_by("-number").first()


def reviewed(record: ReportRecord) -> ReportVersion | None:
    """What the office above sums up: the public version, else one that waits for its last signature."""
    if record.published_version is not None:
        return record.published_version
    return record.current_version if record.state == State.REVIEWED else None


def last_year_record(record: ReportRecord) -> ReportRecord | None:
    """The same agency's record of the year before."""
    found = ReportRecord.objects.filter(agency_id=record.agency_id, year=record.year - 1)
    return found.select_related("published_version", "current_version").first()


def last_year(record: ReportRecord) -> "Report | None":
    """The same agency's report of the year before, for the rules that compare years."""
    before = last_year_record(record)
    version = basis(before) if before else None
    return None if before is None or version is None else _filed(version, before)


def _filed(version: ReportVersion, record: ReportRecord) -> "Report":
    """A version's report under the name and year it is filed under: people have settled whose it is."""
    report = api.from_dict(version.document)
    return replace(report, agency=record.agency.full_name, year=record.year)


@dataclass(frozen=True, slots=True)
class Part:
    """An agency below with what it reports for the year; no version where that is not reviewed yet."""

    agency: Agency
    record: ReportRecord | None
    version: ReportVersion | None


def _below(record: ReportRecord) -> AgencyQuerySet:
    if not record.agency.is_government:
        return Agency.objects.none()
    below = Agency.objects.filter(supervisor_id=record.agency_id).exclude(kind=AgencyKind.PUBLIC_SERVICE)
    return below.filter(Q(abolished_on=None) | Q(abolished_on__year__gt=record.year))


def has_parts(record: ReportRecord) -> bool:
    """Whether there are agencies whose reports this one sums up."""
    return _below(record).exclude(kind=AgencyKind.OUTPOST).exists()


def parts(record: ReportRecord) -> list[Part]:
    """The agencies whose reports a government's sums up, directly below it; none for other agencies.

    Those further down are in the reports of those directly below. Public enterprises file no report, and
    what an outpost did stands in the report of the body that sent it, unless it files its own.
    """
    agencies = list(_below(record).order_by("region__code", "code"))
    if not agencies:
        return []
    heavy = (f"{side}__{name}" for side in ("published_version", "current_version") for name in _HEAVY)
    records = ReportRecord.objects.filter(agency__in=agencies, year=record.year)
    of = {
        row.agency_id: row
        for row in records.select_related("agency", "published_version", "current_version").defer(*heavy)
    }
    found = []
    for agency in agencies:
        row = of.get(agency.pk)
        version = reviewed(row) if row else None
        if version is not None or agency.kind != AgencyKind.OUTPOST:
            found.append(Part(agency, row, version))
    return found


def summed(found: list[Part], report: "Report") -> "list[Report]":
    """The reports to add up. One that is missing counts as one whose every figure is unknown: the sum is
    then compared only as far as it is certain. None at all where every one is missing.
    """
    if not any(part.version for part in found):
        return []
    return [
        _filed(part.version, part.record)
        if part.version is not None and part.record is not None
        else api.Report(part.agency.full_name, report.year, report.edition, {})
        for part in found
    ]


def missing(found: list[Part], record: ReportRecord) -> Iterator[Finding]:
    """That reports of agencies below are missing: for information, it is no fault of this report."""
    lacking = [part.agency.short_name for part in found if part.version is None]
    if not lacking:
        return
    there = len(found) - len(lacking)
    compared = f"合计按已有的{there}个单位比较" if there else "没有与所属单位合计比较"
    yield Finding(
        "ROLLUP-SUM",
        Level.INFO,
        "subordinates",
        f"{len(found)}个所属单位中，{len(lacking)}个还没有已发布或者待签发的{record.year}年度报告："
        f"{'、'.join(lacking)}。{compared}，补齐后自动重新核查。",
        law=_LAW,
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What others are checked against, before and after a change: figures by path, and a text's digest."""

    last_year: Mapping[str, Any] | None
    subordinate: Mapping[str, Any] | None


def seen(record: ReportRecord) -> Seen:
    """How a report looks to the next year, and to the office above."""
    return Seen(_outside(basis(record)), _outside(reviewed(record)))


def _outside(version: ReportVersion | None) -> Mapping[str, Any] | None:
    if version is None or version.document is None:
        return None
    text = json.dumps(version.document["sections"], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {**changes.figures_now(version.document), "sections": digest}


def tell(record: ReportRecord, before: Seen) -> None:
    """Ask that whoever was checked against this report is checked again, where what they see has changed."""
    after = seen(record)
    for kind, dependent, old, new in (
        (LAST_YEAR, _next_year(record), before.last_year, after.last_year),
        (SUBORDINATE, _above(record), before.subordinate, after.subordinate),
    ):
        if old == new or dependent is None:
            continue
        cause = {"kind": kind, "record": record.pk, **_difference(old, new)}
        key = f"{dependent}/{record.pk}/{record.revision}"
        enqueue(RECHECK_TASK, key=key, record_id=dependent, cause=cause)


def ask_again(record: ReportRecord) -> None:
    """Ask that a report is checked again to which an earlier version came back: others may have changed."""
    enqueue(RECHECK_TASK, key=f"{record.pk}/{record.revision}", record_id=record.pk, cause=None)


def rollups_changed(agency_ids: frozenset[int]) -> None:
    """Ask that the reports of governments are checked again below which other agencies stand than before."""
    sums = ReportRecord.objects.filter(agency__in=agency_ids, agency__is_government=True)
    for record_id in sums.filter(current_version__isnull=False).values_list("pk", flat=True):
        enqueue(RECHECK_TASK, key=f"{record_id}/{REORGANISED}", record_id=record_id, cause=None)


def _next_year(record: ReportRecord) -> int | None:
    found = ReportRecord.objects.filter(agency_id=record.agency_id, year=record.year + 1)
    return found.values_list("pk", flat=True).first()


def _above(record: ReportRecord) -> int | None:
    above = ReportRecord.objects.filter(agency__supervised=record.agency_id, year=record.year)
    return above.filter(agency__is_government=True).values_list("pk", flat=True).first()


def _difference(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any]:
    """What changed, for the note beside the findings: the first figures by path, and how many in all."""
    if old is None or new is None:
        return {"came": old is None, "went": new is None, "figures": [], "count": 0, "texts": False}
    changed = [
        [path, old.get(path), new.get(path)]
        for path in {**old, **new}
        if path != "sections" and old.get(path) != new.get(path)
    ]
    texts = old["sections"] != new["sections"]
    return {
        "came": False,
        "went": False,
        "figures": changed[:NAMED],
        "count": len(changed),
        "texts": texts,
    }
