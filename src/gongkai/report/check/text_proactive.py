"""The text's figures on documents, decisions and fees against table 2, table 3 and section six."""

import re
from collections.abc import Iterator

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FEE_RULES
from gongkai.report.check.cells import place_of
from gongkai.report.check.prose import quote
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.check.text_statements import ACCOUNT, differs, known, quoted, statements
from gongkai.report.model import Fact, Number, Report

_CELLS = (
    ("normative_documents_issued", "normative_documents.issued", "行政规范性文件“本年制发件数”"),
    ("normative_documents_issued", "normative_documents.made", "规范性文件“本年新制作数量”"),
    ("normative_documents_in_force", "normative_documents.in_force", "行政规范性文件“现行有效件数”"),
    ("licences", "licences.decisions", "行政许可处理决定数量"),
    ("penalties", "penalties.decisions", "行政处罚处理决定数量"),
    ("coercive_measures", "coercive_measures.decisions", "行政强制处理决定数量"),
)
_FEE_UNPAID = "applications.other_fee_unpaid.total"
_NO_FEE = re.compile(
    r"(?:未|没有|无|不存在|尚未|从未)(?!按)[^。；;，,\n]{0,24}(?:收取|收费|处理费|费用)|(?:处理费|费用"
    r"|收费)[^。；;，,\n]{0,10}(?:为零|为0(?![.\d])|(?<![\d.])0元|均无|：无)"
)


@rule(
    "TEXT-PROACTIVE",
    title="正文件数与表二不一致",
    level=Level.WARNING,
    law=ACCOUNT,
    fires="正文写明的规范性文件、行政许可、行政处罚、行政强制件数与表二不同",
    silent="正文说的是公示、公开的条数或者只是一部分的；表中数字空白的",
)
def proactive(rule: Rule, context: Context) -> Iterator[Finding]:
    """Stated documents, licences, penalties and coercive measures = table 2 (§7, 15)."""
    report = context.report
    for name, cell, label in _CELLS:
        compared = known(report, f"表二{label}", f"proactive.{cell}")
        if compared is None:
            continue
        for fact in statements(report, name):
            if fact.value != compared.value:
                yield differs(
                    rule, report, fact, compared, "请核对后改为一致；统计口径不同的，请在正文写明。"
                )


@rule(
    "TEXT-FEE",
    title="第六部分说未收费与其他内容矛盾",
    level=Level.WARNING,
    law=FEE_RULES,
    fires=(
        "表三“（六）2.逾期未按收费通知要求缴纳费用”不为零，或者正文别处写明收取了信息处理费，而第六部分说没有"
    ),
    silent="第六部分写明收费情况的；表中数字空白的",
)
def fee(rule: Rule, context: Context) -> Iterator[Finding]:
    """A fee notice or a fee stated, and section six says there was none (§7, 7)."""
    report = context.report
    section = report.sections.get("others")
    denied = _NO_FEE.search(section.text) if section else None
    if section is None or denied is None:
        return
    words = quote(section.text, denied.start(), denied.end(), 0)
    place = section.locate(denied.start(), denied.end())
    unpaid = report.value(_FEE_UNPAID)
    stated = _fee_stated(report)
    if unpaid:
        yield rule.finding(
            _FEE_UNPAID,
            f"表三“（六）其他处理”第2行（申请人逾期未缴费）总计{unpaid}件，说明发过收费通知，"
            f"而“六、其他需要报告的事项”写“{words}”。请核对这{unpaid}件是否填错行；没有填错的，"
            f"请在第六部分写明收费通知和缴费情况。",
            expected=0,
            found=int(unpaid),
            place=place_of(report, _FEE_UNPAID) or place,
        )
    elif stated:
        fact, amount = stated
        yield rule.finding(
            "sections.others",
            f"{quoted(fact)}，而“六、其他需要报告的事项”写“{words}”。请核对是否收取过信息处理费，"
            f"把两处改为一致。",
            expected=0,
            found=int(amount) if amount == int(amount) else format(amount, "f"),
            place=place,
        )


def _fee_stated(report: Report) -> tuple[Fact, Number] | None:
    """A processing fee above zero that a part of the text other than section six states."""
    for fact in report.facts_named("processing_fee_yuan"):
        if fact.section != "others" and not isinstance(fact.value, dict) and fact.value:
            return fact, fact.value  # type: ignore[return-value]
    return None
