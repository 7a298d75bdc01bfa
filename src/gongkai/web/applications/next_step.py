"""What each case of a list waits for, in a few words: the last column of the due list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from gongkai.law.calendar import published
from gongkai.law.case import Term
from gongkai.web.applications import clock
from gongkai.web.applications.letters import signing
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Letter, LetterState, State

#: Of several letters of a case the one nearest to its end tells what comes next.
_NEAREST: Final = (LetterState.SIGNED, LetterState.SIGNING, LetterState.DRAFT)
_STATES: Final[Mapping[State, str]] = {
    State.UNCONFIRMED: "确认收到",
    State.RUNNING: "答复",
    State.PAUSED: "等待意见",
    State.AWAITING_CORRECTION: "等待补正",
    State.AWAITING_PAYMENT: "等待缴费",
}
#: States that last until a day of their own.
_WITH_TERM: Final = (State.PAUSED, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)


def of(cases: Sequence[Case], day: date) -> dict[int, str]:
    """By the case's id; a few questions to the database however many cases the list has."""
    found = {case.pk: _STATES.get(State(case.state), "") for case in cases}
    waiting = [case for case in cases if case.state in _WITH_TERM]
    terms = clock.open_terms(waiting, day)
    found |= {case.pk: _until(terms.get(case.pk, ()), day) or found[case.pk] for case in waiting}
    return found | dict(_letters([case.pk for case in cases], day))


def _until(terms: Iterable[Term], day: date) -> str:
    """How long the last of the open terms runs: it decides when the clock goes on."""
    last = max((term.until for term in terms if term.until and not term.provisional), default=None)
    if last is None or last < day:
        return ""
    if last == day:
        return "今天到期"
    return f"还有{published().count(day + timedelta(1), last)}日，至{last:%-m月%-d日}"


def _letters(ids: list[int], day: date) -> Iterator[tuple[int, str]]:
    letters: QuerySet[Letter] = Letter.objects.filter(case_id__in=ids, state__in=_NEAREST)
    waiting = signing.next_steps(signing.under_way(letters), day)
    by_nearness = sorted(letters, key=lambda one: _NEAREST.index(LetterState(one.state)), reverse=True)
    for letter in by_nearness:
        name = kinds()[letter.kind].name.removeprefix("政府信息公开").removeprefix("申请")
        if letter.state == LetterState.SIGNED:
            yield letter.case_id, f"送达{name}"
        elif letter.state == LetterState.SIGNING:
            yield letter.case_id, f"{name}等待{waiting.get(letter.pk, '签批')}"
        else:
            yield letter.case_id, f"{name}待签批"
