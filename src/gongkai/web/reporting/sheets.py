"""The board as a table to save: one line for each agency and year."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any, Final, NamedTuple, cast

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from gongkai.web.agencies.models import Agency
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.selectors import BoardRow
from gongkai.web.reporting.states import State

Value = str | int | date | None
Line = Sequence[Value]

HEADINGS: Final = (
    "机关", "机构代码", "所在区划", "年度", "状态", "版次", "错误", "未处理的错误", "提醒", "说明",
    "发布日期", "最近变动日期",
)  # fmt: skip
_WIDTHS: Final = (32, 22, 14, 8, 12, 8, 8, 14, 8, 8, 14, 14)
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def lines(rows: Iterable[BoardRow], years: Sequence[int]) -> Iterator[Line]:
    """Headings, then a line for each agency and year; cells that nobody knows are empty, never 0."""
    yield HEADINGS
    for row in rows:
        for year, record in zip(years, row.reports, strict=True):
            yield _line(row.agency, year, record)


def _line(agency: Agency, year: int, record: ReportRecord | None) -> Line:
    about = (agency.full_name, agency.code, agency.region.name, year)
    version = record.current_version if record else None
    if record is None or version is None:
        return (*about, State.EMPTY.label, None, None, None, None, None, None, None)
    checked = bool(version.engine_version) and not version.error
    counts = (version.errors, version.open_errors, version.warnings, version.infos)
    public = record.published_at if record.published_version_id else None
    return (
        *about,
        State(record.state).label,
        version.number,
        *(counts if checked else (None,) * len(counts)),
        timezone.localdate(public) if public else None,
        timezone.localdate(record.changed_at),
    )


def write_csv(found: Iterable[Line]) -> bytes:
    """UTF-8 with its mark, which spreadsheets need; no text begins a formula."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerows([[_harmless(value) for value in line] for line in found])
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_xlsx(found: Iterable[Line]) -> bytes:
    """A workbook of one sheet, its headings fixed; numbers and days are such, text is never a formula."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("年度报告总表")
    sheet.freeze_panes = "B2"
    for index, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    for number, line in enumerate(found):
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=cast("Any", value))
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


class Form(NamedTuple):
    """How a table is written, and what it then is."""

    write: Callable[[Iterable[Line]], bytes]
    mime: str


FORMS: Final[Mapping[str, Form]] = {
    "csv": Form(write_csv, "text/csv; charset=utf-8"),
    "xlsx": Form(write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
