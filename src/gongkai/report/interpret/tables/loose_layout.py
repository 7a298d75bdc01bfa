"""How the rows of a loose table keep their blank cells, and where a row with blanks begins."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.report.interpret.tables.labels import ROW_DEPTH
from gongkai.report.interpret.tables.loose_rows import Row
from gongkai.report.interpret.tables.numbers import parse_count
from gongkai.report.interpret.tables.tokens import FIGURE, Token


class Layout(NamedTuple):
    """How the rows of one loose table keep their blank cells.

    ``grid`` is True where every row has all its ten cells, those of merged labels included, ``exact`` where
    every row has seven cells behind its label though the lines differ in length: in both no blank cell was
    dropped or moved, or the rows would be short or filled up to one length. ``offsets`` maps
    a row's shape to the number of cells between its label and its 自然人 cell, as its full rows show it;
    ``offset`` is that number where all rows agree; ``alone`` are shapes that one row alone shows;
    ``shown_at`` counts the rows that reach from 自然人 to 总计, by depth.
    ``in_place`` is True where rows prove that blanks at the end of a row stand there and were not moved.
    """

    grid: bool
    exact: bool
    offsets: dict[tuple[int, int, int], int]
    offset: int | None
    alone: frozenset[tuple[int, int, int]]
    shown_at: Counter[int]
    in_place: bool


def survey(tokens: Sequence[Token], rows: Sequence[Row]) -> Layout:
    """Look at all rows together: what one row cannot tell of its columns, the others may."""
    with_cells = [row for row in rows if row.cells]
    if all(row.full() for row in with_cells):
        return Layout(False, False, {}, None, frozenset(), Counter(), False)  # nothing is left open
    shown: dict[tuple[int, int, int], list[int]] = {}
    for row in with_cells:
        positions = _positions(row)
        if positions and positions[-1] - positions[0] == 6:
            shown.setdefault(_shape(tokens, row), []).append(positions[0])
    offsets = {shape: found[0] for shape, found in shown.items() if len(set(found)) == 1}
    alone = frozenset(shape for shape, found in shown.items() if len(found) == 1)
    shown_at = Counter(dict.fromkeys(range(3), 0))
    for shape, found in shown.items():
        shown_at[shape[0]] += len(found)
    # Rows of one depth say nothing of the others: the merged labels before these may be kept.
    depths = {shape[0] for shape in offsets}
    agreed = set(offsets.values()) if len(offsets) == len(shown) and {0, 2} <= depths else set()
    offset = agreed.pop() if len(agreed) == 1 else None
    starts = {_positions(row)[0] for row in with_cells if row.figures}
    if all(len(row.cells) == 7 for row in with_cells) or (offset is None and not offsets and starts == {0}):
        offset = 0
    widths = {tokens[row.label.end].width for row in with_cells}
    # A tab in front of every line shifts all cells alike.
    shifts = {tokens[row.label.end].col - ROW_DEPTH[row.key] for row in with_cells}
    grid = len(shifts) == 1 and widths == {10 + max(shifts)} and all(row.same_line for row in with_cells)
    apart = not any(row.same_line for row in with_cells)
    # Merged labels written out in each of their three columns.
    written = widths == {10} and {tokens[row.label.end].col for row in with_cells} == {2}
    exact = (len(widths) > 1 or apart or written) and all(len(row.cells) == 7 for row in with_cells)
    layout = Layout(grid, exact, offsets, offset, alone, shown_at, grid or exact)
    if layout.in_place:
        return layout
    return layout._replace(in_place=_ends_in_place(tokens, with_cells, layout))


def _ends_in_place(tokens: Sequence[Token], rows: Sequence[Row], layout: Layout) -> bool:
    """Whether rows without 总计 prove that their last blanks were not moved there.

    Where blanks are moved to the end, the last figure of a row is its total and equals the sum of the
    others. Where rows end in figures that do not add up so, and none in one that does, they stand in place.
    """
    gaps = 0
    fitting = failing = 0
    lengths: set[int] = set()
    for row in rows:
        positions = _positions(row)
        start = _offset(tokens, row, layout)
        if not positions or len(positions) == 7 or start is None:
            continue
        lengths.add(len(positions))
        gaps += positions[-1] - positions[0] + 1 > len(positions) or positions[0] > start
        if positions[-1] < start + 6 and len(positions) > 1 and any(_values(row)):
            fitting += _like_total(row)
            failing += not _like_total(row)
    # Six figures in every row, the last not their sum: the applicant columns without 总计.
    return (gaps > 0 or lengths == {6}) and failing > 1 and not fitting


def _positions(row: Row) -> list[int]:
    return [i for i, cell in enumerate(row.cells) if cell.kind is FIGURE]


def _values(row: Row) -> list[int]:
    return [parse_count(cell.text)[0] or 0 for cell in row.figures]


def _like_total(row: Row) -> bool:
    """Whether the last figure of a row is the sum of those before it, as its 总计 would be."""
    values = _values(row)
    return len(values) > 1 and sum(values[:-1]) == values[-1]


def _shape(tokens: Sequence[Token], row: Row) -> tuple[int, int, int]:
    label = tokens[row.label.end]
    return ROW_DEPTH[row.key], label.col, label.width


def _offset(tokens: Sequence[Token], row: Row, layout: Layout) -> int | None:
    if layout.grid:
        return 2 - ROW_DEPTH[row.key]
    if layout.offset is not None:
        return layout.offset
    return layout.offsets.get(_shape(tokens, row)) if row.same_line else None


def first_position(tokens: Sequence[Token], row: Row, layout: Layout) -> int | None:
    """Index into ``row.cells`` of the 自然人 cell of a row that has blanks; None where it is not certain.

    A row whose cells reach from 自然人 to 总计 has lost none. A row that ends before 总计 may have had its
    blanks moved: it is certain only where the table proves the contrary and the row itself adds nothing
    to the doubt.
    """
    positions = _positions(row)
    first, last = positions[0], positions[-1]
    if last - first == 6:
        return first
    start = _offset(tokens, row, layout)
    if start is None or start > first or last > start + 6:
        return None
    if last == start + 6:
        return start if _front_proven(tokens, row, layout, start) else None
    doubtful = not (layout.grid or layout.exact) and (len(positions) == 1 or _like_total(row))
    return start if layout.in_place and not doubtful else None


def _front_proven(tokens: Sequence[Token], row: Row, layout: Layout, start: int) -> bool:
    """Whether a row that ends in its 总计 cell may begin with a blank 自然人.

    One row may have drifted itself: it does not prove where the others begin. Where cells stand behind the
    window too, the whole row may be shifted, and rows of the same depth must show that it is not.
    """
    if layout.grid or layout.exact:
        return True
    if _positions(row)[0] > start and len(row.cells) > start + 7:
        return layout.shown_at[ROW_DEPTH[row.key]] > 1
    return layout.offset is not None or _shape(tokens, row) not in layout.alone
