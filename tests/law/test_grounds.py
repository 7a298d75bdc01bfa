"""What stands against an outcome: steps not taken, parties not heard, objections, what was given up."""

from datetime import date

import pytest

from gongkai.law.calendar import shipped
from gongkai.law.case import Kind, Party, State
from gongkai.law.grounds import View, against
from gongkai.law.outcomes import UnknownOutcome, given_up, grounds_of_part, outcome, outcomes
from tests.law.cases import case, told

IN = "2024-03-01 received"
ASKED = "2024-03-04 consultation_started party=third_party ref=1"
HEARD = "2024-03-08 consultation_ended party=third_party ref=1"
CORRECTION = "2024-03-05 correction_requested 5"
FEE = "2024-03-05 fee_notified"
REASONS = "2024-03-05 reasons_requested 5"
DAY = date(2024, 3, 11)


def refusals(
    code: str, *events: str, on: date = DAY, views: tuple[View, ...] = (), rest: tuple[str, ...] = ()
) -> list[str]:
    grounds = [outcome(one, on) for one in rest]
    found = against(outcome(code, on), case("in_person", IN, *events), on, views, shipped(), rest=grounds)
    return [one.without_place() for one in found]


@pytest.mark.parametrize(
    ("code", "events", "article"),
    [
        ("still_unclear", (CORRECTION, "2024-03-08 corrected"), "第三十条"),
        ("abusive", (REASONS, "2024-03-08 reasons_given"), "第三十五条"),
        ("third_party", (ASKED, HEARD), "第三十二条"),
    ],
)
def test_an_outcome_rests_on_its_step(code: str, events: tuple[str, ...], article: str) -> None:
    without = refusals(code)
    assert len(without) == 1
    assert article in without[0]
    assert refusals(code, *events) == []


@pytest.mark.parametrize("code", ["provided", "not_existing", "state_secret", "repeat", "petition", "other"])
def test_most_outcomes_need_no_step(code: str) -> None:
    assert refusals(code) == []


def test_a_step_after_the_day_is_none_yet() -> None:
    assert refusals("abusive", "2024-03-12 reasons_requested")


def test_reasons_are_awaited_until_the_stated_term_is_over() -> None:
    """Art. 35: 5 working days after 2024-03-05 end on 2024-03-12."""
    for day in (date(2024, 3, 5), date(2024, 3, 12)):
        assert "期限到2024-03-12届满" in refusals("abusive", REASONS, on=day)[0]
    assert refusals("abusive", REASONS, on=date(2024, 3, 13)) == []


def test_the_term_runs_from_the_day_the_letter_was_received() -> None:
    posted = f"{REASONS} from_receipt"
    assert "还没有登记申请人收到的日期" in refusals("abusive", posted, on=date(2024, 12, 2))[0]
    reached = f"{posted} reached=2024-03-08"
    assert "2024-03-15" in refusals("abusive", reached, on=date(2024, 3, 15))[0]
    assert refusals("abusive", reached, on=date(2024, 3, 18)) == []


def test_reasons_asked_for_without_a_term_are_awaited_until_they_come() -> None:
    asked = "2024-03-05 reasons_requested"
    assert "没有写明期限" in refusals("abusive", asked, on=date(2024, 12, 2))[0]
    assert refusals("abusive", asked, "2024-03-08 reasons_given") == []


def test_a_second_request_that_states_a_term_ends_the_wait() -> None:
    """Art. 35: the first stated none, so nobody could ever say that the applicant kept silent."""
    asked = "2024-03-05 reasons_requested"
    assert "再发一份写明期限" in refusals("abusive", asked)[0]
    again = "2024-03-06 reasons_requested 5"
    assert "期限到2024-03-13届满" in refusals("abusive", asked, again, on=date(2024, 3, 13))[0]
    assert refusals("abusive", asked, again, on=date(2024, 3, 14)) == []


def test_a_term_that_ends_in_an_unpublished_year_is_not_over() -> None:
    last = shipped().last
    asked = f"{last.replace(day=28)} reasons_requested 20"
    assert "尚未公布" in refusals("abusive", asked, on=date(last.year + 1, 6, 1))[0]


def test_nobody_decides_on_a_third_party_whose_term_may_not_be_over() -> None:
    events = case("in_person", "2026-12-01 received", "2026-12-18 consultation_started ref=1")
    on = date(2027, 1, 11)
    told = [one.without_place() for one in against(outcome("provided", on), events, on, (), shipped())]
    assert "可能还没有届满（不早于2027-01-08，暂计）" in told[0]


