"""What the law does not allow is refused, with the article that stands against it."""

import pickle
from datetime import date

import pytest

from gongkai.law.calendar import CalendarNotPublished, shipped
from gongkai.law.case import EventNotAllowed, Kind, State
from gongkai.law.clock import CaseError, account, steps
from gongkai.law.dated import NotCoveredError
from tests.law.cases import case, told

# 2024-03-01 is a Friday. Working days after it: 4 5 6 7 8 (5) 11 12 (7) 13 14 15 (10) 18-22 (15) 25-29 (20).
IN = "2024-03-01 received"
CORRECTION = "2024-03-04 correction_requested 5"
FEE = "2024-03-04 fee_notified"
LETTER = "2024-03-04 consultation_started ref=甲"
SECOND = "2024-03-04 consultation_started ref=乙"


def refused(article: str, *events: str, channel: str = "in_person") -> EventNotAllowed:
    with pytest.raises(EventNotAllowed) as raised:
        account(case(channel, *events), None, shipped())
    assert article in str(raised.value.article)
    return raised.value


@pytest.mark.parametrize(
    ("article", "events"),
    [
        # Art. 31: receipt
        ("第三十一条", ["2024-03-01 extended 5"]),
        ("第三十一条", ["2024-03-01 confirmed"]),
        ("第三十一条", [IN, "2024-03-02 received"]),
        ("第三十一条", [IN, "2024-03-01 confirmed"]),
        # Art. 30: one correction, within seven working days, answered in its term
        ("第三十条", [IN, "2024-03-13 correction_requested 5"]),
        ("第三十条", [IN, CORRECTION, "2024-03-05 correction_requested 5"]),
        ("第三十条", [IN, CORRECTION, "2024-03-05 corrected", "2024-03-06 correction_requested 5"]),
        ("第三十条", [IN, "2024-03-04 correction_requested 0"]),
        ("第三十条", [IN, "2024-03-04 correction_requested 1000000000000"]),
        ("第三十条", [IN, "2024-03-04 corrected"]),
        ("第三十条", [IN, CORRECTION, "2024-03-05 corrected", "2024-03-06 corrected"]),
        ("第三十条", [IN, CORRECTION, "2024-03-12 corrected"]),
        ("第三十条", [IN, CORRECTION, "2024-03-12 withdrawn"]),
        ("第三十条", [IN, CORRECTION, "2024-03-12 consultation_started"]),
        ("第三十条", [IN, CORRECTION, "2024-03-05 extended 5"]),
        ("第三十条", [IN, CORRECTION, "2024-03-05 fee_notified"]),
        # Art. 32, 34: consultations
        ("第三十二条", [IN, "2024-03-05 consultation_ended"]),
        ("第三十四条", [IN, "2024-03-05 consultation_ended party=agency"]),
        ("第三十二条", [IN, LETTER, "2024-03-05 consultation_ended ref=乙"]),
        ("第三十四条", [IN, LETTER, "2024-03-05 consultation_ended party=agency ref=甲"]),
        ("第三十二条", [IN, LETTER, "2024-03-05 consultation_ended", "2024-03-06 consultation_ended"]),
        ("第三十二条", [IN, LETTER, "2024-03-05 consultation_started ref=甲"]),
        ("第三十二条", [IN, LETTER, SECOND, "2024-03-06 consultation_ended"]),
        # Art. 33: one extension of 1 to 20 working days, told before the last day is over
        ("第三十三条", [IN, "2024-03-30 extended 5"]),
        ("第三十三条", [IN, "2024-03-29 extended 21"]),
        ("第三十三条", [IN, "2024-03-29 extended 0"]),
        ("第三十三条", [IN, "2024-03-29 extended -5"]),
        ("第三十三条", [IN, "2024-03-29 extended"]),
        ("第三十三条", [IN, "2024-03-04 extended 5", "2024-03-05 extended 5"]),
        ("第三十三条", [IN, "2024-03-04 extended 5", FEE, "2024-03-05 fee_paid", "2024-03-06 extended 5"]),
        # Art. 35: reasons, then a later day
        ("第三十五条", [IN, "2024-03-04 reasons_given"]),
        ("第三十五条", [IN, "2024-03-04 reasons_requested", "2024-03-05 reasons_requested"]),
        ("第三十五条", [IN, "2024-03-04 delayed to=2024-06-28"]),
        ("第三十五条", [IN, "2024-03-04 reasons_requested", "2024-03-05 delayed to=2024-06-28"]),
        # 国办函〔2020〕109号: one notice within the term, paid in 20 working days
        ("109号", [IN, "2024-03-04 fee_paid"]),
        ("109号", [IN, FEE, "2024-03-05 fee_notified"]),
        ("109号", [IN, FEE, "2024-03-05 fee_paid", "2024-03-06 fee_notified"]),
        ("109号", [IN, FEE, "2024-03-05 fee_paid", "2024-03-06 fee_paid"]),
        ("109号", [IN, FEE, "2024-03-05 correction_requested 5"]),
        ("第三十条", [IN, FEE, "2024-03-05 corrected"]),
        ("109号", [IN, FEE, "2024-04-02 fee_paid"]),
        ("第三十三条", [IN, "2024-04-01 fee_notified"]),
        # after the end
        ("第三十六条", [IN, "2024-03-04 replied", "2024-03-04 replied"]),
        ("第三十六条", [IN, "2024-03-04 replied", "2024-03-05 withdrawn"]),
        ("第二十七条", [IN, "2024-03-04 withdrawn", "2024-03-05 replied"]),
    ],
)  # fmt: skip
def test_what_the_law_does_not_allow_is_refused(article: str, events: list[str]) -> None:
    error = refused(article, *events)
    assert events[-1].split()[0] in str(error)
    assert pickle.loads(pickle.dumps(error)).article == error.article


