"""Table 3 where columns are known (HTML, DOCX, XLSX, PDF, OFD): by row and column labels.

A figure is read where its row's label and its column's header are certain and the row keeps the table's
columns. A row that drifted (a lost ``rowspan``) is read by order when it is full, else it is uncertain.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gongkai.report.grid import Cell, Table
from gongkai.report.interpret.tables.draft import COLUMN_KEYS, BlankSlot, Draft
from gongkai.report.interpret.tables.labels import ROW_DEPTH, match_column, match_row
from gongkai.report.interpret.tables.matching import Candidate, Candidates, in_order
from gongkai.report.interpret.tables.numbers import is_figure

#: Fewer rows of table 3 than this in a document are not table 3 (its labels may stand in a notice).
ENOUGH_ROWS = 8
DRIFTED = "该行的单元格错位，无法确定各数字所在的列"


class GridRow(NamedTuple):
    """One row of one table: the cells that begin in it, left to right.

    ``leaf`` is the rightmost cell that may label a row of table 3, ``rows`` which rows it may label.
    """

    block: int
    table: Table
    number: int
    cells: list[Cell]
    leaf: Cell | None
    rows: Candidates


class LabelledRow(NamedTuple):
    """A row of table 3 found in the document, and the cell that labels it."""

    key: str
    row: GridRow
    label: Cell


def grid_rows(tables: Sequence[tuple[int, Table]]) -> list[GridRow]:
    """All rows of the tables in document order."""
    return [
        GridRow(block, table, index, cells, *_leaf(cells))
        for block, table in tables
        for index, cells in enumerate(table.rows())
    ]


def find_rows(rows: Sequence[GridRow]) -> list[LabelledRow]:
    """The rows of table 3 among ``rows``, in the form's order."""
    found: list[Candidate] = []
    labels: list[tuple[GridRow, Cell]] = []
    for position, row in enumerate(rows):
        if row.leaf:
            labels.append((row, row.leaf))
            found.append(Candidate(position, position, row.rows))
    chain = in_order(found)
    return [LabelledRow(chain[i], *labels[i]) for i in sorted(chain)]


def _leaf(cells: Sequence[Cell]) -> tuple[Cell | None, Candidates]:
    """The rightmost cell of a row that may label it, and the rows it may label."""
    for cell in reversed(cells):
        text = cell.text
        if text and not is_figure(text):
            candidates = match_row(text)
            if candidates:
                return cell, candidates
    return None, ()


def read_applications(tables: Sequence[tuple[int, Table]], draft: Draft) -> dict[int, set[int]]:
    """Read table 3 from ``tables`` into ``draft``. The rows it took of each block, if any."""
    rows = grid_rows(tables)
    readings = []
    used: dict[int, set[int]] = {}
    for part in _parts(rows):
        labelled = find_rows(part)
        if len(labelled) < ENOUGH_ROWS:
            continue
        readings.append(_read_part(part, _one_form(labelled), draft.ocr))
        for item in labelled:
            used.setdefault(item.row.block, set()).add(item.row.number)
    if readings:
        draft.adopt(readings)
    # Whatever stands between the first and the last row of the table belongs to it.
    return {block: set(range(min(found), max(found) + 1)) for block, found in used.items()}


def _parts(rows: Sequence[GridRow]) -> list[Sequence[GridRow]]:
    """The rows, parted where the table's first row comes again: a document with several tables 3."""
    starts = [i for i, row in enumerate(rows) if row.rows and row.rows[0] == ("new", 1.0)]
    if len(starts) < 2:
        return [rows]
    bounds = [0, *starts[1:], len(rows)]
    return [rows[a:b] for a, b in itertools.pairwise(bounds)]


def _read_part(rows: Sequence[GridRow], labelled: list[LabelledRow], ocr: bool) -> Draft:
    draft = Draft(ocr=ocr)
    columns: int | None = None
    for block in dict.fromkeys(item.row.block for item in labelled):
        own = [item for item in labelled if item.row.block == block]
        header = _first_column(own[0].row)
        columns = header if header is not None else _continued(own, columns)
        for item in own:
            _read_row(item, columns, draft)
        draft.consumed[block] = None
    _consume_header(rows, labelled[0].row, draft)
    return draft


