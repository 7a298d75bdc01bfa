"""Whether table 2's fee is in 万元, as the form asks, or was written down in 元."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report.check.cells import form_law, place_of, text_of
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import Number, Report

FEE = "proactive.fees.amount_10k_yuan"
_YUAN_PER_UNIT = 10_000
#: From so many 万元 on the fee of one agency is beyond belief, by what the agency's name ends in. A township
#: collects next to nothing itself; 100 亿元 is more than a county's fees.
_BEYOND_BELIEF = (
    (re.compile(r"(?:[镇乡]|街道|社区)(?:人民政府|办事处|政府|办公室)?$"), 1_000),
    (re.compile(r"(?:局|委员会|办公室|中心|大队|支队|所|站)$"), 100_000),
    (re.compile(r"(?:县|区|旗)(?:人民政府)?$"), 1_000_000),
)
_AMOUNT = re.compile(r"(?<![0-9.])([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(万?元)")
_SENTENCE = re.compile(r"[^。；;\n]+")
_FEE_WORDS = re.compile(r"收费|收取|征收")
_RAW_IN_YUAN = re.compile(r"(?:人民币)?[¥￥]?([0-9][0-9,，]*(?:\.[0-9]+)?)\s*元(?:整)?")
_TENFOLD = 10
#: So many times last year's amount is a change of unit, not of business.
_SLIP = 1_000


class _Doubt(NamedTuple):
    """Why the amount is doubted; ``slip`` where it must be 元, not merely may."""

    words: str
    slip: bool


@rule(
    "UNIT-FEE",
    title="收费金额的单位",
    level=Level.WARNING,
    law=FORM_2021,
    fires="表二“本年收费金额”像是以元填报（单位写成元、与正文的元数相同、金额大得不合常理），或者是上年的十倍以上",
    silent="金额为0或者空白的；正文以万元说明了同一金额的",
    editions=("2021",),
)
def fee_unit(rule: Rule, context: Context) -> Iterator[Finding]:
    """The column asks for 万元; an amount in 元 is ten thousand times too much (REGULATION §7, 7 and 8)."""
    report = context.report
    figure = report.figures.get(FEE)
    if figure is None:
        return
    amount = figure.value if figure.value is not None else _raw_yuan(figure.raw)
    if not amount:
        return
    if figure.value is None:
        doubt: _Doubt | None = _Doubt(f"格内写的是“{figure.raw.strip()}”", slip=True)
    else:
        doubt = _doubt(context, Decimal(amount))
    if doubt is None:
        return
    in_units = format((Decimal(amount) / _YUAN_PER_UNIT).normalize(), "f")
    yield rule.finding(
        FEE,
        f"表二“行政事业性收费”的单位是万元：{doubt.words}。"
        f"如果实际收费是{text_of(amount)}元，应填{in_units}；如果确为{text_of(amount)}万元，请核对依据。",
        expected=in_units if doubt.slip else None,
        found=format(amount, "f") if figure.value is not None else figure.raw.strip(),
        place=place_of(report, FEE),
        law=form_law(report, "第二部分表格“本年收费金额（单位：万元）”"),
        suggested={FEE: in_units} if doubt.slip else {},
    )


def _raw_yuan(raw: str) -> Decimal | None:
    """The amount of a cell that names 元 itself and was therefore not read as 万元."""
    match = _RAW_IN_YUAN.fullmatch(raw.strip())
    return _number(match[1]) if match else None


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[,，]", "", text))


def _doubt(context: Context, amount: Decimal) -> _Doubt | None:
    """The strongest reason to doubt that ``amount`` is in 万元."""
    report = context.report
    labels = (item.found for item in report.reading.labels if item.path.startswith("proactive.fees"))
    if any(_labelled_in_yuan(label) for label in labels):
        return _Doubt(f"栏目名称写成了以元为单位，填报{text_of(amount)}", slip=True)
    if any(fact.value == amount for fact in report.facts_named("processing_fee_yuan")):
        return _Doubt(
            f"填报{text_of(amount)}，与正文所述政府信息公开信息处理费的元数相同（该费在第六部分说明）",
            slip=True,
        )
    stated = _stated_units(report, amount)
    if stated == "元":
        return _Doubt(f"填报{text_of(amount)}，与正文所述收费的元数相同", slip=True)
    if stated == "万元":
        return None
    before = context.previous.value(FEE) if context.previous else None
    if before is not None and 0 < before * _TENFOLD <= amount:
        times = amount / Decimal(before)
        return _Doubt(
            f"填报{text_of(amount)}，是上年{text_of(before)}的{times:.0f}倍",
            slip=times >= _SLIP,
        )
    if beyond_belief(report.agency, amount):
        return _Doubt(f"填报{text_of(amount)}，即{_in_words(amount)}，对本机关大得不合常理", slip=True)
    return None


def _labelled_in_yuan(label: str) -> bool:
    return "元" in label and "万" not in label


def _stated_units(report: Report, amount: Decimal) -> str:
    """元 or 万元 where a sentence on fees, the information-processing fee apart, states the very amount."""
    found = ""
    for section in report.sections.values():
        if "费" not in section.text or "元" not in section.text:
            continue
        for sentence in _SENTENCE.findall(section.text):
            if not _FEE_WORDS.search(sentence) or "处理费" in sentence:
                continue
            for match in _AMOUNT.finditer(sentence):
                if _number(match[1]) == amount:
                    found = found if found == "万元" else match[2]
    return found


def beyond_belief(agency: str | None, amount: Number) -> bool:
    """Whether an agency of that name cannot have collected so many 万元 in fees."""
    if not agency:
        return False
    return next((amount >= limit for name, limit in _BEYOND_BELIEF if name.search(agency)), False)


def _in_words(amount: Decimal) -> str:
    return f"{text_of(amount / 10_000)}亿元" if amount >= 10_000 else f"{text_of(amount)}万元"
