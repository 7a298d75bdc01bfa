"""T3-BALANCE, T3-ROWSUM, T3-COLSUM: table 3's identities."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel import Level
from gongkai.report import form
from gongkai.report.model import Figure, Mark, Uncertain
from tests.report.check.builders import busy, codes, figure, findings, only, report, with_figures

T3 = ("T3-",)
FIXED = settings(max_examples=60, deadline=None)


@st.composite
def counts(draw: st.DrawFn, single_other: bool) -> dict[str, Any]:
    """Applicant cells of table 3 that balance: 一 is what the results, 四 and 二 leave."""
    numbers = st.integers(0, 40)
    values: dict[str, Any] = {}
    for column in form.APPLICANTS:
        chosen = draw(st.lists(st.sampled_from(form.outcome_keys(single_other)), max_size=3))
        results = {row: draw(numbers) for row in chosen}
        for row, value in results.items():
            values[f"applications.{row}.{column.key}"] = value
        out = draw(numbers)
        done = sum(results.values()) + out
        carried_in = draw(st.integers(0, done))
        values[f"applications.carried_in.{column.key}"] = carried_in
        values[f"applications.new.{column.key}"] = done - carried_in
        values[f"applications.carried_out.{column.key}"] = out
    return values


@st.composite
def balanced(draw: st.DrawFn) -> Any:
    edition = draw(st.sampled_from(("2019", "2021")))
    single = draw(st.booleans())
    values = draw(counts(single))
    return report(values, edition=edition, single_other=single, sums=True)


def broken_by(path: str, single_other: bool) -> set[str]:
    """The rules whose identity one wrong cell breaks."""
    row = path.split(".")[1]
    rules = {"T3-ROWSUM"}
    if row in form.outcome_keys(single_other) or row == "total":
        rules.add("T3-COLSUM")
    if row in ("new", "carried_in", "total", "carried_out"):
        rules.add("T3-BALANCE")
    return rules


@FIXED
@given(balanced())
def test_a_balanced_table_is_never_accused(made: Any) -> None:
    assert codes(made, "T3-", "T4-") == set()


@FIXED
@given(balanced(), st.data())
def test_one_wrong_cell_breaks_exactly_its_identities_and_is_found(made: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(form.application_paths(made.single_other)))
    old = made.value(path)
    new = data.draw(st.integers(0, 90).filter(lambda value: value != old))
    found = findings(with_figures(made, {path: new}))
    assert {f.rule for f in found if f.rule.startswith(T3)} == broken_by(path, made.single_other)
    for code in broken_by(path, made.single_other):
        (finding,) = [f for f in found if f.rule == code]
        assert finding.level is Level.ERROR
        assert finding.expected != finding.found
        assert dict(finding.suggested) == {path: old}


@FIXED
@given(balanced(), st.data())
def test_blanks_uncertain_and_missing_cells_are_no_errors(made: Any, data: st.DataObject) -> None:
    paths = form.application_paths(made.single_other)
    marks = st.sampled_from((Mark.BLANK, Mark.MISSING, Mark.UNREADABLE, Mark.UNCERTAIN))
    lost = data.draw(st.dictionaries(st.sampled_from(paths), marks, max_size=80))
    blanks_of_results = [
        f
        for f in findings(with_figures(made, lost))
        if f.rule.startswith(T3)
        and f.level is Level.ERROR
        # （七） left blank beside results is a defect that can be proved.
        and not (f.rule == "T3-COLSUM" and f.found is None)
    ]
    assert blanks_of_results == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_busy_report_is_clean(edition: str) -> None:
    assert codes(busy(edition), "T3-", "T4-") == set()


def test_balance_names_the_column_and_both_sides() -> None:
    finding = only(with_figures(busy(), {"applications.carried_out.total": 1}), "T3-BALANCE")
    assert finding.where == "applications.*.total"
    assert (finding.expected, finding.found) == (17, 16)
    assert "“总计”列新收15＋上年结转2＝17，（七）总计15＋结转下年度1＝16，少1件" in finding.message
    assert finding.place == figure("applications.total.total", 0).place
    assert "30号" in finding.law
    assert "第一项加第二项之和" in finding.law


def test_balance_cites_the_form_of_its_edition() -> None:
    finding = only(with_figures(busy("2019"), {"applications.carried_out.total": 1}), "T3-BALANCE")
    assert "60号" in finding.law


def test_balance_of_one_applicant_and_the_total_is_one_cause() -> None:
    given_report = with_figures(busy(), {"applications.new.natural_person": 13, "applications.new.total": 16})
    finding = only(given_report, "T3-BALANCE")
    assert finding.where == "applications.*.natural_person"
    assert "applications.new.total" in finding.cells
    assert "总计" in finding.message
    assert codes(given_report, "T3-") == {"T3-BALANCE"}


def test_balance_reports_independent_columns_apart() -> None:
    given_report = with_figures(
        busy(), {"applications.new.natural_person": 13, "applications.new.business": 5}
    )
    wheres = [f.where for f in findings(given_report, "T3-BALANCE")]
    assert wheres == ["applications.*.natural_person", "applications.*.business"]


@pytest.mark.parametrize("row", ["new", "carried_in", "total", "carried_out"])
def test_balance_needs_all_four(row: str) -> None:
    wrong = with_figures(busy(), {"applications.new.*": 50})
    for mark in (Mark.BLANK, Mark.UNCERTAIN, Mark.UNREADABLE):
        assert findings(with_figures(wrong, {f"applications.{row}.*": mark}), "T3-BALANCE") == []


def test_none_marks_count_as_zero() -> None:
    one = {"applications.new.natural_person": 1, "applications.new.total": 1}
    given_report = report({**one, "applications.carried_*.*": Mark.NONE})
    assert len(findings(given_report, "T3-BALANCE")) == 1


def test_row_sum_names_row_and_numbers() -> None:
    finding = only(with_figures(busy(), {"applications.partial.total": 3}), "T3-ROWSUM")
    assert finding.where == "applications.partial.*"
    assert (finding.expected, finding.found) == (1, 3)
    assert "“（二）部分公开”行六类申请人之和为1，“总计”列为3，多2" in finding.message


def test_rows_off_by_the_same_number_are_one_cause() -> None:
    totals = {"new": 16, "granted": 10, "total": 16}
    one_more = {f"applications.{row}.total": total for row, total in totals.items()}
    given_report = with_figures(busy(), one_more)
    finding = only(given_report, "T3-ROWSUM")
    assert finding.cells == tuple(sorted(one_more, key=list(given_report.figures).index))
    assert finding.suggested == {}
    assert codes(given_report, "T3-") == {"T3-ROWSUM"}


def test_rows_off_by_different_numbers_are_reported_apart() -> None:
    given_report = with_figures(busy(), {"applications.granted.total": 10, "applications.partial.total": 8})
    assert [f.where for f in findings(given_report, "T3-ROWSUM")] == [
        "applications.granted.*",
        "applications.partial.*",
    ]


def test_row_sum_with_blanks_is_wrong_only_beyond_the_total() -> None:
    row = "applications.granted"
    blanks = {f"{row}.*": None}
    silent = {**blanks, f"{row}.natural_person": 7, f"{row}.total": 9}
    assert findings(with_figures(busy(), silent), "T3-ROWSUM") == []
    assert findings(with_figures(busy(), {**silent, f"{row}.total": 7}), "T3-ROWSUM") == []
    finding = only(with_figures(busy(), {**silent, f"{row}.total": 5}), "T3-ROWSUM")
    assert (finding.level, finding.expected, finding.found) == (Level.ERROR, 7, 5)


def test_row_with_unplaced_figures_is_not_summed() -> None:
    row = "applications.granted"
    moved = {f"{row}.*": None, f"{row}.natural_person": 9, f"{row}.total": 5}
    uncertain = {row: Uncertain((9,), ("natural_person", "business"))}
    given_report = with_figures(busy(uncertain=uncertain), moved)
    assert findings(given_report, "T3-ROWSUM") == []


def test_row_with_only_its_total_is_silent() -> None:
    only_totals = {f"applications.*.{column.key}": None for column in form.APPLICANTS}
    assert codes(with_figures(busy(), only_totals), "T3-") == set()


def test_blank_totals_in_many_rows_are_one_warning_with_the_sums() -> None:
    finding = only(with_figures(busy(), {"applications.*.total": None}), "T3-ROWSUM")
    assert finding.level is Level.WARNING
    assert finding.where == "applications.*.total"
    assert len(finding.cells) == 25
    assert finding.suggested["applications.new.total"] == 15
    assert finding.suggested["applications.total.total"] == 15
    assert codes(with_figures(busy(), {"applications.*.total": None}), "T3-") == {"T3-ROWSUM"}


def test_a_blank_column_of_totals_beside_zeros_is_one_warning() -> None:
    finding = only(report({"applications.*.total": None}), "T3-ROWSUM")
    assert finding.level is Level.WARNING
    assert set(finding.suggested.values()) == {0}


@FIXED
@given(st.sets(st.sampled_from(form.application_paths(False)), max_size=120))
def test_blanks_among_zeros_are_left_to_the_rule_on_blanks(blank: set[str]) -> None:
    kept = {"applications.new.total", "applications.partial.total"}
    assert codes(report(dict.fromkeys(blank - kept)), "T3-") == set()


def test_one_blank_total_is_left_to_the_rule_on_blanks() -> None:
    assert codes(with_figures(busy(), {"applications.granted.total": None}), "T3-") == set()


def test_column_sum_names_the_column() -> None:
    given_report = with_figures(busy(), {"applications.total.business": 4})
    finding = only(given_report, "T3-COLSUM")
    assert finding.where == "applications.*.business"
    assert (finding.expected, finding.found) == (3, 4)
    assert "“商业企业”列（一）至（六）各项之和为3，（七）总计为4，多1" in finding.message


def test_results_above_their_total_are_wrong_even_beside_blanks() -> None:
    given_report = with_figures(
        busy(), {"applications.denied_*.*": None, "applications.total.natural_person": 11}
    )
    assert only(given_report, "T3-COLSUM").where == "applications.*.natural_person"
    fewer = with_figures(busy(), {"applications.granted.natural_person": None})
    assert findings(fewer, "T3-COLSUM") == []


def test_blank_result_total_beside_results_is_reported_once_with_the_sum() -> None:
    finding = only(with_figures(busy(), {"applications.total.*": None}), "T3-COLSUM")
    assert (finding.expected, finding.found) == (15, None)
    assert finding.suggested == {
        "applications.total.natural_person": 12,
        "applications.total.business": 3,
        "applications.total.total": 15,
    }
    assert finding.cells == tuple(finding.suggested)


def test_blank_results_and_blank_total_are_silent() -> None:
    empty = report({"applications.*.*": None})
    assert codes(empty, "T3-") == set()
    zeros = report({"applications.total.*": None})
    assert findings(zeros, "T3-COLSUM") == []


def test_blank_result_total_beside_unplaced_results_proposes_nothing() -> None:
    given_report = with_figures(
        busy(), {"applications.total.total": None, "applications.partial.total": Mark.UNCERTAIN}
    )
    finding = only(given_report, "T3-COLSUM")
    assert finding.suggested == {}
    assert "至少" in finding.message


def test_blank_result_total_takes_in_what_blank_results_must_be() -> None:
    """部分公开's 总计 is blank, but its applicant columns add up to 1: the sum is 15, not 14."""
    given_report = with_figures(
        busy(), {"applications.total.total": None, "applications.partial.total": None}
    )
    finding = only(given_report, "T3-COLSUM")
    assert finding.suggested == {"applications.total.total": 15}
    assert finding.expected == 15
    blanks = only(given_report, "FORM-BLANK").suggested
    assert blanks == {"applications.total.total": 15, "applications.partial.total": 1}


