"""Figures put right by hand: with a reason, what was read kept for ever, the findings worked out anew."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from gongkai.kernel import GongkaiError
from gongkai.report import api
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of
from gongkai.web.reporting import engine, files, permissions
from gongkai.web.reporting.actions.base import RecordAction, hashed, refused
from gongkai.web.reporting.models import Correction, ReportVersion

if TYPE_CHECKING:
    from gongkai.report.api import Report


def as_read(version: ReportVersion) -> "Report":
    """The report as the engine read it, with its places. Raises ``ActionRefused`` where it is gone."""
    try:
        original = files.original(version.source, version.engine_version)
    except GongkaiError as error:
        raise refused(error) from error
    return engine.settled(original.report, version.record)


def work_out(version: ReportVersion, report: "Report") -> None:
    """Document, findings and totals of a version from the report as read and the corrections in force."""
    report = engine.corrected(report, version.corrections.filter(superseded_at=None).order_by("id"))
    engine.fill(version, report, engine.check(report, version.record))
    version.save()


@dataclass(kw_only=True)
class Correct(RecordAction[Correction]):
    """Set one figure. ``value`` is what was typed; empty says that the cell is blank."""

    code: ClassVar = "reporting.correct"
    permission: ClassVar = permissions.CORRECT

    path: str
    value: str
    reason: str

    def check(self) -> None:
        """A figure of the form, a value that may stand there and differs, a reason, a person."""
        super().check()
        self._person = person_of(self.actor)
        self.reason = reason_of(self.reason, "更正理由")
        version = self.version()
        self._report = as_read(version)
        self._before = version.corrections.filter(path=self.path, superseded_at=None).first()
        try:
            number = api.parse_figure(self.path, self.value, edition=self._report.edition)
            self._made = api.correction_of(self._report, self.path, number, self.reason, timezone.localdate())
        except GongkaiError as error:
            if self._before is not None and error.code == "same":
                raise ActionRefused(
                    "这个数字就是原文的数字", place=error.place, remedy="请用“撤销更正”，恢复原文的数字"
                ) from error
            raise refused(error) from error
        if self._before is not None and self._before.value == text_of(self._made.value):
            raise ActionRefused("更正后的数字与现在的相同", place=api.label(self.path), remedy="无需更正")

    def apply(self) -> Correction:
        """The correction before, if any, is superseded and stays on record."""
        now = timezone.now()
        version = self.version()
        if self._before is not None:
            self._before.superseded_at = now
            self._before.save(update_fields=["superseded_at"])
        row = Correction.objects.create(
            version=version,
            path=self.path,
            read_value=text_of(self._made.read),
            read_raw=self._made.raw,
            read_mark=str(self._made.mark),
            value=text_of(self._made.value),
            reason=self.reason,
            person_id=self._person,
            at=now,
        )
        work_out(version, self._report)
        self.move()
        return row

    def audit_details(self) -> dict[str, Any]:
        """The path and both values: figures of a public report are no personal data. The reason as a hash."""
        return {
            **super().audit_details(),
            "path": self.path,
            "read": text_of(self._made.read),
            "value": text_of(self._made.value),
            "reason": hashed(self.reason),
        }


@dataclass(kw_only=True)
class CorrectAsSuggested(RecordAction[int]):
    """Set every figure a finding proposes a value for, such as the 0 of a hundred blank cells; how many.

    ``key`` is the finding's. Each figure has a correction of its own, with the one reason.
    """

    code: ClassVar = "reporting.correct_as_suggested"
    permission: ClassVar = permissions.CORRECT

    key: str
    reason: str

    def check(self) -> None:
        """The finding is there and proposes figures; a reason, a person."""
        super().check()
        self._person = person_of(self.actor)
        self.reason = reason_of(self.reason, "更正理由")
        version, suggested = self.version(), self.finding(self.key).get("suggested") or {}
        self._report = as_read(version)
        taken = set(version.corrections.filter(superseded_at=None).values_list("path", flat=True))
        try:
            self._made = [
                api.correction_of(
                    self._report,
                    path,
                    api.parse_figure(path, str(value), edition=self._report.edition),
                    self.reason,
                    timezone.localdate(),
                )
                for path, value in suggested.items()
                if path in self._report.figures and path not in taken
            ]
        except GongkaiError as error:
            raise refused(error) from error
        if not self._made:
            raise ActionRefused("这个问题没有建议的数字", place=str(self.record), remedy="请逐个更正")

    def apply(self) -> int:
        """One correction for each figure, then the findings once."""
        version, now = self.version(), timezone.now()
        Correction.objects.bulk_create(
            Correction(
                version=version,
                path=made.path,
                read_value=text_of(made.read),
                read_raw=made.raw,
                read_mark=str(made.mark),
                value=text_of(made.value),
                reason=self.reason,
                person_id=self._person,
                at=now,
            )
            for made in self._made
        )
        work_out(version, self._report)
        self.move()
        return len(self._made)

    def audit_details(self) -> dict[str, Any]:
        """Every path with its value, and the hash of the reason."""
        return {
            **super().audit_details(),
            "values": {made.path: text_of(made.value) for made in self._made},
            "reason": hashed(self.reason),
        }


@dataclass(kw_only=True)
class UndoCorrection(RecordAction[ReportVersion]):
    """Take a correction back: the figure is what was read again. The correction stays on record as undone."""

    code: ClassVar = "reporting.undo_correction"
    permission: ClassVar = permissions.CORRECT

    path: str
    reason: str

    def check(self) -> None:
        """There is one, and a reason."""
        super().check()
        person_of(self.actor)
        self.reason = reason_of(self.reason, "撤销理由")
        row = self.version().corrections.filter(path=self.path, superseded_at=None).first()
        if row is None:
            raise ActionRefused("这个数字没有更正过", place=api.label(self.path), remedy="无需撤销")
        self._row = row

    def apply(self) -> ReportVersion:
        """Supersede it by nothing."""
        version = self.version()
        report = as_read(version)
        self._row.superseded_at = timezone.now()
        self._row.undone_reason = self.reason
        self._row.save(update_fields=["superseded_at", "undone_reason"])
        work_out(version, report)
        self.move()
        return version

    def audit_details(self) -> dict[str, Any]:
        """The path and the hash of the reason."""
        return {**super().audit_details(), "path": self.path, "reason": hashed(self.reason)}


def text_of(value: Any) -> str | None:
    """A figure as the record keeps it: plain digits, None for blank."""
    if value is None:
        return None
    return str(value) if isinstance(value, int) else format(value, "f")
