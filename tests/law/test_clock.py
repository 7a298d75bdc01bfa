"""The count by example: each corner of the clock, with days counted by hand."""

from datetime import date

import pytest

from gongkai.law.arrangement import Arrangement, Holiday
from gongkai.law.calendar import CalendarNotPublished, shipped
from gongkai.law.case import Account, EventNotAllowed, State
from gongkai.law.clock import account
from gongkai.law.reporting import carried_over, year_of_receipt, year_of_result
from tests.law.cases import case, told

# 2024-03-01 is a Friday. Working days after it: 4 5 6 7 8 (5) 11 12 (7) 13 14 15 (10) 18-22 (15) 25-29 (20).
# April: 1 2 3, off 4-6 (清明), Sunday 7 worked, 8-12 ...
IN = "2024-03-01 received"
FEE = "2024-03-04 fee_notified"


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2024-03-01", "2024-03-29"),
        # Received on a Saturday, a Sunday, a make-up working day, a holiday: the count begins the day after.
        ("2024-03-02", "2024-03-29"),
        ("2024-03-03", "2024-03-29"),
        ("2024-02-04", "2024-03-07"),
        ("2024-02-10", "2024-03-14"),
        ("2026-12-03", "2026-12-31"),
    ],
)
@pytest.mark.parametrize("channel", ["in_person", "signed_mail"])
def test_twenty_working_days_after_receipt(channel: str, received: str, due: str) -> None:
    found = told("", f"{received} received", channel=channel)
    assert found.due == day(due)
    assert (found.used, found.limit, found.left, found.state) == (0, 20, 20, State.RUNNING)


@pytest.mark.parametrize("channel", ["ordinary_mail", "internet", "fax"])
def test_the_count_starts_with_the_confirmation(channel: str) -> None:
    waiting = told("2024-06-28", "2024-02-19 received", channel=channel)
    assert (waiting.due, waiting.received, waiting.used) == (None, None, 0)
    assert waiting.state is State.RUNNING
    found = told("", "2024-02-19 received", "2024-03-01 confirmed", channel=channel)
    assert (found.received, found.due) == (day("2024-03-01"), day("2024-03-29"))
    assert found.days[0].on == day("2024-02-19")
    assert "第三十一条" in str(found.days[0].article)


def test_mail_confirmed_later_than_its_day_is_noted() -> None:
    late = told("", IN, "2024-03-04 confirmed", channel="ordinary_mail")
    assert "当日" in late.notes[0]
    assert told("", IN, "2024-03-01 confirmed", channel="ordinary_mail").notes == ()


@pytest.mark.parametrize(
    ("on", "state", "used", "left"),
    [
        ("2024-03-01", State.RUNNING, 0, 20),
        ("2024-03-03", State.RUNNING, 0, 20),
        ("2024-03-04", State.RUNNING, 1, 19),
        ("2024-03-29", State.RUNNING, 20, 0),
        ("2024-03-30", State.OVERDUE, 20, 0),
        ("2024-04-01", State.OVERDUE, 21, -1),
        ("2027-03-01", State.OVERDUE, None, None),
    ],
)
def test_as_the_days_go_by(on: str, state: State, used: int | None, left: int | None) -> None:
    found = told(on, IN)
    assert (found.state, found.used, found.left) == (state, used, left)
    assert found.due == day("2024-03-29")


def test_later_events_take_no_part_but_are_examined() -> None:
    events = (IN, "2024-03-04 extended 10", "2024-03-05 replied")
    assert told("2024-03-01", *events).due == day("2024-03-29")
    assert told("2024-03-04", *events).state is State.RUNNING
    assert told("2024-03-05", *events).state is State.ANSWERED


def test_an_extension_adds_its_days() -> None:
    found = told("", IN, "2024-03-29 extended 5")
    assert (found.due, found.limit, found.used) == (day("2024-04-08"), 25, 20)


def test_a_correction_starts_the_count_anew() -> None:
    asked = (IN, "2024-03-12 correction_requested 5")
    waiting = told("2024-03-19", *asked)
    assert (waiting.state, waiting.due, waiting.used, waiting.left) == (
        State.AWAITING_CORRECTION, None, 7, None
    )  # fmt: skip
    assert waiting.terms[0].until == day("2024-03-19")
    lapsed = told("2024-03-20", *asked)
    assert (lapsed.state, lapsed.due, lapsed.closed_on) == (State.LAPSED, None, day("2024-03-20"))
    found = told("", *asked, "2024-03-15 corrected")
    assert (found.start, found.due, found.used) == (day("2024-03-15"), day("2024-04-15"), 0)
    assert found.received == day("2024-03-01")
    voided = next(one for one in found.days if one.on == day("2024-03-04"))
    assert not voided.counted
    assert "重新计算" in voided.why
    assert "第三十条" in str(voided.article)


