"""Working days with 调休, from the State Council's yearly notices; outside the published years it raises."""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from gongkai.kernel import GongkaiError
from gongkai.law.arrangement import Arrangement, ArrangementError, Holiday, parse

#: Names a folder with further years, one file each, as ``gongkai law import-year`` writes them.
FOLDER_VARIABLE = "GONGKAI_CALENDAR_DIR"
#: The Regulation in force is of this year; nothing is counted before it.
_FIRST_YEAR = 2019
_ONE_DAY = timedelta(1)
_SATURDAY = 5


class CalendarNotPublished(GongkaiError):
    """The State Council's arrangement of this year's holidays is not in the data; nobody may guess."""

    code = "calendar-not-published"

    def __init__(self, year: int) -> None:
        import_it = f"国务院办公厅公布{year}年放假安排后，用 gongkai law import-year 导入"
        super().__init__(
            f"{year}年的放假安排不在已公布的数据中，不能计算工作日",
            remedy=import_it if year >= _FIRST_YEAR else f"工作日数据自{_FIRST_YEAR}年起",
        )
        self.year = year

    def __reduce__(self) -> tuple[object, ...]:
        return CalendarNotPublished, (self.year,)


class Look(NamedTuple):
    """What one day is: ``working`` is None in a year without a published arrangement."""

    working: bool | None
    why: str
    notice: str


class Reached(NamedTuple):
    """A day counted to; ``provisional`` where Mondays to Fridays stood in for an unpublished year."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The working days of consecutive years. Build it with :meth:`of`."""

    arrangements: tuple[Arrangement, ...]
    _off: dict[date, Holiday]
    _make_up: dict[date, str]
    _working: tuple[int, ...]

    @classmethod
    def of(cls, arrangements: Iterable[Arrangement]) -> "Calendar":
        """A calendar of these years; ArrangementError where a year is missing between two, or there twice."""
        rows = tuple(sorted(arrangements, key=lambda row: row.year))
        for before, after in pairwise(rows):
            if after.year != before.year + 1:
                raise ArrangementError(
                    f"{before.year}年之后是{after.year}年的放假安排，应逐年衔接、每年一份",
                    remedy=f"请先导入{before.year + 1}年的放假安排",
                )
        if not rows:
            raise ArrangementError("没有任何年份的放假安排")
        # A later notice may move days of the December before, so it is laid over the earlier one.
        off: dict[date, Holiday] = {}
        make_up: dict[date, str] = {}
        for row in rows:
            for holiday in row.holidays:
                for day in holiday.days():
                    off[day] = holiday
                    make_up.pop(day, None)
            for day in row.make_up:
                make_up[day] = row.notice
                off.pop(day, None)
        first, last = date(rows[0].year, 1, 1), date(rows[-1].year, 12, 31)
        working = tuple(
            number
            for number in range(first.toordinal(), last.toordinal() + 1)
            if _works(date.fromordinal(number), off, make_up)
        )
        return cls(rows, off, make_up, working)

    @property
    def first(self) -> date:
        """The first day of the published years."""
        return date(self.arrangements[0].year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of the published years."""
        return date(self.arrangements[-1].year, 12, 31)

    @property
    def years(self) -> range:
        """The published years."""
        return range(self.first.year, self.last.year + 1)

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is a working day. Raises CalendarNotPublished."""
        working = self.look(day).working
        if working is None:
            raise CalendarNotPublished(day.year)
        return working

    def look(self, day: date) -> Look:
        """What ``day`` is and why, in Chinese; never raises."""
        if not self.first <= day <= self.last:
            return Look(None, f"{day.year}年放假安排未公布", "")
        if day in self._make_up:
            return Look(True, "调休上班", self._make_up[day])
        if day in self._off:
            holiday = self._off[day]
            return Look(False, f"{holiday.name or '节假日'}放假", holiday.notice)
        if day.weekday() >= _SATURDAY:
            return Look(False, "星期六" if day.weekday() == _SATURDAY else "星期日", "")
        return Look(True, "工作日", "")

    def count(self, start: date, end: date) -> int:
        """Working days from ``start`` to ``end``, both included; 0 where ``end`` lies before ``start``.

        Raises CalendarNotPublished.
        """
        if end < start:
            return 0
        for day in (start, end):
            if not self.first <= day <= self.last:
                raise CalendarNotPublished(day.year)
        upto = bisect_right(self._working, end.toordinal())
        return upto - bisect_left(self._working, start.toordinal())

    def add(self, day: date, workdays: int) -> date:
        """The ``workdays``-th working day after ``day``, which itself never counts.

        Raises CalendarNotPublished.
        """
        reached = self.reach(day, workdays)
        if reached.provisional:
            raise CalendarNotPublished(max(reached.day.year, self.last.year + 1))
        return reached.day

    def reach(self, day: date, workdays: int) -> Reached:
        """Like :meth:`add`, but Mondays to Fridays stand in after the last published year (provisional).

        Raises CalendarNotPublished for a day before the first published year.
        """
        if workdays < 1:
            raise ValueError(f"workdays must be positive: {workdays}")
        if day < self.first:
            raise CalendarNotPublished(day.year)
        index = bisect_right(self._working, day.toordinal()) + workdays - 1
        if index < len(self._working):
            return Reached(date.fromordinal(self._working[index]), False)
        left = index - len(self._working) + 1
        day = max(day, self.last)
        while left:
            day += _ONE_DAY
            left -= day.weekday() < _SATURDAY
        return Reached(day, True)

    def working_ordinals(self) -> tuple[int, ...]:
        """The proleptic ordinals of all published working days, ascending."""
        return self._working

    def with_year(self, arrangement: Arrangement) -> "Calendar":
        """This calendar with one year added, or replaced where it is there already."""
        others = (row for row in self.arrangements if row.year != arrangement.year)
        return Calendar.of([*others, arrangement])


def _works(day: date, off: dict[date, Holiday], make_up: dict[date, str]) -> bool:
    return day in make_up or (day.weekday() < _SATURDAY and day not in off)


@cache
def shipped() -> Calendar:
    """The years in ``law/data/calendar``."""
    folder = resources.files("gongkai.law").joinpath("data", "calendar")
    files = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    return Calendar.of(parse(file.read_text("utf-8"), place=file.name) for file in files)


def imported_folder() -> Path:
    """Where imported years lie: GONGKAI_CALENDAR_DIR, else the user's data folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "gongkai" / "calendar"


def published() -> Calendar:
    """The shipped years, and laid over them those imported into :func:`imported_folder`."""
    files = tuple(_stamps(imported_folder()))
    return _with_files(files) if files else shipped()


def _stamps(folder: Path) -> Iterator[tuple[Path, int]]:
    for path in sorted(folder.glob("*.toml")):
        yield path, path.stat().st_mtime_ns


@cache
def _with_files(stamps: tuple[tuple[Path, int], ...]) -> Calendar:
    calendar = shipped()
    for path, _ in stamps:
        calendar = calendar.with_year(parse(_stored(path), place=str(path)))
    return calendar


def _stored(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArrangementError(
            "这份导入的放假安排不能读取", place=str(path), remedy="请检查权限；内容损坏的，请删除后重新导入"
        ) from error
