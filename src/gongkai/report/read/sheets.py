"""Rows of a sheet (XLSX, XLS, CSV) to blocks: what stands in cells is a table, what is text a paragraph."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from gongkai.kernel import Place
from gongkai.report.grid import Block, Cell, Paragraph, Table

#: A heading of the document in a sheet that also holds tables.
_CHAPTER = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,2}部分[、：:\s]*).{2,30}(?:情况|事项)"
)
_LONG = 60


class Merged(NamedTuple):
    """A merged area: its upper left corner and its size."""

    row: int
    col: int
    rows: int
    cols: int


def sheet_blocks(
    rows: Sequence[Sequence[str]],
    merged: Sequence[Merged] = (),
    *,
    drawn: Collection[int] = (),
    sheet: str | None,
    first_table: int,
) -> list[Block]:
    """The blocks of one sheet. ``rows`` hold the text of every cell, blank ones too, all of one length.

    Blank rows part tables. A single one of the ``drawn`` rows (blank, but with lines) right below a table is
    its last row: table 4 with nothing filled in. A row with text in one cell only is a paragraph where it is
    a chapter heading, long prose, or stands above a table or by itself; between the rows of a table it is a
    row of the table.
    """
    corners = {(area.row, area.col): area for area in merged}
    blocks: list[Block] = []
    number = first_table
    for part in _parts(rows, merged):
        lead = 0
        while lead < len(part) and _alone(rows[part[lead]]) is not None:
            lead += 1
        last = len(part)
        while last > lead and _is_note(rows[part[last - 1]]):
            last -= 1
        if sum(_alone(rows[index]) is None for index in part[lead:last]) < 2 and not _is_one_row(
            rows, part[lead:last]
        ):
            lead = last
        blocks.extend(_paragraph(rows[index], index, sheet) for index in part[:lead])
        if lead < last:
            stop = part[last - 1] + 1
            stop += stop in drawn and stop + 1 not in drawn
            blocks.append(_table(rows, range(part[lead], stop), corners, sheet, number))
            number += 1
        blocks.extend(_paragraph(rows[index], index, sheet) for index in part[last:])
    return blocks


def _is_one_row(rows: Sequence[Sequence[str]], part: Sequence[int]) -> bool:
    """A single row of several cells is a table, too."""
    return any(sum(bool(text) for text in rows[index]) >= 2 for index in part)


def _parts(rows: Sequence[Sequence[str]], merged: Sequence[Merged]) -> list[list[int]]:
    """Runs of rows without a blank row (unless a merged cell reaches over it) or chapter heading between."""
    bridged = {row for area in merged for row in range(area.row, min(area.row + area.rows, len(rows)))}
    parts: list[list[int]] = [[]]
    for index, row in enumerate(rows):
        if not any(row) and index not in bridged:
            parts.append([])
            continue
        alone = _alone(row)
        if alone is not None and (_CHAPTER.fullmatch(alone.strip()) or _is_prose(alone)):
            parts.extend(([index], []))
        else:
            parts[-1].append(index)
    return [part for part in parts if any(any(rows[index]) for index in part)]


def _alone(row: Sequence[str]) -> str | None:
    """The text of a row with text in one cell only."""
    filled = [text for text in row if text]
    return filled[0] if len(filled) == 1 else None


def _is_prose(text: str) -> bool:
    return len(text) > _LONG or ("。" in text and len(text) > 15)


def _is_note(row: Sequence[str]) -> bool:
    alone = _alone(row)
    return alone is not None and alone.startswith(
        ("注", "说明", "备注", "填表", "填报", "单位负责人", "审核")
    )


def _paragraph(row: Sequence[str], index: int, sheet: str | None) -> Paragraph:
    cells = [(col, text) for col, text in enumerate(row) if text]
    place = Place(row=index + 1, cell=cells[0][0] + 1 if cells else 1, sheet=sheet)
    return Paragraph(" ".join(text for _, text in cells), place)


def _table(
    rows: Sequence[Sequence[str]],
    span: range,
    corners: Mapping[tuple[int, int], Merged],
    sheet: str | None,
    number: int,
) -> Table:
    used = [col for index in span for col, text in enumerate(rows[index]) if text]
    left, right = min(used), max(used) + 1
    covered: set[tuple[int, int]] = set()
    for (row, col), area in corners.items():
        if row in span and left <= col < right:
            right = max(right, min(col + area.cols, len(rows[row])))
    cells: list[Cell] = []
    for index in span:
        for col in range(left, right):
            if (index, col) in covered:
                continue
            area = corners.get((index, col), Merged(index, col, 1, 1))
            height, width = min(area.rows, span.stop - index), min(area.cols, right - col)
            if height > 1 or width > 1:
                below, beyond = range(index, index + height), range(col, col + width)
                covered.update((r, c) for r in below for c in beyond)
            place = Place(table=number, row=index - span.start + 1, cell=col - left + 1, sheet=sheet)
            cells.append(Cell(rows[index][col], index - span.start, col - left, height, width, place))
    return Table(tuple(cells), len(span), right - left, True, Place(table=number, sheet=sheet))