def test_reasons_asked_for_again_are_awaited_again() -> None:
    given = "2024-03-06 reasons_given"
    again = "2024-03-07 reasons_requested 5"
    assert refusals("abusive", REASONS, given) == []
    assert "2024-03-14" in refusals("abusive", REASONS, given, again)[0]


def test_another_agencys_view_is_no_third_partys() -> None:
    agency = "2024-03-04 consultation_started party=agency ref=1"
    assert refusals("third_party", agency, "2024-03-08 consultation_ended party=agency ref=1")


@pytest.mark.parametrize(
    ("code", "notice", "over"),
    [("not_corrected", CORRECTION, date(2024, 3, 13)), ("fee_unpaid", FEE, date(2024, 4, 9))],
)
def test_what_was_given_up_is_so_after_its_term_and_cannot_become_another_outcome(
    code: str, notice: str, over: date
) -> None:
    assert "没有" in refusals(code)[0]
    assert "还没有逾期" in refusals(code, notice)[0]
    assert refusals(code, notice, on=over) == []
    assert "不能改作" in refusals("provided", notice, on=over)[0]


def test_the_notice_of_another_lapse_is_not_this_one() -> None:
    assert refusals("fee_unpaid", CORRECTION, on=date(2024, 3, 13))


@pytest.mark.parametrize("code", ["provided", "partial", "third_party"])
def test_nobody_decides_on_a_third_party_that_still_may_speak(code: str) -> None:
    still = refusals(code, ASKED)
    assert "正在征求" in still[0]
    assert "第三十二条" in still[0]
    assert refusals(code, ASKED, on=date(2024, 3, 25))  # the last of its 15 working days
    assert not refusals(code, ASKED, on=date(2024, 3, 26))


@pytest.mark.parametrize(
    "code", ["state_secret", "not_existing", "other_agency", "already_public", "process"]
)
def test_a_refusal_on_other_grounds_does_not_wait_for_them(code: str) -> None:
    assert refusals(code, ASKED) == []


def test_an_agency_that_is_asked_is_heard_too() -> None:
    agency = "2024-03-04 consultation_started party=agency ref=1"
    assert "第三十四条" in refusals("provided", agency)[0]
    silent = View(Party.AGENCY, "silent", "open")
    assert refusals("provided", agency, on=date(2024, 3, 26), views=(silent,)) == []


def view(answer: str, decided: str, *, told: bool = False) -> View:
    return View(Party.THIRD_PARTY, answer, decided, told, "第三方1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "decided", "told", "code", "stands"),
    [
        ("objects", "withhold", False, "provided", True),
        ("objects", "withhold", False, "partial", False),
        ("objects", "withhold", False, "third_party", False),
        ("objects", "withhold", False, "not_existing", False),
        ("objects", "open", False, "provided", True),
        ("objects", "open", False, "partial", True),
        ("objects", "override", False, "provided", True),
        ("objects", "override", False, "partial", True),
        ("objects", "override", True, "provided", False),
        ("partly", "disclose", False, "provided", True),
        ("partly", "disclose", False, "partial", False),
        ("silent", "open", False, "provided", True),
        ("silent", "disclose", False, "provided", False),
        ("agrees", "open", False, "provided", False),
        ("agrees", "withhold", False, "provided", True),
    ],
)
def test_an_objection_stands_against_disclosure(
    answer: str, decided: str, told: bool, code: str, stands: bool
) -> None:
    found = refusals(code, ASKED, HEARD, views=(view(answer, decided, told=told),))
    assert bool(found) is stands, found
    assert all("第三十二条" in one for one in found)


@pytest.mark.parametrize(
    ("answer", "decided", "stands"),
    [
        ("agrees", "open", True),
        ("agrees", "disclose", True),
        ("agrees", "withhold", True),
        ("objects", "override", True),
        ("silent", "disclose", True),
        ("objects", "open", False),
        ("objects", "withhold", False),
        ("partly", "withhold", False),
        ("silent", "open", False),
    ],
)
def test_nobody_is_protected_who_agrees(answer: str, decided: str, stands: bool) -> None:
    """Art. 15: what a third party agrees to disclose is disclosed, in whole and in part."""
    heard = (view(answer, decided, told=True),)
    for found in (
        refusals("third_party", ASKED, HEARD, views=heard),
        refusals("partial", ASKED, HEARD, views=heard, rest=("process", "third_party")),
    ):
        assert any("第十五条" in one for one in found) is stands, found
    assert not any("第十五条" in one for one in refusals("process", ASKED, HEARD, views=heard))
    assert not any(
        "第十五条" in one for one in refusals("partial", ASKED, HEARD, views=heard, rest=("process",))
    )


