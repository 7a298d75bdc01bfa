"""TEXT-PROACTIVE and TEXT-FEE: documents, decisions and fees in the text, against the tables."""

import pytest

from gongkai.kernel import Level
from gongkai.report.model import Fact
from tests.report.check.builders import findings, only, report
from tests.report.check.test_text_applications import with_text

TABLE = {
    "proactive.normative_documents.issued": 3,
    "proactive.normative_documents.in_force": 8,
    "proactive.licences.decisions": 174,
    "proactive.penalties.decisions": 517,
    "proactive.coercive_measures.decisions": 3,
}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("全年制发行政规范性文件4件。", "proactive.normative_documents.issued"),
        ("现行有效行政规范性文件9件。", "proactive.normative_documents.in_force"),
        ("作出行政许可决定170件。", "proactive.licences.decisions"),
        ("作出行政处罚决定500件。", "proactive.penalties.decisions"),
        ("实施行政强制4件。", "proactive.coercive_measures.decisions"),
    ],
)
def test_proactive_fires(text: str, where: str) -> None:
    finding = only(with_text(text, TABLE), "TEXT-PROACTIVE")
    assert (finding.where, finding.level) == (where, Level.WARNING)


@pytest.mark.parametrize(
    "text",
    [
        "全年制发行政规范性文件3件，现行有效行政规范性文件8件。",
        "作出行政许可决定174件、行政处罚决定517件。",
        "公示行政处罚信息30条。",
        "公开行政许可事项120项。",
        "主动公开规范性文件12件。",
        "2023年制发行政规范性文件7件。",
    ],
)
def test_proactive_silent(text: str) -> None:
    assert not findings(with_text(text, TABLE), "TEXT-PROACTIVE")


def test_the_2019_form_is_compared_too() -> None:
    facts = [Fact("normative_documents_issued", 4, "制发规范性文件4件", section="overview")]
    given = report({"proactive.normative_documents.made": 3}, edition="2019", facts=facts)
    assert only(given, "TEXT-PROACTIVE").where == "proactive.normative_documents.made"


NONE = "2024年我单位未收取政府信息公开处理费。"


@pytest.mark.parametrize(
    "text",
    [
        NONE,
        "尚未存在“收取信息处理费”的情况。无其他需要报告的事项。",
        "本年度没有产生政府信息公开处理费。",
        "本年度政府信息公开信息处理费为0元。",
    ],
)
def test_fee_fires_on_a_notice(text: str) -> None:
    given = report({"applications.other_fee_unpaid.total": 2}, texts={"others": text})
    finding = only(given, "TEXT-FEE")
    assert (finding.level, finding.found) == (Level.WARNING, 2)


def test_fee_fires_on_a_fee_stated_elsewhere() -> None:
    facts = [Fact("processing_fee_yuan", 380, "收取信息处理费380元", section="overview")]
    assert only(report(texts={"others": NONE}, facts=facts), "TEXT-FEE").found == 380


@pytest.mark.parametrize(
    "text",
    [
        "2024年发出收费通知2件，申请人均逾期未缴纳。",
        "收取政府信息公开信息处理费380元。",
        "无其他需要报告的事项。",
        (""),
    ],
)
def test_fee_silent_where_six_tells(text: str) -> None:
    facts = [Fact("processing_fee_yuan", 380, "收取信息处理费380元", section="others")]
    given = report({"applications.other_fee_unpaid.total": 2}, texts={"others": text}, facts=facts)
    assert not findings(given, "TEXT-FEE")


def test_fee_silent_without_fees() -> None:
    assert not findings(report(texts={"others": NONE}), "TEXT-FEE")
    zero = [Fact("processing_fee_yuan", 0, "收取信息处理费0元", section="overview")]
    assert not findings(report(texts={"others": NONE}, facts=zero), "TEXT-FEE")
    assert not findings(
        report({"applications.other_fee_unpaid.total": None}, texts={"others": NONE}), ("TEXT-FEE")
    )
