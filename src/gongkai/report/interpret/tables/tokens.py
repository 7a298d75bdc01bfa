"""Loose text as a stream of tokens: labels and other text, figures, blank cells, line ends.

Tables of text files keep the order of their cells but not always their columns. Whatever the layout (tab
rows, pipe rows, one cell per line, one line for all), the same tokens come out.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from gongkai.kernel import Place
from gongkai.report.grid import Block, Paragraph, Table
from gongkai.report.interpret.tables.numbers import is_figure


class Kind(Enum):
    """What a token is."""

    TEXT = "text"
    FIGURE = "figure"
    BLANK = "blank"
    END = "end"  #: the end of a line or of a table row


#: The same as plain names: looking one up in the class takes longer than all else that is done with a token.
TEXT, FIGURE, BLANK, END = Kind.TEXT, Kind.FIGURE, Kind.BLANK, Kind.END
_new = tuple.__new__


class Token(NamedTuple):
    """One token. ``col`` is the cell's position in its line, ``width`` the line's number of cells."""

    kind: Kind
    text: str
    place: Place
    block: int
    line: int
    col: int = 0
    width: int = 0
    table: bool = False


#: A line that is only a page number: - 3 -, — 5 —, 第3页.
_PAGE = re.compile(r"\s*(?:[-—–－]+\s*\d{1,3}\s*[-—–－]+|第\s*\d{1,3}\s*页(?:\s*[共/]\s*\d{1,3}\s*页)?)\s*")
#: A figure glued to the next label. The form's ordinals have one digit: ``51.属于国家秘密`` is 5 and 1.
_LEADING = re.compile(r"(\d+)(?=[（(]?[一二三四五六七][)）、]|[1-8][.．、]\s*[\u4e00-\u9fff])")
_TRAILING = re.compile(r"(?<=[\u4e00-\u9fff）)”])(\d+)$")
_SPLIT_ORDINAL = re.compile(r"(?<!\S)(\d)\s+([.．、])(?=\s*[\u4e00-\u9fff])")
#: A word; a figure and the unit set apart from it are one.
_CHUNK = re.compile(r"\d+\s+(?:件|个|项|次|份|部|条|宗)(?![^\s|])|[^\s|]+")


def tokenize(blocks: Sequence[tuple[int, Block]]) -> list[Token]:
    """The tokens of the blocks in reading order; page numbers left out."""
    stream: list[Token] = []
    line = 0
    for index, block in blocks:
        if isinstance(block, Table):
            line = _add_table(stream, index, block, line)
        else:
            line = _add_text(stream, index, block, line)
    return stream


def _add_table(stream: list[Token], index: int, table: Table, line: int) -> int:
    """Append the tokens of a table whose first row is ``line``; returns the line after its last."""
    # tuple.__new__ instead of the class saves half of the time that some 400 tokens take.
    for cells in table.rows():
        width = len(cells)
        stream += [
            _new(Token, (*_classify(text), place, index, line, col, width, True))
            for col, (text, _, _, _, _, place) in enumerate(cells)
        ]
        stream.append(_new(Token, (END, "", table.place, index, line, width, width, True)))
        line += 1
    return line


@lru_cache(8192)
def _classify(raw: str) -> tuple[Kind, str]:
    text = raw.strip()
    if not text:
        return BLANK, text
    return (FIGURE if is_figure(text) else TEXT), text


def _add_text(stream: list[Token], index: int, paragraph: Paragraph, line: int) -> int:
    """Append the tokens of a paragraph that begins in ``line``; returns the line after its last."""
    for piece in re.finditer(r"[^\n]+", paragraph.text):
        if _PAGE.fullmatch(piece[0]):
            continue
        col = 0
        for start, end in _chunks(piece[0]):
            kind, text = _classify(piece[0][start:end])
            place = paragraph.place.span(piece.start() + start, piece.start() + end)
            stream.append(Token(kind, text, place, index, line, col))
            col += 1
        stream.append(Token(END, "", paragraph.place, index, line, col))
        line += 1
    return line


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the words of a line, figures apart from the labels they are glued to."""
    # "1 .属于": the ordinal must not be taken for a figure.
    text = _SPLIT_ORDINAL.sub(lambda m: m[1] + m[2] + "\u3000" * (len(m[0]) - 2), text)
    for match in _CHUNK.finditer(text):
        start, end = match.span()
        if is_figure(match[0]):
            yield start, end
            continue
        leading = _LEADING.match(text, start, end)
        if leading:
            yield leading.span()
            start = leading.end()
        trailing = _TRAILING.search(text[start:end])
        if trailing and trailing.start() > 0:
            yield start, start + trailing.start()
            start += trailing.start()
        if start < end:
            yield start, end
