"""An answer given on the same information for an earlier application, relied on for a later one."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.law.case import Party
from gongkai.web.applications import permissions
from gongkai.web.applications.actions.ask_once import file_beside, of_group
from gongkai.web.applications.actions.base import CaseAction, hashed, one_at_a_time
from gongkai.web.applications.actions.consult import free_ref
from gongkai.web.applications.alike import earlier_answers
from gongkai.web.applications.models import Consultation, Note
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of


@dataclass(kw_only=True)
class RelyOnAnswer(CaseAction[Consultation]):
    """Rely for a case on what somebody answered to the letter of another case of its group (条例 32, 34).

    The opinion is about the information, so who has spoken need not be asked again; whether nothing has
    changed since is for a person to say (``reason``). The answer goes to this case with the papers it rests
    on; the decision on it is this case's own. The clock is not stopped: nobody was asked in this case.
    """

    code: ClassVar = "applications.rely_on_answer"
    permission: ClassVar = permissions.HANDLE

    consultation_id: int
    reason: str

    def check(self) -> None:
        """An answer in words to a letter that was delivered, on the words this case asks in."""
        one_at_a_time(self.agency_id())
        super().check()
        self._person = person_of(self.actor)
        self.reason = reason_of(
            self.reason,
            "沿用理由",
            "请写明核对了什么，如“信息内容和第三方的情况没有变化，意见不限于某一申请人”",
        )
        first = of_group(self.case, self.consultation_id)
        refusal, found = earlier_answers.refusal(self.case, first), earlier_answers.said(first)
        if refusal or found is None:
            raise ActionRefused(refusal, place=str(self.case), remedy="请为这件申请单独征求意见")
        self._said, self._letter = found

    def apply(self) -> Consultation:
        """The party on this case with its answer, the papers beside it, and a note of the reason."""
        said, letter = self._said, self._letter
        made = earlier_answers.registered(self.case, said.name) or Consultation(
            case=self.case, ref=free_ref(self.case), party=said.party, name=said.name,
            address=said.address, phone=said.phone,
        )  # fmt: skip
        made.relies_on, made.relied_text = said, earlier_answers.text_hash(self.case)
        made.answer, made.answered_on, made.answer_text = said.answer, said.answered_on, said.answer_text
        made.save()
        self.made = made
        file_beside(self.case, self.actor, letter)
        Note.objects.create(
            case=self.case, kind=Note.Kind.NOTE, person_id=self._person, at=timezone.now(),
            text=f"沿用{Party(made.party).word}{made.ref}在{said.case}中的意见（{letter.document_no}，"
            f"{chinese(letter.delivery.on)}送达，{chinese(said.answered_on)}{said.get_answer_display()}）。理由：{self.reason}",
        )  # fmt: skip
        self.touch()
        return made

    def audit_details(self) -> dict[str, Any]:
        """With the party's number on the case, the answer, its letter and the hash of the reason."""
        return {
            **super().audit_details(),
            "ref": self.made.ref,
            "relies_on": self._said.pk,
            "letter": self._letter.pk,
            "answer": str(self.made.answer),
            "reason": hashed(self.reason),
        }
