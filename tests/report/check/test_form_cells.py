"""FORM-BLANK and FORM-MARK: how cells are filled in, and what a blank should hold."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel import Level
from gongkai.report import form
from gongkai.report.model import Fact, Figure, Mark, TableState, Uncertain
from tests.report.check.builders import busy, findings, only, report, with_figures

KUNYANG = {
    "applications.*.*": None,
    "applications.new.*": Mark.UNCERTAIN,
    "applications.granted.*": Mark.UNCERTAIN,
    "applications.new.total": 21,
    "applications.granted.total": 20,
}
STATED = (
    Fact("applications_received", 21, "受理政府信息公开申请件21件", "受理", "overview"),
    Fact("applications_completed", 20, "已办结20件", "办结", "overview"),
    Fact("applications_pending", 1, "剩余1件答复中", "剩余", "overview"),
)


def test_a_zero_report_has_no_blanks() -> None:
    for edition in ("2019", "2021"):
        assert findings(report(edition=edition), "FORM-BLANK") == []
        assert findings(report(edition=edition), "FORM-MARK") == []


def test_a_2021_form_with_the_single_row_has_no_blanks() -> None:
    assert findings(report(single_other=True), "FORM-BLANK") == []


def test_the_case_of_kunyang_from_the_text() -> None:
    finding = only(report(KUNYANG, facts=STATED), "FORM-BLANK")
    assert finding.level is Level.WARNING
    assert finding.suggested == {"applications.total.total": 20, "applications.carried_out.total": 1}
    assert len(finding.cells) == 175 - 14
    assert "“（七）总计”行“总计”列应为20" in finding.message
    assert "“四、结转下年度继续办理”行“总计”列应为1" in finding.message


def test_the_case_of_kunyang_from_the_sums_alone() -> None:
    finding = only(report(KUNYANG), "FORM-BLANK")
    assert finding.suggested == {"applications.total.total": 20, "applications.carried_out.total": 1}
    assert "按已填数字推算" in finding.message


LAST_YEAR = {"applications.carried_out.natural_person": 2, "applications.carried_out.total": 2}


def test_blank_carried_in_cases_are_last_years_carried_out_ones() -> None:
    """3 new and 5 answered: 2 were carried in, as last year's report says, and none is carried out."""
    answered = [
        f"applications.{row}.{key}" for row in ("granted", "total") for key in ("natural_person", "total")
    ]
    blank = ("carried_in", "carried_out")
    figures = {
        "applications.new.natural_person": 3,
        "applications.new.total": 3,
        **dict.fromkeys(answered, 5),
        **{f"applications.{row}.*": None for row in blank},
    }
    finding = only(report(figures), "FORM-BLANK", previous=report(LAST_YEAR, year=2023))
    assert finding.suggested == {
        **{f"applications.{row}.{column.key}": 0 for row in blank for column in form.COLUMNS},
        "applications.carried_in.natural_person": 2,
        "applications.carried_in.total": 2,
    }
    assert "按上年报告：“二、上年结转政府信息公开申请数量”行“自然人”列应为2、" in finding.message
    assert "接上年报告后由合计关系可以确定：7格应为0" in finding.message


@pytest.mark.parametrize("other", [{"year": 2022}, {"year": 2023, "agency": "青禾县石桥镇人民政府"}])
def test_only_the_same_agencys_last_report_is_taken(other: dict[str, Any]) -> None:
    blank = report({"applications.*.*": None})
    assert only(blank, "FORM-BLANK", previous=report(LAST_YEAR, year=2023)).suggested != {}
    assert only(blank, "FORM-BLANK", previous=report(LAST_YEAR, **other)).suggested == {}


def test_where_last_years_report_and_the_text_disagree_neither_is_proposed() -> None:
    facts = (Fact("applications_carried_in", 4, "上年结转4件", section="overview"),)
    blank = report({"applications.*.*": None}, facts=facts)
    suggested = only(blank, "FORM-BLANK", previous=report(LAST_YEAR, year=2023)).suggested
    assert "applications.carried_in.total" not in suggested


