"""The report engine as the site uses it: read a stored file, check a report, keep findings."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

import gongkai
from gongkai.kernel import Finding, GongkaiError, Level, Place, UnreadableError
from gongkai.report import api
from gongkai.web.reporting import files, related
from gongkai.web.reporting.models import Correction, ReportRecord, ReportVersion, SourceFile

if TYPE_CHECKING:
    from gongkai.report.api import Original, Report

#: Which version of the program reads now.
VERSION = gongkai.__version__


def open_source(source: SourceFile, name: str) -> "Original":
    """Read a stored file in the engine's limited worker. Raises UnreadableError; ``name`` is the place."""
    with files.on_disk(source) as path:
        ((_, result),) = api.open_many([path])
    if isinstance(result, UnreadableError):
        raise UnreadableError(result.message, place=name, remedy=result.remedy, code=result.code)
    report = result.report
    return replace(result, report=replace(report, reading=replace(report.reading, source=name)))


def settled(report: "Report", record: ReportRecord) -> "Report":
    """The report with the agency and year it was filed under, where the file itself names none."""
    return replace(
        report,
        agency=report.agency or record.agency.full_name,
        year=record.year if report.year is None else report.year,
    )


def corrected(report: "Report", corrections: Iterable[Correction]) -> "Report":
    """The report as read, with the corrections in force."""
    made = [
        api.correction_of(
            report,
            row.path,
            None if row.value is None else api.parse_figure(row.path, row.value, edition=report.edition),
            row.reason,
            timezone.localdate(row.at),
        )
        for row in corrections
    ]
    return api.correct(report, made) if made else report


def original_of(version: ReportVersion) -> "tuple[Original, GongkaiError | None]":
    """What was read with its source, corrected; without the source, and why, where that is gone."""
    try:
        original = files.original(version.source, version.engine_version)
    except GongkaiError as error:
        return api.without_source(api.from_dict(version.document)), error
    report = settled(original.report, version.record)
    in_force = version.corrections.filter(superseded_at=None).order_by("id")
    return replace(original, report=corrected(report, in_force)), None


def uncorrected(document: Mapping[str, Any]) -> "Report":
    """The report of a document with every corrected figure as it was read."""
    report = api.from_dict(document)
    return api.as_read(report)


def check(report: "Report", record: ReportRecord) -> list[dict[str, Any]]:
    """The findings on a report as they are put on record: the wire's form and a ``key`` of their own."""
    below = related.parts(record)
    found = api.check(
        report,
        previous=related.last_year(record),
        subordinates=related.summed(below, report),
        published_on=report.reading.published_on,
    )
    seen: Counter[str] = Counter()
    rows = []
    for finding in (*found, *related.missing(below, record)):
        row = _plain(finding.to_dict())
        key = _key(row)
        seen[key] += 1
        row["key"] = key if seen[key] == 1 else f"{key[:28]}-{seen[key]:03d}"
        rows.append(row)
    return rows


def _key(row: Mapping[str, Any]) -> str:
    """What makes a finding the same one after something else changed: rule, place and values compared."""
    compared = [row["expected"], row["found"]]
    said = row["message"] if compared == [None, None] else ""
    text = json.dumps([row["rule"], row["where"], compared, row.get("cells"), said], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def finding_of(row: Mapping[str, Any]) -> Finding:
    """A finding from the record."""
    return Finding(
        row["rule"],
        Level(row["level"]),
        row["where"],
        row["message"],
        row["expected"],
        row["found"],
        row["law"],
        Place.from_dict(row["place"]) if row["place"] else None,
        tuple(row.get("cells", ())),
        row.get("suggested", {}),
    )


def _plain(value: Any) -> Any:
    """The value as JSON gives it back; amounts become decimal strings, as on the wire."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


#: Column of a version -> the paths whose sum it is.
TOTALS: Mapping[str, tuple[str, ...]] = {
    "new": ("applications.new.total",),
    "carried_in": ("applications.carried_in.total",),
    "total": ("applications.total.total",),
    "carried_out": ("applications.carried_out.total",),
    "granted": ("applications.granted.total",),
    "partial": ("applications.partial.total",),
    "reconsideration": ("disputes.reconsideration.total",),
    "litigation": (
        "disputes.direct_litigation.total",
        "disputes.litigation_after_reconsideration.total",
    ),
    "direct_litigation": ("disputes.direct_litigation.total",),
    "litigation_after_reconsideration": ("disputes.litigation_after_reconsideration.total",),
    "normative_in_force": ("proactive.normative_documents.in_force",),
    "licences": ("proactive.licences.decisions",),
    "penalties": ("proactive.penalties.decisions",),
    "coercive_measures": ("proactive.coercive_measures.decisions",),
    "fees_10k_yuan": ("proactive.fees.amount_10k_yuan",),
}
_LARGEST = 2**63 - 1


def fill(version: ReportVersion, report: "Report", findings: Sequence[Mapping[str, Any]]) -> None:
    """Put a report and the findings on it into a version; not saved."""
    version.document = api.to_dict(report, cells=True)
    version.edition = report.edition
    for column, paths in TOTALS.items():
        values = [value for path in paths if (value := report.value(path)) is not None]
        total = Decimal(sum(values)) if len(values) == len(paths) else None
        setattr(version, column, _column(column, total))
    fill_findings(version, findings)


def _column(column: str, total: Decimal | None) -> int | Decimal | None:
    """The total as its column keeps it; None where it is too large for any database to add up."""
    if total is None or abs(total) > _LARGEST:
        return None
    return total if column == "fees_10k_yuan" else int(total)


def fill_findings(version: ReportVersion, findings: Sequence[Mapping[str, Any]]) -> None:
    """Put findings into a version and count them; an accepted error is no longer open. Not saved."""
    version.findings = list(findings)
    counts = Counter(row["level"] for row in findings)
    version.errors, version.warnings, version.infos = counts["error"], counts["warning"], counts["info"]
    accepted = accepted_keys(version)
    version.open_errors = sum(row["level"] == "error" and row["key"] not in accepted for row in findings)


def accepted_keys(version: ReportVersion) -> frozenset[str]:
    """Keys of the findings that were accepted and still are."""
    if version.pk is None:
        return frozenset()
    return frozenset(version.acceptances.filter(withdrawn_at=None).values_list("key", flat=True))


def content_hash(version: ReportVersion) -> str:
    """The hash of a version's document: what a signature is given for."""
    text = json.dumps(version.document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
