"""Automatic numbers of paragraphs: 一、 （一） 1. and so on, as the program would print them."""

import re
from dataclasses import dataclass, field

from gongkai.report.read.docx.names import W, number, val
from gongkai.report.read.limits import parse_xml

_LEVELS = 9
_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_UNPRINTED = frozenset(("bullet", "none"))
_PART = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""
    style: str = ""
    plain: bool = False


@dataclass(slots=True)
class _List:
    """One numbered list: its levels, and the numbers last given."""

    levels: dict[int, _Level]
    last: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The numbered lists of a document, parsed when the first number is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._lists: dict[str, _List] | None = None
        self._starts: dict[str, dict[int, int]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._begun: set[str] = set()

    def next(self, num_id: str, level: int | None, style: str = "") -> str:
        """The number of the next paragraph of list ``num_id`` at ``level`` (None: the level of its style)."""
        if self._lists is None:
            self._lists = self._parse()
        found = self._lists.get(num_id)
        if found is None:
            return ""
        levels = found.levels | self._levels.get(num_id, {})
        if level is None or any(item.style == style for item in levels.values() if style):
            level = next((at for at, item in levels.items() if style and item.style == style), level or 0)
        if level not in levels:
            return ""
        self._begin(num_id, found)
        last = found.last[level]
        found.last[level] = levels[level].start if last is None else last + 1
        found.last[level + 1 :] = [None] * (_LEVELS - level - 1)
        if levels[level].kind in _UNPRINTED:
            return ""
        return _PART.sub(lambda part: _shown(found.last, levels, int(part[1]) - 1, level), levels[level].text)

    def _begin(self, num_id: str, found: _List) -> None:
        if num_id not in self._begun:
            self._begun.add(num_id)
            for at, start in self._starts.get(num_id, {}).items():
                found.last[at] = start - 1

    def _parse(self) -> dict[str, _List]:
        if not self._data:
            return {}
        root = parse_xml(self._data, "numbering.xml")
        abstract = {}
        for element in root.iter(f"{W}abstractNum"):
            levels = {
                int(item.get(f"{W}ilvl") or 0): _level(item)
                for item in element.iter(f"{W}lvl")
                if (item.get(f"{W}ilvl") or "0") in "012345678"
            }
            abstract[element.get(f"{W}abstractNumId")] = _List(levels)
        lists = {}
        for element in root.iter(f"{W}num"):
            num_id = element.get(f"{W}numId") or ""
            chosen = abstract.get(val(element.find(f"{W}abstractNumId")))
            if chosen is None:
                continue
            lists[num_id] = chosen
            for override in element.iter(f"{W}lvlOverride"):
                at = override.get(f"{W}ilvl") or "0"
                if at not in "012345678":
                    continue
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._starts.setdefault(num_id, {})[int(at)] = number(start, 1)
                changed = override.find(f"{W}lvl")
                if changed is not None:
                    self._levels.setdefault(num_id, {})[int(at)] = _level(changed)
        return lists


def _level(element: "object") -> _Level:
    find = element.find  # type: ignore[attr-defined]
    return _Level(
        number(find(f"{W}start"), 1),
        val(find(f"{W}numFmt"), "decimal"),
        val(find(f"{W}lvlText")),
        val(find(f"{W}pStyle")),
        find(f"{W}isLgl") is not None,
    )


def _shown(last: list[int | None], levels: dict[int, _Level], at: int, level: int) -> str:
    item = levels.get(at, _Level())
    value = last[at]
    if value is None:
        value = item.start
    kind = "decimal" if levels[level].plain else item.kind
    return format_number(value, kind)


def format_number(value: int, kind: str) -> str:
    """``value`` as numFmt ``kind`` prints it; kinds we do not know as decimal."""
    if kind.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting")):
        return _counting(value)
    if kind in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _counting(value, _LEGAL, "拾", "佰")
    if kind in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(("〇" + _DIGITS[1:])[int(digit)] for digit in str(value))
    if kind == "ideographTraditional" and 1 <= value <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[value - 1]
    if kind.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    return _latin(value, kind)


def _latin(value: int, kind: str) -> str:
    """Letters, Roman numerals and the kinds of Arabic digits."""
    if kind in ("upperLetter", "lowerLetter") and 1 <= value <= 780:
        letters = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if kind == "upperLetter" else letters.lower()
    if kind in ("upperRoman", "lowerRoman") and 1 <= value < 4000:
        return _roman(value) if kind == "upperRoman" else _roman(value).lower()
    if kind == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(value))
    return f"{value:02}" if kind == "decimalZero" else str(value)


def _counting(value: int, digits: str = _DIGITS, ten: str = "十", hundred: str = "百") -> str:
    if not 0 <= value < 1000:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + hundred if hundreds else ""
    if tens:
        text += (digits[tens] if tens > 1 or hundreds or digits == _LEGAL else "") + ten
    elif hundreds and ones:
        text += digits[0]
    if ones or not text:
        text += digits[ones]
    return text


def _roman(value: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        count, value = divmod(value, size)
        text += letters * count
    return text