def test_who_agrees_to_a_part_is_protected_by_what_is_blacked_out() -> None:
    """Art. 15, 37: the part agreed to is disclosed, the rest may protect; the whole may not, nor what was
    decided to be disclosed against the party's view.
    """
    part = (view("partly", "disclose"),)
    assert refusals("partial", ASKED, HEARD, views=part, rest=("process", "third_party")) == []
    assert any("第十五条" in one for one in refusals("third_party", ASKED, HEARD, views=part))
    overridden = (view("partly", "override", told=True),)
    assert refusals("partial", ASKED, HEARD, views=overridden, rest=("third_party",))


def test_one_of_several_is_enough_to_protect() -> None:
    both = (view("agrees", "open"), view("objects", "withhold"))
    assert refusals("third_party", ASKED, HEARD, views=both) == []


def test_who_was_not_asked_is_protected_by_what_is_blacked_out_only() -> None:
    """Whoever is named beside the party that agrees: their names may be blacked out without asking them."""
    heard = (view("agrees", "open"), view("unasked", "open"))
    assert refusals("partial", ASKED, HEARD, views=heard, rest=("third_party",)) == []
    assert refusals("third_party", ASKED, HEARD, views=heard)
    assert refusals("provided", ASKED, HEARD, views=heard) == []


def test_what_blacks_out_names_asks_nobody() -> None:
    assert refusals("partial", rest=("third_party",)) == []


def test_a_letter_of_which_nothing_else_is_known_may_have_met_an_objection() -> None:
    """A case taken over with its events: the parties' views are in the old file."""
    other = "2024-03-05 consultation_started party=third_party ref=2"
    ended = "2024-03-08 consultation_ended party=third_party ref=2"
    assert refusals("third_party", ASKED, other, HEARD, ended, views=(view("agrees", "open"),)) == []


def test_the_grounds_of_a_part_are_refusals_the_law_names() -> None:
    found = grounds_of_part(DAY)
    assert {one.code for one in found if one.withheld} == {
        one.code for one in outcomes(DAY) if one.withheld and one.code != "partial"
    }
    assert all(one.article for one in found)
    assert not any(one.discloses for one in found)


def test_every_step_is_an_event_of_the_clock() -> None:
    for one in outcomes(DAY):
        assert all(Kind(need) for need in one.needs)
        assert not one.given_up or given_up(one.given_up, DAY) == one
    with pytest.raises(UnknownOutcome):
        given_up("extended", DAY)


@pytest.mark.parametrize("notice", ["correction_requested 5", "fee_notified"])
def test_a_letter_after_the_lapse_moves_no_figure(notice: str) -> None:
    """It lapsed in one year and is said so in the next: the year's table 3 is closed."""
    asked = (IN.replace("2024-03-01", "2024-11-01"), f"2024-11-05 {notice}")
    lapsed = told("2025-02-10", *asked)
    assert lapsed.state is State.LAPSED
    late = told("", *asked, "2025-02-10 replied")
    assert (late.state, late.closed_on, late.used) == (State.ANSWERED, lapsed.closed_on, lapsed.used)
    assert late.closed_on is not None
    assert late.closed_on.year == 2024
    early = told("", *asked, "2024-11-07 replied")
    assert early.closed_on == date(2024, 11, 7)


def test_an_answer_for_an_earlier_application_is_the_step_and_is_judged_as_one() -> None:
    """Art. 32: the party was asked about the information; no event of this case says so."""
    objected = View(Party.THIRD_PARTY, "objects", "withhold", earlier=True)
    assert refusals("third_party", views=(objected,)) == []
    assert "没有“" in refusals("third_party", views=(View(Party.THIRD_PARTY, "unasked", "open"),))[0]
    other_agency = View(Party.AGENCY, "objects", "withhold", earlier=True)
    assert "没有“" in refusals("third_party", views=(other_agency,))[0]
    undecided = View(Party.THIRD_PARTY, "objects", "open", earlier=True)
    assert "还没有决定" in refusals("provided", views=(undecided,))[0]
    agreed = View(Party.THIRD_PARTY, "agrees", "open", earlier=True)
    assert "都同意公开" in refusals("third_party", views=(agreed,))[0]


def test_an_answer_for_an_earlier_application_stands_for_no_other_party() -> None:
    """One was asked here and nobody knows what it said: it may be somebody to protect."""
    agreed = View(Party.THIRD_PARTY, "agrees", "open", earlier=True)
    assert refusals("third_party", ASKED, HEARD, views=(agreed,)) == []