def test_a_correction_without_a_term_does_not_lapse() -> None:
    found = told("2026-01-05", IN, "2024-03-12 correction_requested")
    assert found.state is State.AWAITING_CORRECTION
    assert found.terms[0].until is None
    assert "没有写明期限" in found.notes[0]


def test_an_excused_correction_counts_after_its_term() -> None:
    asked = (IN, "2024-03-12 correction_requested 5")
    assert told("", *asked, "2024-04-30 corrected excused").start == day("2024-04-30")


def test_an_extension_and_what_became_of_it_are_noted() -> None:
    assert told("", IN, "2024-03-29 extended 5").notes == (
        "已于2024-03-29告知延长5个工作日（《政府信息公开条例》第三十三条）",
    )
    lost = told("", IN, "2024-03-04 extended 5", FEE, "2024-03-05 fee_paid")
    assert "不再计入" in lost.notes[0]


def test_after_a_correction_there_are_twenty_days_whatever_was_added_before() -> None:
    events = (
        IN,
        "2024-03-04 extended 20",
        "2024-03-05 correction_requested 5",
        "2024-03-15 corrected excused",
    )
    found = told("", *events)
    assert (found.limit, found.due) == (20, day("2024-04-15"))


def test_a_payment_starts_the_count_anew() -> None:
    waiting = told("2024-04-01", IN, FEE)
    assert (waiting.state, waiting.due, waiting.used) == (State.AWAITING_PAYMENT, None, 1)
    assert waiting.terms[0].until == day("2024-04-01")
    assert told("2024-04-02", IN, FEE).state is State.LAPSED
    paid = told("", IN, FEE, "2024-03-15 fee_paid")
    assert (paid.start, paid.due) == (day("2024-03-15"), day("2024-04-15"))


@pytest.mark.parametrize("party", ["", " party=third_party", " party=agency"])
def test_silence_ends_a_consultation_after_fifteen_working_days(party: str) -> None:
    # The letter of 6 March: 3 days counted; its fifteen end on 27 March.
    events = (IN, f"2024-03-06 consultation_started{party}")
    last = told("2024-03-27", *events)
    assert (last.state, last.due, last.used) == (State.PAUSED, None, 3)
    after = told("2024-03-28", *events)
    assert (after.state, after.due, after.used) == (State.RUNNING, day("2024-04-22"), 4)


def test_silence_is_consent_of_an_agency_and_not_of_a_third_party() -> None:
    third = told("2024-03-28", IN, "2024-03-06 consultation_started ref=甲")
    assert third.notes == (
        "第三方甲逾期未提出意见，不视为同意，由行政机关决定是否公开（《政府信息公开条例》第三十二条）",
    )
    agency = told("2024-03-28", IN, "2024-03-06 consultation_started party=agency ref=乙局")
    assert agency.notes == ("其他机关乙局逾期未提出意见，视为同意公开（《政府信息公开条例》第三十四条）",)
    assert told("2024-03-27", IN, "2024-03-06 consultation_started").notes == ()
    answered = (IN, "2024-03-06 consultation_started", "2024-03-08 consultation_ended")
    assert told("2024-03-28", *answered).notes == ()


def test_a_reply_before_a_party_has_spoken_is_noted() -> None:
    found = told("", IN, "2024-03-06 consultation_started", "2024-03-08 replied")
    assert found.notes == ("答复时征求第三方意见尚未结束（《政府信息公开条例》第三十二条）",)


def test_an_answer_ends_it_at_once() -> None:
    found = told("", IN, "2024-03-06 consultation_started", "2024-03-08 consultation_ended")
    assert (found.state, found.used, found.due) == (State.RUNNING, 3, day("2024-04-02"))


def test_a_late_answer_does_not_lengthen_it() -> None:
    late = told("", IN, "2024-03-06 consultation_started", "2024-04-10 consultation_ended")
    assert late.due == day("2024-04-22")


