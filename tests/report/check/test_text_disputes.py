"""TEXT-RECONSIDERATION and TEXT-LITIGATION: what the text says of disputes, against table 4."""

import pytest

from gongkai.kernel import Level
from tests.report.check.builders import findings, only, report
from tests.report.check.test_text_applications import fact, with_text

TABLE = {
    "disputes.reconsideration.upheld": 1,
    "disputes.reconsideration.corrected": 3,
    "disputes.direct_litigation.upheld": 2,
    "disputes.litigation_after_reconsideration.upheld": 1,
}
PENDING = {
    "disputes.reconsideration.upheld": 3,
    "disputes.reconsideration.pending": 2,
    "disputes.direct_litigation.pending": 1,
    "disputes.litigation_after_reconsideration.upheld": 4,
}


def test_reconsideration_differs() -> None:
    finding = only(with_text("因政府信息公开被申请行政复议5件。", TABLE), "TEXT-RECONSIDERATION")
    assert (finding.level, finding.expected, finding.found) == (Level.ERROR, 4, 5)


@pytest.mark.parametrize("text", ["未发生政府信息公开行政复议情况。", "政府信息公开行政复议：无。"])
def test_denied_reconsideration_differs(text: str) -> None:
    assert only(with_text(text, TABLE), "TEXT-RECONSIDERATION").found == 0


@pytest.mark.parametrize(
    "text",
    [
        "因政府信息公开被申请行政复议4件。",
        "政府信息公开行政复议案件4件，其中维持1件，纠正3件。",
        "未发生政府信息公开行政复议被撤销的情况。",
        "我局作为复议机关办理行政复议案件60件。",
        "认真做好行政复议、行政诉讼工作。",
    ],
)
def test_reconsideration_agrees(text: str) -> None:
    assert not findings(with_text(text, TABLE), "TEXT-RECONSIDERATION")


def test_litigation_differs() -> None:
    text = "被申请行政复议案4件;被提起行政诉讼案122件数;收到政府信息公开申请0件。"
    finding = only(with_text(text, TABLE), "TEXT-LITIGATION")
    assert (finding.level, finding.expected, finding.found) == (Level.ERROR, 3, 122)
    assert finding.cells == (
        "disputes.direct_litigation.total",
        "disputes.litigation_after_reconsideration.total",
    )
    assert not findings(with_text(text, TABLE), "TEXT-RECONSIDERATION")


@pytest.mark.parametrize(
    "text",
    [
        "因政府信息公开被提起行政诉讼3件。",
        "政府信息公开行政诉讼3件，其中未经复议直接起诉2件，复议后起诉1件。",
        "2023年政府信息公开行政诉讼9件。",
    ],
)
def test_litigation_counts_both_blocks(text: str) -> None:
    assert not findings(with_text(text, TABLE), "TEXT-LITIGATION")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("TEXT-RECONSIDERATION", "因政府信息公开被申请行政复议3件。"),
        ("TEXT-RECONSIDERATION", "因政府信息公开被申请行政复议7件。"),
        ("TEXT-LITIGATION", "因政府信息公开被提起行政诉讼4件。"),
    ],
)
def test_pending_cases_explain_the_difference(code: str, text: str) -> None:
    finding = only(with_text(text, PENDING), code)
    assert finding.level is Level.INFO
    assert "尚未审结" in finding.message


def test_what_is_not_read_is_not_compared() -> None:
    facts = [fact("reconsiderations", 5), fact("litigations", 5)]
    blank = report({"disputes.*.total": None}, facts=facts)
    assert not findings(blank, "TEXT-RECONSIDERATION")
    assert not findings(blank, "TEXT-LITIGATION")
    half = report({"disputes.direct_litigation.total": None}, facts=facts)
    assert not findings(half, "TEXT-LITIGATION")
