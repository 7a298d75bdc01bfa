"""What a step is about beside its case: which letter, which party, which event. Nobody signs or records a
decision by a number in an address.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.law.outcomes import UnknownOutcome, outcome
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.letters import signing
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import (
    Attachment,
    Case,
    CaseEvent,
    Consultation,
    Errand,
    Letter,
    LetterState,
    Note,
    Notice,
)
from gongkai.web.applications.privacy.openings import SEALED
from gongkai.web.common.days import chinese

#: A label, and what is said under it.
Facts = Iterator[tuple[str, str]]


def facts(case: Case, on: str, pk: int) -> list[tuple[str, str]] | None:
    """What is said of the thing, by ``on`` as an act names it (``views.acts``), and its id.

    Empty where the act is about the case alone; None where the case has no such thing.
    """
    if not on:
        return []
    found, said = KINDS[on]
    one = found(case).filter(pk=pk).first()
    return None if one is None else [(label, text) for label, text in said(one) if text]


def addressee(letter: Letter) -> str:
    """Whom a letter goes to that is not the applicant's: nothing else tells several alike apart."""
    return letter.consultation.name if letter.consultation else ""


def after_signing(letter: Letter) -> str:
    """What comes next, for whoever has just signed."""
    if letter.state == LetterState.SIGNED:
        return f"已签发，{letter.document_no}，请当天登记送达。"
    step = signing.progress(letter, today()).next_step
    return f"已签批，下一步：{step.name}。" if step else "已签批。"


def _letter(one: Letter) -> Facts:
    name = kinds()[one.kind].name
    yield "文书", f"{name}（{one.document_no}）" if one.document_no else name
    yield "发给", addressee(one)
    yield "办理结果", _decided(one)
    if one.state in {LetterState.DRAFT, LetterState.SIGNING}:
        step = signing.progress(one, today()).next_step
        yield "签批到", step.name if step else ""
    if one.state == LetterState.SIGNED and one.to_applicant:
        yield "申请人希望", f"{one.case.get_form_wanted_display()}，{one.case.get_way_wanted_display()}"


def _decided(letter: Letter) -> str:
    if not letter.outcome:
        return ""
    try:
        found = outcome(letter.outcome, letter.dated or today())
    except UnknownOutcome:
        return ""
    return f"{found.word}（{found.article}）" if found.article else found.word


def _consultation(one: Consultation) -> Facts:
    yield "征求对象", f"{one.name}（{one.get_party_display()}）"
    yield "意见书送达", _day(one.sent_on)
    if one.answer != Consultation.Answer.NONE:
        yield "对方意见", f"{one.get_answer_display()} {_day(one.answered_on)}".strip()


def _errand(one: Errand) -> Facts:
    yield "协办科室", one.section
    yield "协办事项", one.question
    yield "反馈期限", _day(one.answer_by)


def _event(one: CaseEvent) -> Facts:
    yield "登记的事", one.word
    yield "登记的日期", _day(one.on)
    if one.letter is not None:
        yield from _letter(one.letter)


def _file(one: Attachment) -> Facts:
    """The name of a sealed one often tells who sent it: it stays on the page of the case."""
    yield "文件", one.get_purpose_display() if one.purpose in SEALED else one.name
    yield "添加日期", _day(timezone.localdate(one.added_at))


def _note(one: Note) -> Facts:
    yield one.get_kind_display(), one.text


def _notice(one: Notice) -> Facts:
    for told in undelivered.told([one]):
        yield "通知", told.said


def _day(day: date | None) -> str:
    return chinese(day)


_Found = Callable[[Case], QuerySet[Any]]
#: By what an act is about: how a case has it, and what is said of it.
KINDS: Final[Mapping[str, tuple[_Found, Callable[[Any], Facts]]]] = {
    "letter": (lambda case: case.letters.select_related("case__agency", "consultation"), _letter),
    "consultation": (lambda case: case.consultations.all(), _consultation),
    "errand": (lambda case: case.errands.all(), _errand),
    "event": (
        lambda case: case.events.select_related("letter__consultation", "letter__case__agency"),
        _event,
    ),
    "file": (lambda case: case.attachments.all(), _file),
    "note": (lambda case: case.notes.all(), _note),
    "notice": (lambda case: case.notices.select_related("mail", "sms"), _notice),
}
