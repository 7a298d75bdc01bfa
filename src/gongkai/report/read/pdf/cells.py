"""Characters into the cells of lattices, and the text of each cell."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.report.read.pdf.lattice import Lattice
from gongkai.report.read.pdf.lines import LOST, Line, join_lines, lines_of
from gongkai.report.read.pdf.page import Box, Char
from gongkai.report.read.pdf.runs import Run, characters_of, one_by_one

#: Digits of one number stand at most this far apart (ems); neighbouring cells keep more distance.
DIGIT_GAP = 0.1
#: A character's middle may stand this far outside its table (ems).
JUT = 0.4
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
_Key = tuple[int, int]


class GridCell(NamedTuple):
    """A cell of a table fragment with its text and its place on the page."""

    text: str
    row: int
    col: int
    rowspan: int
    colspan: int
    page: int
    box: Box

    @property
    def bottom(self) -> int:
        """The first row below the cell."""
        return self.row + self.rowspan

    @property
    def right(self) -> int:
        """The first column right of the cell."""
        return self.col + self.colspan

    def moved(self, rows: int, columns: dict[int, int]) -> "GridCell":
        """The same cell ``rows`` further down, its columns renumbered."""
        text, row, col, rowspan, colspan, page, box = self
        left, right = columns[col], columns[col + colspan]
        return GridCell(text, row + rows, left, rowspan, right - left, page, box)

    def without(self, rows: int) -> "GridCell":
        """What is left of the cell, and where, when the first ``rows`` of the table go."""
        row = max(self.row - rows, 0)
        return self._replace(row=row, rowspan=self.bottom - rows - row)


@dataclass(slots=True)
class Fragment:
    """The part of a table on one page. ``xs`` are its column lines; ``box`` its outer box."""

    page: int
    box: Box
    xs: tuple[float, ...]
    n_rows: int
    cells: list[GridCell] = field(default_factory=list)

    @property
    def n_cols(self) -> int:
        """Number of elementary columns."""
        return len(self.xs) - 1

    def row(self, row: int) -> list[GridCell]:
        """Cells that cover a row, left to right."""
        return sorted((c for c in self.cells if c.row <= row < c.bottom), key=lambda c: c.col)


def fill(page: int, lattices: Sequence[Lattice], runs: Sequence[Run]) -> tuple[list[Fragment], list[Run]]:
    """Put each character into the cell that holds its box's centre; the rest is free text."""
    if not lattices:
        return [], list(runs)
    filling = _Filling(lattices, max([run.y1 - run.y0 for run in runs], default=0.0))
    for run in runs:
        filling.add(run)
    fragments = [
        _fragment(page, lattice, boxes, held)
        for lattice, boxes, held in zip(lattices, filling.slots, filling.held, strict=True)
    ]
    for table, slot in filling.broken:
        fragments[table].cells[slot] = fragments[table].cells[slot]._replace(text=LOST)
    return fragments, filling.free


class _Filling:
    """The cells (table, slot) of a page while characters are put into them.

    ``slots`` are the boxes of each table's cells, ``held`` is what stands in them; ``broken`` are cells with
    digits of a number that goes on over a rule.
    """

    def __init__(self, lattices: Sequence[Lattice], tallest: float) -> None:
        self.held: list[dict[int, list[Run]]] = [{} for _ in lattices]
        self.free: list[Run] = []
        self.broken: set[_Key] = set()
        self.slots = [lattice.slot_boxes() for lattice in lattices]
        self._lattices = lattices
        self._boxes = [lattice.box for lattice in lattices]
        self._jut = JUT * tallest
        # Of the last run: its end, the cell it went to (None: free text), that cell's box and what it holds.
        self._last: Char | None = None
        self._key: _Key | None = None
        self._box, self._place = _NOWHERE, self.free

    def add(self, run: Run) -> None:
        """Put a run where its characters belong."""
        left, right = run.middles
        y = (run.y0 + run.y1) / 2
        x0, y0, x1, y1 = self._box
        inside = x0 < left and right < x1 and y0 < y < y1
        if inside or self._goes_whole(run, left, right, y):
            self._place.append(run)
            self._last = run.chars[-1]
            return
        for part in one_by_one(run):
            self.add(part)

    def _goes_whole(self, run: Run, left: float, right: float, y: float) -> bool:
        """Turn to the cell of a run's first character; True if its last belongs there too."""
        jut = JUT * (run.y1 - run.y0)
        key = self._cell_of(left, y, jut)
        self._turn_to(key, y, run.chars[0])
        x0, y0, x1, y1 = self._box
        if left == right or (x0 <= left and right < x1 and y0 < y < y1):
            return True
        return key is not None and self._cell_of(right, y, jut) == key

    def _turn_to(self, key: _Key | None, y: float, char: Char) -> None:
        if key != self._key:
            if self._last is not None and _one_number(self._last, char):
                self.broken.update(k for k in (key, self._key) if k is not None)
            self._key = key
            self._place = self.free if key is None else self.held[key[0]].setdefault(key[1], [])
        if key is None:
            self._box = _band(y, self._jut, self._boxes)
        else:
            self._box = self.slots[key[0]][key[1]]

    def _cell_of(self, x: float, y: float, jut: float) -> _Key | None:
        """(table, slot) of a character's middle; one ``jut`` over its top or bottom edge still belongs."""
        for index, (x0, y0, x1, y1) in enumerate(self._boxes):
            if y0 - jut <= y <= y1 + jut and x0 <= x <= x1:
                if not (x < x1 and y0 <= y < y1):
                    x, y = min(x, x1 - 0.01), min(max(y, y0), y1 - 0.01)
                slot = self._lattices[index].slot_at(x, y)
                if slot is not None:
                    return index, slot
        return None


