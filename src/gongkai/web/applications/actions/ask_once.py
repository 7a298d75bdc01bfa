"""Whoever is asked for a group of cases is written to once: the cases of a letter, what follows for each."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import F

from gongkai.law.case import Kind
from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions.base import CaseAction, one_at_a_time
from gongkai.web.applications.actions.consult import PartyAction, free_ref
from gongkai.web.applications.actions.each import Done, each
from gongkai.web.applications.alike import asked_once, same_words
from gongkai.web.applications.models import Case, Consultation, Letter, Purpose
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


@dataclass(kw_only=True)
class JoinConsultation(CaseAction[Consultation]):
    """Let the letter with which another case of the group asks somebody ask for this case too.

    Only before it is signed: it says how many applications it is about.
    """

    code: ClassVar = "applications.join_consultation"
    permission: ClassVar = permissions.HANDLE

    consultation_id: int

    def check(self) -> None:
        """A case of the group that asks for the same and may ask somebody now, and has not asked them yet."""
        one_at_a_time(self.agency_id())
        super().check()
        self._first = of_group(self.case, self.consultation_id)
        if refusal := self.refusal(self.case, self._first):
            raise ActionRefused(refusal, place=str(self.case), remedy="请单独征求意见")
        if self._first.sent_on is not None or asked_once.is_fixed(self._first):
            raise ActionRefused(
                "征求意见书已经签批或送达，不能再加",
                place=str(self._first.case),
                remedy="正在签批的先退回；已送达的，请为这件申请单独征求意见",
            )

    @staticmethod
    def refusal(case: Case, first: Consultation) -> str:
        """Why the letter of a consultation cannot ask for a case too; empty where it can."""
        if not case.is_open:
            return f"已办结（{case.get_state_display()}）"
        if first.case.plain_text != case.plain_text:
            return f"所需信息的文字与{first.case}已经不同（补正或拆分后改变）"
        if first.name == case.applicant.name:
            return "征求对象就是申请人"
        if any(one.name == first.name for one in case.consultations.all()):
            return "已经登记了同一个征求对象"
        step = next(step for step in clock.steps(case) if step.kind is Kind.CONSULTATION_STARTED)
        return clock.told(step.refusal) if step.refusal else ""

    def apply(self) -> Consultation:
        """The same party on this case, with a number of its own; the letter is about one application more."""
        first = self._first
        self.made = Consultation.objects.create(
            case=self.case, ref=free_ref(self.case), party=first.party, name=first.name,
            address=first.address, phone=first.phone, asked_with=first,
        )  # fmt: skip
        self.touch()
        _touch(first.case_id)
        return self.made

    def audit_details(self) -> dict[str, Any]:
        """With the party's number on the case, and the consultation whose letter asks for it."""
        return {**super().audit_details(), "ref": self.made.ref, "asked_with": self._first.pk}


@dataclass(kw_only=True)
class StartConsultation(PartyAction):
    """What the delivery of a letter that asks for several cases is to each of the others: its own pause.

    The letter and the proof of its delivery are put into the case's own file.
    """

    code: ClassVar = "applications.start_consultation"
    permission: ClassVar = permissions.HANDLE

    letter_id: int
    on: date

    def check(self) -> None:
        """An open case that still asks for what the letter is about."""
        super().check()
        self.require_open()
        self._letter = Letter.objects.select_related("case", "delivery__proof", "docx", "pdf").get(
            pk=self.letter_id, consultation=self.consultation.asked_with
        )
        if self.case.plain_text != self._letter.case.plain_text:
            raise ActionRefused(
                f"所需信息的文字与{self._letter.case}已经不同（补正或拆分后改变）",
                place=str(self.case),
                remedy="请单独征求意见",
            )

    def apply(self) -> Consultation:
        """The pause begins on the day of the delivery; the papers are the case's own."""
        found, letter = self.consultation, self._letter
        found.sent_on = self.on
        found.save(update_fields=["sent_on"])
        self.append(
            Kind.CONSULTATION_STARTED, self.on, party=found.party, ref=found.ref, letter=letter,
            note=f"与{letter.case}同一份意见书",
        )  # fmt: skip
        file_beside(self.case, self.actor, letter)
        return found

    def audit_details(self) -> dict[str, Any]:
        """With the letter and the day."""
        return {**super().audit_details(), "letter": self.letter_id, "on": self.on.isoformat()}


def start_beside(actor: Actor, letter: Letter, on: date) -> Done:
    """Begin the pause of each other case the letter asks for; those it cannot begin for are named.

    Whoever is left out is no longer asked by this letter, and can be by one of its own.
    """
    if letter.consultation is None:
        return Done([], [])
    waiting = asked_once.sharing(letter.consultation).exclude(pk=letter.consultation.pk).filter(sent_on=None)
    begun = each((one.case, _start(actor, one, letter, on).run) for one in waiting)
    letter.consultation.shared.filter(sent_on=None).update(asked_with=None)
    return begun


def _start(actor: Actor, one: Consultation, letter: Letter, on: date) -> StartConsultation:
    return StartConsultation(
        actor, case_id=one.case_id, consultation_id=one.pk, alone=True, letter_id=letter.pk, on=on
    )


def leave(case: Case) -> None:
    """What becomes of consultations not sent yet when a case leaves its group; those sent stay as they are.

    One that was only to go along is no longer asked; where the letter is this case's the next takes over.
    """
    along = case.consultations.filter(sent_on=None, asked_with__isnull=False).select_related("asked_with")
    for one in along:
        _touch(one.asked_with.case_id if one.asked_with else case.pk)
    along.delete()
    for one in case.consultations.filter(sent_on=None):
        shared = list(one.shared.order_by("pk"))
        for number, other in enumerate(shared):
            other.asked_with = shared[0] if number else None
            other.save(update_fields=["asked_with"])


def of_group(case: Case, consultation_id: int) -> Consultation:
    """The consultation of another case of the group whose letter asks; its case is locked.

    Raises ``ActionRefused`` where there is none.
    """
    found = (
        Consultation.objects.select_related("case", "case__agency", "case__applicant")
        .filter(pk=consultation_id, asked_with=None, case__agency_id=case.agency_id)
        .first()
    )
    if found is not None:  # nobody signs its letter meanwhile
        Case.objects.select_for_update().get(pk=found.case_id)
    if (
        found is None
        or found.case_id == case.pk
        or same_words.first_id(found.case) != same_words.first_id(case)
    ):
        raise ActionRefused("没有这个同组申请的征求对象", place=str(case), remedy="请刷新页面后重新选择")
    return found


def file_beside(case: Case, actor: Actor, letter: Letter) -> None:
    """Put a letter that asked for other cases, and the proof of its delivery, into a case's own file."""
    for paper, purpose in (
        (letter.pdf or letter.docx, Purpose.INTERNAL),
        (letter.delivery.proof, Purpose.PROOF),
    ):
        if paper is not None:
            files.copy(paper, case, actor, purpose=purpose)


def _touch(case_id: int) -> None:
    """A new revision of the case a letter is kept with: who has its page open looks again before signing."""
    Case.objects.filter(pk=case_id).update(revision=F("revision") + 1)
