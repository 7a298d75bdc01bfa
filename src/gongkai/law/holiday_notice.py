"""A year's holidays from the words of the State Council's notice, read strictly: what is unclear is refused.

The notices of all years have one form, a paragraph a holiday: its days off with their number, and the days
worked instead. They say most things twice, which is made use of: each day of the week and each number of days
has to be right, so that a year or a day that is mistyped does not pass.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai.law.arrangement import Arrangement, ArrangementError, Holiday, parse
from gongkai.law.imported import dump

_NAMES: Final = "元旦|春节|清明节|劳动节|端午节|中秋节|国庆节"
#: Where the paragraph of one holiday, or of two that fall together, begins.
_BEGINS: Final = re.compile(rf"(?:[一二三四五六七]、|\d[.、])?((?:{_NAMES})(?:[、和](?:{_NAMES}))*)：")
_DAY: Final = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:（[^（）]*）)?"
_OFF: Final = re.compile(
    rf"({_DAY}(?:[至到—–-]{_DAY})?)放假(?:调休)?(?:，?共?(\d{{1,2}})天)?(?:，(?:与周末连休|不调休))*"
)
_WORKED: Final = re.compile(rf"({_DAY}(?:[、，和]{_DAY})*)(?:照常|正常)?上班")
_PARTS: Final = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^（）]*)）)?")
_WEEKDAY: Final = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEK: Final = "一二三四五六日"
#: What may arrange something, where it stands with a day.
_ARRANGES: Final = re.compile(r"放假|补假|休")
_ON_DUTY: Final = "值班"
_ADVICE: Final = "鼓励"
#: Below the notice: who issued it, and when.
_SIGNED: Final = re.compile(r"(?:国务院办公厅)?(\d{4}年\d{1,2}月\d{1,2}日)(?:（.*)?")
_NUMBER: Final = re.compile(r"国办发明电〔\d{4}〕\d+号")
_TITLE: Final = re.compile(r"关于(\d{4})年部分节假日安排")
#: Signs as notices print them.
_SAME: Final = str.maketrans("０１２３４５６７８９():,;．[]", "0123456789（）：，；.〔〕")
_REMEDY: Final = "请写成“春节：2月15日至23日放假，共9天。2月14日、2月28日上班。”这样"


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """What a notice arranges, and its sentences that arrange nothing: they are shown, not lost."""

    arrangement: Arrangement
    passed_over: tuple[str, ...]


def read_notice(text: str, *, year: int, notice: str, issued: date) -> ReadNotice:
    """The arrangement of ``year`` in the words of its notice (number ``notice``, of the day ``issued``).

    The whole notice may be given, or its paragraphs alone. Raises ArrangementError with the sentence: not
    understood; a weekday or a number of days that is not so; a year, number or day of issue in the text that
    is another; all that ``parse`` refuses.
    """
    plain = "".join(text.split()).translate(_SAME)
    _require_same(plain, year, notice)
    before, *split = _BEGINS.split(plain)
    if not split:
        raise ArrangementError("没有找到各个节日的放假安排", remedy=_REMEDY)
    passed = [one for one in _sentences(before) if _arranges_nothing(one, "开头", issued)]
    holidays: list[Holiday] = []
    make_up: list[date] = []
    for name, said in zip(split[::2], split[1::2], strict=True):
        first, *rest = _sentences(said) or [""]
        holidays.append(_holiday(first, name, year, notice))
        for sentence in rest:
            if worked := _WORKED.fullmatch(sentence):
                make_up += _days(worked[1], name, year)
            elif _arranges_nothing(sentence, name, issued):
                passed.append(sentence)
    source = f"国务院办公厅关于{year}年部分节假日安排的通知（{_chinese(issued)}）"
    found = Arrangement(year, notice, source, tuple(holidays), tuple(sorted(make_up)))
    return ReadNotice(parse(dump(found)), tuple(passed))


def _require_same(plain: str, year: int, notice: str) -> None:
    """Number and year in the text are those that were given."""
    for number in _NUMBER.findall(plain):
        if number != notice:
            raise ArrangementError(f"内容里的文号是{number}，填写的是{notice}", remedy="请核对通知文号")
    for named in _TITLE.findall(plain):
        if int(named) != year:
            raise ArrangementError(f"内容是{named}年的安排，填写的是{year}年", remedy="请核对年份")


def _sentences(text: str) -> list[str]:
    return [one for one in re.split("[。；]", text) if one]


def _arranges_nothing(sentence: str, name: str, issued: date) -> bool:
    """Whether a sentence is only passed over; False for the line with the day of issue."""
    if signed := _SIGNED.fullmatch(sentence):
        (day,) = _days(signed[1], name, issued.year)
        if day != issued:
            raise ArrangementError(
                f"内容里的落款日期是{_chinese(day)}，填写的是{_chinese(issued)}", remedy="请核对发文日期"
            )
        return False
    worked = "班" in sentence.replace(_ON_DUTY, "")
    off = _PARTS.search(sentence) is not None and _ARRANGES.search(sentence) is not None
    if worked or (off and not sentence.startswith(_ADVICE)):
        raise _not_understood(sentence, name)
    return True


def _holiday(sentence: str, name: str, year: int, notice: str) -> Holiday:
    off = _OFF.fullmatch(sentence)
    if off is None:
        raise _not_understood(sentence, name)
    days = _days(off[1], name, year)
    start, end = days[0], days[-1]
    if end < start:
        raise ArrangementError(
            f"从{_chinese(start)}到{_chinese(end)}：起止日期不对", place=name, remedy="跨年的请写明年份"
        )
    length = (end - start).days + 1
    if off[2] and int(off[2]) != length:
        raise ArrangementError(f"写的是{off[2]}天，按起止日期是{length}天", place=name, remedy="请核对")
    return Holiday(name, start, end, notice)


def _days(text: str, name: str, year: int) -> list[date]:
    """The days of an enumeration; a year or a month that is not repeated is that of the day before."""
    found: list[date] = []
    month = 0
    for part in _PARTS.finditer(text):
        year, month = int(part[1] or year), int(part[2] or month)
        try:
            day = date(year, month, int(part[3]))
        except ValueError:
            raise ArrangementError(f"没有“{part[0]}”这一天", place=name, remedy="请核对日期") from None
        for said in _WEEKDAY.findall(part[4] or ""):
            if _WEEK[day.weekday()] != said.replace("天", "日"):
                raise ArrangementError(
                    f"“{part[0]}”：{_chinese(day)}是星期{_WEEK[day.weekday()]}",
                    place=name,
                    remedy="请核对日期和年份",
                )
        found.append(day)
    return found


def _not_understood(sentence: str, name: str) -> ArrangementError:
    return ArrangementError(f"看不懂“{sentence[:60]}”", place=name, remedy=_REMEDY)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