def _band(y: float, jut: float, boxes: Sequence[Box]) -> Box:
    """The part of the page around a height that is out of reach of all tables: nothing if beside one."""
    above = [box.y1 + jut for box in boxes if box.y1 + jut < y]
    below = [box.y0 - jut for box in boxes if box.y0 - jut > y]
    if len(above) + len(below) < len(boxes):
        return _NOWHERE
    return Box(-math.inf, max(above, default=-math.inf), math.inf, min(below, default=math.inf))


def _one_number(last: Char, char: Char) -> bool:
    """Two digits drawn one after the other without a gap: one number, even across a rule."""
    if not (last.text.isdecimal() and char.text.isdecimal()):
        return False
    size = last.y1 - last.y0
    return abs(char.y0 - last.y0) < 0.3 * size and abs(char.x0 - last.x1) < DIGIT_GAP * size


def _fragment(page: int, lattice: Lattice, boxes: Sequence[Box], held: dict[int, list[Run]]) -> Fragment:
    cells = []
    for index, ((top, left, bottom, right), box) in enumerate(zip(lattice.slots, boxes, strict=True)):
        text = cell_text(held[index], box) if index in held else ""
        cells.append(GridCell(text, top, left, bottom - top, right - left, page, box))
    return Fragment(page, lattice.box, lattice.xs, len(lattice.ys) - 1, cells)


def cell_text(runs: Sequence[Run], box: Box) -> str:
    """The text of a cell: lines joined, upright letters one below the other read downwards."""
    if len(runs) == 1:
        return runs[0].text if len(runs[0].chars) == 1 else runs[0].text.strip()
    chars = characters_of(runs)
    if sum([run.chars[0].turned for run in runs]) * 2 > len(chars):
        return "".join([run.text for run in runs]).strip()
    lines = [line for line in lines_of(runs) if line.text]
    if not lines:
        return ""
    if len(lines) > 2 and _is_vertical(lines):
        return _vertical_text(chars)
    text = lines[0].text
    for before, line in itertools.pairwise(lines):
        text = join_lines(text, line.text, full=_is_full(before, box))
    return text


def _is_full(line: Line, box: Box) -> bool:
    """True if one more digit would not have fitted into the cell behind this line."""
    margin = max(line.x0 - box.x0, 0.0)
    return line.x1 + 0.6 * line.size > box.x1 - min(margin, 6.0)


def _is_vertical(lines: Sequence[Line]) -> bool:
    """Letters one below the other: nearly every line holds one letter (or one a column)."""
    single = sum(len(line.text.replace(" ", "")) <= 1 for line in lines)
    if single * 5 >= len(lines) * 4:
        return True
    gaps = [
        b.x0 - a.x1 > 0.2 * line.size
        for line in lines
        for a, b in zip(line.chars, line.chars[1:], strict=False)
    ]
    return bool(gaps) and all(gaps) and len(lines) > 4 and not any(c.text.isdecimal() for c in lines[0].chars)


def _vertical_text(chars: Sequence[Char]) -> str:
    """Columns of upright letters, drawn in their order or sorted from the right column to the left."""
    drawn = [c for c in chars if c.text.strip()]
    columns: list[list[Char]] = []
    for char in sorted(drawn, key=lambda c: -c.x0):
        if columns and columns[-1][0].x0 - char.x0 < 0.6 * (char.x1 - char.x0):
            columns[-1].append(char)
        else:
            columns.append([char])
    if len(columns) == 1:
        columns[0].sort(key=lambda c: c.y0)
        return line_text_down(columns[0])
    return "".join(line_text_down(sorted(column, key=lambda c: c.y0)) for column in columns)


def line_text_down(chars: Sequence[Char]) -> str:
    """Letters one below the other; glyphs drawn twice count once."""
    pieces: list[str] = []
    for index, char in enumerate(chars):
        if index and char.text == chars[index - 1].text and char.y0 - chars[index - 1].y0 < 1.0:
            continue
        pieces.append(char.text)
    return "".join(pieces)


def absorb(fragment: Fragment, lines: list[Line]) -> list[Line]:
    """Take in single letters above or below the first column; return the lines that stay.

    A label written downwards that is longer than its part of a cut cell runs on beyond the table.
    """
    strays = [line for line in lines if _is_stray(line, fragment)]
    for above in (True, False):
        edge = fragment.box.y0 if above else fragment.box.y1
        chain = []
        for line in sorted(strays, key=lambda item: abs(item.y0 - edge)):
            reach = edge - line.y1 if above else line.y0 - edge
            if -line.size < reach < 1.2 * line.size:
                chain.append(line)
                edge = line.y0 if above else line.y1
        if chain:
            text = "".join(line.text for line in sorted(chain, key=lambda item: item.y0))
            _add_text(fragment, text, first=above)
            strays = [line for line in strays if line not in chain]
            lines = [line for line in lines if line not in chain]
    return lines


def _is_stray(line: Line, fragment: Fragment) -> bool:
    text = line.text
    return (
        len(text) == 1 and not text.isascii() and fragment.xs[0] <= (line.x0 + line.x1) / 2 <= fragment.xs[1]
    )


def _add_text(fragment: Fragment, text: str, *, first: bool) -> None:
    """Put text before (``first``) that of the upper left cell, or behind that of the lower left one."""
    row = 0 if first else fragment.n_rows - 1
    for index, cell in enumerate(fragment.cells):
        if cell.col == 0 and cell.row <= row < cell.bottom:
            joined = text + cell.text if first else cell.text + text
            fragment.cells[index] = cell._replace(text=joined)
