"""The cells of a workbook as they were typed: text, number, day, formula; for lists that are no reports.

Where ``xlsx`` reads what a table shows, this keeps apart what a spreadsheet makes of what somebody types: a
long number that lost its last figures, a day whose year nobody sees, a formula.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from io import BytesIO
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from gongkai.kernel import UnreadableError
from gongkai.report.read.limits import MAX_CELLS, Archive
from gongkai.report.read.ole2 import MAGIC, kind_of
from gongkai.report.read.ooxml import main_part

if TYPE_CHECKING:
    from openpyxl.cell import Cell

_AGAIN: Final = "请在 Excel 或 WPS 中打开确认，另存为 XLSX 后再试"
_ZIP: Final = b"PK\x03\x04"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Formats of Chinese spreadsheets that a file names by number alone: whether they show year, month and day.
_CHINESE_DAYS: Final[Mapping[int, bool]] = {
    **dict.fromkeys((27, 28, 29, 36, 50, 51, 52, 53, 54, 57, 58), False), 30: True, 31: True,
}  # fmt: skip
#: What a format shows as it stands: quoted words, escaped signs, colours and languages.
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
#: Formats of numbers that show every figure and add none.
_PLAIN: Final = frozenset({"General", "0", "@"})
#: What the library raises on a file that is no workbook.
_DAMAGED: Final = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, OSError, EOFError,
    SyntaxError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


#: What a spreadsheet took a cell's content for.
Typed = Literal["text", "number", "day", "flag", "formula", "error"]


class WorkbookCell(NamedTuple):
    """One cell that is not blank; row and column count from 1.

    ``value``: text as ``str``, a number as ``int`` or ``float``, a day as ``date``, else as the file has it.
    ``whole``: what is seen of it is all of it: of a day its year, month and day, of a number its figures.
    """

    row: int
    column: int
    typed: Typed
    value: str | int | float | date
    whole: bool


class WorkbookSheet(NamedTuple):
    """One sheet, shown or hidden: its cells in reading order, and the areas that are merged (``A2:C2``)."""

    name: str
    cells: tuple[WorkbookCell, ...]
    merged: tuple[str, ...]


def sheets(data: bytes) -> tuple[WorkbookSheet, ...]:
    """All sheets of an XLSX file, in their order.

    Raises UnreadableError: another format (the old XLS too), a password, damage, more cells than any list.
    """
    archive = Archive(_zipped(data))
    main = main_part(archive)
    if not main.startswith("xl/") or not main.endswith(".xml"):
        raise UnreadableError("文件不是 XLSX 工作簿", remedy=_AGAIN, code="format")
    merged = dict(_looked_through(archive, main))
    try:
        return tuple(_read(data, merged))
    except _DAMAGED as error:
        raise UnreadableError("工作簿不完整或已损坏", remedy=_AGAIN, code="truncated") from error


def _zipped(data: bytes) -> bytes:
    if data.startswith(MAGIC):
        kind = kind_of(data)  # one with a password is such a file too
        what = "旧格式的 XLS 工作簿" if kind == "xls" else "旧格式的文件"
        raise UnreadableError(f"这是{what}，没有读取", remedy="请另存为 XLSX 后再试", code="format")
    if not data.startswith(_ZIP):
        raise UnreadableError("文件不是 XLSX 工作簿", remedy=_AGAIN, code="format")
    return data


def _looked_through(archive: Archive, main: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sheet's merged areas. Every part is parsed here once, within the limits, before the library is."""
    folder = main.rpartition("/")[0]
    for name in sorted(archive.names):
        if name.endswith((".xml", ".rels")):
            archive.xml(name)
    relations = f"{folder}/_rels/{main.rpartition('/')[2]}.rels"
    targets = {item.get("Id"): item.get("Target") or "" for item in archive.xml(relations)}
    cells = 0
    for sheet in archive.xml(main).iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        if path not in archive.names:
            continue
        root = archive.xml(path)
        cells += sum(1 for _ in root.iter("{*}c"))
        if cells > MAX_CELLS:
            raise UnreadableError(
                f"工作簿有超过 {MAX_CELLS} 个单元格，没有读取",
                remedy="请删去表格下面和右边带格式的空行、空列，或检查是否选错了文件",
                code="too-large",
            )
        yield sheet.get("name") or "", tuple(one.get("ref") or "" for one in root.iter("{*}mergeCell"))


def _read(data: bytes, merged: Mapping[str, tuple[str, ...]]) -> Iterator[WorkbookSheet]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are not read here
        workbook = load_workbook(BytesIO(data), read_only=True)
        try:
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()  # what a program wrote there need not be so
                cells = tuple(
                    _cell(cast("Cell", cell), workbook.epoch)
                    for row in sheet.iter_rows()
                    for cell in row
                    if not _blank(cell.value)
                )
                yield WorkbookSheet(sheet.title, cells, merged.get(sheet.title, ()))
        finally:
            workbook.close()


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _cell(cell: "Cell", epoch: datetime) -> WorkbookCell:
    value: Any = cell.value
    kind: Typed = "text"
    whole = True
    if cell.data_type in {"f", "e"}:
        kind = "formula" if cell.data_type == "f" else "error"
        value = str(value)
    elif isinstance(value, bool):
        kind, value = "flag", str(value).upper()
    elif isinstance(value, int | float):
        kind, value, whole = _number(cell, value, epoch)
    elif isinstance(value, datetime):
        kind, value, whole = "day", value.date(), _shows_day(cell.number_format)
    elif not isinstance(value, str):  # a time of day, a length of time
        kind, value, whole = "number", value.isoformat() if isinstance(value, time) else str(value), False
    return WorkbookCell(int(cell.row), int(cell.column), kind, value, whole)


def _number(cell: "Cell", value: Any, epoch: datetime) -> tuple[Typed, int | float | date, bool]:
    from openpyxl.utils.datetime import from_excel

    shows = _CHINESE_DAYS.get(cell.style_array.numFmtId)  # type: ignore[attr-defined]
    if shows is not None:
        day: Any = from_excel(value, epoch)  # below one it is a time of day
        if isinstance(day, datetime):
            return "day", day.date(), shows
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    return "number", value, cell.number_format in _PLAIN and abs(value) < 10**15


def _shows_day(number_format: str) -> bool:
    signs = set(_LITERAL.sub("", number_format.split(";", maxsplit=1)[0]).lower())
    return {"m", "d"} <= signs and not signs.isdisjoint({"y", "e"})