def test_overlapping_consultations_are_counted_once() -> None:
    found = told(
        "",
        IN,
        "2024-03-06 consultation_started ref=甲",
        "2024-03-08 consultation_started party=agency ref=乙",
        "2024-03-12 consultation_ended ref=甲",
    )
    assert (found.state, found.due) == (State.PAUSED, None)
    ended = told(
        "",
        IN,
        "2024-03-06 consultation_started ref=甲",
        "2024-03-08 consultation_started party=agency ref=乙",
        "2024-03-12 consultation_ended ref=甲",
        "2024-03-13 consultation_ended ref=乙",
    )
    # 7, 8, 11, 12 and 13 March stand still.
    assert (ended.state, ended.due, ended.used) == (State.RUNNING, day("2024-04-08"), 3)


def test_a_consultation_on_the_day_of_receipt_stops_all() -> None:
    found = told("2024-03-05", "2024-03-01 received", "2024-03-01 consultation_started")
    assert (found.state, found.used) == (State.PAUSED, 0)


def test_an_extension_while_a_consultation_is_open_shows_when_it_ends() -> None:
    events = (IN, "2024-03-06 consultation_started", "2024-03-07 extended 5")
    assert told("", *events).due is None
    assert told("", *events, "2024-03-08 consultation_ended").due == day("2024-04-10")


def test_a_consultation_begun_on_the_last_day_stops_the_clock_and_its_end_is_the_last_day_to_reply() -> None:
    events = (IN, "2024-03-29 consultation_started")
    open_still = told("2024-04-10", *events)
    assert (open_still.state, open_still.due, open_still.used) == (State.PAUSED, None, 20)
    assert any("征求意见结束的当日是答复的最后一天" in note for note in open_still.notes)
    answered = (*events, "2024-04-10 consultation_ended")
    assert [told(on, *answered).state for on in ("2024-04-10", "2024-04-11")] == [
        State.RUNNING,
        State.OVERDUE,
    ]
    assert told("", *answered).due == day("2024-04-10")
    assert told("2024-04-22", *events).state is State.PAUSED  # the fifteenth working day
    assert told("2024-04-23", *events).due == day("2024-04-22")
    assert told("2024-04-23", *events).state is State.OVERDUE


def test_who_replies_while_such_a_consultation_is_open_is_in_time() -> None:
    events = (IN, "2024-03-29 consultation_started")
    on_a_sunday = told("", *events, "2024-04-14 replied")
    assert (on_a_sunday.due, on_a_sunday.late, on_a_sunday.used) == (day("2024-04-14"), False, 20)
    assert told("", *events, "2024-04-10 consultation_ended", "2024-04-11 replied").late is True


def test_consultations_begun_before_the_end_of_one_on_the_last_day_count_too() -> None:
    first = (IN, "2024-03-29 consultation_started party=agency ref=甲")
    second = (*first, "2024-04-03 consultation_started party=agency ref=乙")
    both = (*second, "2024-04-08 consultation_ended ref=甲")
    assert told("2024-04-09", *both).state is State.PAUSED
    assert told("", *both, "2024-04-11 consultation_ended ref=乙").due == day("2024-04-11")


def test_a_consultation_begun_too_late_stops_nothing() -> None:
    for letter in ("2024-03-30", "2024-04-10"):
        late = told("2024-04-12", IN, f"{letter} consultation_started")
        assert (late.state, late.due) == (State.OVERDUE, day("2024-03-29"))
        assert not any("征求意见结束的当日" in note for note in late.notes)
    answered = (IN, "2024-03-29 consultation_started", "2024-04-10 consultation_ended")
    again = told("", *answered, "2024-04-11 consultation_started")
    assert (again.state, again.due) == (State.OVERDUE, day("2024-04-10"))


def test_a_consultation_runs_on_through_a_correction() -> None:
    events = (
        IN,
        "2024-03-04 consultation_started",
        "2024-03-05 correction_requested 5",
        "2024-03-08 corrected",
    )
    assert told("", *events).due is None
    assert told("", *events, "2024-03-12 consultation_ended").due == day("2024-04-10")


def test_reasons_stop_nothing() -> None:
    asked = told("", IN, "2024-03-04 reasons_requested")
    assert (asked.state, asked.due) == (State.RUNNING, day("2024-03-29"))


