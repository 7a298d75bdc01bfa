"""Due dates of very many cases at once: the answers of :func:`gongkai.law.clock.account`, on arrays.

NumPy comes with ``gongkai[web]``; nothing else in ``law`` needs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from gongkai.law.calendar import Calendar, CalendarNotPublished
from gongkai.law.case import Case, Party
from gongkai.law.clock import replay
from gongkai.law.progress import Progress
from gongkai.law.terms import statutory_term

if TYPE_CHECKING:
    import numpy as np

    Days = np.ndarray[Any, np.dtype[np.datetime64]]
    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    Counts = np.ndarray[Any, np.dtype[np.float64]]


#: Later than any day of the calendar; as day numbers from 1970-01-01.
_FOREVER: Final = 1 << 24
_NONE: Final = -(1 << 63)


@dataclass(frozen=True, slots=True)
class Columns:
    """Open or answered cases as columns; a day is ``datetime64[D]``, NaT where there is none.

    For each of N cases: ``start`` (the day after which the count runs, NaT before receipt), ``limit`` (20
    plus the extension), ``delayed_to``, ``waiting`` (a correction or payment is open), ``closed_on``. For
    each of P consultations: the index of its case, the days of its letter, of its receipt (that of the letter
    where nobody knows it) and of its answer, and its term in working days from receipt.
    """

    start: "Days"
    limit: "Numbers"
    delayed_to: "Days"
    waiting: "Flags"
    closed_on: "Days"
    consulted: "Numbers"
    letter: "Days"
    receipt: "Days"
    answer: "Days"
    term: "Numbers"


def columns(cases: Sequence[Case], on: date, calendar: Calendar) -> Columns:
    """The columns of ``cases`` as they stand at the end of ``on``; the clock examines each event."""
    import numpy as np

    found = [replay(case, on, calendar) for case in cases]
    letters = [
        (index, term, _workdays(term.party, term.since))
        for index, progress in enumerate(found)
        for term in progress.consultations
    ]
    return Columns(
        start=_days([progress.start for progress in found]),
        limit=np.array([progress.limit for progress in found], np.int64),
        delayed_to=_days([progress.delayed_to for progress in found]),
        waiting=np.array([progress.open_wait is not None for progress in found], np.bool_),
        closed_on=_days([_closed(progress) for progress in found]),
        consulted=np.array([index for index, _, _ in letters], np.int64),
        letter=_days([term.since for _, term, _ in letters]),
        receipt=_days([term.start for _, term, _ in letters]),
        answer=_days([term.ended for _, term, _ in letters]),
        term=np.array([workdays for _, _, workdays in letters], np.int64),
    )


def _workdays(party: Party | None, letter: date) -> int:
    return statutory_term((party or Party.THIRD_PARTY).value, letter).workdays


def _closed(progress: Progress) -> date | None:
    return progress.closed.on if progress.closed else None


def _days(values: "Sequence[date | None]") -> "Days":
    import numpy as np

    return np.array(values, "datetime64[D]")


@dataclass(frozen=True, slots=True)
class _Table:
    """``upto[d]``: working days up to and with the d-th day from ``first``; ``working``: all of them."""

    first: int
    upto: "Numbers"
    working: "Numbers"

    def count(self, days: "Numbers") -> "Numbers":
        """Working days up to and with each day; those after the published years have none to add."""
        counted: Numbers = self.upto[(days - self.first).clip(0, len(self.upto) - 1)]
        return counted

    def nth(self, place: "Numbers") -> "tuple[Numbers, Flags]":
        """The day at each place among all working days from 1, and whether it is published."""
        known = place <= len(self.working)
        return self.working[place.clip(1, len(self.working)) - 1], known


@lru_cache(maxsize=4)
def _table(working: tuple[int, ...], first: date, last: date) -> _Table:
    import numpy as np

    epoch = date(1970, 1, 1).toordinal()
    numbers = np.array(working, np.int64) - epoch
    marks = np.zeros((last - first).days + 1, np.int64)
    marks[numbers - (first.toordinal() - epoch)] = 1
    return _Table(first.toordinal() - epoch, marks.cumsum(), numbers)


def _table_of(calendar: Calendar) -> _Table:
    return _table(calendar.working_ordinals(), calendar.first, calendar.last)


def due_dates(cases: Columns, on: date, calendar: Calendar) -> "Days":
    """The last day to reply of each case at the end of ``on``; NaT where ``Account.due`` is None.

    Raises CalendarNotPublished where a count starts before the first published year.
    """
    import numpy as np

    table = _table_of(calendar)
    started = ~np.isnat(cases.start)
    start = np.where(started, cases.start, np.datetime64(on)).astype(np.int64)
    if started.any() and start[started].min() < table.first:
        raise CalendarNotPublished(int(cases.start[started].min().astype(object).year))
    pauses = _pauses(cases, start, on, table)
    day, known = table.nth(table.count(start) + cases.limit + pauses.taken)
    due = np.where(known, day, _FOREVER)
    due, asking = _with_consultations(pauses, due)
    delayed = ~np.isnat(cases.delayed_to)
    today = int(np.datetime64(on).astype(np.int64))
    # A delayed day still to come waits for an open consultation as the twentieth working day does.
    promised = cases.delayed_to.astype(np.int64)
    hidden = np.where(delayed, pauses.asking & (promised >= today), asking | (due == _FOREVER))
    due = np.where(started & ~cases.waiting & ~hidden, np.where(delayed, promised, due), _NONE)
    return due.astype("datetime64[D]")


@dataclass(frozen=True, slots=True)
class _Pauses:
    """The P consultations in the order of their letters, and what they come to in each of N cases.

    ``letter`` and ``end``: the days each covers lie after the one, up to and with the other; ``still``:
    nobody has answered yet. ``taken``: working days they take out of the case's count; ``asking``: whether
    one is open.
    """

    case: "Numbers"
    letter: "Numbers"
    end: "Numbers"
    still: "Flags"
    taken: "Numbers"
    asking: "Flags"


def _pauses(cases: Columns, start: "Numbers", on: date, table: _Table) -> _Pauses:
    import numpy as np

    order = np.lexsort((cases.letter, cases.consulted))
    case, letter = cases.consulted[order], cases.letter[order].astype(np.int64)
    receipt = cases.receipt[order].astype(np.int64)
    silent, known = table.nth(table.count(receipt) + cases.term[order])
    silent = np.where(known, silent, _FOREVER)
    unanswered = np.isnat(cases.answer[order])
    answer = np.where(unanswered, _FOREVER, cases.answer[order].astype(np.int64))
    closed = np.where(np.isnat(cases.closed_on), _FOREVER, cases.closed_on.astype(np.int64))[case]
    today = int(np.datetime64(on).astype(np.int64))
    still = unanswered & (closed == _FOREVER) & (~known | (today <= silent))
    end = np.minimum(np.minimum(answer, silent), closed)
    begin = np.maximum(_after_earlier(case, letter, end), start[case])
    taken = np.maximum(0, table.count(end) - table.count(begin))
    in_time = _taken_in_time(case, begin, taken, start, cases.limit, table)
    asking = np.bincount(case, weights=still, minlength=len(start)) > 0
    return _Pauses(case, letter, end, still, in_time, asking)


def _with_consultations(pauses: _Pauses, due: "Numbers") -> "tuple[Numbers, Flags]":
    """``due``, or the end of the consultations that began by then; and whether one of those is open.

    Each turn of the loop takes what began by the end of those before it, mostly nothing.
    """
    import numpy as np

    while True:
        begun = pauses.letter <= due[pauses.case]
        last = due.copy()
        np.maximum.at(last, pauses.case[begun], pauses.end[begun])
        if (last == due).all():
            break
        due = last
    return due, np.bincount(pauses.case, weights=pauses.still & begun, minlength=len(due)) > 0


def _after_earlier(case: "Numbers", letter: "Numbers", end: "Numbers") -> "Numbers":
    """Where each pause begins to cover new days: overlapping ones of a case are counted once."""
    import numpy as np

    span = np.int64(1 << 25)
    furthest = np.maximum.accumulate(case * span + end)[:-1] - case[1:] * span
    return np.maximum(letter, np.concatenate(([0], np.maximum(furthest, 0))))


def _taken_in_time(
    case: "Numbers", begin: "Numbers", taken: "Numbers", start: "Numbers", limit: "Numbers", table: _Table
) -> "Numbers":
    """The sum of those pauses that began before the limit was used up; later ones have no day to take."""
    import numpy as np

    total = np.concatenate(([0], taken.cumsum()))
    first = np.searchsorted(case, case)
    earlier = total[:-1] - total[first]
    counted = table.count(begin) - table.count(start)[case] - earlier
    sums = np.bincount(case, weights=np.where(counted < limit[case], taken, 0), minlength=len(start))
    return sums.astype(np.int64)


def days_left(due: "Days", on: date, calendar: Calendar) -> "Counts":
    """Working days from ``on`` to each due date, negative when overdue, as ``Account.left``.

    NaN where there is no due date, or it or ``on`` lies in a year without published holidays.
    """
    import numpy as np

    table = _table_of(calendar)
    known = ~np.isnat(due) & (due <= np.datetime64(calendar.last)) & (on <= calendar.last)
    days = np.where(known, due, np.datetime64(calendar.first)).astype(np.int64)
    today = np.array([np.datetime64(min(on, calendar.last)).astype(np.int64)])
    return np.where(known, (table.count(days) - table.count(today)).astype(np.float64), np.nan)
