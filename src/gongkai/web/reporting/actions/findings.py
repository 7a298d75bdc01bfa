"""Findings that a person lets stand, and why."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of
from gongkai.web.reporting import engine, permissions
from gongkai.web.reporting.actions.base import RecordAction, hashed
from gongkai.web.reporting.models import Acceptance, ReportVersion


@dataclass(kw_only=True)
class AcceptFinding(RecordAction[Acceptance]):
    """Let a finding stand. ``key`` is the finding's."""

    code: ClassVar = "reporting.accept_finding"
    permission: ClassVar = permissions.CORRECT

    key: str
    reason: str

    def check(self) -> None:
        """The finding is there, not accepted yet, and there is a reason."""
        super().check()
        self._person = person_of(self.actor)
        self.reason = reason_of(self.reason, "认可理由")
        self._finding = self.finding(self.key)
        if self.key in engine.accepted_keys(self.version()):
            raise ActionRefused("这个问题已经认可", place=str(self.record), remedy="无需再次认可")

    def apply(self) -> Acceptance:
        """Put it on record and count what is left."""
        version = self.version()
        row = Acceptance.objects.create(
            version=version,
            key=self.key,
            rule=self._finding["rule"],
            where=self._finding["where"][:120],
            reason=self.reason,
            person_id=self._person,
            at=timezone.now(),
        )
        engine.fill_findings(version, version.findings)
        version.save()
        self.move()
        return row

    def audit_details(self) -> dict[str, Any]:
        """The rule, the finding's key and the hash of the reason."""
        return {
            **super().audit_details(),
            "rule": self._finding["rule"],
            "finding": self.key,
            "reason": hashed(self.reason),
        }


@dataclass(kw_only=True)
class UnacceptFinding(RecordAction[ReportVersion]):
    """Ask about a finding again that was let stand."""

    code: ClassVar = "reporting.unaccept_finding"
    permission: ClassVar = permissions.CORRECT

    key: str

    def check(self) -> None:
        """It was accepted."""
        super().check()
        row = self.version().acceptances.filter(key=self.key, withdrawn_at=None).first()
        if row is None:
            raise ActionRefused("这个问题没有认可过", place=str(self.record), remedy="请刷新页面")
        self._row = row

    def apply(self) -> ReportVersion:
        """The acceptance stays on record as taken back."""
        version = self.version()
        self._row.withdrawn_at = timezone.now()
        self._row.save(update_fields=["withdrawn_at"])
        engine.fill_findings(version, version.findings)
        version.save()
        self.move()
        return version

    def audit_details(self) -> dict[str, Any]:
        """The rule and the finding's key."""
        return {**super().audit_details(), "rule": self._row.rule, "finding": self.key}
