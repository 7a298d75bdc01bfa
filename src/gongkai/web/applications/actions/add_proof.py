"""The proof of a delivery that comes back after it was recorded."""

from dataclasses import dataclass
from typing import Any, ClassVar

from gongkai.web.applications import files, permissions
from gongkai.web.applications.actions.letters import LetterAction
from gongkai.web.applications.models import Letter, LetterState, Purpose
from gongkai.web.applications.receiving import intake
from gongkai.web.common.errors import ActionRefused


@dataclass(kw_only=True)
class AddProof(LetterAction):
    """Put the proof beside a delivery that has none: in court the agency proves service, not the applicant.

    One that is there stays: a better one is added to the case as a file.
    """

    code: ClassVar = "applications.add_proof"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = (LetterState.DELIVERED,)

    proof: intake.Upload

    def check(self) -> None:
        """A delivered letter whose delivery nothing proves yet."""
        super().check()
        if self.letter.delivery.proof_id is not None:
            raise ActionRefused(
                "这份文书已有送达凭证",
                place=self.kind.name,
                remedy="补充的凭证请用“添加文件”，用途选“送达凭证”",
            )

    def apply(self) -> Letter:
        """Checked, stored encrypted, kept with the delivery."""
        delivery = self.letter.delivery
        delivery.proof = files.add(
            self.case, self.actor, purpose=Purpose.PROOF, name=self.proof.name, content=self.proof.content
        )
        delivery.save(update_fields=["proof"])
        self.touch()
        return self.letter

    def audit_details(self) -> dict[str, Any]:
        """With the sum of the proof."""
        proof = self.letter.delivery.proof
        return {**super().audit_details(), "proof": proof.sha256 if proof else ""}
