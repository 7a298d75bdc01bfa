"""YOY-CARRY and YOY-STOCK: this year's report against last year's."""

import pytest

from gongkai.kernel import Level
from gongkai.report.check.years import same_agency
from gongkai.report.model import Mark, Report
from tests.report.check.builders import AGENCY, codes, findings, only, report, with_figures

IN = "applications.carried_in"
OUT = "applications.carried_out"


def last_year(figures: dict[str, object] | None = None, **more: object) -> Report:
    return report(figures, year=2023, **more)  # type: ignore[arg-type]


def test_carried_in_is_not_what_was_carried_out() -> None:
    finding = only(report(), "YOY-CARRY", previous=last_year({f"{OUT}.business": 2}))
    assert finding.level is Level.ERROR
    assert finding.where == f"{IN}.business"
    assert (finding.expected, finding.found) == (2, 0)
    assert "“商业企业”列上年报告结转2件，本年填报0件" in finding.message


def test_an_applicant_column_and_the_total_are_one_cause() -> None:
    previous = last_year({f"{OUT}.business": 2, f"{OUT}.total": 2})
    finding = only(report(), "YOY-CARRY", previous=previous)
    assert finding.where == f"{IN}.business"
    assert finding.cells == (f"{IN}.business", f"{IN}.total")


def test_equal_columns_are_silent() -> None:
    previous = last_year({f"{OUT}.business": 2, f"{OUT}.total": 2})
    same = with_figures(report(), {f"{IN}.business": 2, f"{IN}.total": 2})
    assert codes(same, "YOY-", previous=previous) == set()
    assert codes(report(), "YOY-") == set()


@pytest.mark.parametrize("mark", [Mark.BLANK, Mark.UNCERTAIN, Mark.MISSING])
def test_figures_that_are_not_known_are_not_compared(mark: Mark) -> None:
    assert codes(report({f"{IN}.*": mark}), "YOY-", previous=last_year({f"{OUT}.*": 1})) == set()
    assert codes(report({f"{IN}.*": 1}), "YOY-", previous=last_year({f"{OUT}.*": mark})) == set()


def test_another_agency_or_year_is_said_once_and_not_compared() -> None:
    other = last_year({f"{OUT}.total": 5}, agency="青禾县财政局")
    finding = only(report(), "YOY-CARRY", previous=other)
    assert finding.level is Level.INFO
    assert "青禾县财政局" in finding.message
    assert codes(report(), "YOY-", previous=other) == {"YOY-CARRY"}
    old = report({f"{OUT}.total": 5, "proactive.regulations.in_force": 3}, year=2022)
    assert [f.level for f in findings(report(), previous=old) if f.rule.startswith("YOY")] == [Level.INFO]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("昆阳镇", "平阳县昆阳镇人民政府", True),
        ("平阳县昆阳镇人民政府", "昆阳镇人民政府", True),
        (AGENCY, AGENCY, True),
        (None, AGENCY, True),
        ("昆阳镇人民政府", "鳌江镇人民政府", False),
        ("青禾县财政局", "青禾县审计局", False),
    ],
)
def test_short_and_full_names(one: str | None, other: str | None, same: bool) -> None:
    assert same_agency(one, other) is same


STOCK = "proactive.normative_documents"


def test_stock_follows_from_last_year() -> None:
    previous = last_year({f"{STOCK}.in_force": 10})
    now = {f"{STOCK}.issued": 3, f"{STOCK}.repealed": 1}
    assert findings(report({**now, f"{STOCK}.in_force": 12}), "YOY-STOCK", previous=previous) == []
    finding = only(report({**now, f"{STOCK}.in_force": 9}), "YOY-STOCK", previous=previous)
    assert finding.level is Level.WARNING
    assert (finding.where, finding.expected, finding.found) == (f"{STOCK}.in_force", 12, 9)


def test_stock_that_is_not_known_is_not_compared() -> None:
    previous = last_year({f"{STOCK}.in_force": Mark.BLANK})
    assert findings(report({f"{STOCK}.in_force": 9}), "YOY-STOCK", previous=previous) == []
    previous = last_year({f"{STOCK}.in_force": 7})
    assert findings(report({f"{STOCK}.repealed": Mark.BLANK}), "YOY-STOCK", previous=previous) == []


def test_items_of_the_form_of_2019() -> None:
    previous = report(
        {"proactive.licences.items_last_year": 20, "proactive.licences.change": -4}, edition="2019", year=2019
    )
    now = {"proactive.licences.items_last_year": 16}
    assert findings(report(now, edition="2019"), "YOY-STOCK", previous=previous) == []
    finding = only(report(edition="2019"), "YOY-STOCK", previous=previous)
    assert (finding.expected, finding.found) == (16, 0)
    assert finding.where == "proactive.licences.items_last_year"


def test_two_editions_are_not_compared() -> None:
    previous = report({"proactive.normative_documents.disclosed_total": 8}, edition="2019", year=2020)
    assert findings(report(year=2021), "YOY-STOCK", previous=previous) == []
    assert findings(report(year=2021), "YOY-CARRY", previous=previous) == []
