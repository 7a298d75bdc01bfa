"""What time alone does to a case: terms lapse, parties stay silent, personal data has been kept enough."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone

from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions.base import CaseAction, today
from gongkai.web.applications.actions.consult import note_silence
from gongkai.web.applications.models import (
    Case,
    Clearance,
    Forwarding,
    LetterSignature,
    PublishDecision,
    Rating,
)
from gongkai.web.applications.privacy import retention
from gongkai.web.common.errors import ActionRefused


@dataclass(kw_only=True)
class RefreshCase(CaseAction[Case]):
    """Write anew what the clock says today of an open case: a term may have lapsed, a pause be over."""

    code: ClassVar = "applications.refresh"
    permission: ClassVar = permissions.PURGE

    def apply(self) -> Case:
        """The summary, and parties that stayed silent."""
        note_silence(self.case)
        clock.summarise(self.case)
        return self.case


@dataclass(kw_only=True)
class Purge(CaseAction[Case]):
    """Erase personal data whose time is up: proofs of identity first, the whole file later.

    What is counted stays: the events, the kind of applicant, the outcome. ``whole`` also erases the text of
    the request, the letters and every file.
    """

    code: ClassVar = "applications.purge"
    permission: ClassVar = permissions.PURGE

    whole: bool

    def check(self) -> None:
        """Only of a case that has ended."""
        super().check()
        if self.case.is_open:
            raise ActionRefused(
                "未办结的申请不能清除", place=str(self.case), remedy="办结并过了保存期限以后由系统清除"
            )

    def apply(self) -> Case:
        """Empty the fields, delete the files; rows stay."""
        who = self.case.applicant
        erased = ["identity_number", "agent_identity"]
        kept = self.case.attachments.filter(purged_at=None)
        if self.whole:
            erased += [
                "name",
                "contact_name",
                "phone",
                "email",
                "address",
                "postcode",
                "agent_name",
                "needs_help",
            ]
            self._erase_text()
        else:
            kept = kept.filter(purpose__in=retention.PROOFS)
        for name in erased:
            setattr(who, name, "")
        who.save()
        for one in kept:
            files.erase(one)
        self.touch()
        return self.case

    def _erase_text(self) -> None:
        case = self.case
        case.subject, case.details, case.code, case.asked_for = "（已按保存期限清除）", "", "", ""
        case.purged_at = timezone.now()
        case.save()
        case.letters.update(fields="", dropped_reason="")
        Clearance.objects.filter(letter__case=case).update(words="")
        LetterSignature.objects.filter(letter__case=case).update(opinion="", void_reason="")
        Rating.objects.filter(case=case).update(text="")
        Forwarding.objects.filter(Q(case=case) | Q(to=case)).update(consent="")
        case.openings.update(reason="")
        for party in case.consultations.all():
            party.name = party.address = party.phone = party.answer_text = party.decision_reason = ""
            party.relied_text = ""
            party.save()
        case.notes.update(text="")
        PublishDecision.objects.filter(note__case=case).update(words="")
        case.errands.update(question="", answer="")
        case.events.update(note="")

    def audit_details(self) -> dict[str, Any]:
        """Whether all of it, and when."""
        return {**super().audit_details(), "whole": self.whole, "on": today().isoformat()}
