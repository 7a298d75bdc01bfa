"""The three statutory tables as the form prints them: merged cells, header rows, and a path per figure.

Every writer prints from these, so that the form stands in one place. REGULATION.md §3.1-3.3.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from gongkai.report import form
from gongkai.report.model import Correction, Figure, Mark, Number, Report

_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。；，,;]{1,24}$")


class FormCell(NamedTuple):
    """A cell of the printed form. ``path`` names the figure it holds; header cells have ``scope``.

    ``scope`` is HTML's: ``row col rowgroup colgroup``. ``headers`` are the cells that name a figure, as
    positions (row, col).
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    path: str = ""
    scope: str = ""
    headers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FormTable:
    """A printed table: ``key`` is its section's key, ``widths`` shares of the page's width."""

    key: str
    caption: str
    cells: tuple[FormCell, ...]
    n_rows: int
    n_cols: int
    header_rows: int
    widths: tuple[float, ...]

    def rows(self) -> list[list[FormCell]]:
        """Cells by the row they begin in, left to right."""
        rows: list[list[FormCell]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        for row in rows:
            row.sort(key=lambda cell: cell.col)
        return rows


@cache
def tables(edition: str, single_other: bool) -> tuple[FormTable, FormTable, FormTable]:
    """Tables 2, 3 and 4 of an edition."""
    return proactive_table(edition), applications_table(single_other), disputes_table()


def of_report(report: Report) -> tuple[FormTable, FormTable, FormTable]:
    """The three tables of the form a report uses."""
    return tables(report.edition, report.single_other)


@cache
def proactive_table(edition: str) -> FormTable:
    """Table 2: blocks under each other on four columns, the last column of a short block widened."""
    blocks = form.EDITIONS[edition].proactive
    n_cols = 1 + max(len(block.columns) for block in blocks)
    cells: list[FormCell] = []
    row = 0
    for block in blocks:
        cells.append(FormCell(block.item, row, 0, 1, n_cols, scope="rowgroup"))
        cells.append(FormCell(form.PROACTIVE_LABEL, row + 1, 0, scope="col"))
        spans = _stretched(len(block.columns), n_cols)
        for column, (col, colspan) in zip(block.columns, spans, strict=True):
            cells.append(FormCell(column.label, row + 1, col, 1, colspan, scope="col"))
        for number, line in enumerate(block.rows, start=row + 2):
            cells.append(FormCell(line.label, number, 0, scope="row"))
            for column, (col, colspan) in zip(block.columns, spans, strict=True):
                cells.append(
                    FormCell(
                        "",
                        number,
                        col,
                        1,
                        colspan,
                        f"proactive.{line.key}.{column.key}",
                        headers=((row, 0), (row + 1, col), (number, 0)),
                    )
                )
        row += 2 + len(block.rows)
    widths = (36.0, *(40.0,) * (n_cols - 1))
    return FormTable("proactive", "主动公开政府信息情况", tuple(cells), row, n_cols, 0, widths)


def _stretched(columns: int, n_cols: int) -> list[tuple[int, int]]:
    """(col, colspan) of a block's figure columns: the last one takes what is left of the width."""
    return [(1 + i, 1 if i < columns - 1 else n_cols - columns) for i in range(columns)]


_LABEL_COLS = 3
_TABLE3_HEADER: tuple[FormCell, ...] = (
    FormCell(form.IDENTITY_NOTE, 0, 0, 3, _LABEL_COLS),
    FormCell(form.APPLICANT_HEADER, 0, _LABEL_COLS, 1, 7, scope="colgroup"),
    FormCell(form.APPLICANTS[0].label, 1, _LABEL_COLS, 2, 1, scope="col"),
    FormCell(form.ORGANISATIONS, 1, _LABEL_COLS + 1, 1, 5, scope="colgroup"),
    FormCell(form.TOTAL.label, 1, _LABEL_COLS + 6, 2, 1, scope="col"),
    *(
        FormCell(column.label, 2, _LABEL_COLS + 1 + i, scope="col")
        for i, column in enumerate(form.APPLICANTS[1:])
    ),
)
_TABLE3_HEADER_ROWS = 3


def _column_headers(index: int) -> tuple[tuple[int, int], ...]:
    """The header cells above figure column ``index`` of table 3."""
    col = _LABEL_COLS + index
    if 0 < index < len(form.APPLICANTS):
        return ((0, _LABEL_COLS), (1, _LABEL_COLS + 1), (2, col))
    return ((0, _LABEL_COLS), (1, col))


@cache
def applications_table(single_other: bool) -> FormTable:
    """Table 3: three label columns, merged by group, and seven figure columns under 申请人情况."""
    rows = form.application_rows(single_other)
    cells = list(_TABLE3_HEADER)
    for index, row in enumerate(rows):
        number = _TABLE3_HEADER_ROWS + index
        labels: list[tuple[int, int]] = []
        for depth, group in enumerate(row.groups):
            first = _group_start(rows, index, depth)
            labels.append((_TABLE3_HEADER_ROWS + first, depth))
            if first == index:
                span = sum(other.groups[: depth + 1] == row.groups[: depth + 1] for other in rows)
                cells.append(FormCell(group, number, depth, span, 1, scope="rowgroup"))
        depth = len(row.groups)
        cells.append(FormCell(row.label, number, depth, 1, _LABEL_COLS - depth, scope="row"))
        labels.append((number, depth))
        for i, column in enumerate(form.COLUMNS):
            cells.append(
                FormCell(
                    "",
                    number,
                    _LABEL_COLS + i,
                    path=f"applications.{row.key}.{column.key}",
                    headers=(*_column_headers(i), *labels),
                )
            )
    n_rows = _TABLE3_HEADER_ROWS + len(rows)
    return FormTable(
        "applications",
        "收到和处理政府信息公开申请情况",
        tuple(cells),
        n_rows,
        _LABEL_COLS + len(form.COLUMNS),
        _TABLE3_HEADER_ROWS,
        (9.0, 17.0, 46.0, *(12.0,) * len(form.COLUMNS)),
    )


def _group_start(rows: tuple[form.Row, ...], index: int, depth: int) -> int:
    """The first row of the group that row ``index`` stands in at ``depth``."""
    groups = rows[index].groups[: depth + 1]
    return next(i for i, row in enumerate(rows) if row.groups[: depth + 1] == groups)


@cache
def disputes_table() -> FormTable:
    """Table 4: fifteen figures in one row, 行政复议 beside the two kinds of 行政诉讼."""
    n = len(form.DISPUTE_COLUMNS)
    first, *suits = form.DISPUTE_BLOCKS
    cells = [
        FormCell(first.label, 0, 0, 1, n, scope="colgroup"),
        FormCell(form.LITIGATION, 0, n, 1, n * len(suits), scope="colgroup"),
    ]
    for i, column in enumerate(form.DISPUTE_COLUMNS):
        cells.append(FormCell(column.label, 1, i, 2, 1, scope="col"))
        path = f"disputes.{first.key}.{column.key}"
        cells.append(FormCell("", 3, i, path=path, headers=((0, 0), (1, i))))
    for b, block in enumerate(suits, start=1):
        cells.append(FormCell(block.label, 1, n * b, 1, n, scope="colgroup"))
        for i, column in enumerate(form.DISPUTE_COLUMNS):
            col = n * b + i
            cells.append(FormCell(column.label, 2, col, scope="col"))
            path = f"disputes.{block.key}.{column.key}"
            cells.append(FormCell("", 3, col, path=path, headers=((0, n), (1, n * b), (2, col))))
    n_cols = n * len(form.DISPUTE_BLOCKS)
    return FormTable(
        "disputes", "政府信息公开行政复议、行政诉讼情况", tuple(cells), 4, n_cols, 3, (10.0,) * n_cols
    )


def printed(figure: Figure | None) -> str:
    """What a paper prints for a figure: the number, the none-mark as it stood, or nothing.

    A value of None is never printed as 0; what is not a figure is printed as it stood.
    """
    if figure is None:
        return ""
    if figure.mark in (Mark.NONE, Mark.UNREADABLE):
        return figure.raw
    return "" if figure.value is None else number_text(figure.value)


def number_text(value: Number) -> str:
    """A number in plain digits, without an exponent."""
    return str(value) if isinstance(value, int) else format(value, "f")


def fitted(table: FormTable, texts: Mapping[str, str]) -> FormTable:
    """The table with figure columns as wide as their longest figure needs, labels keeping their width."""
    need = {cell.col: 0 for cell in table.cells if cell.path and cell.colspan == 1}
    for cell in table.cells:
        if cell.path and cell.colspan == 1:
            need[cell.col] = max(need[cell.col], len(texts.get(cell.path, "")))
    if max(need.values(), default=0) <= 4:
        return table
    room = sum(table.widths[col] for col in need)
    wanted = {col: max(4, length) for col, length in need.items()}
    total = sum(wanted.values())
    widths = tuple(
        room * wanted[col] / total if col in wanted else width for col, width in enumerate(table.widths)
    )
    return replace(table, widths=widths)


def section_heading(report: Report, key: str) -> str:
    """A section's heading as printed in the report, else as the form has it."""
    section = report.sections.get(key)
    return (section.heading if section else "") or form.SECTIONS[key]


def paragraphs(text: str) -> list[str]:
    """The lines of a section's text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_subheading(line: str) -> bool:
    """Whether a line of a section is a heading such as （一）主动公开, and not a sentence."""
    return _SUBHEADING.fullmatch(line) is not None


def title_of(report: Report) -> str:
    """The report's title: as read, else composed of agency and year."""
    if report.reading.title.strip():
        return " ".join(report.reading.title.split())
    year = f"{report.year}年" if report.year is not None else ""
    return f"{report.agency or ''}{year}政府信息公开工作年度报告"


def title_parts(report: Report) -> list[str]:
    """The title in the pieces it may be broken between: the agency where it begins with it, and the rest."""
    title, agency = title_of(report), report.agency or ""
    rest = title.removeprefix(agency)
    return [part for part in (agency, rest) if part] if title != rest else [title]


def uncertain_notes(report: Report, table: str) -> list[str]:
    """One remark for each row of a table whose figures could not be placed, and for a table not read."""
    notes = []
    for path, item in report.reading.uncertain.items():
        if path.split(".")[0] != table:
            continue
        values = "、".join(map(number_text, item.values)) or "无"
        label = _row_label(path, report.edition)
        notes.append(f"读取说明：“{label}”一行的数字所在的列不能确定，原文依次为：{values}。")
    return notes


_NAMED = 3


def corrected_alike(report: Report, table: str) -> list[tuple[list[Correction], str]]:
    """The corrected figures of a table, in groups with a remark each: what was read, what stands now, why.

    Figures corrected alike, such as blanks filled with 0, share one; of many the first few are named.
    """
    alike: dict[tuple[str, str, str, str], list[Correction]] = {}
    for item in report.corrections:
        if item.path.split(".")[0] != table:
            continue
        read = item.raw.strip() or ("空白" if item.read is None else number_text(item.read))
        now = "空白" if item.value is None else number_text(item.value)
        day = f"{item.on.year}年{item.on.month}月{item.on.day}日" if item.on else ""
        alike.setdefault((read, now, day, item.reason.rstrip("。")), []).append(item)
    notes = []
    for (read, now, day, reason), items in alike.items():
        many = f"等{len(items)}格" if len(items) > _NAMED else ""
        named = "、".join(f"“{form.path_label(item.path, report.edition)}”" for item in items[:_NAMED])
        note = f"更正说明：{named}{many}原为“{read}”，{day}更正为{now}。理由：{reason}。"
        notes.append((items, note))
    return notes


def table_notes(report: Report, table: str) -> list[str]:
    """What must be said under a table: figures that could not be placed, figures that were corrected."""
    return uncertain_notes(report, table) + [note for _, note in corrected_alike(report, table)]


def _row_label(path: str, edition: str) -> str:
    parts = path.split(".")
    try:
        return form.path_label(".".join((*parts, *("*",) * (3 - len(parts)))), edition)
    except (KeyError, ValueError):
        return path
