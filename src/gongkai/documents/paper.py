"""A paper as values: what is printed, not how a format writes it down."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

#: Measures of the official layout (GB/T 9704), millimetres and points.
PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
MARGIN_TOP_MM, MARGIN_BOTTOM_MM, MARGIN_LEFT_MM, MARGIN_RIGHT_MM = 37.0, 35.0, 28.0, 26.0
TEXT_WIDTH_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
TEXT_HEIGHT_MM = PAGE_HEIGHT_MM - MARGIN_TOP_MM - MARGIN_BOTTOM_MM
POINTS_PER_MM = 72 / 25.4
LINES_PER_PAGE = 28
TITLE_PT, BODY_PT, TABLE_PT, SMALLEST_TABLE_PT = 22.0, 16.0, 10.5, 5.0
LINE_PITCH_PT = TEXT_HEIGHT_MM * POINTS_PER_MM / LINES_PER_PAGE
#: Space left and right of the text in a table cell, points.
CELL_PADDING_PT = 2.0
#: Space above and below it, where the format does not lay lines on a grid.
CELL_PADDING_ABOVE_PT = 2.6
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF))
#: Width of a digit in the widest serif that may stand in for ours, in em; Chinese characters are 1 em.
DIGIT_EM = 0.65


class GridCell(NamedTuple):
    """One cell of a table; ``row`` and ``col`` are the 0-based position of its upper left corner.

    ``header`` cells name rows or columns; the others hold figures. ``keep`` asks that the rows it spans
    stay on one page; ``flow`` lets a long text run on over the page, which no other cell does.
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    keep: bool = False
    left: bool = False
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths`` are shares of the text width; the first ``header_rows`` rows repeat on each page.

    ``description`` names the table for a screen reader; ``together`` keeps a short table on one page. A form
    holds words, which wrap, in one ``size`` of points, and the insides of its rows are at least ``heights``
    points high, so that there is room to write. Its ``closing_rows``, where it is signed, stay on one page:
    no signature stands there alone.
    """

    cells: tuple[GridCell, ...]
    n_rows: int
    widths: tuple[float, ...]
    header_rows: int
    description: str
    together: bool = False
    size: float | None = None
    heights: tuple[float, ...] = ()
    closing_rows: int = 0

    def widths_pt(self) -> tuple[float, ...]:
        """The widths of the columns in points; together the width of the text."""
        scale = TEXT_WIDTH_MM * POINTS_PER_MM / sum(self.widths)
        return tuple(width * scale for width in self.widths)

    def font_size(self) -> float:
        """The table's own size; else the largest up to 10.5 pt at which no figure is wider than its cell."""
        if self.size is not None:
            return self.size
        size = TABLE_PT
        widths = self.widths_pt()
        for cell in self.cells:
            if cell.header or not cell.text:
                continue
            room = sum(widths[cell.col : cell.col + cell.colspan]) - 2 * CELL_PADDING_PT
            size = min(size, room / text_ems(cell.text))
        return max(SMALLEST_TABLE_PT, int(size * 2) / 2)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 for 一、 sections in 黑体, level 2 for （一） in 楷体."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the body, first line indented by two characters; ``keep`` as for a line."""

    text: str
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letter without indent: document number and addressee, or, on the ``right``, name and day.

    ``keep`` holds it on the page of the line after it, so that no signature stands alone.
    """

    text: str
    side: Literal["left", "right", "center"] = "left"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A remark under a table, in the size of the table."""

    text: str


Block = Heading | Text | Line | Note | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. ``author`` and ``dated``, the day it bears, go into the file's properties only.

    ``title`` may hold line breaks where its lines should end.
    """

    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    dated: date | None = None


def printable(text: str) -> str:
    """The text without the control characters that no document format holds."""
    return text.translate(_CONTROLS)


def text_ems(text: str) -> float:
    """The width of a line of text in em."""
    return sum(DIGIT_EM if ord(char) < 0x2E80 else 1.0 for char in text)
