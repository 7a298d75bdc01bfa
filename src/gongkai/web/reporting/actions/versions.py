"""A version whose agency or year is asked about, one that is given up, one that is published and revised."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.common.given import person_of, reason_of
from gongkai.web.reporting import permissions, related
from gongkai.web.reporting.actions.base import RecordAction, hashed
from gongkai.web.reporting.actions.reading import copy_acceptance, copy_correction
from gongkai.web.reporting.actions.upload import next_number
from gongkai.web.reporting.models import Origin, Outcome, ReportRecord, ReportVersion
from gongkai.web.reporting.states import State


@dataclass(kw_only=True)
class ConfirmConflict(RecordAction[ReportVersion]):
    """Say that a file that names another agency or year belongs here all the same, and why."""

    code: ClassVar = "reporting.confirm"
    permission: ClassVar = permissions.UPLOAD

    reason: str

    def check(self) -> None:
        """With a reason, by a person."""
        super().check()
        self.reason = reason_of(self.reason, "确认理由")
        self._person = person_of(self.actor)

    def apply(self) -> ReportVersion:
        """The version counts as read; what the file names stays on record."""
        version = self.version()
        version.outcome = Outcome.READ
        version.conflict_reason = self.reason
        version.conflict_confirmed_by_id = self._person
        version.save()
        self.move(State.READ)
        return version

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason."""
        return {**super().audit_details(), "reason": hashed(self.reason)}


@dataclass(kw_only=True)
class DiscardVersion(RecordAction[ReportRecord]):
    """Give up the version that is worked on; the one before is worked on again, in the state it was in."""

    code: ClassVar = "reporting.discard"
    permission: ClassVar = permissions.UPLOAD

    def apply(self) -> ReportRecord:
        """The version stays on record, marked as given up."""
        version = self.version()
        version.discarded_at = timezone.now()
        version.save(update_fields=["discarded_at"])
        self._discarded = version.pk
        self.record.current_version = version.previous
        self.move(version.before)
        related.ask_again(self.record)
        return self.record

    def audit_details(self) -> dict[str, Any]:
        """With the version given up."""
        return {**super().audit_details(), "discarded": self._discarded}


@dataclass(kw_only=True)
class Amend(RecordAction[ReportVersion]):
    """Begin a new version of a published or withdrawn report. The public one stays until it is published."""

    code: ClassVar = "reporting.amend"
    permission: ClassVar = permissions.CORRECT

    def apply(self) -> ReportVersion:
        """A copy with its corrections and accepted findings."""
        old = self.version()
        person_of(self.actor)
        version = ReportVersion.objects.get(pk=old.pk)
        version.pk = None
        version._state.adding = True
        version.number = next_number(self.record)
        version.origin = Origin.AMENDMENT
        version.previous = old
        version.before = self.record.state
        version.uploaded_by_id = self.actor.person_id
        version.uploaded_at = timezone.now()
        version.published_at = None
        version.changes = {}
        version.save()
        for correction in old.corrections.filter(superseded_at=None).order_by("id"):
            copy_correction(correction, version)
        for acceptance in old.acceptances.filter(withdrawn_at=None).order_by("id"):
            copy_acceptance(acceptance, version)
        self.record.current_version = version
        self.move(State.READ)
        return version
