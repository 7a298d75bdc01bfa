"""FORM-SECTION: six sections, three tables, and something in section five."""

from dataclasses import replace

import pytest

from gongkai.kernel import Level
from gongkai.report.check.form_sections import says_nothing
from gongkai.report.model import Mark, Reading, Section, TableState
from tests.report.check.builders import ALL_READ, codes, findings, only, report


def test_a_complete_report_is_silent() -> None:
    for edition in ("2019", "2021"):
        assert findings(report(edition=edition), "FORM-SECTION") == []


def test_other_headings_are_fine() -> None:
    base = report()
    reworded = {
        key: replace(section, heading=f"（{n}）{section.heading[2:]}情况说明")
        for n, (key, section) in enumerate(base.sections.items())
    }
    assert findings(replace(base, sections=reworded), "FORM-SECTION") == []


@pytest.mark.parametrize("key", ["overview", "problems", "others"])
def test_a_missing_section(key: str) -> None:
    finding = only(report(texts={key: None}), "FORM-SECTION")
    assert finding.level is Level.ERROR
    assert finding.where == f"sections.{key}"


def test_missing_sections_are_one_finding() -> None:
    finding = only(report(texts={"problems": None, "others": None}), "FORM-SECTION")
    assert finding.cells == ("sections.problems", "sections.others")


def test_a_lost_heading_over_a_table_that_is_there_is_no_missing_section() -> None:
    assert findings(report(texts={"applications": None, "disputes": None}), "FORM-SECTION") == []


def test_a_missing_table() -> None:
    tables = {**ALL_READ, "disputes": TableState.MISSING}
    finding = only(report({"disputes.*.*": Mark.MISSING}, tables=tables), "FORM-SECTION")
    assert finding.level is Level.ERROR
    assert finding.where == "disputes"
    assert "表四" in finding.message


def test_a_table_missing_with_its_section_is_said_once() -> None:
    tables = {**ALL_READ, "disputes": TableState.MISSING}
    given_report = report({"disputes.*.*": Mark.MISSING}, tables=tables, texts={"disputes": None})
    assert only(given_report, "FORM-SECTION").where == "sections.disputes"


def test_unreadable_tables_are_said_once_and_never_summed() -> None:
    tables = dict.fromkeys(ALL_READ, TableState.UNREADABLE)
    given_report = report({"*.*.*": Mark.UNREADABLE}, tables=tables)
    finding = only(given_report, "FORM-SECTION")
    assert finding.level is Level.WARNING
    assert "无法读出" in finding.message
    assert codes(given_report, "T2-", "T3-", "T4-", "FORM-BLANK", "FORM-MARK") == set()


def test_missing_rows_are_a_warning() -> None:
    lost = ("applications.declined_abusive.*", "applications.new.other")
    finding = only(report(dict.fromkeys(lost, Mark.MISSING)), "FORM-SECTION")
    assert finding.level is Level.WARNING
    assert "4.无正当理由大量反复申请" in finding.message
    assert "“一、本年新收政府信息公开申请数量”行“其他”列" in finding.message
    assert len(finding.cells) == 8


@pytest.mark.parametrize(
    "text", ["", "无", "无。", "本年度无存在的问题。", "暂无", "我镇目前没有突出问题", "没有问题"]
)
def test_section_five_says_nothing(text: str) -> None:
    finding = only(report(texts={"problems": text}), "FORM-SECTION")
    assert finding.level is Level.WARNING
    assert finding.where == "sections.problems"


@pytest.mark.parametrize(
    "text", ["政策解读形式单一，下一步增加图解。", "无专职人员，业务水平有待提高。", "存在公开不及时的问题。"]
)
def test_section_five_says_something(text: str) -> None:
    assert not says_nothing(text)
    assert findings(report(texts={"problems": text}), "FORM-SECTION") == []


def test_figures_as_data_are_judged_by_the_figures() -> None:
    data = replace(report(), sections={}, reading=Reading(format="json"))
    assert findings(data, "FORM-SECTION") == []
    without = replace(report({"disputes.*.*": Mark.MISSING}), sections={}, reading=Reading(format="json"))
    assert only(without, "FORM-SECTION").where == "disputes"
    some = replace(
        report(), sections={"overview": Section("overview", "", "有")}, reading=Reading(format="json")
    )
    assert only(some, "FORM-SECTION").cells == ("sections.problems", "sections.others")


def test_tables_without_any_text() -> None:
    finding = only(replace(report(), sections={}), "FORM-SECTION")
    assert finding.cells == ("sections.overview", "sections.problems", "sections.others")