@pytest.mark.parametrize("channel", ["internet", "fax", "ordinary_mail"])
@pytest.mark.parametrize(
    "kind",
    [
        "correction_requested",
        "consultation_started",
        "extended",
        "fee_notified",
        "reasons_requested",
        "replied",
    ],
)
def test_before_confirmation_there_is_no_application_to_handle(channel: str, kind: str) -> None:
    error = refused("第三十一条", IN, f"2024-03-04 {kind}", channel=channel)
    assert "确认" in str(error)


def test_an_unconfirmed_application_may_be_withdrawn() -> None:
    found = told("", IN, "2024-03-04 withdrawn", channel="internet")
    assert found.state is State.WITHDRAWN
    assert found.received is None


def test_a_refusal_names_the_event_as_it_is_called() -> None:
    late = refused("第三十六条", IN, "2024-03-05 replied", "2024-03-06 withdrawn")
    assert str(late) == (
        "第3个事件（2024-03-06 申请人撤回）：申请已于2024-03-05答复，不能再登记“申请人撤回”"
        "（《政府信息公开条例》第三十六条）"
    )


@pytest.mark.parametrize(
    "events",
    [
        ("2024-03-04 correction_requested 5", "2024-03-12 corrected"),
        ("2024-03-04 fee_notified", "2024-04-08 fee_paid"),
    ],
)
def test_what_is_late_is_told_in_words_of_the_office(events: tuple[str, str]) -> None:
    with pytest.raises(EventNotAllowed) as late:
        told("", IN, *events)
    assert "逾期确有正当理由" in late.value.remedy
    assert "excused" not in f"{late.value}{late.value.remedy}"


def test_reasons_asked_for_without_a_term_may_be_asked_for_once_more_with_one() -> None:
    """Art. 35: nothing can come of a silence that no term limits."""
    asked = "2024-03-04 reasons_requested"
    assert "写明期限" in refused("第三十五条", IN, asked, "2024-03-05 reasons_requested").remedy
    assert "写明期限" in refused("第三十五条", IN, asked, "2024-03-05 reasons_requested 0").remedy
    again = (IN, asked, "2024-03-05 reasons_requested 5")
    assert told("", *again, "2024-03-06 reasons_given").state is State.RUNNING
    assert not refused("第三十五条", *again, "2024-03-06 reasons_requested 5").remedy
    step = next(one for one in steps(case("in_person", IN, asked), date(2024, 3, 5), shipped())
                if one.kind is Kind.REASONS_REQUESTED)  # fmt: skip
    assert step.refusal is None


def test_a_second_confirmation_is_refused() -> None:
    refused("第三十一条", IN, "2024-03-02 confirmed", "2024-03-03 confirmed", channel="fax")


@pytest.mark.parametrize(
    "events",
    [
        [IN, "2024-03-12 correction_requested 5"],
        [IN, CORRECTION, "2024-03-11 corrected"],
        [IN, CORRECTION, "2024-03-12 corrected excused"],
        [IN, CORRECTION, "2024-03-12 replied"],
        [IN, CORRECTION, "2024-03-11 withdrawn"],
        [IN, "2024-03-01 correction_requested 5", "2024-03-01 corrected"],
        [IN, "2024-03-29 extended 20"],
        [IN, "2024-03-01 extended 1"],
        [IN, LETTER, "2024-04-20 consultation_ended"],
        [IN, LETTER, "2024-03-05 consultation_ended ref=甲", "2024-03-06 consultation_started ref=甲"],
        [IN, LETTER, "2024-03-04 consultation_started party=agency ref=甲", "2024-03-05 extended 3"],
        [IN, LETTER, "2024-03-05 replied"],
        [IN, "2024-04-20 consultation_started"],
        [IN, FEE, "2024-04-01 fee_paid"],
        [IN, FEE, "2024-04-02 fee_paid excused"],
        [IN, "2024-03-29 fee_notified"],
        [IN, "2024-03-04 reasons_requested", "2024-03-05 reasons_given", "2024-03-29 delayed to=2024-04-01"],
        [IN, "2024-06-28 replied"],
        [IN, "2024-06-28 withdrawn"],
    ],
)
def test_what_the_law_allows_is_taken(events: list[str]) -> None:
    assert told("", *events)


