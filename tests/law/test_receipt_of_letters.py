"""What a letter sets a term for runs from the day it was received; the agency's own duty from its posting."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from gongkai.law import wire
from gongkai.law.bulk import columns, due_dates
from gongkai.law.calendar import shipped
from gongkai.law.case import Case, EventNotAllowed, Kind, State
from gongkai.law.clock import account
from tests.law.cases import told
from tests.law.oracle import random_case

# 2024-03-01 is a Friday. Working days after it: 4 5 6 7 8 (5) 11 12 (7) 13 14 15 (10) 18-22 (15) 25-29 (20).
IN = "2024-03-01 received"
CALENDAR = shipped()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("notice", "last"),
    [
        ("correction_requested 5", "2024-03-11"),
        ("correction_requested 5 reached=2024-03-08", "2024-03-15"),
        ("correction_requested 5 from_receipt reached=2024-03-08", "2024-03-15"),
        ("correction_requested 5 reached=2024-03-04", "2024-03-11"),
        ("fee_notified reached=2024-03-08", "2024-04-08"),
        ("fee_notified from_receipt reached=2024-03-08", "2024-04-08"),
    ],
)
def test_the_applicants_term_runs_from_receipt(notice: str, last: str) -> None:
    on_the_last = told(last, IN, f"2024-03-04 {notice}")
    assert on_the_last.terms[0].until == day(last)
    assert not on_the_last.state.closed
    after = told(str(day(last) + timedelta(1)), IN, f"2024-03-04 {notice}")
    assert (after.state, after.closed_on) == (State.LAPSED, day(last) + timedelta(1))


@pytest.mark.parametrize(
    ("notice", "state", "met", "workdays"),
    [
        ("correction_requested 5", State.AWAITING_CORRECTION, "corrected", 5),
        ("fee_notified", State.AWAITING_PAYMENT, "fee_paid", 20),
    ],
)
def test_nothing_lapses_while_nobody_knows_the_day_of_receipt(
    notice: str, state: State, met: str, workdays: int
) -> None:
    sent = f"2024-03-04 {notice} from_receipt"
    found = told("2024-12-30", IN, sent)
    (term,) = found.terms
    assert (found.state, found.due, found.closed_on) == (state, None, None)
    assert (term.until, term.start, term.workdays, term.unreceived) == (None, None, workdays, True)
    assert f"{workdays}个工作日的期限自收到之日起算" in " ".join(found.notes)
    answered = told("", IN, sent, f"2024-06-03 {met}")
    assert (answered.start, answered.state) == (day("2024-06-03"), State.RUNNING)
    assert "自收到之日起算" not in " ".join(answered.notes)


def test_a_correction_without_a_term_is_told_apart_from_one_not_received() -> None:
    (note,) = told("2024-12-30", IN, "2024-03-04 correction_requested").notes
    assert "没有写明期限" in note


def test_the_agencys_duty_is_met_on_the_day_of_posting() -> None:
    # The seventh working day; received eight days later.
    found = told("", IN, "2024-03-12 correction_requested 5 reached=2024-03-20")
    assert (found.state, found.terms[0].until) == (State.AWAITING_CORRECTION, day("2024-03-27"))
    assert found.used == 7
    with pytest.raises(EventNotAllowed, match="7个工作日内告知"):
        told("", IN, "2024-03-13 correction_requested 5 reached=2024-03-20")


@pytest.mark.parametrize("kind", ["correction_requested 5", "fee_notified", "consultation_started"])
def test_a_letter_reaches_nobody_before_it_goes_out(kind: str) -> None:
    with pytest.raises(EventNotAllowed, match=r"收到之日2024-03-01早于.*2024-03-04"):
        told("", IN, f"2024-03-04 {kind} reached=2024-03-01")


def test_what_a_kind_has_no_use_for_is_left_aside() -> None:
    plain = told("2024-03-20", IN, "2024-03-11 extended 10")
    assert told("2024-03-20", IN, "2024-03-11 extended 10 reached=2024-03-01 from_receipt") == plain


def test_a_silent_partys_days_run_from_receipt_where_it_is_recorded() -> None:
    asked = "2024-03-04 consultation_started"
    known = told("2024-04-30", IN, f"{asked} reached=2024-03-08")
    # 15 working days after 8 March: 29 March. The pause covers 5 to 29 March: 19 working days.
    assert known.terms[0].until == day("2024-03-29")
    assert known.due == CALENDAR.add(day("2024-03-29"), 19)
    assert sum("征求" in one.why for one in known.days) == 19
    unknown = told("2024-04-30", IN, f"{asked} from_receipt")
    assert unknown.due == told("2024-04-30", IN, asked).due
    assert unknown.terms[0].until == day("2024-03-25")


def test_arrays_count_from_receipt_as_the_clock_does() -> None:
    on, random = date(2024, 5, 6), Random(8)
    found = [_with_receipts(random_case(Random(seed), 10, span=1300), random) for seed in range(200)]
    found = [one for one in found if one.events[0].on <= on]
    assert sum(event.reached is not None for one in found for event in one.events) > 40
    due = due_dates(columns(found, on, CALENDAR), on, CALENDAR).tolist()
    assert due == [account(one, on, CALENDAR).due for one in found]
    # and the days of receipt make a difference
    assert due != [account(_without(one), on, CALENDAR).due for one in found]


def _with_receipts(case: Case, random: Random) -> Case:
    events = [
        replace(one, reached=one.on + timedelta(random.randrange(9)))
        if one.kind is Kind.CONSULTATION_STARTED
        else one
        for one in case.events
    ]
    later = Case(case.channel, tuple(events))
    try:
        account(later, calendar=CALENDAR)
    except EventNotAllowed:  # a second letter to a party whose days are not over now
        return case
    return later


def _without(case: Case) -> Case:
    return Case(case.channel, tuple(replace(one, reached=None) for one in case.events))


def test_the_file_says_both() -> None:
    sent = {"on": "2024-03-04", "kind": "correction_requested", "workdays": 5, "from_receipt": True}
    rows = [{"on": "2024-03-01", "kind": "received"}, {**sent, "reached": "2024-03-08"}]
    case = wire.read_case(json.dumps({"channel": "in_person", "events": rows}))
    (term,) = wire.account_to_dict(account(case, date(2024, 3, 12), CALENDAR))["terms"]
    assert (term["since"], term["until"]) == ("2024-03-04", "2024-03-15")
    with pytest.raises(wire.EventsError, match="from_receipt"):
        wire.read_case(json.dumps({"channel": "in_person", "events": [{**sent, "from_receipt": 1}]}))
