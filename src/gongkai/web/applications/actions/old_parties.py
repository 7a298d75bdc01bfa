"""Those asked for their view in an old system: by name where it is known, else by their number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, NamedTuple

from gongkai.kernel import GongkaiError
from gongkai.law import clock as law_clock
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Event, Kind, Party, Term
from gongkai.web.applications import clock
from gongkai.web.applications.actions.consult import SPOKE, note_silence, require_decision
from gongkai.web.applications.models import Case, Consultation
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import reason_of
from gongkai.web.common.typed import breaks, one_line

_LONGEST: Final = {"name": ("名称或姓名", 120), "address": ("联系地址", 200), "phone": ("联系电话", 60)}
#: As long as a party's number on a case may be, and in an old system.
_REF: Final = 20
_OLD_REF: Final = 60


class Misfit(ActionRefused):
    """A refusal that says which part of an old case it is about: ``path``, as ``old_cases.Given`` counts."""

    def __init__(
        self, message: str, *, path: str = "", place: str = "", remedy: str = "", code: str = ""
    ) -> None:
        super().__init__(message, place=place, remedy=remedy, code=code)
        self.path = path


@dataclass(frozen=True, slots=True)
class OldParty:
    """A party of a consultation, as the old system knows it.

    ``party`` and ``ref`` say which consultation of the events it is; either may be empty where there is but
    one it can be. ``answer`` is what it said (``Consultation.Answer``), on the day the events have; silence
    is none: it follows from the days. ``decision`` is what the agency decided on it, with its ``reason``.
    """

    name: str
    party: str = ""
    ref: str = ""
    address: str = ""
    phone: str = ""
    answer: str = ""
    text: str = ""
    decision: str = ""
    reason: str = ""


def told_apart(history: LawCase, place: str) -> list[Event]:
    """The events with a ``ref`` for each consultation that no other of the case has; its answer bears it too.

    In the old system's list several may have the same one, or none. Raises ``Misfit`` with the article where
    the law does not allow the history as it was given.
    """
    for number, event in enumerate(history.events, 1):
        if len(event.ref) > _OLD_REF or breaks(event.ref):
            told = f"对象编号（ref）应是一行，最多{_OLD_REF}个字符"
            raise Misfit(told, path=f"events.{number}", place=place, remedy="请改为短的编号，如 1、2")
    try:
        places = law_clock.consultations(history)
    except GongkaiError as refusal:
        raise Misfit(
            clock.told(refusal), path=f"events.{_first_wrong(history)}", place=refusal.place or place,
            remedy=refusal.remedy,
        ) from refusal  # fmt: skip
    begun = [event for event in history.events if event.kind is Kind.CONSULTATION_STARTED]
    refs = list(_refs(begun))
    return [
        replace(event, party=None, ref="")
        if of is None
        else replace(event, party=begun[of].party or Party.THIRD_PARTY, ref=refs[of])
        for event, of in zip(history.events, places, strict=True)
    ]


def _first_wrong(history: LawCase) -> int:
    """The first event, from 1, up to which the law does not allow the history."""
    for number in range(1, len(history.events)):
        try:
            law_clock.consultations(replace(history, events=history.events[:number]))
        except GongkaiError:
            return number
    return len(history.events)


def _refs(begun: Sequence[Event]) -> Iterator[str]:
    """The given ones where they are there, short enough and new; else the next number that is free."""
    used = {event.ref for event in begun}
    free = (text for text in map(str, count(1)) if text not in used)
    seen: set[str] = set()
    for event in begun:
        fits = 0 < len(event.ref) <= _REF and event.ref not in seen
        seen.add(event.ref)
        yield event.ref if fits else next(free)


def require(parties: Sequence[OldParty], applicant: str) -> None:
    """What each row says by itself. Raises ``Misfit`` with the row."""
    for number, one in enumerate(parties, 1):
        for told, remedy in _faults(one, applicant):
            raise _misfit(number, told, remedy)


def _faults(one: OldParty, applicant: str) -> Iterator[tuple[str, str]]:
    if not one_line(one.name):
        yield "没有写征求对象的名称或姓名", "请补上；不知道的，不写这一行"
    if one_line(one.name) == applicant:
        yield "征求对象就是申请人", "第三方应是申请人以外的人"
    for name, (word, most) in _LONGEST.items():
        text = getattr(one, name)
        if len(text) > most or breaks(text):
            yield f"{word}应是一行，最多{most}个字符", "请改写成一行"
    if one.answer and one.answer not in SPOKE:
        words = "、".join(f"{Consultation.Answer(code).label}（{code}）" for code in sorted(SPOKE))
        yield f"对方意见不能是“{one.answer[:20]}”", f"可以是：{words}；逾期未答复的不写，按日期认定"
    if one.text and not one.answer:
        yield "写了意见内容，没有写对方意见", "请写明同意还是不同意"
    if one.decision not in {"", *_DECISIONS}:
        words = "、".join(f"{Consultation.Decision(code).label}（{code}）" for code in _DECISIONS)
        yield f"本机关决定不能是“{one.decision[:20]}”", f"可以是：{words}"
    if bool(one.decision) != bool(one.reason.strip()):
        yield "本机关决定和决定理由应一并写明", "还没有决定的，两项都不写"


_DECISIONS: Final = tuple(one for one in Consultation.Decision.values if one != Consultation.Decision.OPEN)


class _Asked(NamedTuple):
    """A consultation of the events: its number in the old system, its term here, the row about it if any."""

    old_ref: str
    term: Term
    number: int = 0
    told: OldParty | None = None


def enter(case: Case, given: Sequence[Event], named: Sequence[Event], parties: Sequence[OldParty]) -> None:
    """Each consultation of the case's events as an object with its deadline, so that it goes on here.

    ``named`` are the ``given`` events as ``told_apart`` has them, recorded by now. Raises ``Misfit`` where a
    row fits none of them, or more than one.
    """
    terms = {term.ref: term for term in clock.account(case).terms if term.party is not None}
    asked = [
        _Asked(event.ref, terms[now.ref])
        for event, now in zip(given, named, strict=True)
        if event.kind is Kind.CONSULTATION_STARTED
    ]
    for one in _with_rows(asked, parties):
        _create(case, one)
    if case.is_open:
        note_silence(case)


def _with_rows(asked: Sequence[_Asked], parties: Sequence[OldParty]) -> list[_Asked]:
    found = list(asked)
    for number, told in enumerate(parties, 1):
        fits = [
            place
            for place, one in enumerate(asked)
            if told.party in {"", str(one.term.party)} and told.ref in {"", one.old_ref}
        ]
        if not fits:
            raise _misfit(
                number, "经过中没有向这个对象发出征求意见书", "请核对征求对象和对象编号（ref），或补上经过"
            )
        if len(fits) > 1:
            raise _misfit(
                number,
                f"经过中有{len(fits)}次征求意见，不知道是哪一次的",
                "请给每次征求意见写上不同的对象编号（ref），如 1、2",
            )
        if found[fits[0]].told is not None:
            raise _misfit(number, "这次征求意见的对象写了两次", "请只保留一个，或写明不同的对象编号（ref）")
        found[fits[0]] = asked[fits[0]]._replace(number=number, told=told)
    return found


def _create(case: Case, asked: _Asked) -> None:
    term = asked.term
    word = term.party.word if term.party else ""
    told = asked.told or OldParty(f"原系统征求意见的{word}{asked.old_ref}")
    if told.answer and term.ended is None:
        raise _misfit(
            asked.number,
            "写了对方意见，经过中没有收到意见的日期",
            "请在经过中补上“收到意见”（consultation_ended）",
        )
    Consultation.objects.create(
        case=case, ref=term.ref, party=str(term.party), name=one_line(told.name),
        address=one_line(told.address), phone=one_line(told.phone), sent_on=term.since,
        answered_on=term.ended, answer_by=None if term.provisional else term.until,
        answer=told.answer or Consultation.Answer.NONE, answer_text=told.text.strip(),
        **_decided(asked.number, told),
    )  # fmt: skip


def _decided(number: int, told: OldParty) -> dict[str, str]:
    if not told.decision:
        return {}
    try:
        reason = reason_of(told.reason, "决定理由")
        require_decision(told.answer, told.decision, place="")
    except ActionRefused as refused:
        raise _misfit(number, refused.message, refused.remedy) from refused
    return {"decision": told.decision, "decision_reason": reason}


def _misfit(number: int, message: str, remedy: str) -> Misfit:
    return Misfit(message, path=f"parties.{number}", place=f"第{number}个征求对象", remedy=remedy)
