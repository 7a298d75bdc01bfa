"""Tables to save: lines of text, numbers and days as CSV or as a workbook of one sheet."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any, Final, NamedTuple, cast
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Value = str | int | date | None
Line = Sequence[Value]

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Sheet(NamedTuple):
    """What is written: the first line holds the headings; ``widths`` are in characters, column by column."""

    title: str
    widths: Sequence[int]
    lines: Iterable[Line]


def write_csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark, which spreadsheets need; no text begins a formula."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerows([_harmless(value) for value in line] for line in sheet.lines)
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_xlsx(sheet: Sheet) -> bytes:
    """A workbook of one sheet, its headings fixed; numbers and days are such, text is never a formula."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(sheet.title)
    page.freeze_panes = "B2"
    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    for number, line in enumerate(sheet.lines):
        page.append([_cell(page, value, heading=number == 0) for value in line])
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _cell(page: Any, value: Value, *, heading: bool) -> Any:
    if isinstance(value, str):  # what a person typed may hold characters a workbook cannot
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(page, value=cast("Any", value))
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if heading:
        cell.font = Font(bold=True)
    return cell


class Form(NamedTuple):
    """How a table is written, and what it then is."""

    write: Callable[[Sheet], bytes]
    mime: str


FORMS: Final[Mapping[str, Form]] = {
    "csv": Form(write_csv, "text/csv; charset=utf-8"),
    "xlsx": Form(write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def response(sheet: Sheet, form: str, name: str) -> HttpResponse:
    """The table as a file to save under ``name``. Raises KeyError for a form that is none of ``FORMS``."""
    found = FORMS[form]
    answer = HttpResponse(found.write(sheet), content_type=found.mime)
    saved_as = quote(f"{name}.{form}", safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{saved_as}"
    return answer
