"""UNIT-FEE: 元 written down as 万元."""

import pytest

from gongkai.kernel import Level
from gongkai.report.check.units import FEE
from gongkai.report.model import Fact, Figure, LabelDeviation, Mark
from tests.report.check.builders import findings, only, report

OTHERS = "本年度本机关未收取政府信息公开信息处理费。"


def test_tenfold_jump_on_last_year() -> None:
    before = report({FEE: "3.5"}, year=2023)
    finding = only(report({FEE: "35"}), "UNIT-FEE", previous=before)
    assert finding.level is Level.WARNING
    assert finding.where == FEE
    assert finding.suggested == {}
    assert "10倍" in finding.message


def test_ten_thousandfold_jump_is_a_slip_of_unit() -> None:
    before = report({FEE: "3.5"}, year=2023)
    finding = only(report({FEE: "36000"}, agency="青禾县财政局"), "UNIT-FEE", previous=before)
    assert finding.suggested == {FEE: "3.6"}


@pytest.mark.parametrize("amount", ["34.9", "3.5", "0", "0.1"])
def test_less_than_tenfold_is_silent(amount: str) -> None:
    before = report({FEE: "3.5"}, year=2023)
    assert findings(report({FEE: amount}), "UNIT-FEE", previous=before) == []


def test_no_jump_from_zero() -> None:
    assert findings(report({FEE: "35"}), "UNIT-FEE", previous=report(year=2023)) == []


def test_text_states_the_same_number_of_yuan() -> None:
    texts = {"others": OTHERS + "全年行政事业性收费12,500元。"}
    given_report = report({FEE: "12500"}, texts=texts, agency="某区财政局")
    finding = only(given_report, "UNIT-FEE")
    assert (finding.expected, finding.found) == ("1.25", "12500")
    assert finding.suggested == {FEE: "1.25"}


def test_text_states_the_amount_in_the_right_unit() -> None:
    given_report = report({FEE: "1250"}, texts={"others": OTHERS + "全年行政事业性收费1250万元。"})
    assert findings(given_report, "UNIT-FEE") == []


def test_processing_fee_written_into_table_2() -> None:
    fact = Fact("processing_fee_yuan", 400, "收取信息处理费400元", section="others")
    given_report = report({FEE: "400"}, facts=[fact])
    assert only(given_report, "UNIT-FEE").expected == "0.04"
    assert findings(report({FEE: "0"}, facts=[fact]), "UNIT-FEE") == []


def test_a_township_cannot_collect_so_much() -> None:
    finding = only(report({FEE: "35800"}), "UNIT-FEE")
    assert finding.suggested == {FEE: "3.58"}
    assert "3.58亿元" in finding.message


def test_a_district_can() -> None:
    assert findings(report({FEE: "7545"}, agency="淮安市洪泽区人民政府"), "UNIT-FEE") == []
    assert findings(report({FEE: "52000"}, agency="青禾县自然资源局"), "UNIT-FEE") == []
    assert findings(report({FEE: "3500000"}, agency="某某市人民政府"), "UNIT-FEE") == []
    assert findings(report({FEE: "9999"}, agency=None), "UNIT-FEE") == []


def test_the_cell_itself_says_yuan() -> None:
    cell = Figure(None, "12500元", Mark.UNREADABLE)
    finding = only(report({FEE: cell}), "UNIT-FEE")
    assert finding.suggested == {FEE: "1.25"}
    assert finding.found == "12500元"
    assert findings(report({FEE: Figure(None, "0元", Mark.UNREADABLE)}), "UNIT-FEE") == []
    assert findings(report({FEE: Figure(None, "见附件", Mark.UNREADABLE)}), "UNIT-FEE") == []


def test_the_label_says_yuan() -> None:
    label = LabelDeviation(FEE, "本年收费金额（单位：万元）", "本年收费金额（单位：元）")
    assert only(report({FEE: "300"}, labels=[label]), "UNIT-FEE").expected == "0.03"
    harmless = LabelDeviation(FEE, "本年收费金额（单位：万元）", "本年收费额（单位：万元）")
    assert findings(report({FEE: "300"}, labels=[harmless]), "UNIT-FEE") == []


def test_the_form_of_2019_has_no_such_cell() -> None:
    assert findings(report(edition="2019"), "UNIT-FEE") == []