def test_last_years_figures_that_the_sums_do_not_admit_are_not_proposed() -> None:
    """Nothing new, nothing answered and nothing left: nothing can have been carried in."""
    blank = report({"applications.carried_in.*": None})
    finding = only(blank, "FORM-BLANK", previous=report(LAST_YEAR, year=2023))
    assert set(finding.suggested.values()) == {0}


def test_documents_in_force_follow_from_last_year() -> None:
    row = "proactive.normative_documents"
    blank = report({f"{row}.issued": 3, f"{row}.repealed": 1, f"{row}.in_force": None})
    previous = report({f"{row}.in_force": 10}, year=2023)
    assert only(blank, "FORM-BLANK", previous=previous).suggested == {f"{row}.in_force": 12}


def test_items_of_the_2019_form_follow_from_last_year() -> None:
    row = "proactive.licences"
    previous = report({f"{row}.items_last_year": 30, f"{row}.change": -2}, edition="2019", year=2019)
    blank = report({f"{row}.items_last_year": None}, edition="2019", year=2020)
    assert only(blank, "FORM-BLANK", previous=previous).suggested == {f"{row}.items_last_year": 28}


def test_text_that_contradicts_the_results_proposes_nothing_of_its_own() -> None:
    facts = (Fact("applications_completed", 25, "已办结25件", section="overview"),)
    finding = only(report(KUNYANG, facts=facts), "FORM-BLANK")
    assert finding.suggested == {"applications.total.total": 20, "applications.carried_out.total": 1}


def test_statements_of_a_part_or_with_carried_in_cases_propose_nothing() -> None:
    blank = {"applications.new.total": None, "applications.carried_in.total": None}
    part = Fact("applications_received", 4, "区政府办受理4件", whole=False)
    together = Fact("applications_received", 4, "共受理4件", scope="受理")
    for fact in (part, together):
        finding = only(report({"applications.*.*": None, **blank}, facts=[fact]), "FORM-BLANK")
        assert finding.suggested == {}
    new = Fact("applications_received", 4, "新收4件", scope="新收")
    finding = only(report({"applications.*.*": None}, facts=[new]), "FORM-BLANK")
    assert finding.suggested == {"applications.new.total": 4}


def test_two_different_statements_propose_nothing() -> None:
    facts = [Fact("applications_carried_out", 1, "结转1件"), Fact("applications_carried_out", 2, "结转2件")]
    finding = only(report({"applications.*.*": None}, facts=facts), "FORM-BLANK")
    assert finding.suggested == {}


def test_sums_determine_a_single_blank() -> None:
    finding = only(with_figures(busy(), {"applications.granted.business": None}), "FORM-BLANK")
    assert finding.where == "applications"
    assert finding.cells == ("applications.granted.business",)
    assert finding.suggested == {"applications.granted.business": 2}
    assert "“（一）予以公开”行“商业企业”列" in finding.message


def test_blanks_beside_a_full_total_are_zeros() -> None:
    empty = ("research", "public_welfare", "legal_service", "other")
    blank = {f"applications.*.{key}": None for key in empty}
    finding = only(with_figures(busy(), blank), "FORM-BLANK")
    assert len(finding.cells) == 100
    assert set(finding.suggested.values()) == {0}
    assert "100格应为0" in finding.message


def test_an_empty_table_proposes_nothing() -> None:
    finding = only(report({"applications.*.*": None}), "FORM-BLANK")
    assert finding.suggested == {}
    assert "整行空白" in finding.message
    assert "应填0" in finding.message


def test_each_table_once() -> None:
    found = findings(report({"*.*.*": None}), "FORM-BLANK")
    assert [f.where for f in found] == ["proactive", "applications", "disputes"]
    assert [len(f.cells) for f in found] == [10, 175, 15]


