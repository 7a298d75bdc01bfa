"""Reply types, the rows of table 3 they count in, and the remedy by row and day."""

from datetime import date

import pytest

from gongkai.law.calendar import Reached, shipped
from gongkai.law.dated import NotCoveredError
from gongkai.law.outcomes import (
    RemedyDays,
    UnknownOutcome,
    last_days,
    outcome,
    outcomes,
    remedies,
    remedy,
    remedy_for_silence,
)
from gongkai.report import form

TODAY = date(2025, 6, 2)
WITHHELD = [
    "partial", "denied_state_secret", "denied_by_law", "denied_safety_stability", "denied_third_party",
    "denied_internal", "denied_process", "denied_enforcement_file",
]  # fmt: skip
OTHERS = [
    "granted", "denied_registry_query", "unable_not_held", "unable_needs_making", "unable_still_unclear",
    "declined_petition", "declined_repeat", "declined_publication", "declined_abusive", "declined_reissue",
    "other_not_corrected", "other_fee_unpaid", "other_other",
]  # fmt: skip


def test_each_result_row_of_the_form_has_an_outcome() -> None:
    rows = tuple(dict.fromkeys(found.row for found in outcomes(TODAY)))
    assert rows == form.outcome_keys(single_other=False)
    assert set(rows) == {*WITHHELD, *OTHERS}
    assert len(rows) == 21


@pytest.mark.parametrize(
    ("code", "row", "article"),
    [
        ("already_public", "granted", "第三十六条第（一）项"),
        ("provided", "granted", "第三十六条第（二）项"),
        ("partial", "partial", "第三十七条"),
        ("state_secret", "denied_state_secret", "第十四条"),
        ("third_party", "denied_third_party", "第十五条、第三十二条"),
        ("internal", "denied_internal", "第十六条第一款"),
        ("process", "denied_process", "第十六条第二款"),
        ("registry_query", "denied_registry_query", "第三十六条第（七）项"),
        ("not_existing", "unable_not_held", "第三十六条第（四）项"),
        ("other_agency", "unable_not_held", "第三十六条第（五）项"),
        ("needs_making", "unable_needs_making", "第三十八条"),
        ("petition", "declined_petition", "第三十九条第一款"),
        ("repeat", "declined_repeat", "第三十六条第（六）项"),
        ("publication", "declined_publication", "第三十九条第二款"),
        ("abusive", "declined_abusive", "第三十五条"),
        ("not_corrected", "other_not_corrected", "第三十条"),
    ],
)
def test_an_outcome_names_its_article_and_row(code: str, row: str, article: str) -> None:
    found = outcome(code, TODAY)
    assert found.row == row
    assert found.article is not None
    assert found.article.article == article
    assert found.source


def test_what_the_regulation_does_not_name_has_no_article() -> None:
    assert outcome("reissue", TODAY).article is None
    assert outcome("withdrawn", TODAY).article is None


def test_information_withheld_under_articles_14_to_16_is_marked() -> None:
    assert [found.row for found in outcomes(TODAY) if found.withheld] == WITHHELD


def test_outcomes_have_their_time() -> None:
    assert outcomes(date(2019, 5, 14)) == ()
    assert "fee_unpaid" not in {found.code for found in outcomes(date(2020, 12, 31))}
    with pytest.raises(UnknownOutcome, match="nothing"):
        outcome("nothing", TODAY)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2019, 5, 15), False),
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2025, 5, 31), True),
        (date(2025, 6, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), True),
    ],
)
@pytest.mark.parametrize("row", WITHHELD)
def test_withheld_information_goes_to_reconsideration_first_since_2024(
    row: str, on: date, first: bool
) -> None:
    found = remedy(row, on)
    assert found.reconsideration_first is first
    assert found.suit_months == (None if first else 6)
    clause = found.clause("甲县人民政府", "乙县人民法院")
    assert "60日内" in clause
    assert "甲县人民政府" in clause
    assert "乙县人民法院" in clause
    assert ("先向" in clause) is first
    assert ("15日内" in clause) is first
    assert ("6个月内" in clause) is not first


@pytest.mark.parametrize("row", OTHERS)
@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2024, 1, 1), date(2025, 6, 1), date(2026, 7, 1)])
def test_all_else_leaves_the_choice(row: str, on: date) -> None:
    assert not remedy(row, on).reconsideration_first
    assert "或者" in remedy(row, on).clause()


