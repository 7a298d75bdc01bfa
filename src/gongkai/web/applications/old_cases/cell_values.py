"""One cell of a workbook with old cases: its value, or why it is not taken. Nothing is guessed.

A spreadsheet makes a number of what looks like one: figures after the fifteenth become zeros, zeros in front
go, ``2025-1`` becomes a day. What may have been changed so is refused with the reason; of the number of a
document no figure is repeated there.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from gongkai.web.applications.old_cases.columns import Takes
from gongkai.web.applications.old_cases.words import Words
from gongkai.web.common.typed import folded, half_width, without_blanks

if TYPE_CHECKING:
    from gongkai.report.api import WorkbookCell

_DAY: Final = re.compile(r"(\d{4})(?:年(\d{1,2})月(\d{1,2})日|([-/.])(\d{1,2})\4(\d{1,2}))", re.ASCII)
_POWER: Final = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII)
#: As many figures as a spreadsheet keeps of a number, and zeros for those after them.
_CUT_OFF: Final = re.compile(r"\d{15}0{3,}", re.ASCII)
_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,5}", re.ASCII)
_SHOWN: Final = 30
_AS_TEXT: Final = "请把单元格设为“文本”格式，再逐位重新填写"


class Unread(Exception):
    """Why a cell is not taken, in Chinese, with what to do."""


def value_of(cell: "WorkbookCell", takes: Takes, words: Words) -> str | int | bool:
    """What a cell says: a day as ``2025-12-01``, a word as its code. Raises ``Unread``."""
    if cell.typed == "formula":
        raise Unread("这里是公式，没有读取：请复制后用“选择性粘贴—数值”换成内容")
    if cell.typed == "error":
        raise Unread(f"这里是错误值“{cell.value}”：请改为实际的内容")
    if takes == "word":
        return _word(cell, words)
    return _READ[takes](cell)


def _text(cell: "WorkbookCell") -> str:
    if cell.typed == "text":
        return str(cell.value).strip()
    if cell.typed == "day":
        raise Unread(f"表格软件把填写的内容变成了日期（{cell.value}）：{_AS_TEXT}")
    raise Unread(f"表格软件把填写的内容当作数字，开头的0等可能已经丢失：{_AS_TEXT}")


def _label(cell: "WorkbookCell") -> str:
    if cell.typed == "number" and cell.whole and isinstance(cell.value, int) and cell.value >= 0:
        return str(cell.value)
    return _text(cell)


def _long(cell: "WorkbookCell") -> str:
    if cell.typed == "number":
        raise Unread(f"表格软件把号码当作数字，15位以后的数字和开头的0可能已经丢失：{_AS_TEXT}")
    text = _text(cell)
    plain = half_width(text).strip().upper()
    if _POWER.fullmatch(plain):
        raise Unread(f"号码已被表格软件变成科学计数，后面的数字已经丢失：{_AS_TEXT}")
    if _CUT_OFF.fullmatch(plain):
        raise Unread(
            "号码15位以后都是0，像是被表格软件当作数字截断后留下的："
            "请按证件核对；确实如此的，请分段填写，如 110105 19491231 0000"
        )
    return text


def _phone(cell: "WorkbookCell") -> str:
    if cell.typed == "number" and _MOBILE.fullmatch(str(cell.value)):
        return str(cell.value)
    text = _text(cell)
    if _POWER.fullmatch(half_width(text).upper()):
        raise Unread(f"电话已被表格软件变成科学计数：{_AS_TEXT}")
    return text


def _postcode(cell: "WorkbookCell") -> str:
    if cell.typed == "number" and isinstance(cell.value, int) and 10**5 <= cell.value < 10**6:
        return str(cell.value)
    return _text(cell)


def _day(cell: "WorkbookCell") -> str:
    if cell.typed == "day" and isinstance(cell.value, date):
        if not cell.whole:
            raise Unread(
                f"单元格没有显示完整的年月日，实际存的是{cell.value}：请核对，并写全年月日，如 2025-12-01"
            )
        return cell.value.isoformat()
    found = _DAY.fullmatch(without_blanks(half_width(str(cell.value)))) if cell.typed == "text" else None
    if found is None:
        raise Unread(f"“{_shown(cell)}”不是日期：请写全年月日，如 2025-12-01 或 2025年12月1日")
    year, month, day = int(found[1]), int(found[2] or found[5]), int(found[3] or found[6])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unread(f"没有{_shown(cell)}这一天：请核对日期") from None


def _count(cell: "WorkbookCell") -> int:
    if cell.typed == "number" and isinstance(cell.value, int) and cell.value >= 0:
        return cell.value
    text = without_blanks(half_width(str(cell.value))) if cell.typed == "text" else ""
    if _COUNT.fullmatch(text):
        return int(text)
    raise Unread(f"“{_shown(cell)}”不是工作日数：请填整数，如 20")


def _yes(cell: "WorkbookCell") -> bool:
    said = _YES.get(str(cell.value).strip().upper())
    if said is None:
        raise Unread(f"不能是“{_shown(cell)}”：请填“是”，或者空着")
    return said


_YES: Final = {"是": True, "否": False, "TRUE": True, "FALSE": False}


def _word(cell: "WorkbookCell", words: Words) -> str:
    said = folded(str(cell.value))
    for code, word in words:
        if said in {folded(word), folded(code)}:
            return code
    told = "、".join(dict.fromkeys(word for _, word in words))
    raise Unread(f"不能是“{_shown(cell)}”：可以是{told}")


def _shown(cell: "WorkbookCell") -> str:
    return str(cell.value)[:_SHOWN]


_READ: Final[Mapping[Takes, Callable[["WorkbookCell"], str | int | bool]]] = {
    "text": _text,
    "label": _label,
    "long": _long,
    "phone": _phone,
    "postcode": _postcode,
    "day": _day,
    "count": _count,
    "yes": _yes,
}
