"""FORM-LABEL: labels that are not worded as the form prints them."""

import pytest

from gongkai.kernel import Level, Place
from gongkai.report.check.form_labels import deviates
from gongkai.report.model import LabelDeviation
from tests.report.check.builders import findings, only, report

PARTIAL = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("本年废止件数", "本年 废止\n件数"),
        ("（七）总计", "(七) 总 计"),
        ("1.属于国家秘密", "１、属于国家秘密"),
        ("1.属于国家秘密", "属于国家秘密"),
        ("3.危及“三安全一稳定”", '3．危及"三安全一稳定"'),
        ("一、本年新收政府信息公开申请数量", "一,本年新收政府信息公开申请数量"),
        ("本年制发件数", "本年(2023)制发件数"),
        ("行政许可", "行政许可（含备案）"),
        ("本年收费金额（单位：万元）", "本年收费金额(单位:万元)"),
        ("本年收费金额（单位：万元）", "本年收费金额"),
        ("本年收费金额（单位：万元）", "本年收费金额（万元）"),
        (PARTIAL, "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"),
        (PARTIAL, "（二）部分公开"),
        ("结果维持", "结果 维持"),
        ("三、本年度办理结果", "三 、本 年 度办 理 结果"),
    ],
)
def test_harmless(expected: str, found: str) -> None:
    assert not deviates(expected, found)
    label = LabelDeviation("applications.partial.*", expected, found)
    assert findings(report(labels=[label]), "FORM-LABEL") == []


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("本年废止件数", "本年度止件数"),
        ("本年废止件数", "年废止件数"),
        ("行政许可", "政许可"),
        (PARTIAL, "（二）部分公开（区分处理的，只计这一情况，不计其他情形）"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("（七）总计", "（七）合计"),
        ("本年收费金额（单位：万元）", "本年收费金额（单位：元）"),
        ("本年收费金额（单位：万元）", "本年收费金额（元）"),
        ("3.其他", "3.其它"),
    ],
)
def test_deviations(expected: str, found: str) -> None:
    place = Place(table=1, row=2, cell=3)
    finding = only(report(labels=[LabelDeviation("x.y.z", expected, found, place)]), "FORM-LABEL")
    assert finding.level is Level.WARNING
    assert (finding.expected, finding.found) == ([expected], [found])
    assert finding.place == place
    assert found in finding.message


def test_all_deviations_are_one_finding_and_repeated_ones_one_entry() -> None:
    labels = [
        LabelDeviation("disputes.reconsideration.upheld", "结果维持", "结果为持"),
        LabelDeviation("disputes.direct_litigation.upheld", "结果维持", "结果为持"),
        LabelDeviation("proactive.licences.*", "行政许可", "政许可"),
    ]
    finding = only(report(labels=labels), "FORM-LABEL")
    assert finding.found == ["结果为持", "政许可"]


def test_the_usual_short_name_is_information() -> None:
    label = LabelDeviation("proactive.normative_documents.*", "行政规范性文件", "规范性文件")
    assert only(report(labels=[label]), "FORM-LABEL").level is Level.INFO
    other = LabelDeviation("proactive.licences.*", "行政许可", "政许可")
    assert only(report(labels=[label, other]), "FORM-LABEL").level is Level.WARNING


def test_no_deviation_is_silent() -> None:
    assert findings(report(), "FORM-LABEL") == []
