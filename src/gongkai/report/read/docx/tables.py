"""Tables of a DOCX body: rows of cells as the XML gives them, and merged cells made one."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.report.read.docx.names import (
    BREAK,
    CELL,
    CONTENT_CONTROL,
    FORMULA_TEXT,
    HYPHEN,
    PARAGRAPH,
    RETURN,
    ROW,
    RUN,
    SYMBOL,
    TAB,
    TABLE,
    TEXT,
    TRANSPARENT,
    W,
    number,
    val,
)
from gongkai.report.read.spans import Placed

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPAN, _DOWN, _BESIDE, _BEFORE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}gridBefore"
_PROPERTIES, _ROW_PROPERTIES = f"{W}tcPr", f"{W}trPr"
_NUMBERED, _STYLE = f"{W}numPr", f"{W}pStyle"
#: Word allows 63 columns.
_MOST_COLUMNS = 63
_NUMBER = re.compile(r"\s*\d[\d.]*\s*")
#: A table around other tables is one of data itself if it has this many figures of its own.
_OWN_FIGURES = 4


@dataclass(slots=True)
class RawCell:
    """A cell: columns spanned, ``restart`` or ``continue`` of a merge down, part of the cell to its left."""

    span: int = 1
    down: str = ""
    beside: bool = False
    lines: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Its paragraphs, one a line."""
        if len(self.lines) == 1:
            return self.lines[0].strip()
        return "\n".join(line.strip() for line in self.lines if line.strip())

    def show(self, text: str) -> None:
        """Add text to its last paragraph."""
        if self.lines:
            self.lines[-1] += text
        else:
            self.lines.append(text)

    def take(self, element: "_Element") -> None:
        """Take over one of the cell's properties."""
        if element.tag == _SPAN:
            self.span = min(max(number(element, 1), 1), _MOST_COLUMNS)
        elif element.tag == _DOWN:
            self.down = val(element, "continue")
        elif element.tag == _BESIDE:
            self.beside = val(element, "continue") == "continue"


@dataclass(slots=True)
class RawRow:
    """A row: columns left out at its beginning, and its cells."""

    before: int = 0
    cells: list[RawCell] = field(default_factory=list)


def rows_of(table: "_Element") -> Iterator["_Element"]:
    """The rows of the table itself, not of tables in it."""
    return _inside(table, ROW)


def cells_of(row: "_Element") -> Iterator["_Element"]:
    """The cells of the row."""
    return _inside(row, CELL)


def _inside(container: "_Element", wanted: str) -> Iterator["_Element"]:
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag in TRANSPARENT or child.tag == CONTENT_CONTROL:
            yield from _inside(child, wanted)


def before_of(row: "_Element") -> int:
    """Columns a row leaves out at its beginning."""
    properties = row.find(_ROW_PROPERTIES)
    return _columns(properties.find(_BEFORE)) if properties is not None else 0


def cell_with_properties(cell: "_Element") -> RawCell:
    """The cell without its text."""
    raw = RawCell()
    properties = cell.find(_PROPERTIES)
    if properties is not None:
        for item in properties:
            raw.take(item)
    return raw


def _columns(element: "_Element | None") -> int:
    return min(number(element, 0), _MOST_COLUMNS)


def plain_rows(table: "_Element", numbers: Callable[[str], bool]) -> list[RawRow] | None:
    """The rows of a table without tables, numbers or pictures in it, in one pass; None where it has numbers.

    ``numbers`` tells whether the paragraphs of a style are numbered. This is the same as walking rows and
    cells, six times faster.
    """
    rows: list[RawRow] = []
    cell = RawCell()
    for element in table.iter(*_PLAIN):
        tag = element.tag
        if tag in _TEXTS:
            cell.show(element.text or "")
        elif tag == PARAGRAPH:
            cell.lines.append("")
        elif tag == CELL:
            cell = RawCell()
            rows[-1].cells.append(cell)
        elif tag == ROW:
            rows.append(RawRow())
        elif tag in _MERGES:
            cell.take(element)
        elif tag == _BEFORE:
            rows[-1].before = _columns(element)
        elif tag == _NUMBERED or (tag == _STYLE and numbers(val(element))):
            return None
        elif tag != _STYLE and cell.lines:
            cell.lines[-1] += _mark(element)
    return rows


_TEXTS = frozenset((TEXT, FORMULA_TEXT))
_SHOWN = (TEXT, FORMULA_TEXT, TAB, BREAK, RETURN, HYPHEN, SYMBOL)
_MERGES = frozenset((_SPAN, _DOWN, _BESIDE))
_PLAIN = (ROW, CELL, _SPAN, _DOWN, _BESIDE, _BEFORE, PARAGRAPH, *_SHOWN, _NUMBERED, _STYLE)


def text_of(paragraph: "_Element") -> str:
    """The text of a paragraph's runs."""
    pieces = [
        (element.text or "") if element.tag in _TEXTS else _mark(element)
        for element in paragraph.iter(*_SHOWN)
    ]
    return pieces[0] if len(pieces) == 1 else "".join(pieces)


def _mark(element: "_Element") -> str:
    """What a tab, break, hyphen or symbol shows; "" for a tab stop. Symbols of picture fonts show as □."""
    if element.tag == TAB:
        parent = element.getparent()
        return "\t" if parent is not None and parent.tag == RUN else ""
    if element.tag == SYMBOL:
        return "□"
    return "-" if element.tag == HYPHEN else "\n"


def merged(rows: Sequence[RawRow]) -> list[Placed]:
    """The cells at their grid positions, merged ones as one.

    What stands in a cell that continues the one above is hidden by every program, and left out.
    """
    placed: list[Placed] = []
    open_at: dict[int, int] = {}
    for index, row in enumerate(rows):
        col = row.before
        first = len(placed)
        for cell in row.cells:
            span, down = cell.span, cell.down
            if cell.beside and len(placed) > first:
                text, at, left, height, width = placed[-1]
                placed[-1] = (text, at, left, height, width + span)
                col += span
                continue
            above = open_at.get(col)
            if down == "continue" and above is not None and placed[above][4] == span:
                text, at, left, _, width = placed[above]
                placed[above] = (text, at, left, index + 1 - at, width)
            else:
                for taken in range(col, col + span):
                    open_at.pop(taken, None)
                if down:
                    open_at[col] = len(placed)
                placed.append(("" if down == "continue" else cell.text(), index, col, 1, span))
            col += span
    return placed


def is_data(table: "_Element") -> bool:
    """Whether a table that holds other tables is one of data itself: it has figures in cells of its own."""
    own = 0
    for row in rows_of(table):
        for cell in cells_of(row):
            if next(cell.iterdescendants(TABLE), None) is None:
                own += _NUMBER.fullmatch("".join(text.text or "" for text in cell.iter(TEXT))) is not None
    return own >= _OWN_FIGURES
