"""The lines of a document outside its statutory tables, each with its way back to the source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.kernel import Place
from gongkai.report.grid import Document, Paragraph, Table
from gongkai.report.interpret.readings import Consumed

#: Marks that converters leave in the text; they are no part of it.
_NOISE = re.compile(
    r"\[bookmark:[^\]\n]*\]|\*\*|__(?=\S)|(?<=\S)__|&nbsp;|[\u200b\u200e\u200f\u2060\ufeff\x0b\x0c]"
    r"|(?:HYPERLINK|PAGEREF|TOC)\s+\\?\"[^\"\n]*\"(?:\s*\\[a-z])*|\\\*\s*MERGEFORMAT"
)
_NOISE_HINT = re.compile(r"[\[*_&\\\u200b\u200e\u200f\u2060\ufeff\x0b\x0c]")
_MARKDOWN = re.compile(r"(?:#{1,6}\s+|>\s*|[-*•·]\s+(?=\d+[.、．]|[（(一二三四五六]))+")
_SPACE = " \t\r\u3000\xa0"
#: A line that ends so is a finished paragraph, and one that begins so a new one.
_FINISHED = tuple("。！？；：.!?;:")
_MARKER = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,2}[）)、．.]|[（(]?\d{1,2}[）)、．.]|第[一二三四五六]"
    r"|[一二三四五六]是)"
)
#: Where a line is this long, lines are paragraphs; where all are shorter, the source may be hard-wrapped.
_WRAP_WIDTH = 60
#: Cells of a table this long hold prose: the table lays out the page.
_PROSE_CELL = 60
#: What a table counts for in the distance between two headings.
_TABLE_WEIGHT = 200


class Piece(NamedTuple):
    """A run of a line as it stands in one place of the source. ``offset`` is where it begins in the line."""

    offset: int
    place: Place


@dataclass(slots=True)
class Line:
    """A paragraph of text, cleaned at its edges.

    ``at`` is its position on one axis through the whole document, tables included. ``after_table`` tells
    that a table, or a part of the text that belongs to one, stands right before it.
    """

    text: str
    pieces: tuple[Piece, ...]
    at: int
    heading: bool = False
    after_table: bool = False

    def place(self, start: int, end: int) -> Place:
        """The source place of ``text[start:end]``."""
        best = self.pieces[0]
        for piece in self.pieces:
            if piece.offset <= start:
                best = piece
        return best.place.span(start - best.offset, max(end - best.offset, 0))


def lines_of(document: Document, consumed: Consumed) -> list[Line]:
    """Every non-empty line that the statutory tables did not take, in reading order."""
    lines: list[Line] = []
    at = 0
    after_table = False
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            if index not in consumed:
                lines.extend(_prose_cells(block, at))
            at += _TABLE_WEIGHT
            after_table = True
            continue
        first = len(lines)
        for start, end in _free(block, index, consumed):
            lines.extend(_split(block, start, end, at))
        if len(lines) > first:
            lines[first].after_table = after_table
            after_table = False
        elif consumed.get(index, ()) is None:
            after_table = True
        at += len(block.text)
    return _unwrapped(lines)


def _free(block: Paragraph, index: int, consumed: Consumed) -> list[tuple[int, int]]:
    """The ranges of the paragraph that no table took."""
    taken = consumed.get(index, ())
    if taken is None:
        return []
    free, start = [], 0
    for begin, end in sorted(taken):
        if begin > start:
            free.append((start, begin))
        start = max(start, end)
    if start < len(block.text):
        free.append((start, len(block.text)))
    return free


def _split(block: Paragraph, start: int, end: int, at: int) -> Iterator[Line]:
    text = block.text
    while start < end:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        line = _clean(text, start, stop, block.place, at, block.heading)
        if line:
            yield line
        start = stop + 1


def _clean(text: str, start: int, end: int, place: Place, at: int, heading: bool) -> Line | None:
    raw = text[start:end].rstrip(_SPACE)
    bare = raw.lstrip(_SPACE)
    if not bare:
        return None
    begin = start + len(raw) - len(bare)
    if bare[0] in "#>-*•·":
        mark = _MARKDOWN.match(bare)
        if mark:
            heading = heading or bare[0] == "#"
            begin += mark.end()
            bare = bare[mark.end() :]
    if not _NOISE_HINT.search(bare):
        return Line(bare, (Piece(0, place.span(begin, begin)),), at + begin, heading) if bare else None
    return _without_noise(bare, begin, place, at, heading)


def _without_noise(bare: str, begin: int, place: Place, at: int, heading: bool) -> Line | None:
    kept: list[str] = []
    pieces: list[Piece] = []
    length = last = 0
    for start, end in [*((m.start(), m.end()) for m in _NOISE.finditer(bare)), (len(bare), len(bare))]:
        if start > last:
            pieces.append(Piece(length, place.span(begin + last, begin + last)))
            kept.append(bare[last:start])
            length += start - last
        last = end
    text = "".join(kept)
    return Line(text, tuple(pieces), at + begin, heading) if text.strip(_SPACE) else None


def _prose_cells(table: Table, at: int) -> Iterator[Line]:
    """The text of a table that only lays out the page: its long cells, as paragraphs."""
    for cell in table.cells:
        if len(cell.text) >= _PROSE_CELL:
            yield from _split(Paragraph(cell.text, cell.place), 0, len(cell.text), at)


def short_cells(document: Document, consumed: Consumed) -> Iterator[list[str]]:
    """The rows of tables that are none of the statutory ones (索引号, 发布机构, 发布日期)."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and index not in consumed:
            for row in block.rows():
                yield [cell.text.strip() for cell in row]


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of a hard-wrapped source to paragraphs; leave any other source alone."""
    width = max((len(line.text) for line in lines), default=0)
    if not 16 <= width <= _WRAP_WIDTH or sum(len(line.text) >= width - 4 for line in lines) < 4:
        return list(lines)
    joined: list[Line] = []
    open_line = False
    for line in lines:
        if open_line and not line.after_table and not line.heading and not _MARKER.match(line.text):
            before = joined[-1]
            shift = len(before.text)
            pieces = tuple(Piece(p.offset + shift, p.place) for p in line.pieces)
            joined[-1] = Line(
                before.text + line.text, before.pieces + pieces, before.at, before.heading, before.after_table
            )
        else:
            joined.append(line)
        open_line = len(line.text) >= width - 4 and not line.text.endswith(_FINISHED)
    return joined
