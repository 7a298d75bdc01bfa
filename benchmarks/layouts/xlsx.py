"""Workbooks."""

import io
from decimal import Decimal

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.drafts import Draft
from benchmarks.forms import Grid
from benchmarks.layouts.base import Rendered, layout


def _put(sheet: Worksheet, grid: Grid, top: int, left: int, *, numbers: bool) -> int:
    for box in grid.boxes:
        row, col = top + box.row, left + box.col
        value: object = box.text or None
        if numbers and box.path and box.text.isdecimal() and box.text.isascii():
            value = int(box.text)
        elif numbers and box.path.endswith("amount_10k_yuan") and "." in box.text:
            value = float(Decimal(box.text))
        sheet.cell(row, col, value)
        if box.rowspan > 1 or box.colspan > 1:
            sheet.merge_cells(None, row, col, row + box.rowspan - 1, col + box.colspan - 1)
    return top + grid.n_rows


def _saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@layout("xlsx-one-sheet", "xlsx")
def one_sheet(draft: Draft) -> Rendered:
    """The whole report down one sheet, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    line = 1
    for part in draft.parts:
        if part.kind == "table":
            line = _put(sheet, draft.grids[part.text], line, 1, numbers=True)
        else:
            sheet.cell(line, 1, part.text)
            line += 1
    return Rendered(_saved(book), draft.truth())


@layout("xlsx-sheets", "xlsx")
def sheets(draft: Draft) -> Rendered:
    """A sheet for the text and one for each table, off the corner; numbers as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "正文"
    line = 1
    for part in draft.parts:
        if part.kind != "table":
            sheet.cell(line, 1, part.text)
            line += 1
            continue
        other = book.create_sheet(f"表{len(book.sheetnames)}")
        other.cell(1, 2, {"proactive": "主动公开政府信息情况"}.get(part.text, "情况统计表"))
        _put(other, draft.grids[part.text], 3, 2, numbers=False)
    return Rendered(_saved(book), draft.truth())
