"""The proof of a delivery that comes back after it was recorded."""

from dataclasses import dataclass
from typing import Any, ClassVar

from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.base import CaseAction, one_at_a_time
from gongkai.web.applications.actions.each import each
from gongkai.web.applications.actions.letters import LetterAction
from gongkai.web.applications.alike import asked_once
from gongkai.web.applications.models import Attachment, Letter, LetterState, Purpose
from gongkai.web.applications.receiving import intake
from gongkai.web.common.errors import ActionRefused


@dataclass(kw_only=True)
class AddProof(LetterAction):
    """Put the proof beside a delivery that has none: in court the agency proves service, not the applicant.

    One that is there stays: a better one is added to the case as a file. Where the letter asked for several
    cases, or others rely on what it brought, the proof is kept with each of them (``beside``).
    """

    code: ClassVar = "applications.add_proof"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = (LetterState.DELIVERED,)

    proof: intake.Upload | files.Checked

    def check(self) -> None:
        """A delivered letter whose delivery nothing proves yet."""
        self._others = asked_once.proven_by(self.letter_id)
        if self._others:
            one_at_a_time(self.agency_id())
        super().check()
        if self.letter.delivery.proof_id is not None:
            raise ActionRefused(
                "这份文书已有送达凭证",
                place=self.kind.name,
                remedy="补充的凭证请用“添加文件”，用途选“送达凭证”",
            )

    def apply(self) -> Letter:
        """Checked, stored encrypted, kept with the delivery."""
        given = self.proof
        found = given if isinstance(given, files.Checked) else files.checked(given.name, given.content)
        delivery = self.letter.delivery
        delivery.proof = files.put(self.case, self.actor, found, purpose=Purpose.PROOF)
        delivery.save(update_fields=["proof"])
        self.touch()
        self.beside = each(
            (
                one.case,
                KeepProof(self.actor, case_id=one.case_id, letter_id=self.letter_id, proof=found).run,
            )
            for one in self._others
        )
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """With the sum of the proof."""
        proof = self.letter.delivery.proof
        return {**super().audit_details(), "proof": proof.sha256 if proof else ""}


@dataclass(kw_only=True)
class KeepProof(CaseAction[Attachment]):
    """Keep the proof of another case's letter with a case that rests on it: its file must not need another's.

    Run by ``AddProof`` alone. An ended case takes it too: its file has to prove what was done.
    """

    code: ClassVar = "applications.keep_proof"
    permission: ClassVar = permissions.HANDLE

    letter_id: int
    proof: files.Checked

    def apply(self) -> Attachment:
        """Stored anew, as what proves a delivery."""
        self.kept = files.put(self.case, self.actor, self.proof, purpose=Purpose.PROOF)
        self.touch()
        return self.kept

    def audit_details(self) -> dict[str, Any]:
        """With the letter whose delivery it proves, and its sum."""
        return {**super().audit_details(), "letter": self.letter_id, "proof": self.kept.sha256}
