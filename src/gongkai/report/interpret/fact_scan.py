"""Sentences ready for reading: blanks out, cited titles covered, numbers found, and the way back kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gongkai.report.interpret.fact_patterns import NUMBER

_WIDE = {ord("０") + i: str(i) for i in range(10)} | {
    ord(w): n for w, n in zip("％（）．﹪－／", "%().%-/", strict=True)
}
_IS_WIDE = re.compile(r"[０-９％（）．﹪－／]")
#: What a sentence worth reading has: a figure with a unit or a percent, a number in Chinese with a unit ...
_FIGURE = re.compile(
    r"[0-9０-９][\s,，]*(?:[万千余多]*\s*[件条例份宗起篇期次则场项个元封批桩笔轮部%％]|[，,。；;、)）]|$)"
)
_NUMERAL = re.compile(r"[一二两三四五六七八九十百零]\s*[件起宗例份条次场期篇]")
#: ... or a denial.
_DENIAL = re.compile(
    r"(?:未|没|无|零|不存在).{0,60}?(?:申请|复议|诉讼)|(?:申请|复议|诉讼).{0,20}?(?:无|零|没有|未)"
)
_NONE = re.compile(r".{0,12}(?:无|没有)\s*$")
_NOT_ONE = re.compile(
    r"(?:未|没有?|无)(?:[^,，;；年月]{0,4}(?:发生|收到|产生|出现|接到|受理|引发|引起|存在|有))?$"
)
_RUN = re.compile(r"[0-9]+|[零〇一二两三四五六七八九十百千]+")
#: What runs on longer without a full stop is no sentence but a table that lost its cells.
_LONGEST = 2000
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_TITLE = re.compile(r"《[^》]*》?")
_DIGITS_APART = re.compile(r"(?<=\d)[ \t\u3000\xa0]+(?=\d)")
_BLANK = re.compile(r"\s")
_NUMERALS = {c: d for d, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"万": 10_000, "千": 1000, "百": 100, "亿": 100_000_000}
_SEPARATORS = re.compile(r"[,，;；:：()]")
_NEARLY = re.compile(r"[近约逾超]$")


class Number(NamedTuple):
    """A number in a sentence. The words before it begin at ``left``, those behind it end at ``right``."""

    value: int | Decimal
    unit: str
    start: int
    end: int
    left: int
    right: int
    about: bool


@dataclass(slots=True)
class Sentence:
    """A sentence of a section. ``text`` has no blanks; ``at`` maps its positions to the section's text."""

    text: str
    start: int
    origin: list[int] | None
    numbers: list[Number]

    def denied_one(self, number: Number) -> bool:
        """Whether a one is none: 无一例, 未发生一起."""
        return number.value == 1 and _NOT_ONE.search(self.text, number.left, number.start) is not None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the section's text."""
        if self.origin is None:
            return self.start + start, self.start + end
        return self.start + self.origin[start], self.start + self.origin[end - 1] + 1


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, as ranges."""
    for found in _SENTENCE.finditer(text, start, end):
        yield found.span()


def worth_reading(sentence: str) -> bool:
    """Whether a sentence may state a figure."""
    if len(sentence) > _LONGEST:
        return False
    if _FIGURE.search(sentence) or _NUMERAL.search(sentence):
        return True
    if "申请" in sentence or "复议" in sentence or "诉讼" in sentence:
        return _DENIAL.search(sentence) is not None
    return len(sentence) < 20 and _NONE.match(sentence) is not None


def prepare(raw: str, start: int) -> Sentence:
    """Make a sentence of ``raw``, which begins at ``start`` in its section."""
    text = raw.translate(_WIDE) if _IS_WIDE.search(raw) else raw
    if "《" in text:
        text = _TITLE.sub(lambda m: "_" * len(m.group()), text)
    origin: list[int] | None = None
    if _BLANK.search(text):
        text = _DIGITS_APART.sub(lambda m: "_" * len(m.group()), text)
        origin = [i for i, sign in enumerate(text) if not sign.isspace()]
        text = "".join(text.split())
    return Sentence(text, start, origin, _numbers(text))


def _numbers(text: str) -> list[Number]:
    found: list[Number] = []
    matches = _matches(text)
    last = 0
    for index, match in enumerate(matches):
        value = _value(match)
        begin = match.start()
        left = last
        for mark in _SEPARATORS.finditer(text, last, begin):
            left = mark.end()
        if left == begin and text[left - 1 : left] in (":", "："):
            left = max(last, *(text.rfind(sign, last, begin - 1) + 1 for sign in ",，;；()"))
        stop = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        closing = _SEPARATORS.search(text, match.end(), stop)
        right = closing.start() if closing else stop
        if value is not None:
            about = match["about"] is not None or _NEARLY.search(text, left, begin) is not None
            found.append(Number(value, match["unit"] or "", begin, match.end(), left, right, about))
        last = match.end()
    return found


def _matches(text: str) -> list[re.Match[str]]:
    """Every number of the text; only where digits or numerals begin is there a look at what they are."""
    matches: list[re.Match[str]] = []
    end = 0
    for run in _RUN.finditer(text):
        if run.start() >= end:
            match = NUMBER.match(text, run.start())
            if match:
                matches.append(match)
                end = match.end()
    return matches


def _value(match: re.Match[str]) -> int | Decimal | None:
    figures = match["figures"] or match["bare"]
    value: int | Decimal | None
    if figures:
        plain = figures.replace(",", "").replace("，", "")
        value = Decimal(plain) if "." in plain else int(plain)
    else:
        value = chinese_number(match["numeral"])
    if value is None:
        return None
    if match["scale"]:
        value = value * _SCALE[match["scale"]]
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return value


def chinese_number(numeral: str) -> int | None:
    """A number in Chinese numerals below 万; None where it is not well formed (一二, 十百)."""
    total = digit = 0
    last_place = 10_000
    waiting = False
    for sign in numeral:
        if sign in _PLACES:
            place = _PLACES[sign]
            if place >= last_place or (not waiting and place != 10):
                return None
            total += place * (digit if waiting else 1)
            last_place, digit, waiting = place, 0, False
        else:
            if waiting and digit:
                return None
            digit, waiting = _NUMERALS[sign], True
    return total + digit
