"""What a table cell says: a figure, a mark for none, nothing, or something that is not a figure."""

import re
from decimal import Decimal
from functools import lru_cache

from gongkai.report.model import Mark, Number

#: Marks that offices write for "none" (LAYOUTS §3): read as 0, the mark kept.
NONE_MARKS = frozenset({"/", "／", "\\", "-", "－", "—", "——", "–", "―", "--", "---", "无", "不适用", "没有"})
_WIDE = str.maketrans("０１２３４５６７８９，．＋－（）", "0123456789,.+-()")
_SPACE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_UNIT = "(?:件|个|项|部|份|次|条|宗|人次|件次)?"
_REMARK = r"(?:\([^()]*\))?"
_COUNT = re.compile(rf"(0|[1-9]\d{{0,8}}|[1-9]\d{{0,2}}(?:,\d{{3}}){{1,2}})(?:\.0{{1,2}})?{_UNIT}{_REMARK}")
_AMOUNT = re.compile(
    rf"((?:0|[1-9]\d{{0,11}}|[1-9]\d{{0,2}}(?:,\d{{3}}){{1,3}})(?:\.\d{{1,8}})?)(?:万元|万)?{_REMARK}"
)
_CHANGE = re.compile(rf"(增加?|减少?|\+|-)?(0|[1-9]\d{{0,8}}){_UNIT}{_REMARK}")


def _squeeze(raw: str) -> str:
    return _SPACE.sub("", raw).translate(_WIDE)


@lru_cache(4096)
def parse_count(raw: str) -> tuple[int | None, Mark]:
    """A count of table 3 or 4 or most of table 2: a non-negative integer (H5)."""
    if raw.isdecimal() and raw.isascii() and (raw[0] != "0" or raw == "0") and len(raw) <= 9:
        return int(raw), Mark.NUMBER
    text = _squeeze(raw)
    if not text:
        return None, Mark.BLANK
    if text in NONE_MARKS:
        return 0, Mark.NONE
    # Digits that stood apart in the cell may be two figures: never glue them.
    if re.search(r"\d\s+\d", raw):
        return None, Mark.UNREADABLE
    match = _COUNT.fullmatch(text)
    if match:
        return int(match[1].replace(",", "")), Mark.NUMBER
    return None, Mark.UNREADABLE


@lru_cache(1024)
def parse_amount(raw: str) -> tuple[Decimal | None, Mark]:
    """An amount in 万元. An amount that names another unit (元) is not converted: it is unreadable."""
    text = _squeeze(raw)
    if not text:
        return None, Mark.BLANK
    if text in NONE_MARKS:
        return Decimal(0), Mark.NONE
    match = _AMOUNT.fullmatch(text)
    if match and not re.search(r"[\d.]\s+[\d.]", raw):
        return Decimal(match[1].replace(",", "")), Mark.NUMBER
    return None, Mark.UNREADABLE


@lru_cache(1024)
def parse_change(raw: str) -> tuple[int | None, Mark]:
    """The 2019 form's 本年增/减: ``增15``, ``减4``, ``+19``, ``-3``, ``7``."""
    text = _squeeze(raw)
    if not text:
        return None, Mark.BLANK
    if text in NONE_MARKS:
        return 0, Mark.NONE
    match = _CHANGE.fullmatch(text)
    if match and not re.search(r"\d\s+\d", raw):
        sign = -1 if match[1] and match[1][0] in "减-" else 1
        return sign * int(match[2]), Mark.NUMBER
    return None, Mark.UNREADABLE


def parse(column: str, raw: str) -> tuple[Number | None, Mark]:
    """The figure in a cell of the column with key ``column``."""
    if column == "amount_10k_yuan":
        return parse_amount(raw)
    if column == "change":
        return parse_change(raw)
    return parse_count(raw)


@lru_cache(4096)
def is_figure(raw: str) -> bool:
    """Whether a piece of text stands for a figure: a number, an amount, a change or a mark for none."""
    if parse_count(raw)[1] in (Mark.NUMBER, Mark.NONE):
        return True
    return Mark.NUMBER in (parse_amount(raw)[1], parse_change(raw)[1])