def test_table_2_takes_what_the_text_states() -> None:
    facts = (Fact("licences", 174, "行政许可174件"),)
    finding = only(report({"proactive.licences.decisions": None}, facts=facts), "FORM-BLANK")
    assert finding.suggested == {"proactive.licences.decisions": 174}
    assert "行政许可" in finding.message


def test_table_4_determines_its_totals() -> None:
    finding = only(with_figures(busy(), {"disputes.reconsideration.total": None}), "FORM-BLANK")
    assert finding.suggested == {"disputes.reconsideration.total": 4}


def test_contradicting_figures_determine_nothing() -> None:
    wrong = {"disputes.reconsideration.total": 1, "disputes.reconsideration.other": None}
    finding = only(with_figures(busy(), wrong), "FORM-BLANK")
    assert finding.suggested == {}
    assert "请先核对合计" in finding.message


def test_cells_that_are_not_blank_for_certain_are_not_called_blank() -> None:
    for mark in (Mark.MISSING, Mark.UNCERTAIN, Mark.UNREADABLE):
        assert findings(report({"applications.granted.*": mark}), "FORM-BLANK") == []
    uncertain = {"applications.granted": Uncertain((20,), tuple(c.key for c in form.APPLICANTS))}
    moved = {f"applications.granted.{column.key}": None for column in form.APPLICANTS}
    assert findings(report(moved, uncertain=uncertain), "FORM-BLANK") == []


def test_an_unreadable_table_is_not_called_blank() -> None:
    tables = {"applications": TableState.UNREADABLE}
    assert findings(report({"applications.*.*": None}, tables=tables), "FORM-BLANK") == []


def test_a_table_with_unplaced_figures_still_tells_its_blanks() -> None:
    tables = {"applications": TableState.UNCERTAIN}
    uncertain = {"applications.new": Uncertain((21,), tuple(c.key for c in form.APPLICANTS))}
    finding = only(report(KUNYANG, tables=tables, uncertain=uncertain), "FORM-BLANK")
    assert "另有1行的数字所在的列无法确定" in finding.message


@st.composite
def with_blanks(draw: st.DrawFn) -> tuple[Any, Any]:
    """A report whose identities hold, and the same with some cells blank."""
    number = st.integers(0, 6)
    rows = ("granted", "partial", "unable_not_held", "carried_out")
    figures = {f"applications.{row}.{c.key}": draw(number) for row in rows for c in form.APPLICANTS[:3]}
    for column in form.APPLICANTS[:3]:
        figures[f"applications.new.{column.key}"] = sum(
            figures[f"applications.{row}.{column.key}"] for row in rows
        )
    full = report(figures, sums=True)
    paths = form.application_paths(False)
    blank = draw(st.sets(st.sampled_from(paths), min_size=1, max_size=60))
    return full, with_figures(full, dict.fromkeys(blank))


@settings(max_examples=80, deadline=None)
@given(with_blanks())
def test_what_the_sums_determine_is_what_stood_there(pair: tuple[Any, Any]) -> None:
    full, blanked = pair
    from gongkai.report.check.propose import propose

    blank = [path for path, figure in blanked.figures.items() if figure.mark is Mark.BLANK]
    proposal = propose(blanked, "applications", blank)
    assert set(proposal.determined) <= set(blank)
    assert {path: full.value(path) for path in proposal.determined} == proposal.determined


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(form.application_paths(False)))
def test_any_single_blank_is_determined(path: str) -> None:
    full = busy()
    finding = only(with_figures(full, {path: None}), "FORM-BLANK")
    assert finding.suggested == {path: full.value(path)}


@pytest.mark.parametrize("raw", ["/", "-", "无", "不适用"])
def test_marks_are_one_piece_of_information(raw: str) -> None:
    mark = Figure(0, raw, Mark.NONE)
    given_report = report({"applications.partial.*": mark, "disputes.*.upheld": mark})
    finding = only(given_report, "FORM-MARK")
    assert finding.level is Level.INFO
    assert len(finding.cells) == 10
    assert f"“{raw}”" in finding.message
    assert findings(given_report, "FORM-BLANK") == []
