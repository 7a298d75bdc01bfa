"""What holds of every case: against the definition counted once more, and of the arrays."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.arrangement import Holiday
from gongkai.law.bulk import columns, days_left, due_dates
from gongkai.law.calendar import Calendar, CalendarNotPublished, shipped
from gongkai.law.case import Case, Channel, Event, Kind, Party, State
from gongkai.law.clock import account, steps
from tests.law.cases import case
from tests.law.oracle import ONE, by_definition, random_case

CALENDAR = shipped()
SEEDS = st.integers(0, 2**32 - 1)
LATER = st.integers(0, 45)


@given(SEEDS, LATER)
@settings(max_examples=120, deadline=None)
def test_due_and_used_are_those_of_the_definition(seed: int, later: int) -> None:
    found = random_case(Random(seed), 9)
    on = found.events[-1].on + ONE * later
    told = account(found, on, CALENDAR)
    if told.state is not State.LAPSED:
        assert (told.due, told.used) == by_definition(found, on, CALENDAR)


@given(SEEDS, LATER)
@settings(max_examples=120, deadline=None)
def test_the_days_add_up(seed: int, later: int) -> None:
    found = random_case(Random(seed), 9)
    told = account(found, found.events[-1].on + ONE * later, CALENDAR)
    counted = [day for day in told.days if day.counted]
    assert [day.on for day in told.days] == [
        found.events[0].on + ONE * step for step in range(len(told.days))
    ]
    assert sum(not day.ahead for day in counted) == told.used
    assert all(CALENDAR.is_working(day.on) for day in counted)
    assert all(day.why and day.article.article for day in told.days)
    if told.due:
        assert told.days[-1].on >= told.due
        assert sum(day.on <= told.due for day in counted) == told.limit


@given(SEEDS, LATER)
@settings(max_examples=120, deadline=None)
def test_the_state_is_what_the_case_waits_for(seed: int, later: int) -> None:
    found = random_case(Random(seed), 9)
    on = found.events[-1].on + ONE * later
    told = account(found, on, CALENDAR)
    waiting = {State.AWAITING_CORRECTION, State.AWAITING_PAYMENT, State.LAPSED, State.PAUSED}
    assert (told.due is None) == (told.state in waiting or told.received is None)
    assert (told.state is State.OVERDUE) == (told.due is not None and on > told.due)


@given(SEEDS, st.integers(1, 80))
@settings(max_examples=120, deadline=None)
def test_one_more_day_off_never_shortens_a_term(seed: int, step: int) -> None:
    found = random_case(Random(seed), 4, first=date(2024, 1, 2), span=200)
    on = found.events[-1].on
    extra = found.events[0].on + ONE * step
    longer = with_day_off(CALENDAR, extra)
    before = account(found, on, CALENDAR)
    after = account(found, on, longer)
    if before.due and after.due:
        assert after.due >= before.due


def with_day_off(calendar: Calendar, day: date) -> Calendar:
    row = next(row for row in calendar.arrangements if row.year == day.year)
    return calendar.with_year(
        replace(
            row,
            holidays=(*row.holidays, Holiday("", day, day, row.notice)),
            make_up=tuple(found for found in row.make_up if found != day),
        )
    )


@given(SEEDS, st.integers(1, 12), st.integers(0, 20))
@settings(max_examples=120, deadline=None)
def test_a_pause_moves_the_last_day_by_the_working_days_it_covers(seed: int, begin: int, length: int) -> None:
    received = date(2021, 1, 4) + ONE * (seed % 1500)
    plain = Case(Channel.IN_PERSON, (Event(received, Kind.RECEIVED),))
    letter = received + ONE * begin
    answer = letter + ONE * length
    paused = replace(
        plain,
        events=(
            *plain.events,
            Event(letter, Kind.CONSULTATION_STARTED, party=Party.AGENCY),
            Event(answer, Kind.CONSULTATION_ENDED),
        ),
    )
    covered = min(CALENDAR.count(letter + ONE, answer), 15)
    due = account(plain, calendar=CALENDAR).due
    assert due is not None
    moved = CALENDAR.add(due, covered) if covered else due
    assert account(paused, calendar=CALENDAR).due == moved


@given(SEEDS, LATER)
@settings(max_examples=150, deadline=None)
def test_a_step_that_is_offered_is_taken(seed: int, later: int) -> None:
    found = random_case(Random(seed), 6)
    on = found.events[-1].on + ONE * later
    plain = {Kind.CONFIRMED, Kind.CORRECTED, Kind.FEE_PAID, Kind.FEE_NOTIFIED, Kind.REPLIED, Kind.WITHDRAWN}
    for step in steps(found, on, CALENDAR):
        if step.kind not in plain:
            continue
        longer = replace(found, events=(*found.events, Event(on, step.kind)))
        if step.refusal is None:
            assert account(longer, calendar=CALENDAR)
        else:
            with pytest.raises(type(step.refusal)):
                account(longer, calendar=CALENDAR)


@pytest.mark.parametrize("on", [date(2022, 3, 1), date(2024, 5, 6), date(2026, 12, 31), date(2027, 1, 9)])
def test_arrays_give_the_same_answers(on: date) -> None:
    found = [random_case(Random(seed), 10, span=2150) for seed in range(150)]
    found += ENDED
    begun = [one for one in found if one.events[0].on <= on]
    due = due_dates(columns(begun, on, CALENDAR), on, CALENDAR).tolist()
    assert due == [account(one, on, CALENDAR).due for one in begun]
    assert sum(day is None for day in due) > 5
    assert sum(day is not None for day in due) > 5


ENDED = [
    case("in_person", "2022-01-05 received", "2022-01-06 consultation_started", "2022-01-10 replied"),
    case("in_person", "2022-01-05 received", "2022-01-06 correction_requested 3", "2022-01-10 replied"),
    case("in_person", "2022-01-05 received", "2022-01-05 reasons_requested", "2022-01-06 reasons_given",
         "2022-01-07 delayed to=2022-06-30"),
    case("in_person", "2022-01-05 received", "2022-01-05 reasons_requested", "2022-01-06 reasons_given",
         "2022-01-07 delayed to=2026-12-31", "2022-02-28 consultation_started"),
]  # fmt: skip


@pytest.mark.parametrize("on", [date(2026, 12, 30), date(2027, 1, 12), date(2027, 2, 26)])
def test_arrays_know_no_day_either_that_lies_in_a_year_nobody_has_published(on: date) -> None:
    found = [random_case(Random(seed), 10, first=date(2026, 11, 2), span=50) for seed in range(200)]
    begun = [one for one in found if one.events[0].on <= on]
    told = [account(one, on, CALENDAR) for one in begun]
    assert due_dates(columns(begun, on, CALENDAR), on, CALENDAR).tolist() == [one.due for one in told]
    perhaps = [one for one in told if any("可能还没有届满" in day.why for day in one.days)]
    assert perhaps or on < date(2027, 1, 1)
    assert all(one.due is None or one.due < on for one in perhaps)


def test_days_left_are_those_of_the_account() -> None:
    on = date(2024, 5, 6)
    found = [case("in_person", f"2024-{month:02}-11 received") for month in range(1, 5)]
    due = due_dates(columns(found, on, CALENDAR), on, CALENDAR)
    assert days_left(due, on, CALENDAR).tolist() == [account(one, on, CALENDAR).left for one in found]
    unknown = np.array(["NaT", "2027-03-01"], "datetime64[D]")
    assert np.isnan(days_left(unknown, on, CALENDAR)).all()
    assert np.isnan(days_left(due, date(2027, 1, 4), CALENDAR)).all()


def test_no_cases_have_no_due_dates() -> None:
    assert due_dates(columns([], date(2024, 5, 6), CALENDAR), date(2024, 5, 6), CALENDAR).tolist() == []


def test_a_year_before_the_published_ones_raises() -> None:
    on = date(2024, 5, 6)
    found = columns([case("in_person", "2024-03-01 received")], on, CALENDAR)
    early = replace(found, start=np.array([date(2018, 12, 31)], "datetime64[D]"))
    with pytest.raises(CalendarNotPublished, match="2018"):
        due_dates(early, on, CALENDAR)


def test_a_later_day_never_takes_days_back() -> None:
    found = case("in_person", "2024-03-01 received", "2024-03-06 consultation_started")
    used = [account(found, date(2024, 3, 6) + timedelta(step), CALENDAR).used or 0 for step in range(60)]
    assert used == sorted(used)
