"""TEXT-APPLICATIONS, TEXT-COMPLETED, TEXT-CARRY: what the text says of applications, against table 3."""

from typing import Any

import pytest

from gongkai.kernel import Level
from gongkai.report.interpret.facts import read_facts
from gongkai.report.model import Fact, Mark, Report, Section
from tests.report.check.builders import findings, only, report

TABLE = {
    "applications.new.natural_person": 10,
    "applications.carried_in.natural_person": 2,
    "applications.granted.natural_person": 11,
    "applications.carried_out.natural_person": 1,
}


def fact(name: str, value: int, raw: str = "", **more: Any) -> Fact:
    return Fact(name, value, raw or f"{name}{value}", section="overview", **more)


def with_text(
    text: str, figures: dict[str, Any] | None = None, agency: str = ("青禾县柳溪镇人民政府")
) -> Report:
    section = Section("overview", "一、总体情况", text)
    facts = read_facts({"overview": section}, 2024, agency)
    return report(figures or TABLE, sums=True, facts=facts, texts={"overview": text}, agency=agency)


def test_received_differs() -> None:
    finding = only(report(TABLE, sums=True, facts=[fact("applications_received", 13)]), "TEXT-APPLICATIONS")
    assert finding.level is Level.ERROR
    assert (finding.expected, finding.found) == (10, 13)
    assert finding.where == "applications.new.total"
    assert "条例" in finding.law


@pytest.mark.parametrize(
    "text",
    [
        "全年收到政府信息公开申请10件。",
        "全年新收政府信息公开申请10件，上年结转2件。",
        "全年收办政府信息公开申请12件。",
        "全年共受理政府信息公开申请12件。",
        "全年办理政府信息公开申请11件。",
        "全年办理政府信息公开申请12件，其中新收10件，上年结转2件。",
        "全年共处理政府信息公开申请12件。",
        "规范办理政府信息公开申请，畅通渠道。",
        "2023年收到政府信息公开申请30件。",
        "收到建议提案30件。",
    ],
)
def test_received_agrees(text: str) -> None:
    assert not findings(with_text(text), "TEXT-APPLICATIONS")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年收到政府信息公开申请13件。", 13),
        ("全年新收政府信息公开申请12件。", 12),
        ("全年未收到政府信息公开申请。", 0),
        ("全年共受理政府信息公开申请9件。", 9),
        ("依申请公开：无。", 0),
    ],
)
def test_received_fires_on_real_words(text: str, found: int) -> None:
    finding = only(with_text(text), "TEXT-APPLICATIONS")
    assert (finding.level, finding.found) == (Level.ERROR, found)


def test_received_with_carried_in_is_a_remark() -> None:
    finding = only(with_text("全年收到政府信息公开申请12件。"), "TEXT-APPLICATIONS")
    assert finding.level is Level.INFO
    assert "上年结转" in finding.message


def test_another_scope_is_a_remark() -> None:
    text = "2024年，区政府办代表区政府受理政府信息公开申请7件，均已答复。"
    finding = only(with_text(text, agency="淮安市洪泽区人民政府"), "TEXT-APPLICATIONS")
    assert finding.level is Level.INFO
    assert "范围" in finding.message


def test_a_whole_statement_makes_the_part_unimportant() -> None:
    text = "上半年收到政府信息公开申请4件，全年收到政府信息公开申请10件。"
    assert not findings(with_text(text), "TEXT-APPLICATIONS")


@pytest.mark.parametrize("mark", [None, Mark.UNCERTAIN, Mark.UNREADABLE, Mark.MISSING])
def test_what_is_not_read_is_not_compared(mark: Mark | None) -> None:
    facts = [
        fact("applications_received", 13),
        fact("applications_completed", 5),
        fact("applications_carried_in", 9),
    ]
    given = report({"applications.*.total": mark}, facts=facts)
    assert not findings(given, "TEXT-APPLICATIONS")
    assert not findings(given, "TEXT-COMPLETED")
    assert not findings(given, "TEXT-CARRY")


def test_blank_carried_in_may_be_the_difference() -> None:
    figures = {"applications.new.total": 10, "applications.carried_in.total": None}
    assert not findings(
        report(figures, facts=[fact("applications_received", 12, scope="受理")]), ("TEXT-APPLICATIONS")
    )
    less = report(figures, facts=[fact("applications_received", 9, scope="受理")])
    assert findings(less, "TEXT-APPLICATIONS")


def test_one_statement_twice_is_one_finding() -> None:
    facts = [fact("applications_received", 13), fact("applications_received", 13)]
    only(report(TABLE, sums=True, facts=facts), "TEXT-APPLICATIONS")


def test_recognised_figures_support_no_error() -> None:
    from tests.report.check.builders import figure

    base = figure("applications.new.total", 10)
    given = report(
        {"applications.new.total": type(base)(10, "10", Mark.NUMBER, base.place, ocr=True)},
        facts=[fact("applications_received", 13)],
    )
    assert only(given, "TEXT-APPLICATIONS").level is Level.WARNING


def test_completed_differs() -> None:
    finding = only(with_text("收到政府信息公开申请10件，办结8件。"), "TEXT-COMPLETED")
    assert (finding.level, finding.expected, finding.found) == (Level.ERROR, 11, 8)
    assert "8" in finding.message
    assert "11" in finding.message


@pytest.mark.parametrize(
    "text",
    ["收到政府信息公开申请10件，办结11件。", "收到政府信息公开申请10件，均已答复。", "办结建议提案8件。"],
)
def test_completed_agrees(text: str) -> None:
    assert not findings(with_text(text), "TEXT-COMPLETED")


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请10件，办结9件。",
        "收到政府信息公开申请10件，办结13件。",
        "收到政府信息公开申请10件，办结10件，申请人撤回1件。",
    ],
)
def test_completed_with_carried_in_or_withdrawn_is_a_remark(text: str) -> None:
    assert only(with_text(text), "TEXT-COMPLETED").level is Level.INFO


def test_carried_differs() -> None:
    found = findings(with_text("上年结转政府信息公开申请3件，结转下年度继续办理4件。"), "TEXT-CARRY")
    assert [(f.level, f.where, f.expected, f.found) for f in found] == [
        (Level.ERROR, "applications.carried_in.total", 2, 3),
        (Level.ERROR, "applications.carried_out.total", 1, 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "上年结转政府信息公开申请2件，结转下年度继续办理1件。",
        "收到政府信息公开申请10件。",
        ("专项资金结转下年度300万元。"),
    ],
)
def test_carried_agrees(text: str) -> None:
    assert not findings(with_text(text), "TEXT-CARRY")
