"""The line of days of a case: runs of days that are alike, each with its reason in one sentence.

Day by day a reader with a keyboard would stop sixty times; a run is one stop and says the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from gongkai.law.case import Account, Day

_WEEKEND: Final = ("星期六", "星期日")


class Run(NamedTuple):
    """Days one after the other, all counted or all not, for one reason. ``text`` says which, and why."""

    days: tuple[Day, ...]
    counted: bool | None
    ahead: bool
    text: str


def days(account: Account) -> tuple[Day, ...]:
    """The days of the account up to the end of the case; what would have come after it did not happen."""
    end = account.closed_on
    return tuple(day for day in account.days if end is None or day.on <= end)


def runs(account: Account) -> list[Run]:
    """The line of days; empty before there is a day of receipt."""
    return list(_runs(days(account))) if account.received else []


def _runs(line: Sequence[Day]) -> Iterator[Run]:
    def alike(day: Day) -> tuple[bool | None, bool, str]:
        return day.counted, day.ahead, "周末" if day.why in _WEEKEND else day.why

    for (counted, ahead, _), group in groupby(line, alike):
        found = tuple(group)
        yield Run(found, counted, ahead, _told(found, counted, ahead=ahead))


def _told(found: Sequence[Day], counted: bool | None, *, ahead: bool) -> str:
    first, last = found[0], found[-1]
    when = _span(first.on, last.on) + ("（还没到）" if ahead else "")
    if counted:
        numbers = str(first.number) if first == last else f"{first.number}至{last.number}"
        adjusted = "" if first.why == "工作日" else f"（{first.why}）"
        return f"{when}：计入，第{numbers}个工作日{adjusted}"
    why = "、".join(dict.fromkeys(day.why for day in found))
    return f"{when}：{'不计' if counted is False else '尚不能确定'}，{why}"


def _span(first: date, last: date) -> str:
    start = f"{first.month}月{first.day}日"
    if first == last:
        return start
    return f"{start}至{last.day}日" if first.month == last.month else f"{start}至{last.month}月{last.day}日"
