"""Labels of the three tables that are not worded as the form prints them."""

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from gongkai.kernel import Finding, Level
from gongkai.kernel.law_ref import FORM_2021
from gongkai.report.check.cells import form_law
from gongkai.report.check.registry import Context, Rule, rule
from gongkai.report.model import LabelDeviation

_ORDINAL = re.compile(
    r"^[\s*#|>]*(?:[(（〔]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）〕]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．。,，:：])"
    r"[、.．。,，:：]?"
)
_BARE_ORDINAL = re.compile(r"^\d{1,2}(?=[\u4e00-\u9fff])")
_REMARK = re.compile(r"[（(\[【〔][^（()）\]】〕]*[)）\]】〕]?")
_YEAR = re.compile(r"(?:20\d\d|二〇\d\d)年?度?")
#: Words the form's other edition, or the regulation itself, has for the same row: said, but mildly.
_USUAL = {("行政规范性文件", "规范性文件"), ("规范性文件", "行政规范性文件")}
_TYPING_ERROR = 0.5


def core(text: str) -> str:
    """A label without ordinal, spaces, brackets' signs and punctuation; compatibility forms folded."""
    folded = unicodedata.normalize("NFKC", _ORDINAL.sub("", text.strip(), count=1))
    return _BARE_ORDINAL.sub("", "".join(c for c in folded if c.isalnum()))


def deviates(expected: str, found: str) -> bool:
    """Whether ``found`` is another wording than the form's ``expected``.

    Harmless are spaces, brackets, punctuation, quotation marks, ordinals, a remark in brackets added to or
    left out of the label, and the year in 本年(2023)制发件数. A remark of the form that is misspelt is not.
    """
    if core(found) == core(expected):
        return False
    without = core(_REMARK.sub("", found))
    wanted = core(_REMARK.sub("", expected))
    if without != wanted and core(_YEAR.sub("", _REMARK.sub("", found))) != wanted:
        return True
    own, printed = _remark(found), _remark(expected)
    if not own or not printed or own == printed:
        return False
    if own.endswith("元") and printed.endswith("元"):
        return own.endswith("万元") is not printed.endswith("万元")
    return Levenshtein.normalized_similarity(own, printed) >= _TYPING_ERROR


def _remark(text: str) -> str:
    """The wording of a label's last bracketed remark, its ordinal not counted."""
    remarks = _REMARK.findall(_ORDINAL.sub("", text.strip(), count=1))
    return core(remarks[-1]) if remarks else ""


@rule(
    "FORM-LABEL",
    title="表格栏目名称",
    level=Level.WARNING,
    law=FORM_2021,
    fires="表格的行、列名称与格式不一致（错字、漏字、改动），列出全部不一致的名称",
    silent="只差空格、括号、标点、序号、引号的；名称后加了括号说明的",
)
def labels(rule: Rule, context: Context) -> Iterator[Finding]:
    """The form's labels bind as printed (30号); what was read in spite of them is listed here."""
    report = context.report
    found: dict[tuple[str, str], LabelDeviation] = {}
    for item in report.reading.labels:
        if deviates(item.expected, item.found):
            found.setdefault((core(item.expected), core(item.found)), item)
    if not found:
        return
    usual = all(pair in _USUAL for pair in found)
    items = list(found.values())
    pairs = [f"“{' '.join(item.found.split())}”应为“{item.expected}”" for item in items]
    yield rule.finding(
        items[0].path,
        f"表格的栏目名称与格式不一致：{'；'.join(pairs)}。请按格式更正，数字已按对应的栏目读取。",
        level=Level.INFO if usual else rule.level,
        expected=[item.expected for item in items],
        found=[item.found for item in items],
        place=items[0].place,
        law=form_law(report, "表格栏目"),
        cells=tuple(item.path for item in items),
    )
