"""What the reading of a version's file comes to. Only the reader itself may say so."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from gongkai.kernel import UnreadableError
from gongkai.web.common.errors import ActionRefused
from gongkai.web.reporting import changes, engine, identify, permissions, related, selectors, states
from gongkai.web.reporting.actions.base import RecordAction
from gongkai.web.reporting.models import Acceptance, Correction, Origin, Outcome, ReportVersion
from gongkai.web.reporting.states import State

if TYPE_CHECKING:
    from gongkai.report.api import Original, Report


@dataclass(kw_only=True)
class _Reading(RecordAction[ReportVersion]):
    """A step of reading: only for the version that is worked on and still waits."""

    permission: ClassVar = permissions.READ

    version_id: int

    def check(self) -> None:
        """The version must still be the one that waits: a task may come twice."""
        self.lock()
        version = self.record.current_version
        if version is None or version.pk != self.version_id or version.outcome != Outcome.WAITING:
            raise ActionRefused("这一版已不需要读取", place=str(self.record), code="stale")
        states.require(self.record.state, self.code, place=str(self.record))


@dataclass(kw_only=True)
class BeginReading(_Reading):
    """A worker has taken the file."""

    code: ClassVar = "reporting.begin_reading"

    def apply(self) -> ReportVersion:
        """The page says so."""
        self.move(State.READING)
        return self.version()


@dataclass(kw_only=True)
class FailReading(_Reading):
    """The file is no report that can be read: why, where, what to do."""

    code: ClassVar = "reporting.fail_reading"

    error: UnreadableError

    def apply(self) -> ReportVersion:
        """Keep what the reader said."""
        version = self.version()
        version.outcome = Outcome.UNREADABLE
        version.engine_version = engine.VERSION
        version.read_at = timezone.now()
        version.error = {
            "message": self.error.message,
            "place": self.error.place,
            "remedy": self.error.remedy,
            "code": self.error.code,
        }
        version.save()
        self.move(State.UNREADABLE)
        return version


@dataclass(kw_only=True)
class FinishReading(_Reading):
    """The file is read: document, findings and totals are put on record.

    A file that names another agency or year stops here and asks. A file read again with the same result
    leaves everything as it was; else corrections and accepted findings are carried over where the reading
    they answer is unchanged. A file that replaces another is treated alike.
    """

    code: ClassVar = "reporting.finish_reading"

    original: "Original"

    def apply(self) -> ReportVersion:
        """Put on record what was read, and move on."""
        version, report = self.version(), self.original.report
        found = identify.conflict(report.agency, report.year, self.record.agency, self.record.year)
        version.engine_version = engine.VERSION
        version.read_at = timezone.now()
        report = engine.settled(report, self.record)
        engine.fill(version, report, engine.check(report, self.record))
        version.outcome = Outcome.CONFLICT if found else Outcome.READ
        version.conflict = found.to_dict() if found else {}
        if version.origin == Origin.REREAD and self._conflict_was_confirmed(version):
            version.outcome = Outcome.READ
        version.changes = self._changes(version)
        version.save()
        if self._same_again(version):
            self._go_back(version)
            return version
        self._carry_over(version, report)
        self.move(State.CONFLICT if version.outcome == Outcome.CONFLICT else State.READ)
        return version

    def _conflict_was_confirmed(self, version: ReportVersion) -> bool:
        """What a person confirmed for the same file they need not confirm again."""
        before = version.previous
        if before is None or not before.conflict_reason or before.conflict != version.conflict:
            return False
        version.conflict_reason = before.conflict_reason
        version.conflict_confirmed_by_id = before.conflict_confirmed_by_id
        return True

    def _changes(self, version: ReportVersion) -> dict[str, Any]:
        before = selectors.last_read(version)
        if before is None or before.document is None or version.document is None:
            return {}
        # The version before has its findings on the corrected document; readings are compared with readings.
        old = self._findings_as_read(before)
        return changes.between(before.document, version.document, old, version.findings)

    def _findings_as_read(self, version: ReportVersion) -> list[dict[str, Any]]:
        if version.document is None or not version.document.get("corrections"):
            return list(version.findings)
        return engine.check(engine.uncorrected(version.document), self.record)

    def _same_again(self, version: ReportVersion) -> bool:
        """Whether a file read again gave what it gave before."""
        before = version.previous
        read_before = before is not None and before.document is not None
        return version.origin == Origin.REREAD and read_before and not version.changes

    def _go_back(self, version: ReportVersion) -> None:
        version.discarded_at = timezone.now()
        version.save(update_fields=["discarded_at"])
        self.record.current_version = version.previous
        self.move(version.before)
        related.ask_again(self.record)

    def _carry_over(self, version: ReportVersion, report: "Report") -> None:
        """Take over the corrections whose figure reads as before, and what was accepted of the findings."""
        before = selectors.last_read(version)
        if before is None or before.document is None or version.document is None:
            return
        kept: list[Correction] = []
        dropped: list[Correction] = []
        old, new = changes.figures(before.document), changes.figures(version.document)
        for row in before.corrections.filter(superseded_at=None).order_by("id"):
            same = row.path in new and row.path in old and old[row.path] == new[row.path]
            (kept if same else dropped).append(row)
        carried = [copy_correction(row, version) for row in kept]
        for acceptance in before.acceptances.filter(withdrawn_at=None).order_by("id"):
            copy_acceptance(acceptance, version)
        report = engine.corrected(report, carried)
        engine.fill(version, report, engine.check(report, self.record))
        if kept or dropped:
            version.changes["corrections_carried"] = [row.path for row in kept]
            version.changes["corrections_dropped"] = [row.path for row in dropped]
        version.save()


def copy_correction(row: Correction, version: ReportVersion) -> Correction:
    """The same correction on another version, by the same person, on the same day."""
    return Correction.objects.create(
        version=version,
        path=row.path,
        read_value=row.read_value,
        read_raw=row.read_raw,
        read_mark=row.read_mark,
        value=row.value,
        reason=row.reason,
        person_id=row.person_id,
        at=row.at,
        carried_from=row,
    )


def copy_acceptance(row: Acceptance, version: ReportVersion) -> Acceptance:
    """The same acceptance on another version; where the finding changed it has no effect."""
    return Acceptance.objects.create(
        version=version,
        key=row.key,
        rule=row.rule,
        where=row.where,
        reason=row.reason,
        person_id=row.person_id,
        at=row.at,
    )