def test_a_complete_sum_is_proposed_whatever_else_is_wrong() -> None:
    wrong = {"applications.total.total": None, "applications.new.natural_person": 40}
    assert only(with_figures(busy(), wrong), "T3-COLSUM").suggested == {"applications.total.total": 15}


def test_unread_result_total_is_not_called_blank() -> None:
    for mark in (Mark.UNCERTAIN, Mark.MISSING, Mark.UNREADABLE):
        assert findings(with_figures(busy(), {"applications.total.*": mark}), "T3-COLSUM") == []


def test_figures_from_a_picture_support_a_warning_only() -> None:
    scanned = Figure(16, "16", Mark.NUMBER, ocr=True)
    finding = only(with_figures(busy(), {"applications.new.total": scanned}), "T3-BALANCE")
    assert finding.level is Level.WARNING
    assert "图像识别" in finding.message


def test_the_case_of_kunyang() -> None:
    """一 21, （一） 20, everything else blank: the sum of results is missing, nothing else is accused."""
    given_report = report(
        {
            "applications.*.*": None,
            "applications.new.*": Mark.UNCERTAIN,
            "applications.granted.*": Mark.UNCERTAIN,
            "applications.new.total": 21,
            "applications.granted.total": 20,
        }
    )
    finding = only(given_report, "T3-COLSUM")
    assert finding.suggested == {"applications.total.total": 20}
    assert codes(given_report, "T3-") == {"T3-COLSUM"}
