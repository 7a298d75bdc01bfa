"""What each case of a list waits for, in a few words: the last column of the due list."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from gongkai.law.calendar import published
from gongkai.law.case import Term
from gongkai.web.applications import clock
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.letters import signing
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Letter, LetterState, State
from gongkai.web.applications.workload import errands

#: Of several letters of a case the one nearest to its end tells what comes next.
_NEAREST: Final = (LetterState.SIGNED, LetterState.SIGNING, LetterState.DRAFT)
_STATES: Final[Mapping[State, str]] = {
    State.UNCONFIRMED: "确认收到",
    State.RUNNING: "答复",
    State.PAUSED: "等待意见",
    State.AWAITING_CORRECTION: "等待补正",
    State.AWAITING_PAYMENT: "等待缴费",
}
#: A letter was posted, and its term waits for the day of its receipt: nothing lapses by itself.
_RECEIPT: Final = "登记文书收到的日期"
#: An applicant who left a telephone number alone has not been told of something.
CALL: Final = "电话告知申请人"
#: States that last until a day of their own.
_WITH_TERM: Final = (State.PAUSED, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)


def of(cases: Sequence[Case], day: date) -> dict[int, str]:
    """By the case's id; a few questions to the database however many cases the list has."""
    found = {case.pk: _STATES.get(State(case.state), "") for case in cases}
    with_term = [case for case in cases if case.state in _WITH_TERM or _provisional(case)]
    terms = clock.open_terms(with_term, day)
    found |= {case.pk: _until(terms.get(case.pk, ()), day) or found[case.pk] for case in with_term}
    found |= dict.fromkeys(undelivered.to_call(cases), CALL)
    letters = Letter.objects.filter(case_id__in=[case.pk for case in cases])
    found |= {letter.case_id: said for letter, said in reversed(waiting(letters, day))}
    late = errands.late(cases, day)
    return found | {pk: f"{found[pk]}；{said}" if found[pk] else said for pk, said in late.items()}


def _provisional(case: Case) -> bool:
    """Whether the clock runs in a year without published holidays: a party may still be within its term."""
    return case.state == State.RUNNING and case.due is None


def _until(terms: Sequence[Term], day: date) -> str:
    """How long the last of the open terms runs: it decides when the clock goes on.

    Where it ends in a year without published holidays nobody can say more than before which day it does not.
    """
    if any(term.unreceived for term in terms):
        return _RECEIPT
    found = max(
        ((term.until, term.provisional) for term in terms if term.until is not None), default=(None, False)
    )
    last, provisional = found
    if last is not None and provisional:
        return f"对方期限{'可能已' if last < day else ''}到期：不早于{last:%-m月%-d日}（暂计）"
    if last is None or last < day:
        return ""
    if last == day:
        return "今天到期"
    return f"还有{published().count(day + timedelta(1), last)}个工作日，至{last:%-m月%-d日}"


def waiting(letters: QuerySet[Letter], day: date) -> list[tuple[Letter, str]]:
    """Of some letters those that have not gone out, and what each waits for; the nearest to its end first."""
    open_ones = letters.filter(state__in=_NEAREST)
    signers = signing.next_steps(signing.under_way(open_ones), day)
    by_nearness = sorted(open_ones, key=lambda one: _NEAREST.index(LetterState(one.state)))
    return [(letter, _said(letter, signers.get(letter.pk, "签批"))) for letter in by_nearness]


def _said(letter: Letter, signer: str) -> str:
    name = kinds()[letter.kind].name.removeprefix("政府信息公开").removeprefix("申请")
    if letter.state == LetterState.SIGNED:
        return f"送达{name}"
    return f"{name}等待{signer}" if letter.state == LetterState.SIGNING else f"{name}待签批"
