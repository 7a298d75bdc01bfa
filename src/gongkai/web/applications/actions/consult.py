"""Asking others: each party with its own letter, its own 15 working days, its answer and what was decided."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any, ClassVar

from gongkai.law.case import Kind
from gongkai.web.applications import clock, permissions
from gongkai.web.applications.actions.base import CaseAction, hashed, one_at_a_time, today
from gongkai.web.applications.actions.each import each
from gongkai.web.applications.alike import asked_once
from gongkai.web.applications.models import Case, Consultation
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import reason_of

#: What a party can answer; silence is no answer.
SPOKE = {
    Consultation.Answer.AGREES, Consultation.Answer.PARTLY, Consultation.Answer.OBJECTS,
}  # fmt: skip


@dataclass(kw_only=True)
class AddParty(CaseAction[Consultation]):
    """Name a party whose view is to be asked; its letter is drafted next."""

    code: ClassVar = "applications.add_party"
    permission: ClassVar = permissions.HANDLE

    party: str
    name: str
    address: str = ""
    phone: str = ""

    def check(self) -> None:
        """On an open case, with a name, and not the applicant."""
        super().check()
        self.require_open()
        if self.party not in Consultation.Party.values:
            raise ActionRefused("请选择征求对象", place=str(self.case))
        self.name = self.name.strip()
        if not self.name:
            raise ActionRefused("请填写征求对象的名称或姓名", place=str(self.case))
        if self.name == self.case.applicant.name:
            raise ActionRefused("征求对象就是申请人", place=str(self.case), remedy="第三方应是申请人以外的人")

    def apply(self) -> Consultation:
        """With a number of its own on the case."""
        found = Consultation.objects.create(
            case=self.case, ref=free_ref(self.case), party=self.party, name=self.name,
            address=self.address.strip(), phone=self.phone.strip(),
        )  # fmt: skip
        self.touch()
        return found


def free_ref(case: Case) -> str:
    """The next number of a party on a case."""
    used = set(case.consultations.values_list("ref", flat=True))
    return next(text for text in map(str, count(1)) if text not in used)


@dataclass(kw_only=True)
class PartyAction(CaseAction[Consultation]):
    """A change of one consultation; where one letter asked for several cases, of each of theirs (``beside``).

    ``alone`` leaves the others as they are. One that can take no part, its case has ended say, is left out.
    """

    consultation_id: int
    alone: bool = False

    def check(self) -> None:
        """It belongs to the case."""
        if not self.alone and asked_once.is_shared(self.consultation_id):
            one_at_a_time(self.agency_id())
        super().check()
        found = (
            Consultation.objects.select_for_update().filter(pk=self.consultation_id, case=self.case).first()
        )
        if found is None:
            raise ActionRefused(
                "没有这个征求对象", place=str(self.case), remedy="请回到申请页面，从“征求意见”中打开"
            )
        self.consultation = found

    def do_beside(self) -> None:
        """The same for those asked by the same letter, each a change of its own case with its own entry."""
        if not self.alone:
            shared = asked_once.others(self.consultation)
            self.beside = each(
                (
                    one.case,
                    replace(self, case_id=one.case_id, consultation_id=one.pk, revision=None, alone=True).run,
                )
                for one in shared
            )

    def audit_details(self) -> dict[str, Any]:
        """With the party's number on the case."""
        return {
            **super().audit_details(),
            "ref": self.consultation.ref,
            "answer": str(self.consultation.answer),
            "decision": str(self.consultation.decision),
        }


@dataclass(kw_only=True)
class RecordAnswer(PartyAction):
    """What a party answered; the clock goes on from that day. Silence needs no entry: it ends by itself.

    Of an answer that came in an old system the case brought the day alone: what it says is added to it.
    """

    code: ClassVar = "applications.record_answer"
    permission: ClassVar = permissions.HANDLE

    answer: str
    on: date
    text: str = ""

    def check(self) -> None:
        """One answer to a letter that was sent."""
        super().check()
        if self.answer not in SPOKE:
            raise ActionRefused("请选择对方的意见", place=str(self.case))
        if self.consultation.sent_on is None:
            raise ActionRefused(
                "征求意见书还没有送达", place=str(self.case), remedy="请先送达意见书并登记，再登记对方的意见"
            )
        self._day_known = _is_known_by_its_day(self.consultation)
        if self._day_known:
            self._require_same_day()

    def _require_same_day(self) -> None:
        """What the clock was told when the case was taken over stays; on an ended case so does the rest."""
        self.require_open()
        known = self.consultation.answered_on
        if self.on != known:
            raise ActionRefused(
                f"转入的经过中，这个征求对象的意见是{chinese(known)}收到的",
                place=str(self.case),
                remedy="收到日期请填这一天",
            )

    def apply(self) -> Consultation:
        """The answer, and the end of the pause."""
        found = self.consultation
        found.answer, found.answered_on, found.answer_text = self.answer, self.on, self.text.strip()
        found.save()
        if self._day_known:
            self.touch()
        else:
            self.append(Kind.CONSULTATION_ENDED, self.on, party=found.party, ref=found.ref)
        self.do_beside()
        return found


def _is_known_by_its_day(one: Consultation) -> bool:
    """Whether it was answered in an old system: the clock has the day, and nobody has said with what."""
    return one.answered_on is not None and one.answer == Consultation.Answer.NONE


@dataclass(kw_only=True)
class DecideOnParty(PartyAction):
    """What the agency decides on a party's view (条例 32): silence of a third party is no consent."""

    code: ClassVar = "applications.decide_on_party"
    permission: ClassVar = permissions.HANDLE

    decision: str
    reason: str

    def check(self) -> None:
        """With reasons; an objection is overridden for the sake of the public interest only.

        On an open case: what an ended one was decided on stays as its reply was given.
        """
        super().check()
        self.require_open()
        self.reason = reason_of(self.reason, "决定理由")
        if self.decision not in Consultation.Decision.values or self.decision == Consultation.Decision.OPEN:
            raise ActionRefused("请选择决定", place=str(self.case))
        require_decision(self.consultation.answer, self.decision, place=str(self.case))

    def apply(self) -> Consultation:
        """Keep it."""
        found = self.consultation
        found.decision, found.decision_reason = self.decision, self.reason
        found.save()
        self.touch()
        self.do_beside()
        return found

    def audit_details(self) -> dict[str, Any]:
        """With the hash of the reason."""
        return {**super().audit_details(), "reason": hashed(self.reason)}


def require_decision(answer: str, decision: str, *, place: str) -> None:
    """An objection is not treated as consent (条例 32). Raises ``ActionRefused``."""
    if answer == Consultation.Answer.OBJECTS and decision == Consultation.Decision.DISCLOSE:
        raise ActionRefused(
            "第三方不同意公开，不能按同意处理（《政府信息公开条例》第三十二条）",
            place=place,
            remedy="理由不成立或涉及重大公共利益的，请选“不公开可能对公共利益造成重大影响，予以公开”并书面告知第三方",
        )


def note_silence(case: Case) -> int:
    """Mark parties whose 15 working days are over as silent; how many. Part of the look at open cases."""
    count = 0
    terms = {(str(term.party), term.ref): term for term in clock.account(case).terms if term.party}
    waiting = case.consultations.filter(answer=Consultation.Answer.NONE, answered_on=None)
    for found in waiting.filter(sent_on__isnull=False):
        term = terms.get((found.party, found.ref))
        if term and term.until and not term.provisional:
            found.answer_by = term.until
            if term.until < today():
                found.answer = Consultation.Answer.SILENT
                count += 1
            found.save()
    return count