def _one_form(labelled: list[LabelledRow]) -> list[LabelledRow]:
    """Drop the group label 其他处理 where its three rows are there: it is a row only when alone."""
    keys = {item.key for item in labelled}
    if "other" in keys and keys & {"other_not_corrected", "other_fee_unpaid"}:
        return [item for item in labelled if item.key != "other"]
    if "other" in keys:
        return [item for item in labelled if item.key != "other_other"]
    return labelled


def _first_column(first: GridRow) -> int | None:
    """The column of 自然人 by the header above ``first``; None without a certain header."""
    found: dict[str, int] = {}
    for cell in first.table.cells:
        key = match_column(cell.text) if cell.row < first.number and cell.text else None
        if key and (cell.colspan == 1 or key not in found):
            found[key] = cell.col
    if "natural_person" not in found or found.get("total") != found["natural_person"] + 6:
        return None
    start = found["natural_person"]
    certain = all(found.get(key, start + i) == start + i for i, key in enumerate(COLUMN_KEYS))
    return start if certain else None


def _continued(own: Sequence[LabelledRow], columns: int | None) -> int | None:
    """The first figure column of a table piece without header: as before, or as every row of it shows."""
    ends = {item.label.col + item.label.colspan for item in own}
    if len(ends) == 1:
        end = ends.pop()
        if own[0].row.table.n_cols == end + 7 and (columns is None or len(own) > 1):
            return end
    if columns is not None and all(_cells_in_place(item, columns) for item in own):
        return columns
    return None


def _cells_in_place(item: LabelledRow, first: int) -> list[Cell | None]:
    """The seven cells of a row that keeps the table's columns, None where a cell from above covers one.

    Such a row has its label up to the figures, then seven cells of one column. Any other row gives no cells.
    """
    label = item.label
    here: dict[int, Cell] = {}
    for cell in item.row.cells:
        col = cell.col
        here[col] = cell
        if first <= col < first + 7:
            if cell.colspan != 1:
                return []
        elif col > label.col and cell.text.strip():
            return []
    if label.col + label.colspan != first and not _blank_between(item, first, here):
        return []
    cells = [here.get(col) for col in range(first, first + 7)]
    if None in cells and not all(
        cell or _covered(item.row, col) for col, cell in enumerate(cells, start=first)
    ):
        return []
    return cells


def _blank_between(item: LabelledRow, first: int, here: dict[int, Cell]) -> bool:
    """Whether only the blank cells of merged labels stand between a row's label and its figures."""
    label = item.label
    between = range(label.col + label.colspan, first)
    blank = all(col in here and not here[col].text.strip() for col in between)
    return label.col == min(ROW_DEPTH[item.key], first - 1) and bool(between) and blank


def _covered(row: GridRow, col: int) -> bool:
    """Whether a cell from a row above reaches into this position."""
    return any(
        cell.row < row.number < cell.row + cell.rowspan and cell.col <= col < cell.col + cell.colspan
        for cell in row.table.cells
    )


def _read_row(item: LabelledRow, first: int | None, draft: Draft) -> None:
    prefix = f"applications.{item.key}"
    draft.row_label(item.key, item.label.text, item.label.place)
    placed = _cells_in_place(item, first) if first is not None else []
    if placed:
        draft.put_row(item.key, placed)
        return
    behind = [c for c in item.row.cells if c.col > item.label.col and c.text.strip()]
    if len(behind) == 7 and all(is_figure(cell.text) for cell in behind):
        draft.put_row(item.key, behind)
    elif behind:
        draft.doubt(prefix, COLUMN_KEYS, behind, DRIFTED)
    else:
        draft.put_row(item.key, [BlankSlot(item.label.place)] * 7)


def _consume_header(rows: Sequence[GridRow], first: GridRow, draft: Draft) -> None:
    """A header torn from its table by a page break belongs to the table too."""
    position = next(i for i, row in enumerate(rows) if row is first)
    for row in reversed(rows[:position]):
        texts = [cell.text for cell in row.cells if cell.text.strip()]
        if row.block == first.block:
            continue
        if not texts or not any(match_column(t) or "申请人情况" in t for t in texts):
            return
        draft.consumed[row.block] = None


def unused(tables: Sequence[tuple[int, Table]], used: dict[int, set[int]]) -> list[tuple[int, Table]]:
    """The tables without the rows that another statutory table took (one sheet may hold all three)."""
    rest = []
    for block, table in tables:
        taken = used.get(block)
        if taken is None:
            rest.append((block, table))
            continue
        cells = tuple(cell for cell in table.cells if cell.row not in taken)
        if cells:
            rest.append((block, replace(table, cells=cells)))
    return rest
