"""Workbooks: XLSX, and the old XLS. Values by calamine; what it passes over in silence, by the XML.

A formula saved without its result and a cell with an error are not blank: their text is kept, so that no
figure is read from them, and a note says so.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from io import BytesIO
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Block, Document, Table
from gongkai.report.read.drawn import drawn_rows, lined_styles
from gongkai.report.read.limits import Archive, encrypted
from gongkai.report.read.ooxml import main_part
from gongkai.report.read.sheets import Merged, sheet_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

_T = TypeVar("_T")

_DAMAGED = "请在 Excel 或 WPS 中打开确认，另存为 XLSX 后再试"
#: Cells between the upper left and the lower right used cell of a sheet, at most.
_MAX_AREA = 2_000_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

#: Cells (row, column from 0) whose text is not their value.
_Overlay = dict[tuple[int, int], str]


class _Beside(NamedTuple):
    """What the library does not tell of a sheet: cells it would show blank, blank rows that are drawn."""

    overlay: _Overlay
    drawn: frozenset[int]


def read(data: bytes) -> Document:
    """Read an XLSX file."""
    archive = Archive(data)
    return read_archive(archive, data, main_part(archive))


def read_archive(archive: Archive, data: bytes, main: str) -> Document:
    """Read the workbook in ``archive`` (its bytes: ``data``) whose main part is ``main``."""
    beside, notes = _check_sheets(archive, main) if main.endswith(".xml") else ({}, [])
    return _read(data, beside, notes)


def first_sheet(data: bytes) -> list[list[str]]:
    """The rows of the first sheet that is shown, as text; the same limits hold as for reports."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    archive = Archive(data)
    main = main_part(archive)
    if not main.startswith("xl/"):
        raise _damaged()
    beside = _check_sheets(archive, main)[0] if main.endswith(".xml") else {}
    workbook = _guarded(lambda: CalamineWorkbook.from_filelike(BytesIO(data)))
    for about in workbook.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
            rows = _guarded(partial(_cells, workbook, about.name))[0]
            for (row, col), text in beside.get(about.name, _Beside({}, frozenset())).overlay.items():
                _put(rows, row, col, text)
            return rows
    return []


def read_old(data: bytes) -> Document:
    """Read an XLS file."""
    return _read(data, {}, [])


def _read(data: bytes, beside: dict[str, _Beside], notes: list[str]) -> Document:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = _guarded(lambda: CalamineWorkbook.from_filelike(BytesIO(data)))
    blocks: list[Block] = []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        name = about.name
        rows, merged = _guarded(partial(_cells, workbook, name))
        overlay, drawn = beside.get(name, _Beside({}, frozenset()))
        for (row, col), text in overlay.items():
            _put(rows, row, col, text)
        if rows and len(rows) in drawn:
            rows.append([""] * len(rows[0]))
        if about.visible != SheetVisibleEnum.Visible:
            if any(any(row) for row in rows):
                notes.append(f"工作表“{name}”是隐藏的，没有读取")
            continue
        tables = sum(isinstance(block, Table) for block in blocks)
        blocks.extend(sheet_blocks(rows, merged, drawn=drawn, sheet=name, first_table=tables + 1))
    if not blocks:
        raise UnreadableError("工作簿里没有内容", remedy="请检查是否选错了文件", code="empty")
    ruled = any(isinstance(block, Table) for block in blocks)
    return Document("xlsx", tuple(blocks), layout="ruled" if ruled else "", notes=tuple(notes))


def _guarded(function: Callable[[], _T]) -> _T:
    """Call the library; what it raises on damaged files becomes our error."""
    from python_calamine import CalamineError, PasswordError

    try:
        return function()
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own stop, no Exception by its class
            raise
        raise _damaged() from error


def _damaged() -> UnreadableError:
    return UnreadableError("工作簿不完整或已损坏", remedy=_DAMAGED, code="truncated")


def _cells(workbook: Any, name: str) -> tuple[list[list[str]], list[Merged]]:
    sheet = workbook.get_sheet_by_name(name)
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = [
        Merged(top, left, bottom - top + 1, right - left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    if merged and rows:
        wide = max(len(rows[0]), *(min(area.col + area.cols, 200) for area in merged))
        rows = [row + [""] * (wide - len(row)) for row in rows]
    return rows, merged


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _put(rows: list[list[str]], row: int, col: int, text: str) -> None:
    width = max(col + 1, len(rows[0]) if rows else 0)
    while len(rows) <= row:
        rows.append([])
    for line in rows:
        line.extend([""] * (width - len(line)))
    rows[row][col] = text


def _check_sheets(archive: Archive, main: str) -> tuple[dict[str, _Beside], list[str]]:
    """For each sheet by name what the library passes over, and notes on it."""
    folder = main.rpartition("/")[0]
    relations = f"{folder}/_rels/{main.rpartition('/')[2]}.rels"
    if relations not in archive.names:
        return {}, []
    targets = {item.get("Id"): item.get("Target") or "" for item in archive.xml(relations)}
    lined = lined_styles(archive, folder)
    found: dict[str, _Beside] = {}
    notes: list[str] = []
    for sheet in archive.xml(main).iter("{*}sheet"):
        name = sheet.get("name") or ""
        target = targets.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        if path not in archive.names:
            continue
        root = archive.xml(path)
        overlay, formulas = _overlay(root, name)
        found[name] = _Beside(overlay, drawn_rows(root, lined))
        if formulas:
            notes.append(
                f"工作表“{name}”有 {len(formulas)} 个公式没有保存计算结果（如 {formulas[0]}），没有读取；"
                "请在 Excel 或 WPS 中打开后保存"
            )
    return found, notes


def _overlay(root: "_Element", name: str) -> tuple[_Overlay, list[str]]:
    overlay: _Overlay = {}
    formulas: list[str] = []
    row = col = bottom = right = -1
    for item in root.iter("{*}row", "{*}c"):
        if str(item.tag).endswith("}row"):
            digits = item.get("r") or ""
            row, col = (int(digits[:9]) - 1 if digits.isdigit() else row + 1), -1
            continue
        row, col = _position(item.get("r") or "", row, col + 1)
        bottom, right = max(bottom, row), max(right, col)
        value = item.findtext("{*}v") or ""
        formula = item.find("{*}f")
        if item.get("t") == "e" and value:
            overlay[row, col] = value
        elif formula is not None and not value and item.find("{*}is") is None and item.get("t") != "str":
            overlay[row, col] = f"={(formula.text or '').strip()[:80]}"
            formulas.append(item.get("r") or "")
    if (bottom + 1) * (right + 1) > _MAX_AREA:
        raise UnreadableError(
            f"工作表“{name}”过大，不像年度报告", remedy="请检查是否选错了文件", code="too-large"
        )
    return overlay, formulas


def _position(reference: str, row: int, col: int) -> tuple[int, int]:
    """Row and column (from 0) of a reference like ``BC12``; ``row`` and ``col`` where it has none."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not digits or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return row, col
    col = 0
    for letter in letters.upper():
        col = col * 26 + ord(letter) - 64
    return int(digits[:9]) - 1, col - 1
