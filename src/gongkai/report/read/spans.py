"""Cells with row and column spans to grid positions."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from gongkai.kernel import Place
from gongkai.report.grid import Cell, Table
from gongkai.report.read.limits import refuse_length

#: Wider spans are a trick to mean "the whole width"; they are cut to the table's columns.
MAX_SPAN = 200
#: Above this many columns, those no cell begins in are left out.
_WIDE = 40
#: Further rows are no longer those of a report's tables.
_LONG = 100


_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\xad]")
_new = tuple.__new__
#: Text, row, column, rows and columns spanned.
Placed = tuple[str, int, int, int, int]


#: A cell as the source gives it: text, rows spanned (0: to the end of the row group), columns spanned.
Spanned = tuple[str, int, int]


def build_table(groups: Sequence[Sequence[Sequence[Spanned]]], number: int) -> Table:
    """The aligned table of row groups (thead, tbody ...) of rows of cells, whose texts are ``visible``.

    A rowspan ends with its row group; a colspan is cut where no cell begins any more. Raises
    UnreadableError where the table is absurdly large.
    """
    refuse_length(0, sum(len(row) for group in groups for row in group))
    placed: list[Placed] = []
    first = 0
    for group in groups:
        _place_group(group, first, placed)
        first += len(group)
    n_cols = max([col for _, _, col, _, _ in placed], default=-1) + 1
    if n_cols > _WIDE:
        placed, n_cols = _without_idle_columns(placed)
    for index, (text, row, col, rowspan, colspan) in enumerate(placed):
        if colspan > 1 and col + colspan > n_cols:
            placed[index] = (text, row, col, rowspan, n_cols - col)
    return _made(placed, first, n_cols, number)


def make_table(placed: Sequence[Placed], n_rows: int, n_cols: int, number: int) -> Table:
    """The aligned table of cells at their grid positions; it is the document's table ``number``."""
    shown = [(visible(text), row, col, rowspan, colspan) for text, row, col, rowspan, colspan in placed]
    return _made(shown, n_rows, n_cols, number)


def _made(placed: Sequence[Placed], n_rows: int, n_cols: int, number: int) -> Table:
    places = [_places(number, row, min(n_cols, _WIDE)) for row in range(min(n_rows, _LONG))]
    # tuple.__new__ instead of the class saves half of the time that some 300 cells take.
    cells = [
        _new(
            Cell,
            (
                text,
                row,
                col,
                rowspan,
                colspan,
                places[row][col]
                if row < _LONG and col < _WIDE
                else Place(table=number, row=row + 1, cell=col + 1),
            ),
        )
        for text, row, col, rowspan, colspan in placed
    ]
    return Table(tuple(cells), n_rows, n_cols, True, Place(table=number))


@lru_cache(512)
def _places(number: int, row: int, n_cols: int) -> tuple[Place, ...]:
    """The places of a row's cells. They are the same in every report of this layout, so they are kept."""
    return tuple(Place(table=number, row=row + 1, cell=col + 1) for col in range(n_cols))


def visible(text: str) -> str:
    """The text without characters of no width."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _place_group(group: Sequence[Sequence[Spanned]], first: int, placed: list[Placed]) -> None:
    """Put the cells of one row group into the first free columns of their rows."""
    last = first + len(group)
    free_from: list[int] = []
    for row, cells in enumerate(group, first):
        col = 0
        for text, rowspan, colspan in cells:
            while col < len(free_from) and free_from[col] > row:
                col += 1
            if rowspan == 1 == colspan:
                if len(free_from) == col:
                    free_from.append(0)
                placed.append((text, row, col, 1, 1))
                col += 1
                continue
            rows = last - row if rowspan == 0 else min(max(rowspan, 1), last - row)
            cols = min(max(colspan, 1), MAX_SPAN)
            if len(free_from) < col + cols:
                free_from.extend([0] * (col + cols - len(free_from)))
            if rows > 1:
                for taken in range(col, col + cols):
                    free_from[taken] = row + rows
            placed.append((text, row, col, rows, cols))
            col += cols


def _without_idle_columns(
    placed: list[Placed],
) -> tuple[list[Placed], int]:
    """Leave out the columns in which no cell begins: an absurd colspan made them."""
    begun = sorted({col for _, _, col, _, _ in placed})
    kept = []
    for text, row, col, rowspan, colspan in placed:
        left, right = bisect_left(begun, col), bisect_left(begun, col + colspan)
        kept.append((text, row, left, rowspan, right - left))
    return kept, len(begun)
