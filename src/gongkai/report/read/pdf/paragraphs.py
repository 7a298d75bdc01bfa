"""Lines of free text to paragraphs, over page breaks, without page numbers and running headers.

A paragraph begins where a line is indented, where the line before ends early, after a wider gap between
lines, or where a line is a heading of its own.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from gongkai.report.read.pdf.labels import NUMBERING
from gongkai.report.read.pdf.lines import Line, join_lines
from gongkai.report.read.pdf.page import Box, union

_DECORATED = re.compile(
    r"^(?:[-－—–―~·•|]+\s*\d{1,4}\s*[-－—–―~·•|]+|第\s*\d{1,4}\s*页.{0,16}|共\s*\d{1,4}\s*页.{0,12}"
    r"|(?:page|p\.)\s*\d{1,4}(?:\s*of\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^[-－—–―]*\s*(\d{1,4})\s*[-－—–―]*$")
#: Share of the page height at top and bottom where page numbers and running headers stand.
_EDGE = 0.12
_OPENING, _CLOSING = "“‘（《〈【「『〔", "，。、；：？！”’）》〉】」』〕"
#: A line this much short of the margin (ems) ends its paragraph. Punctuation may hang out over the margin
#: and may not begin or end a line, so where first lines are indented, a little room says nothing.
_SHORT, _SHORT_INDENTED = 2.2, 4.5
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}、")


@dataclass(slots=True)
class TextLine:
    """A line of free text and the page it is on. ``right`` is that page's right text margin."""

    line: Line
    page: int
    text: str
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph: text, first page, and its box on that page."""

    text: str
    page: int
    box: Box


def drop_page_marks(pages: Sequence[tuple[int, float, list[TextLine]]]) -> None:
    """Take page numbers and running headers out of the lines of each (number, height, lines), in place.

    A bare number at the edge goes only if it counts pages: the same distance from the page's own number on
    every page that has one. A running header goes if the same words stand at the edge of two pages or more
    (digits aside), unless they are all there is.
    """
    bare = _bare_numbers(pages)
    repeated = _repeated(pages)
    for number, height, lines in pages:
        kept = []
        for item in lines:
            at_edge = not _EDGE * height < (item.line.y0 + item.line.y1) / 2 < (1 - _EDGE) * height
            mark = at_edge and (
                _DECORATED.match(item.text) or (number, id(item)) in bare or _key(item, height) in repeated
            )
            if not mark:
                kept.append(item)
        lines[:] = kept


def _bare_numbers(pages: Sequence[tuple[int, float, list[TextLine]]]) -> set[tuple[int, int]]:
    found: list[tuple[int, int, int]] = []
    for number, height, lines in pages:
        edge = [lines[-1], lines[0]] if lines else []
        for item in edge:
            match = _BARE.match(item.text)
            middle = (item.line.y0 + item.line.y1) / 2
            if match and not _EDGE * height < middle < (1 - _EDGE) * height:
                found.append((number, int(match[1]) - number, id(item)))
                break
    offsets = Counter(offset for _, offset, _ in found)
    if not offsets:
        return set()
    offset, count = offsets.most_common(1)[0]
    if count < 2 and (offset != 0 or len(pages) > 1):
        return set()
    return {(number, key) for number, own, key in found if own == offset}


def _key(item: TextLine, height: float) -> tuple[str, bool]:
    return re.sub(r"[\d\s/第页共]+", "", item.text), item.line.y0 < height / 2


def _repeated(pages: Sequence[tuple[int, float, list[TextLine]]]) -> set[tuple[str, bool]]:
    seen: Counter[tuple[str, bool]] = Counter()
    for _, height, lines in pages:
        keys = set()
        for item in lines:
            middle = (item.line.y0 + item.line.y1) / 2
            if not 0.75 * _EDGE * height < middle < (1 - 0.75 * _EDGE) * height:
                keys.add(_key(item, height))
        seen.update(key for key in keys if key[0])
    return {key for key, count in seen.items() if count >= 2 and count * 2 >= len(pages)}


def set_margins(lines: Sequence[TextLine], widths: dict[int, float]) -> None:
    """Find the text margins of pages of one width and set them on the lines, in place."""
    for width in set(widths.values()):
        own = [item for item in lines if widths[item.page] == width]
        if not own:
            continue
        size = median(item.line.size for item in own)
        body = [item for item in own if abs(item.line.size - size) < 0.2 * size]
        steady = _near_long(body)
        left = _outermost([(item.line.x0, sure) for item, sure in zip(body, steady, strict=True)], size)
        right = _outermost([(-item.line.x1, sure) for item, sure in zip(body, steady, strict=True)], size)
        for item in own:
            item.left, item.right = left, -right


def _near_long(lines: Sequence[TextLine]) -> list[bool]:
    """Which lines are long, or come after a long one: these reach the margins."""
    span = max(item.line.x1 for item in lines) - min(item.line.x0 for item in lines)
    long = [item.line.x1 - item.line.x0 > 0.6 * span for item in lines]
    return [own or before for own, before in zip(long, [False, *long], strict=False)]


def _outermost(values: list[tuple[float, bool]], size: float) -> float:
    """The outermost value that is sure or that another line shares within an em, else the outermost."""
    values = sorted(values)
    for (value, sure), (following, _) in itertools.pairwise(values):
        if sure or following - value <= size:
            return value
    return values[0][0]


class Habits(NamedTuple):
    """How a document sets its paragraphs: distance of lines (0 if unknown), first lines indented, em."""

    pitch: float
    indented: bool
    size: float


def habits_of(lines: Sequence[TextLine]) -> Habits:
    """The habits of a document whose margins are set."""
    gaps = [b.line.y1 - a.line.y1 for a, b in pairwise(lines) if a.page == b.page and b.line.y1 > a.line.y1]
    indents = [item for item in lines if 1.2 <= (item.line.x0 - item.left) / item.line.size <= 2.8]
    flush = [item for item in lines if abs(item.line.x0 - item.left) < 0.5 * item.line.size]
    size = median(item.line.size for item in lines) if lines else 0.0
    return Habits(median(gaps) if gaps else 0.0, len(indents) >= 3 and bool(flush), size)


def paragraphs(lines: Iterable[TextLine], habits: Habits) -> list[TextBlock]:
    """Join lines that follow each other without a table between them."""
    blocks: list[TextBlock] = []
    run: list[TextLine] = []
    for item in lines:
        if run and _begins(run[-1], item, habits, first=len(run) == 1):
            blocks.append(_block(run))
            run = []
        run.append(item)
    if run:
        blocks.append(_block(run))
    return blocks


def _begins(before: TextLine, item: TextLine, habits: Habits, *, first: bool) -> bool:
    """True if ``item`` begins a paragraph."""
    size = item.line.size
    if abs(size - before.line.size) > 0.15 * size:
        return True
    if size > 1.2 * habits.size and _is_wrapped_title(before, item):
        return False
    if item.line.x0 - item.left > 0.8 * size and not (first and _flush(before, item)):
        return True
    gap = item.line.y1 - before.line.y1
    if before.page == item.page and habits.pitch and gap > min(1.45 * habits.pitch, 3.2 * size):
        return True
    if _HEADING.match(item.text) or (NUMBERING.match(item.text) and before.text[-1] in "。；：;:！？"):
        return True
    return _ends_early(before, item, _SHORT_INDENTED if habits.indented else _SHORT)


def _is_wrapped_title(before: TextLine, item: TextLine) -> bool:
    """Two centred lines of which the first fills the page: a title too long for one line."""
    size = item.line.size
    room = (before.right - before.left) - (before.line.x1 - before.line.x0)
    off = (before.line.x0 + before.line.x1 - item.line.x0 - item.line.x1) / 2
    return before.page == item.page and room < 2 * size and abs(off) < size


def _ends_early(before: TextLine, item: TextLine, short: float) -> bool:
    """True if ``before`` left room that the next line's first word would have fitted into."""
    size = item.line.size
    room = before.right - before.line.x1
    return room > short * size and room > _first_word(item) + 0.5 * size


def _flush(before: TextLine, item: TextLine) -> bool:
    """Both lines begin at the same place right of the margin and the first is full: a block set in."""
    size = item.line.size
    same = abs(before.line.x0 - item.line.x0) < 0.5 * size
    return same and before.right - before.line.x1 < 1.5 * size and not NUMBERING.match(item.text)


def _first_word(item: TextLine) -> float:
    """Width of the line's first unbreakable piece (a long address moves to the next line whole)."""
    end = 0
    chars = item.line.chars
    while end < len(chars) and chars[end].text.isascii() and chars[end].text.strip():
        end += 1
    return chars[end - 1].x1 - chars[0].x0 if end else 0.0


def _block(run: Sequence[TextLine]) -> TextBlock:
    text = run[0].text
    for before, item in itertools.pairwise(run):
        full = before.right - before.line.x1 < 1.2 * item.line.size
        text = join_lines(text, item.text, full=full)
    page = run[0].page
    return TextBlock(text, page, union([item.line.box for item in run if item.page == page]))
