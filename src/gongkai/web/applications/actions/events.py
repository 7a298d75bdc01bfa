"""What happens to a case outside a letter of ours: receipt confirmed, correction in, fee paid, withdrawn; a
wrong entry taken out; a letter delivered, which is what the clock is told of it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from django.utils import timezone

from gongkai.law.case import Kind
from gongkai.law.outcomes import outcome as outcome_of
from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions.ask_once import start_beside
from gongkai.web.applications.actions.base import CaseAction, hashed, one_at_a_time, today
from gongkai.web.applications.actions.letters import LetterAction
from gongkai.web.applications.alike import asked_once, earlier_answers
from gongkai.web.applications.delivery import reached, telling
from gongkai.web.applications.letters import outgoing, promises, relied_on, standing
from gongkai.web.applications.letters.check import typed_of
from gongkai.web.applications.models import (
    ARRIVALS,
    ARRIVED,
    Attachment,
    Case,
    CaseEvent,
    Delivery,
    Letter,
    LetterState,
    Purpose,
)
from gongkai.web.applications.receiving import corrections, intake, receipt
from gongkai.web.applications.workload import errands
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of

#: Events staff record by themselves; all others follow from a letter that was delivered.
RECORDED: Final = (
    Kind.CONFIRMED, Kind.CORRECTED, Kind.REASONS_GIVEN, Kind.FEE_PAID, Kind.WITHDRAWN,
)  # fmt: skip
#: Letters whose handler types the term.
_STATE_A_TERM: Final = frozenset({Kind.CORRECTION_REQUESTED, Kind.EXTENDED, Kind.REASONS_REQUESTED})
#: What staff typed, and can put right; ``arrived`` is the receipt of a letter.
CORRECTABLE: Final = (*RECORDED, ARRIVED)
#: What came with an event is evidence, never a paper of the agency's own.
_PURPOSES: Final = {
    Kind.CONFIRMED: Purpose.SCAN, Kind.CORRECTED: Purpose.CORRECTION, Kind.REASONS_GIVEN: Purpose.REASONS,
    Kind.FEE_PAID: Purpose.PAYMENT, Kind.WITHDRAWN: Purpose.SCAN,
}  # fmt: skip


@dataclass(kw_only=True)
class RecordEvent(CaseAction[CaseEvent]):
    """Record something that happened, on the day it happened. ``text``: what a correction says (条例 30)."""

    code: ClassVar = "applications.record_event"
    permission: ClassVar = permissions.HANDLE

    kind: str
    on: date
    note: str = ""
    text: str = ""
    excused: bool = False
    uploads: tuple[intake.Upload, ...] = ()

    def check(self) -> None:
        """One of the events staff record; an excused lateness with its reason."""
        super().check()
        if self.kind not in RECORDED:
            raise ActionRefused("这个事项不能直接记录", place=str(self.case), remedy="请办理相应的文书")
        if len(self.text) > intake.DETAILS_LENGTH:
            raise ActionRefused(f"补正内容最多{intake.DETAILS_LENGTH}字", remedy="更多内容请作为材料上传")
        if self.excused:
            self.note = reason_of(self.note, "逾期的正当理由")

    def apply(self) -> CaseEvent:
        """The event, with the papers that came; what was corrected joins the application."""
        if self.kind == Kind.CORRECTED:
            corrections.add(self.case, self.on, self.text)
        for one in self.uploads:
            files.add(
                self.case, self.actor, purpose=_PURPOSES[Kind(self.kind)], name=one.name, content=one.content
            )
        return self.append(self.kind, self.on, note=self.note.strip()[:500], excused=self.excused)

    def audit_details(self) -> dict[str, Any]:
        """With the event and its day."""
        return {**super().audit_details(), "kind": self.kind, "on": self.on.isoformat()}


@dataclass(kw_only=True)
class VoidEvent(CaseAction[CaseEvent]):
    """Take a wrong entry out of the account; both stay on record. What a letter brought about stays."""

    code: ClassVar = "applications.void_event"
    permission: ClassVar = permissions.HANDLE

    event_id: int
    reason: str

    def check(self) -> None:
        """An entry in force that staff recorded, no receipt the applicant was told of, and a reason."""
        super().check()
        person_of(self.actor)
        self.reason = reason_of(self.reason, "更正理由")
        self._wrong = typed_by_staff(self.case, self.event_id)
        if self._wrong.kind == Kind.CONFIRMED:
            relied_on.refuse_move(self.case, None)

    def apply(self) -> CaseEvent:
        """A row that voids it; the text of a correction that was none is marked so."""
        if self._wrong.kind == Kind.CORRECTED:
            corrections.take_back(self.case, self._wrong.on)
        clock.correct(self.case, self.actor, [self._wrong], [], self.reason)
        return self._wrong

    def audit_details(self) -> dict[str, Any]:
        """With the entry and the hash of the reason."""
        return {**super().audit_details(), "event": self.event_id, "reason": hashed(self.reason)}


def typed_by_staff(case: Case, event_id: int) -> CaseEvent:
    """An entry in force that staff typed. Raises ``ActionRefused`` for what others brought about."""
    found = clock.in_force(case.events.all()).filter(pk=event_id).first()
    if found is None:
        raise ActionRefused("没有这条记录，或已经更正过", place=str(case), remedy="请刷新页面，看最新的经过")
    if found.kind == Kind.RECEIVED:
        raise ActionRefused(
            "收到申请的记录不能撤销",
            place=str(case),
            remedy="工作人员登记的收到日期、来件方式有误的，请用“更正收到日期、来件方式”",
        )
    if found.kind not in CORRECTABLE or found.recorded_by_id is None:
        raise ActionRefused(
            "这条记录不能更正：它来自申请人的提交或已送达的文书",
            place=str(case),
            remedy="文书有误的，请依法发出新的文书",
        )
    return found


@dataclass(kw_only=True)
class DeliverLetter(LetterAction):
    """Record that a signed letter went out, how and when; the clock is told on that day.

    By mail the day of posting counts, by hand the day it is signed for (国办公开办函〔2016〕235号). To an
    applicant it can be put on this site beside. The term a letter sets its addressee runs from receipt:
    posted, or put here where no word of it can be sent, it waits for ``RecordArrival``. A reply
    is judged once more by what has happened since it was signed (条例 32); ``elsewhere`` as in
    ``letters.outgoing``.
    """

    code: ClassVar = "applications.deliver_letter"
    permission: ClassVar = permissions.HANDLE
    states: ClassVar = (LetterState.SIGNED,)

    way: str
    on: date
    tracking: str = ""
    proof: intake.Upload | files.Checked | None = None
    elsewhere: bool = False

    def check(self) -> None:
        """A way that counts, a day from the letter's own to today, the proof the way asks for."""
        if asked_once.is_for_several(self.letter_id):
            one_at_a_time(self.agency_id())
        super().check()
        if self.way not in Delivery.Way.values:
            raise ActionRefused("请选择送达方式", place=self.kind.name)
        if self.letter.dated is None or not self.letter.dated <= self.on <= today():
            raise ActionRefused(
                "送达日期应在落款日期至今天之间",
                place=f"落款{chinese(self.letter.dated)}，送达{chinese(self.on)}",
                remedy="请填写实际送达的日期",
            )
        if self.way == Delivery.Way.POST and not self.tracking.strip():
            raise ActionRefused("没有填写邮件号码", place=self.kind.name, remedy="请填写邮政企业的邮件号码")
        promises.refuse_overtaken(self.letter, self.on)
        if wrong := list(outgoing.problems(self.letter, self.way, elsewhere=self.elsewhere)):
            raise ActionRefused(
                "不能这样送达：" + "；".join(wrong),
                place=self.kind.name,
                remedy="请先处理所列事项，或者换一种送达方式",
            )
        if wrong := standing.problems(self.letter, self.on):
            raise ActionRefused(
                "签发之后情况已经不同，答复书不能送达：" + "；".join(wrong),
                place=self.kind.name,
                remedy="请先办理所列事项，或作废这一份，重新拟答复书",
            )

    def apply(self) -> Letter:
        """Delivery, event, word to the applicant."""
        letter = self.letter
        Delivery.objects.create(
            letter=letter, way=self.way, on=self.on, tracking=self.tracking.strip(), proof=self._proof(),
            person_id=self.actor.person_id, at=timezone.now(),
        )  # fmt: skip
        letter.state = LetterState.DELIVERED
        letter.save()
        if self.kind.event:
            waits = self.kind.event in ARRIVALS and letter.to_applicant and not self._at_once()
            self.append(self.kind.event, self.on, letter=letter, from_receipt=waits, **self._fields())
            if self.kind.event == Kind.CONSULTATION_STARTED:
                self.beside = start_beside(self.actor, letter, self.on)
        else:
            self.touch()
        if self.kind.code == errands.KIND:
            errands.begin(letter, self.actor, self.on)
        if letter.to_applicant:
            # By any other way the letter itself comes to them.
            _tell(letter, self.kind.event, hears=self.way != Delivery.Way.ONLINE)
        return letter

    def _at_once(self) -> bool:
        """Whether the day it goes out is the day it is received; the word sent of it may yet be given up."""
        return reached.at_once(self.way, told=telling.reaches(self.case.applicant))

    def _proof(self) -> Attachment | None:
        """The proof on this case; one of several cases was looked at once for all of them."""
        if self.proof is None:
            return None
        given = self.proof
        found = given if isinstance(given, files.Checked) else files.checked(given.name, given.content)
        return files.put(self.case, self.actor, found, purpose=Purpose.PROOF)

    def _fields(self) -> dict[str, Any]:
        """What the clock has to know beside the kind and the day."""
        typed, kind = typed_of(self.letter), Kind(self.kind.event)
        if kind in _STATE_A_TERM and typed.get("期限"):
            return {"workdays": int(typed["期限"])}
        if kind is Kind.DELAYED:
            return {"to": date.fromisoformat(typed["延至"])}
        if kind is Kind.CONSULTATION_STARTED and self.letter.consultation is not None:
            asked = self.letter.consultation
            earlier_answers.ask(asked, self.on)
            return {"party": asked.party, "ref": asked.ref}
        if kind is Kind.REPLIED:
            return {"outcome": outcome_of(self.letter.outcome, self.on).row}
        return {}

    def audit_details(self) -> dict[str, Any]:
        """With way and day."""
        return {**super().audit_details(), "way": self.way, "on": self.on.isoformat()}


def _tell(letter: Letter, event: str, *, hears: bool) -> None:
    """That there is something new; what it says is read on the site, with number and code."""
    number = letter.case.register_no
    body = (
        f"{letter.case.agency.full_name}已就您的政府信息公开申请（登记号{number}）作出文书{letter.document_no}。"
        f"请凭登记号和查询码在网站上查看和下载：{receipt.tracking_url(letter.case)}\n"
    )
    news = telling.of_letter(f"政府信息公开申请{number}有新的文书", body, event)
    telling.tell(letter.case, news, letter, hears=hears)
