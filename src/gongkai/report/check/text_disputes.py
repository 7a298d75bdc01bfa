"""The text's figures on reconsideration and litigation against table 4 (REGULATION §7, 5)."""

from collections.abc import Iterator

from gongkai.kernel import Finding, Level
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.text_statements import ACCOUNT, Compared, differs, explained, known, statements
from gongkai.report.model import Number, Report

_DIRECT = "disputes.direct_litigation"
_AFTER = "disputes.litigation_after_reconsideration"
_ADVICE = "请核对案件台账，把正文和表四改为一致。"


@rule(
    "TEXT-RECONSIDERATION",
    title="正文行政复议数与表四不一致",
    level=Level.ERROR,
    law=ACCOUNT,
    fires="正文写明的行政复议数（包括写“无”）与表四行政复议总计不同",
    silent="差额等于尚未审结数的，只作说明；正文没有写；表中数字空白或者位置无法确定的",
)
def reconsiderations(rule: Rule, context: Context) -> Iterator[Finding]:
    """Stated reconsiderations = 总计 of the first block; pending ones may explain a difference (§7, 5)."""
    report = context.report
    cell = known(report, "表四“行政复议”总计", "disputes.reconsideration.total")
    if cell:
        yield from _compared(rule, report, "reconsiderations", cell, ("disputes.reconsideration.pending",))


@rule(
    "TEXT-LITIGATION",
    title="正文行政诉讼数与表四不一致",
    level=Level.ERROR,
    law=ACCOUNT,
    fires="正文写明的行政诉讼数（包括写“无”）与表四“未经复议直接起诉”和“复议后起诉”两栏总计之和不同",
    silent="差额等于尚未审结数的，只作说明；正文没有写；表中数字空白或者位置无法确定的",
)
def litigations(rule: Rule, context: Context) -> Iterator[Finding]:
    """Stated litigation = direct + after reconsideration; pending cases may explain a difference (§7, 5)."""
    report = context.report
    name = "表四“未经复议直接起诉”与“复议后起诉”总计之和"
    cell = known(report, name, f"{_DIRECT}.total", f"{_AFTER}.total")
    if cell:
        yield from _compared(rule, report, "litigations", cell, (f"{_DIRECT}.pending", f"{_AFTER}.pending"))


def _compared(
    rule: Rule, report: Report, name: str, cell: Compared, pending_paths: tuple[str, ...]
) -> Iterator[Finding]:
    pending: Number = sum(report.value(path) or 0 for path in pending_paths)
    for fact in statements(report, name):
        if fact.value == cell.value:
            continue
        words = f"差额正好是尚未审结的{pending}件，正文可能没有把（或者另外把）未审结的算在内。"
        cause = explained(fact.value, cell.value, [(pending, words)])  # type: ignore[arg-type]
        advice = "建议在正文写明是否包括尚未审结的案件。" if cause else _ADVICE
        yield differs(rule, report, fact, cell, advice, cause)
