"""The State Council's arrangement of one year's holidays: days off, and weekend days worked (调休)."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongkai.kernel import GongkaiError
from gongkai.law.foreign import parsed

_NOTICE = re.compile(r"国办发明电〔(\d{4})〕\d+号")
_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
#: 国务院令第795号: these days are holidays of every year, whatever is moved around them.
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
_FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
#: Years since 2008 have 247 to 252; outside this a file has a mistake.
_WORKING_DAYS = range(244, 256)
_FIELDS = {"notice", "from", "until", "source", "make_up", "holiday"}
_WEEK = "一二三四五六日"


class ArrangementError(GongkaiError):
    """A file with a year's holidays that cannot be taken over."""

    code = "calendar-file"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A run of days off, both ends included, and the notice that sets it."""

    name: str
    start: date
    end: date
    notice: str

    def days(self) -> Iterator[date]:
        """Each day of it."""
        for step in range((self.end - self.start).days + 1):
            yield self.start + timedelta(step)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One year's holidays and make-up working days; both may reach into the December before."""

    year: int
    notice: str
    source: str
    holidays: tuple[Holiday, ...]
    make_up: tuple[date, ...]


def parse(text: str, *, place: str = "") -> Arrangement:
    """An arrangement from TOML or JSON, as in ``law/data/calendar``; ArrangementError says what is wrong.

    ``holiday`` is a list of runs (``name``, ``from``, ``until``) or of single days, ``make_up`` the list of
    Saturdays and Sundays worked.
    """
    try:
        return _checked(_arrangement(_values(text)))
    except ArrangementError as error:
        error.place = "：".join(filter(None, (place, error.place)))
        raise


def _values(text: str) -> Any:
    if text.lstrip().startswith("{"):
        return parsed(text, ArrangementError, _EXAMPLE)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = _TOML_PLACE.search(str(error))
        place = f"第{at[1]}行第{at[2]}列" if at else ""
        raise ArrangementError("不是有效的 TOML 或 JSON", place=place, remedy=_EXAMPLE) from error


_EXAMPLE = "请对照“文件的写法”核对：notice、from、until、source、make_up，每个节日一段 [[holiday]]"


def _arrangement(values: Any) -> Arrangement:
    if not isinstance(values, dict):
        raise ArrangementError("文件内容应是一个年份的放假安排", remedy=_EXAMPLE)
    if unknown := sorted(values.keys() - _FIELDS):
        raise ArrangementError(f"不认识的项目：{'、'.join(unknown)}", remedy=f"可用的项目：{_names()}")
    if missing := sorted(_FIELDS - values.keys()):
        raise ArrangementError(f"缺少项目：{'、'.join(missing)}", remedy=_EXAMPLE)
    start, end = _day(values["from"], "from"), _day(values["until"], "until")
    if (start.month, start.day, end.month, end.day, end.year) != (1, 1, 12, 31, start.year):
        raise ArrangementError("from 和 until 应是同一年的1月1日和12月31日")
    notice = _text(values["notice"], "notice")
    holidays = tuple(_holiday(row, notice) for row in _list(values["holiday"], "holiday"))
    make_up = tuple(sorted(_day(day, "make_up") for day in _list(values["make_up"], "make_up")))
    return Arrangement(start.year, notice, _text(values["source"], "source"), holidays, make_up)


def _names() -> str:
    return "、".join(sorted(_FIELDS))


def _holiday(row: Any, notice: str) -> Holiday:
    if not isinstance(row, Mapping):
        day = _day(row, "holiday")
        return Holiday("", day, day, notice)
    if unknown := sorted(row.keys() - {"name", "from", "until", "notice"}):
        raise ArrangementError(f"holiday 中不认识的项目：{'、'.join(unknown)}")
    start = _day(row.get("from"), "holiday.from")
    end = _day(row.get("until", start), "holiday.until")
    name = _text(row.get("name"), "holiday.name")
    if not 0 <= (end - start).days < 15:
        raise ArrangementError(f"{name}从{start}到{end}：起止日期不对")
    return Holiday(name, start, end, _text(row.get("notice", notice), "holiday.notice"))


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise ArrangementError(f"{name} 应是一列日期", remedy=_EXAMPLE)
    return value


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ArrangementError(f"{name} 应是文字，不能空着")
    return value.strip()


def _day(value: Any, name: str) -> date:
    if type(value) is date:
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ArrangementError(f"{name}：“{value}”不是日期，应写成 2027-01-01 这样")


def _checked(arrangement: Arrangement) -> Arrangement:
    """The arrangement, if each rule holds that every year so far has kept."""
    year = arrangement.year
    for notice in {arrangement.notice, *(holiday.notice for holiday in arrangement.holidays)}:
        if not _NOTICE.fullmatch(notice):
            raise ArrangementError(f"通知文号“{notice}”不对", remedy="应写成 国办发明电〔2025〕7号 这样")
    off = _days_off(arrangement)
    for day in [*off, *arrangement.make_up]:
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise ArrangementError(f"{day}不在{year}年（或上年12月）")
    _check_festivals(arrangement, off)
    _check_make_up(arrangement.make_up, off)
    _check_total(year, off, arrangement.make_up)
    return arrangement


def _days_off(arrangement: Arrangement) -> set[date]:
    off: set[date] = set()
    for holiday in arrangement.holidays:
        for day in holiday.days():
            if day in off:
                raise ArrangementError(f"{day}在放假日中写了两次")
            off.add(day)
    return off


def _check_festivals(arrangement: Arrangement, off: set[date]) -> None:
    """The statutory holidays are all there (国务院《全国年节及纪念日放假办法》)."""
    for month, day in _fixed(arrangement.year):
        if date(arrangement.year, month, day) not in off:
            raise ArrangementError(f"{arrangement.year}年{month}月{day}日是法定节假日，放假日中没有")
    names = "".join(holiday.name for holiday in arrangement.holidays)
    missing = [name for name in _FESTIVALS if name not in names]
    if missing and all(holiday.name for holiday in arrangement.holidays):
        raise ArrangementError(f"放假日中没有：{'、'.join(missing)}")


def _fixed(year: int) -> tuple[tuple[int, int], ...]:
    """5月2日 is a statutory holiday since 2025."""
    return _FIXED if year >= 2025 else tuple(day for day in _FIXED if day != (5, 2))


def _check_make_up(make_up: tuple[date, ...], off: set[date]) -> None:
    if len(set(make_up)) != len(make_up):
        raise ArrangementError("调休上班日中有日期写了两次")
    for day in make_up:
        if day in off:
            raise ArrangementError(f"{day}既是放假日又是调休上班日")
        if day.weekday() < 5:
            raise ArrangementError(f"{day}是星期{_WEEK[day.weekday()]}，本来就上班，不会是调休上班日")


def _check_total(year: int, off: set[date], make_up: tuple[date, ...]) -> None:
    days = (date(year, 1, 1) + timedelta(step) for step in range(366))
    working = sum(
        day.year == year and day not in off and (day.weekday() < 5 or day in make_up) for day in days
    )
    if working not in _WORKING_DAYS:
        raise ArrangementError(
            f"照此{year}年有{working}个工作日，历年在247至252个之间",
            remedy="请核对放假日和调休上班日是否写全",
        )
