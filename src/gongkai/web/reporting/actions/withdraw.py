"""Taking a published report off the public pages: one person asks, another confirms."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of
from gongkai.web.reporting import permissions
from gongkai.web.reporting.actions.base import RecordAction, hashed
from gongkai.web.reporting.actions.sign import announce
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State


@dataclass(kw_only=True)
class RequestWithdrawal(RecordAction[ReportRecord]):
    """Ask that the published report be withdrawn; it stays public until another person confirms."""

    code: ClassVar = "reporting.request_withdrawal"
    permission: ClassVar = permissions.WITHDRAW

    reason: str

    def check(self) -> None:
        """With a reason, by a person."""
        super().check()
        self._person = person_of(self.actor)
        self.reason = reason_of(self.reason, "撤回理由")

    def apply(self) -> ReportRecord:
        """Keep who asked and why."""
        self.record.withdrawal_reason = self.reason
        self.record.withdrawal_asked_by_id = self._person
        self.move(State.WITHDRAWING)
        return self.record

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason."""
        return {**super().audit_details(), "reason": hashed(self.reason)}


@dataclass(kw_only=True)
class KeepPublished(RecordAction[ReportRecord]):
    """Do not withdraw after all; whoever asked may say so too."""

    code: ClassVar = "reporting.keep_published"
    permission: ClassVar = permissions.WITHDRAW

    def apply(self) -> ReportRecord:
        """As it was."""
        self.record.withdrawal_reason = ""
        self.record.withdrawal_asked_by = None
        self.move(State.PUBLISHED)
        return self.record


@dataclass(kw_only=True)
class Withdraw(RecordAction[ReportRecord]):
    """Confirm the withdrawal somebody else asked for; the report leaves the public pages at once."""

    code: ClassVar = "reporting.withdraw"
    permission: ClassVar = permissions.WITHDRAW

    def check(self) -> None:
        """By another person than the one who asked."""
        super().check()
        if person_of(self.actor) == self.record.withdrawal_asked_by_id:
            raise ActionRefused(
                "撤回须由另一人确认", place=str(self.record), remedy="请由另一名有权限的人员确认"
            )

    def apply(self) -> ReportRecord:
        """The version stays on record; the public page says that the report was withdrawn."""
        self.record.published_version = None
        self.record.withdrawn_at = timezone.now()
        self.move(State.WITHDRAWN)
        announce(self.record.pk)
        return self.record
