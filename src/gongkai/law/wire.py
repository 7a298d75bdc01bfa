"""EVENTS.json: an application's events from JSON, and its account to JSON."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from gongkai.kernel import GongkaiError
from gongkai.law.case import Account, Case, Channel, Day, Event, Kind, Party, Term
from gongkai.law.foreign import parsed

SCHEMA = "gongkai.account/1"
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIELDS = ("on", "kind", "workdays", "party", "ref", "to", "excused", "reached", "from_receipt")
#: From the first Regulation on; outside a date is a slip of the pen, and listing its days would take long.
_YEARS = range(2008, 2200)
#: No case has so many events: each is compared with those before it, which would take hours.
_MOST_EVENTS = 10_000
#: No term has so many working days, and no error should have to print such a number.
_MOST_WORKDAYS = 100_000
#: Of a value that is wrong, an error shows so many characters.
_SHOWN = 40
_Word = TypeVar("_Word", bound=StrEnum)


class EventsError(GongkaiError):
    """The events cannot be read. ``number`` is the event's, from 1; 0 where it is none of one event."""

    code = "events"
    number = 0


def read_case(text: str) -> Case:
    """The case in ``{"channel": …, "events": [{"on": …, "kind": …}]}``.

    The fields of an event are those of ``Event``; what its kind has no use for is left aside. Raises
    EventsError: not JSON, a field missing, unknown or written twice, an unknown word, a date that does not
    exist.
    """
    values = parsed(text, EventsError, _EXAMPLE, _without_doubles)
    if not isinstance(values, dict):
        raise EventsError("内容应是一个对象", remedy=_EXAMPLE)
    for name in ("channel", "events"):
        if values.get(name) is None:
            raise EventsError(f"缺少 {name}", remedy=_EXAMPLE)
    channel = _word(Channel, values["channel"], "channel")
    if not isinstance(values["events"], list):
        raise EventsError("events 应是一列事件", remedy=_EXAMPLE)
    if len(values["events"]) > _MOST_EVENTS:
        raise EventsError(
            f"事件有{len(values['events'])}个，最多{_MOST_EVENTS}个", remedy="一个文件只写一件申请"
        )
    return Case(channel, tuple(_numbered(number, row) for number, row in enumerate(values["events"], 1)))


_EXAMPLE = '写法：{"channel": "in_person", "events": [{"on": "2024-01-31", "kind": "received"}]}'


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise EventsError(f"“{_shown(double)}”写了两次", remedy="请只保留一个")
    return values


def _numbered(number: int, row: Any) -> Event:
    try:
        return _event(row)
    except EventsError as error:
        refused = EventsError(error.message, place=f"第{number}个事件", remedy=error.remedy)
        refused.number = number
        raise refused from error


def _event(row: Any) -> Event:
    if not isinstance(row, dict):
        raise EventsError("事件应是一个对象", remedy=_EXAMPLE)
    if unknown := [name for name in row if name not in _FIELDS]:
        raise EventsError(
            f"不认识的项目：{_shown('、'.join(unknown))}", remedy=f"可用的项目：{'、'.join(_FIELDS)}"
        )
    given = {name: value for name, value in row.items() if value is not None}
    for name in ("on", "kind"):
        if name not in given:
            raise EventsError(f"缺少 {name}", remedy=_EXAMPLE)
    event = Event(_day(given["on"], "on"), _word(Kind, given["kind"], "kind"))
    return replace(event, **{name: _READ[name](given[name]) for name in given.keys() & _READ.keys()})


def _word(words: type[_Word], value: Any, name: str) -> _Word:
    if isinstance(value, str) and value in set(words):
        return words(value)
    raise EventsError(f"{name} 不能是“{_shown(value)}”", remedy=f"可以是：{'、'.join(words)}")


def _shown(value: Any) -> str:
    """A wrong value as the file writes it, cut where it is long; half characters as question marks."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return text.encode(errors="replace").decode()


def _day(value: Any, name: str) -> date:
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise EventsError(f"{name}：没有{value}这一天", remedy="请核对日期") from None
        if day.year not in _YEARS:
            raise EventsError(f"{name}：{value}超出了可以计算的范围", remedy="请核对年份")
        return day
    raise EventsError(f"{name}：“{_shown(value)}”不是日期", remedy="应写成 2024-01-31 这样")


def _workdays(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise EventsError(f"workdays 不能是“{_shown(value)}”", remedy="应是整数，如 20")
    if abs(value) > _MOST_WORKDAYS:
        raise EventsError("workdays 的数字过大", remedy="应是工作日数，如 20")
    return value


def _ref(value: Any) -> str:
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise EventsError(f"ref 不能是“{_shown(value)}”", remedy="应是文字")


def _flag(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise EventsError(f"{name} 不能是“{_shown(value)}”", remedy="应是 true 或 false")
    return value


_READ: dict[str, Callable[[Any], Any]] = {
    "workdays": _workdays,
    "party": lambda value: _word(Party, value, "party"),
    "ref": _ref,
    "to": lambda value: _day(value, "to"),
    "excused": lambda value: _flag(value, "excused"),
    "reached": lambda value: _day(value, "reached"),
    "from_receipt": lambda value: _flag(value, "from_receipt"),
}


def account_to_dict(account: Account) -> dict[str, Any]:
    """The account as ``gongkai.account/1``: days as ISO dates, what is not known or not owed as null.

    ``provisional`` goes with ``not_before``: it was counted over Mondays to Fridays. ``account`` lists the
    days; those with ``ahead`` lie after ``on``.
    """
    return {
        "schema": SCHEMA,
        "on": account.on.isoformat(),
        "state": account.state.value,
        "received": _iso(account.received),
        "start": _iso(account.start),
        "due": _iso(account.due),
        "not_before": _iso(account.not_before),
        "provisional": account.not_before is not None,
        "limit": account.limit,
        "used": account.used,
        "left": account.left,
        "late": account.late,
        "closed_on": _iso(account.closed_on),
        "account": [_day_out(day) for day in account.days],
        "terms": [_term_out(term) for term in account.terms],
        "notes": list(account.notes),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_out(day: Day) -> dict[str, Any]:
    return {
        "on": day.on.isoformat(),
        "counted": day.counted,
        "number": day.number,
        "why": day.why,
        "article": str(day.article),
        "notice": day.notice or None,
        "ahead": day.ahead,
    }


def _term_out(term: Term) -> dict[str, Any]:
    return {
        "kind": term.kind.value,
        "party": term.party.value if term.party else None,
        "ref": term.ref or None,
        "since": term.since.isoformat(),
        "until": None if term.provisional else _iso(term.until),
        "ended": _iso(term.ended),
        "article": str(term.article),
    }