def test_a_delay_is_the_term() -> None:
    delayed = (
        IN,
        "2024-03-04 reasons_requested",
        "2024-03-05 reasons_given",
        "2024-03-06 delayed to=2024-06-28",
    )
    assert told("", *delayed).due == day("2024-06-28")
    assert told("", *delayed).notes == ("已告知延迟到2024-06-28答复（《政府信息公开条例》第三十五条）",)
    assert told("2024-06-28", *delayed).state is State.RUNNING
    assert told("2024-06-29", *delayed).state is State.OVERDUE
    asking = told("", *delayed, "2024-03-07 consultation_started")
    assert (asking.state, asking.due) == (State.PAUSED, None)


def test_a_delay_into_an_unpublished_year_is_a_day_all_the_same() -> None:
    found = told(
        "",
        "2026-12-01 received",
        "2026-12-02 reasons_requested",
        "2026-12-03 reasons_given",
        "2026-12-04 delayed to=2027-03-01",
    )
    assert (found.due, found.not_before, found.left) == (day("2027-03-01"), None, None)
    assert found.days[-1].on == day("2027-03-01")


def test_a_day_in_the_far_future_is_answered_at_once() -> None:
    found = told("9999-12-31", IN)
    assert (found.state, found.used, found.left) == (State.OVERDUE, None, None)
    assert found.days[-1].on == day("2027-12-31"), "no blank years"
    awaiting = told("9999-12-31", IN, "2024-03-05 correction_requested")
    assert (awaiting.state, awaiting.used) == (State.AWAITING_CORRECTION, 2)


@pytest.mark.parametrize(
    ("on", "late"), [("2024-03-01", False), ("2024-03-29", False), ("2024-03-30", True), ("2024-05-06", True)]
)
def test_a_reply_is_in_time_or_late(on: str, late: bool) -> None:
    found = told("", IN, f"{on} replied")
    assert (found.state, found.late, found.closed_on) == (State.ANSWERED, late, day(on))
    assert found.due == day("2024-03-29")
    assert found.left is None
    assert told("2024-12-31", IN, f"{on} replied").used == found.used


def test_a_reply_ends_an_open_consultation() -> None:
    found = told("", IN, "2024-03-06 consultation_started", "2024-03-08 replied")
    assert (found.state, found.late, found.used, found.due) == (
        State.ANSWERED, False, 3, day("2024-04-02")
    )  # fmt: skip


def test_a_reply_while_a_correction_is_awaited_has_no_due_day() -> None:
    found = told("", IN, "2024-03-04 correction_requested 5", "2024-03-05 replied")
    assert (found.state, found.due, found.late) == (State.ANSWERED, None, None)


def test_next_year_is_counted_over_mondays_to_fridays_and_marked() -> None:
    found = told("", "2026-12-04 received")
    assert (found.due, found.not_before, found.state) == (None, day("2027-01-01"), State.RUNNING)
    assert [one.counted for one in found.days if one.on.year == 2027] == [None]
    later = told("2027-01-08", "2026-12-04 received")
    assert (later.due, later.used, later.state) == (None, None, State.RUNNING)
    assert told("2027-01-08", "2026-12-03 received").state is State.OVERDUE


def test_an_application_received_in_an_unpublished_year_waits_for_the_notice() -> None:
    found = told("", "2027-02-01 received")
    assert (found.due, found.not_before, found.used) == (None, day("2027-03-01"), 0)


SILENT = ("2026-12-01 received", "2026-12-18 consultation_started ref=1")


def test_a_consultation_reaching_into_an_unpublished_year_stands_to_its_provisional_end() -> None:
    found = told("2027-01-08", *SILENT)
    assert (found.state, found.due, found.not_before) == (State.PAUSED, None, None)
    assert (found.terms[0].until, found.terms[0].provisional) == (day("2027-01-08"), True)
    assert found.notes == ()


@pytest.mark.parametrize("on", ["2027-01-09", "2027-01-15", "2027-02-01"])
def test_after_that_the_clock_runs_provisionally_and_says_that_it_may_not(on: str) -> None:
    found = told(on, *SILENT)
    assert (found.state, found.due, found.not_before) == (State.RUNNING, None, day("2027-01-19"))
    assert (found.used, found.left) == (None, None)
    (note,) = found.notes
    assert "不早于2027-01-08届满（暂计）" in note
    assert "逾期未提出意见" not in note
    lines = {one.on: (one.counted, one.why) for one in found.days}
    assert lines[day("2027-01-08")][0] is False
    counted, why = lines[day("2027-01-11")]
    assert counted is None
    assert "征求第三方（1）意见的期限可能还没有届满" in why