def test_the_basis_follows_the_day() -> None:
    bases = ["；".join(remedy("denied_process", on).basis) for on in (
        date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 1), date(2026, 7, 1)
    )]  # fmt: skip
    assert ["第二十三条" in basis for basis in bases] == [False, True, True, True]
    assert ["法释〔2025〕8号" in basis for basis in bases] == [False, False, True, True]
    assert ["第三十一条" in basis for basis in bases] == [False, False, False, True]


def test_a_partial_release_for_another_ground_may_be_sued_directly() -> None:
    assert not remedy("partial", TODAY, withheld=False).reconsideration_first
    assert remedy("partial", TODAY, withheld=True).reconsideration_first
    assert not remedy("granted", TODAY, withheld=True).reconsideration_first


def test_no_reply_goes_to_reconsideration_first_since_july_2026() -> None:
    assert not remedy_for_silence(date(2026, 6, 30)).reconsideration_first
    found = remedy_for_silence(date(2026, 7, 1))
    assert found.reconsideration_first
    assert found.clause().startswith(
        "如不服本机关未在法定期限内答复的行为，应当自答复期限届满之日起60日内，先向"
    )


def test_the_clause_of_a_partial_release_speaks_of_what_is_withheld() -> None:
    assert (
        remedy("partial", TODAY)
        .clause()
        .startswith("如不服本决定中不予公开的部分，应当自收到本决定之日起60日内")
    )


def clauses(*rest: str, on: date = TODAY) -> list[str]:
    grounds = [outcome(code, on) for code in rest]
    return [one.clause("甲", "乙") for one in remedies(outcome("partial", on), grounds, on)]


@pytest.mark.parametrize("ground", [one.code for one in outcomes(TODAY) if one.part])
def test_the_remedy_fits_what_becomes_of_the_rest(ground: str) -> None:
    (clause,) = clauses(ground)
    withheld = outcome(ground, TODAY).withheld
    assert ("先向甲" in clause) is withheld
    assert ("6个月内" in clause) is not withheld
    assert clause.startswith("如不服本决定中不予公开的部分，" if withheld else "如不服本决定，")


def test_each_part_has_its_own_remedy() -> None:
    first, other = clauses("process", "state_secret", "not_existing", "other_agency")
    assert first.startswith("如不服本决定中不予公开的部分，应当")
    assert "先向甲" in first
    assert other.startswith("如不服本决定的其他部分，可以")
    assert "6个月内向乙" in other


def test_before_reconsideration_came_first_one_clause_serves_every_part() -> None:
    (clause,) = clauses("process", "not_existing", on=date(2023, 12, 29))
    assert clause.startswith("如不服本决定，可以")


def test_of_any_other_reply_there_is_one_remedy() -> None:
    for found in outcomes(TODAY):
        assert remedies(found, (), TODAY) == (remedy(found.row, TODAY, withheld=found.withheld),)


def test_an_unknown_row_names_the_rows_there_are() -> None:
    with pytest.raises(UnknownOutcome) as raised:
        remedy("total", TODAY)
    assert all(row in str(raised.value) for row in (*WITHHELD, *OTHERS))


def test_before_the_regulation_it_raises() -> None:
    with pytest.raises(NotCoveredError, match="2019-05-14"):
        remedy("granted", date(2019, 5, 14))


@pytest.mark.parametrize(
    ("row", "received", "expected"),
    [
        # 60 days after 2025-02-10 is 2025-04-11, a Friday; six months after it 2025-08-10, a Sunday.
        ("granted", date(2025, 2, 10), ("2025-04-11", "2025-08-11")),
        # 60 days after 2025-08-04 is 2025-10-03, within the holidays to 2025-10-08.
        ("denied_process", date(2025, 8, 4), ("2025-10-09", "")),
        ("granted", date(2024, 8, 31), ("2024-10-30", "2025-02-28")),
        # The one lies in a year whose holidays are published, the other does not: each by itself.
        ("granted", date(2026, 7, 31), ("2026-09-29", "2027-01-31?")),
        ("granted", date(2026, 11, 30), ("2027-01-29?", "2027-05-30?")),
    ],
)
def test_the_last_day_of_a_remedy(row: str, received: date, expected: tuple[str, str]) -> None:
    days = [_reached(told) for told in expected]
    assert last_days(remedy(row, received), received, shipped()) == RemedyDays(days[0], days[1])  # type: ignore[arg-type]


def _reached(told: str) -> Reached | None:
    return Reached(date.fromisoformat(told.rstrip("?")), told.endswith("?")) if told else None
