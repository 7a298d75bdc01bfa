"""What is entered of one item, by hand or from a file, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from django.db.models import Field

from gongkai.web.common import wording
from gongkai.web.publishing.models import (
    INDEX_LENGTH,
    NUMBER_LENGTH,
    PLACE_LENGTH,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
    URL_LENGTH,
    Item,
)

_LONGEST: Final = {
    "index_number": INDEX_LENGTH, "title": TITLE_LENGTH, "number": NUMBER_LENGTH, "summary": SUMMARY_LENGTH,
    "url": URL_LENGTH, "place": PLACE_LENGTH,
}  # fmt: skip
#: No day of a catalogue lies before it.
_FIRST_DAY: Final = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of an item that people fill in; days are None where nothing is given."""

    index_number: str
    title: str
    made_on: date | None
    number: str = ""
    summary: str = ""
    published_on: date | None = None
    url: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        """``HTTPS://`` is the same address as ``https://``; it is kept in the spelling the table asks for."""
        scheme, colon, rest = self.url.partition(":")
        object.__setattr__(self, "url", f"{scheme.lower()}{colon}{rest}")

    @property
    def index_key(self) -> str:
        """The index number as it is looked for."""
        return wording.index_key(self.index_number)


def _field(name: str) -> "Field[Any, Any]":
    found = Item._meta.get_field(name)
    assert isinstance(found, Field)  # noqa: S101 - none of ours is a relation
    return found


NAMES: Final = tuple(field.name for field in fields(Entry))
#: Their labels, as screens, files and messages call them.
LABELS: Final = {name: str(_field(name).verbose_name) for name in NAMES}


def of(item: Item) -> Entry:
    """An item as it was entered."""
    return Entry(**{name: getattr(item, name) for name in NAMES})


def fill(item: Item, entry: Entry) -> Item:
    """Put an entry without faults into an item, with the keys it is looked for by."""
    for name in NAMES:
        setattr(item, name, getattr(entry, name))
    item.index_key = entry.index_key
    item.number_key = wording.number_key(entry.number)
    return item


def faults(entry: Entry, today: date) -> dict[str, str]:
    """What is wrong, by field, in Chinese; empty where the entry can be taken. ``today`` in Asia/Shanghai."""
    found: dict[str, str] = {}
    for name, fault in _faults(entry, today):
        found.setdefault(name, fault)
    return found


def _faults(entry: Entry, today: date) -> Iterator[tuple[str, str]]:
    for name, longest in _LONGEST.items():
        text = getattr(entry, name)
        if len(text) > longest:
            yield name, f"有{len(text)}字，最多{longest}字"
        if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
            yield name, "含有不能显示的控制字符，请重新录入"
    if len(entry.index_key) > INDEX_LENGTH:
        yield "index_number", f"最多{INDEX_LENGTH}字"
    if len(wording.number_key(entry.number)) > NUMBER_LENGTH:
        yield "number", f"最多{NUMBER_LENGTH}字"
    if not entry.index_key:
        yield "index_number", "没有填写；条例第十二条要求目录有索引号"
    if not entry.title:
        yield "title", "没有填写"
    yield from _days(entry, today)
    if entry.url and (fault := _address_fault(entry.url)):
        yield "url", fault
    if not entry.url and not entry.place:
        yield "url", "网址和查阅方式至少填写一项，公众才知道在哪里看"


def _days(entry: Entry, today: date) -> Iterator[tuple[str, str]]:
    if entry.made_on is None:
        yield "made_on", "没有填写"
    for name in ("made_on", "published_on"):
        day: Any = getattr(entry, name)
        if day is not None and not _FIRST_DAY <= day <= today:
            yield name, f"{day:%Y-%m-%d}不在1949年10月1日至今天之间"
    if entry.made_on and entry.published_on and entry.published_on < entry.made_on:
        yield "published_on", f"早于生成日期{entry.made_on:%Y-%m-%d}"


def _address_fault(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return "不是有效的网址"
    if parts.scheme not in {"http", "https"}:
        return "应以 http:// 或 https:// 开头"
    if not host or any(sign.isspace() for sign in url) or parts.username is not None:
        return "不是有效的网址"
    return ""