def test_a_late_answer_there_ends_the_doubt_but_not_what_is_provisional() -> None:
    found = told("2027-01-13", *SILENT, "2027-01-12 consultation_ended ref=1")
    assert (found.state, found.due, found.not_before) == (State.RUNNING, None, day("2027-01-19"))
    lines = {one.on: one.why for one in found.days}
    assert "可能还没有届满" in lines[day("2027-01-12")]
    assert "可能还没有届满" not in lines[day("2027-01-13")]
    assert found.notes == ()


def test_once_the_year_is_published_there_is_no_doubt() -> None:
    notice = "国办发明电〔2026〕0号"
    holidays = (Holiday("元旦", day("2027-01-01"), day("2027-01-03"), notice),)
    calendar = shipped().with_year(Arrangement(2027, notice, "测试", holidays, ()))
    found = account(case("in_person", *SILENT), day("2027-01-12"), calendar)
    assert (found.state, found.due) == (State.RUNNING, day("2027-01-20")), "New Year's Day does not count"
    assert "不视为同意" in found.notes[0]


def test_what_depends_on_the_end_of_such_a_consultation_waits_for_the_year() -> None:
    with pytest.raises(EventNotAllowed, match="尚未结束"):
        told("", *SILENT, "2027-01-08 consultation_started ref=1")
    with pytest.raises(CalendarNotPublished, match="2027"):
        told("", *SILENT, "2027-01-11 consultation_started ref=1")
    assert told("", *SILENT, "2027-01-11 consultation_started ref=2").state is State.PAUSED


def test_a_promised_day_stays_provisional_while_a_party_may_still_speak() -> None:
    promised = ("2026-12-01 received", "2026-12-02 reasons_requested", "2026-12-03 reasons_given",
                "2026-12-04 delayed to=2027-03-01", "2026-12-18 consultation_started")  # fmt: skip
    for on, expected in (
        ("2027-01-08", (State.PAUSED, None, None)),
        ("2027-01-09", (State.RUNNING, None, day("2027-03-01"))),
        ("2027-03-02", (State.OVERDUE, day("2027-03-01"), None)),
    ):
        found = told(on, *promised)
        assert (found.state, found.due, found.not_before) == expected, on


def test_days_name_their_reason_and_notice() -> None:
    found = told("", "2024-03-29 received")
    why = {one.on: (one.counted, one.why, one.notice) for one in found.days}
    assert why[day("2024-04-04")] == (False, "清明节放假", "国办发明电〔2023〕7号")
    assert why[day("2024-04-07")] == (True, "调休上班", "国办发明电〔2023〕7号")
    assert why[day("2024-03-30")] == (False, "星期六", "")
    assert why[day("2024-03-29")] == (False, "收到申请当日，自次日起计算", "")


def year(received: str, end: str, on: str = "2025-03-03") -> Account:
    return account(case("in_person", f"{received} received", *([end] if end else [])), day(on), shipped())


@pytest.mark.parametrize(
    ("received", "end", "new", "result", "carried"),
    [
        ("2024-12-30", "", 2024, None, True),
        ("2024-12-30", "2025-01-02 replied", 2024, 2025, True),
        ("2024-12-30", "2024-12-31 replied", 2024, 2024, False),
        ("2024-12-30", "2024-12-31 withdrawn", 2024, 2024, False),
        ("2025-01-02", "2025-01-02 replied", 2025, 2025, False),
        # The term of five working days ends on 7 January: given up in the new year.
        ("2024-12-30", "2024-12-31 correction_requested 5", 2024, 2025, True),
        # It ends on 31 December: given up on 1 January.
        ("2024-12-23", "2024-12-24 correction_requested 5", 2024, 2025, True),
    ],
)
def test_the_year_a_case_counts_in(
    received: str, end: str, new: int, result: int | None, carried: bool
) -> None:
    found = year(received, end)
    assert (year_of_receipt(found), year_of_result(found)) == (new, result)
    assert carried_over(found, 2024) is carried


def test_what_was_never_received_counts_in_no_year() -> None:
    found = told("", "2024-03-01 received", "2024-03-04 withdrawn", channel="fax")
    assert (year_of_receipt(found), year_of_result(found), carried_over(found, 2024)) == (None, None, False)
