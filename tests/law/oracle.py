"""The count once more, as the definition reads, day by day and slowly; and random cases the law allows."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from gongkai.kernel import GongkaiError
from gongkai.law.calendar import Calendar, shipped
from gongkai.law.case import Case, Channel, Event, Kind, Party
from gongkai.law.clock import account

ONE = timedelta(1)


def by_definition(case: Case, on: date, calendar: Calendar) -> tuple[date | None, int]:
    """``due`` and ``used`` of an open case from its events alone."""
    events = [event for event in case.events if event.on <= on]
    starting = {Kind.CORRECTED, Kind.FEE_PAID}
    starting.add(Kind.CONFIRMED if case.channel.needs_confirmation else Kind.RECEIVED)
    starts = [index for index, event in enumerate(events) if event.kind in starting]
    if not starts:
        return None, 0
    start = events[starts[-1]].on
    notices = [event for event in events if event.kind in {Kind.CORRECTION_REQUESTED, Kind.FEE_NOTIFIED}]
    answers = [event for event in events if event.kind in {Kind.CORRECTED, Kind.FEE_PAID}]
    waiting = len(notices) > len(answers)
    pauses = consultations(events, calendar)
    limit = 20 + sum(e.workdays or 0 for e in events[starts[-1] :] if e.kind is Kind.EXTENDED)
    counts = counting(start, notices[-1].on if waiting else None, pauses, calendar)
    used = sum(counts(start + ONE * step) for step in range(1, (on - start).days + 1))
    if waiting:
        return None, used
    day, left = start, limit
    while left:
        day += ONE
        left -= counts(day)
        if left and day > on and any(not ended and on <= until for _, until, ended in pauses):
            return None, used
    for since, until, ended in pauses:
        if since <= day:
            if not ended and on <= until:
                return None, used
            day = max(day, until)
    return day, used


def consultations(events: list[Event], calendar: Calendar) -> list[tuple[date, date, bool]]:
    """Letter, last day covered, answered or not."""
    found = []
    for event in events:
        if event.kind is not Kind.CONSULTATION_STARTED:
            continue
        silent = event.on
        for _ in range(15):
            silent += ONE
            while not calendar.is_working(silent):
                silent += ONE
        answers = [e.on for e in events if e.kind is Kind.CONSULTATION_ENDED and e.ref == event.ref]
        found.append((event.on, min([silent, *answers]), bool(answers)))
    return found


def counting(
    start: date, waiting_since: date | None, pauses: list[tuple[date, date, bool]], calendar: Calendar
) -> Callable[[date], bool]:
    def counts(day: date) -> bool:
        paused = any(since < day <= until for since, until, _ in pauses)
        waits = waiting_since is not None and day > waiting_since
        return day > start and calendar.is_working(day) and not paused and not waits

    return counts


def random_case(random: Random, steps: int = 6, *, first: date = date(2021, 1, 1), span: int = 1700) -> Case:
    """Events one after the other, each tried until the law allows it; never answered or withdrawn."""
    calendar = shipped()
    channel = random.choice(list(Channel))
    day = first + ONE * random.randrange(span)
    case = Case(channel, (Event(day, Kind.RECEIVED),))
    for number in range(random.randrange(steps + 1)):
        day += ONE * random.choice([0, 1, 1, 2, 3, 5, 8, 13])
        longer = Case(channel, (*case.events, _random_event(random, day, number)))
        try:
            account(longer, calendar=calendar)
        except GongkaiError:
            continue
        case = longer
    return case


def _random_event(random: Random, day: date, number: int) -> Event:
    kinds = [kind for kind in Kind if kind not in {Kind.REPLIED, Kind.WITHDRAWN, Kind.DELAYED, Kind.RECEIVED}]
    kind = random.choice([*kinds, Kind.CONFIRMED, Kind.CONSULTATION_STARTED, Kind.CONSULTATION_ENDED])
    workdays = random.randrange(1, 21) if kind in {Kind.EXTENDED, Kind.CORRECTION_REQUESTED} else None
    if kind is Kind.CONSULTATION_STARTED:
        return Event(day, kind, party=random.choice(list(Party)), ref=f"r{number}")
    if kind is Kind.CONSULTATION_ENDED:
        return Event(day, kind, ref=f"r{random.randrange(number + 1)}")
    return Event(day, kind, workdays)
