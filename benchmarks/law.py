"""Due dates of a million cases at once, against the clock. ``python -m benchmarks.law`` prints it."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from statistics import median

import numpy as np

from gongkai.law.bulk import Columns, columns, due_dates
from gongkai.law.calendar import shipped
from gongkai.law.case import Case, Channel, Event, Kind, Party
from gongkai.law.clock import account

_CASES, _DRAWN, _ROUNDS, _GOAL_S = 1_000_000, 5_000, 5, 1.0
_ON = date(2026, 11, 20)
_SECTION = """
## Due dates of a million cases

{cases:,} cases, every second with one or two consultations and every fifth extended: {drawn:,} random ones,
each repeated. One core, median CPU time of {rounds} rounds; the arrays gave the clock's own answer for each
of the random cases.

| | seconds | cases a second |
|---|---|---|
| `law.bulk.due_dates` on columns (goal: {goal:g} s) | {bulk:.3f} | {bulk_rate:,.0f} |
| one look-up in an array for each case (floor) | {floor:.3f} | {floor_rate:,.0f} |
| `law.clock.account`, one case after the other, every day listed | {clock:.0f} | {clock_rate:,.0f} |
"""


def drawn_cases(count: int) -> list[Case]:
    """Random cases of the last two years, with what changes a due date."""
    random = Random(4)
    return [_case(random) for _ in range(count)]


def _case(random: Random) -> Case:
    received = _ON - timedelta(random.randrange(700))
    events = [Event(received, Kind.RECEIVED)]
    day = received
    for number in range(random.choice([0, 0, 1, 2])):
        day += timedelta(random.randrange(6))
        events.append(Event(day, Kind.CONSULTATION_STARTED, party=Party.THIRD_PARTY, ref=str(number)))
    if random.random() < 0.2:
        events.append(Event(day, Kind.EXTENDED, random.randrange(1, 21)))
    return Case(Channel.IN_PERSON, tuple(event for event in events if event.on <= _ON))


def _repeated(drawn: Columns, times: int) -> Columns:
    cases = len(drawn.start)
    letters = len(drawn.letter)
    return Columns(
        start=np.tile(drawn.start, times),
        limit=np.tile(drawn.limit, times),
        delayed_to=np.tile(drawn.delayed_to, times),
        waiting=np.tile(drawn.waiting, times),
        closed_on=np.tile(drawn.closed_on, times),
        consulted=np.tile(drawn.consulted, times) + np.repeat(np.arange(times) * cases, letters),
        letter=np.tile(drawn.letter, times),
        receipt=np.tile(drawn.receipt, times),
        answer=np.tile(drawn.answer, times),
        term=np.tile(drawn.term, times),
    )


def section() -> str:
    """The measure as a section of docs/benchmarks.md. Raises where an answer differs from the clock's."""
    calendar = shipped()
    cases = drawn_cases(_DRAWN)
    drawn = columns(cases, _ON, calendar)
    began = time.process_time()
    told = [account(case, _ON, calendar).due for case in cases]
    clock = (time.process_time() - began) * _CASES / _DRAWN
    if due_dates(drawn, _ON, calendar).tolist() != told:
        raise ValueError("the arrays and the clock disagree")
    many = _repeated(drawn, _CASES // _DRAWN)
    table = np.arange(2_000, dtype=np.int64)
    places = np.random.default_rng(4).integers(0, len(table), _CASES)
    bulk = _seconds(lambda: due_dates(many, _ON, calendar))
    floor = _seconds(lambda: table[places])
    return _SECTION.format(
        cases=_CASES, drawn=_DRAWN, rounds=_ROUNDS, goal=_GOAL_S, bulk=bulk, floor=floor, clock=clock,
        bulk_rate=_CASES / bulk, floor_rate=_CASES / floor, clock_rate=_CASES / clock,
    )  # fmt: skip


def _seconds(run: Callable[[], object]) -> float:
    """Median CPU time."""
    spent = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        run()
        spent.append(time.process_time() - began)
    return median(spent)


if __name__ == "__main__":
    print(section())
