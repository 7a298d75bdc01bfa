"""The three statutory tables as printed: grids of merged cells, each figure cell with its path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from benchmarks.figures import Written
from gongkai.report import form


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: text, upper left corner, spans, and the path of the figure it holds (empty: a label)."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    path: str = ""


@dataclass(frozen=True)
class Grid:
    """One table. ``label_width`` is the number of columns in front of the figures, ``header`` of its rows."""

    name: str
    boxes: tuple[Box, ...]
    n_rows: int
    n_cols: int
    label_width: int = 0
    header: int = 0

    def rows(self) -> list[list[Box]]:
        """The boxes by the row they begin in."""
        rows: list[list[Box]] = [[] for _ in range(self.n_rows)]
        for box in self.boxes:
            rows[box.row].append(box)
        return rows

    def spread(self) -> list[list[Box | None]]:
        """Row by row, one entry per column: the box that begins there, None where one continues."""
        places: list[list[Box | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for box in self.boxes:
            places[box.row][box.col] = box
        return places

    def relabel(self, change: Callable[[str], str]) -> "Grid":
        """The same table with other labels; figures stay."""
        boxes = tuple(box if box.path else replace(box, text=change(box.text)) for box in self.boxes)
        return replace(self, boxes=boxes)


def proactive(edition: str, cells: Mapping[str, Written]) -> Grid:
    """Table 2, four columns wide; the last figure of a narrow block spans the rest."""
    boxes: list[Box] = []
    line = 0
    for block in form.EDITIONS[edition].proactive:
        boxes.append(Box(block.item, line, 0, 1, 4))
        boxes.append(Box(form.PROACTIVE_LABEL, line + 1, 0))
        boxes += _stretched([(column.label, "") for column in block.columns], line + 1)
        line += 2
        for row in block.rows:
            boxes.append(Box(row.label, line, 0))
            paths = [f"proactive.{row.key}.{column.key}" for column in block.columns]
            boxes += _stretched([(cells[path].text, path) for path in paths], line)
            line += 1
    return Grid("proactive", tuple(boxes), line, 4, 1)


def _stretched(texts: list[tuple[str, str]], row: int) -> list[Box]:
    last = len(texts) - 1
    return [
        Box(text, row, 1 + index, 1, 3 - last if index == last else 1, path)
        for index, (text, path) in enumerate(texts)
    ]


def applications(single_other: bool, cells: Mapping[str, Written], *, total_apart: bool = False) -> Grid:
    """Table 3. ``total_apart``: 总计 stands beside 申请人情况, not under it."""
    boxes = [
        Box(form.IDENTITY_NOTE, 0, 0, 3, 3),
        Box(form.APPLICANT_HEADER, 0, 3, 1, 6 if total_apart else 7),
    ]
    boxes.append(Box(form.APPLICANTS[0].label, 1, 3, 2, 1))
    boxes.append(Box(form.ORGANISATIONS, 1, 4, 1, 5))
    top = 0 if total_apart else 1
    boxes.append(Box(form.TOTAL.label, top, 9, 3 - top, 1))
    boxes += [Box(column.label, 2, 4 + index) for index, column in enumerate(form.APPLICANTS[1:])]
    rows = form.application_rows(single_other)
    seen: set[str] = set()
    for index, row in enumerate(rows):
        line = 3 + index
        for depth, group in enumerate(row.groups):
            if group not in seen:
                seen.add(group)
                size = sum(group in other.groups for other in rows)
                boxes.append(Box(group, line, depth, size, 1))
        depth = len(row.groups)
        boxes.append(Box(row.label, line, depth, 1, 3 - depth))
        for offset, column in enumerate(form.COLUMNS):
            path = f"applications.{row.key}.{column.key}"
            boxes.append(Box(cells[path].text, line, 3 + offset, 1, 1, path))
    return Grid("applications", tuple(boxes), 3 + len(rows), 10, 3, 3)


def disputes(cells: Mapping[str, Written]) -> Grid:
    """Table 4: three header rows, one row of 15 figures."""
    first, direct, after = form.DISPUTE_BLOCKS
    boxes = [Box(first.label, 0, 0, 1, 5), Box(form.LITIGATION, 0, 5, 1, 10)]
    boxes += [Box(column.label, 1, index, 2, 1) for index, column in enumerate(form.DISPUTE_COLUMNS)]
    boxes += [Box(direct.label, 1, 5, 1, 5), Box(after.label, 1, 10, 1, 5)]
    boxes += [
        Box(column.label, 2, start + index)
        for start in (5, 10)
        for index, column in enumerate(form.DISPUTE_COLUMNS)
    ]
    for number, block in enumerate(form.DISPUTE_BLOCKS):
        for index, column in enumerate(form.DISPUTE_COLUMNS):
            path = f"disputes.{block.key}.{column.key}"
            boxes.append(Box(cells[path].text, 3, number * 5 + index, 1, 1, path))
    return Grid("disputes", tuple(boxes), 4, 15, 0, 3)


def all_grids(rng: Random, edition: str, single_other: bool, cells: Mapping[str, Written]) -> dict[str, Grid]:
    """The three tables in printed order."""
    return {
        "proactive": proactive(edition, cells),
        "applications": applications(single_other, cells, total_apart=rng.random() < 0.4),
        "disputes": disputes(cells),
    }