def test_a_delay_leads_beyond_the_term_and_once() -> None:
    reasons = [IN, "2024-03-04 reasons_requested", "2024-03-05 reasons_given"]
    assert "2024-03-29" in str(refused("第三十五条", *reasons, "2024-03-06 delayed to=2024-03-29"))
    refused("第三十五条", *reasons, "2024-03-06 delayed")
    refused("第三十三条", *reasons, "2024-03-30 delayed to=2024-06-28")
    delayed = [*reasons, "2024-03-06 delayed to=2024-06-28"]
    refused("第三十五条", *delayed, "2024-03-07 delayed to=2024-07-28")
    refused("第三十五条", *delayed, "2024-03-07 extended 5")


def test_events_out_of_order_are_no_case() -> None:
    with pytest.raises(CaseError, match="早于前一个事件"):
        told("", IN, "2024-02-29 extended 5")
    with pytest.raises(CaseError, match="没有任何事件"):
        told("")
    with pytest.raises(CaseError, match="还没有收到"):
        told("2024-02-29", IN)


def test_before_the_regulation_in_force_nothing_is_counted() -> None:
    with pytest.raises(NotCoveredError, match=r"第1个事件.*没有2019-05-14适用的答复期限"):
        told("", "2019-05-14 received")
    with pytest.raises(NotCoveredError, match=r"第2个事件.*没有2019-05-14适用的答复期限"):
        told("", "2019-05-13 received", "2019-05-14 confirmed", channel="fax")
    assert told("", "2019-05-15 received").due == date(2019, 6, 13)


@pytest.mark.parametrize("kind", ["fee_notified", "fee_paid"])
def test_there_is_no_fee_before_its_rules_were_in_force(kind: str) -> None:
    error = refused("109号", "2020-12-01 received", f"2020-12-02 {kind}")
    assert error.place.startswith("第2个事件")


def test_an_agency_step_whose_term_nobody_knows_is_not_taken() -> None:
    received = "2026-12-15 received"
    with pytest.raises(CalendarNotPublished, match="2027"):
        told("", received, "2027-01-13 extended 5")
    with pytest.raises(CalendarNotPublished, match="2027"):
        told("", "2026-12-28 received", "2027-01-07 correction_requested 5")
    extended = told("", received, "2027-01-12 extended 5")
    assert (extended.due, extended.not_before) == (None, date(2027, 1, 19))
    asked = told("", "2026-12-28 received", "2027-01-06 correction_requested 5")
    assert asked.state is State.AWAITING_CORRECTION
    assert told("", received, "2027-02-26 replied").state is State.ANSWERED


def test_an_applicant_has_the_benefit_of_the_doubt() -> None:
    asked = ["2026-12-21 received", "2026-12-25 correction_requested 10"]
    assert told("2027-06-01", *asked).state is State.AWAITING_CORRECTION
    assert told("", *asked, "2027-02-01 corrected").state is State.RUNNING


def test_next_steps_say_what_is_allowed_and_why_not() -> None:
    found = {
        step.kind: step.refusal
        for step in steps(case("in_person", IN, CORRECTION), date(2024, 3, 5), shipped())
    }
    assert list(found) == list(Kind)
    allowed = {kind for kind, refusal in found.items() if refusal is None}
    assert allowed == {
        Kind.CORRECTED, Kind.CONSULTATION_STARTED, Kind.REASONS_REQUESTED, Kind.REPLIED, Kind.WITHDRAWN,
    }  # fmt: skip
    assert "第三十条" in str(found[Kind.EXTENDED].article)  # type: ignore[union-attr]
    assert "等待申请人补正" in str(found[Kind.EXTENDED])


def test_an_open_consultation_may_be_ended_next() -> None:
    open_ones = case("in_person", IN, LETTER, "2024-03-04 consultation_started party=agency ref=乙局")
    found = {step.kind: step.refusal for step in steps(open_ones, date(2024, 3, 5), shipped())}
    assert found[Kind.CONSULTATION_ENDED] is None
    assert found[Kind.CONSULTATION_STARTED] is None
    assert found[Kind.EXTENDED] is None
    assert found[Kind.DELAYED] is not None
