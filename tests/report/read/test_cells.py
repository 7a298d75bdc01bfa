"""The cells of a workbook as they were typed: what a spreadsheet took each for, and what is no workbook."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from gongkai.kernel import UnreadableError
from gongkai.report import api
from tests.report.read.test_office import compound


def saved(*rows: list[Any], **formats: str) -> bytes:
    """A workbook of one sheet; ``formats`` by cell."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append(row)
    for place, shown in formats.items():
        sheet[place].number_format = shown
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "shown", "typed", "read", "whole"),
    [
        ("甲", "General", "text", "甲", True),
        (17, "General", "number", 17, True),
        (17, "0000", "number", 17, False),
        (1.5, "General", "number", 1.5, True),
        (110105194912310025, "0", "number", 1.1010519491231e17, False),
        (date(2025, 12, 1), "yyyy-mm-dd", "day", date(2025, 12, 1), True),
        (date(2025, 12, 1), 'm"月"d"日"', "day", date(2025, 12, 1), False),
        (date(2025, 12, 1), '[$-804]yyyy"年"m"月"', "day", date(2025, 12, 1), False),
        (True, "General", "flag", "TRUE", True),
        ("=A1", "General", "formula", "=A1", True),
        ("#N/A", "General", "error", "#N/A", True),
    ],
)
def test_a_cell_is_told_by_what_it_was_taken_for(
    value: Any, shown: str, typed: str, read: Any, whole: bool
) -> None:
    (sheet,) = api.workbook_sheets(saved([None, value, " "], B1=shown))
    (cell,) = sheet.cells  # blank ones are none
    assert (cell.row, cell.column, cell.typed, cell.value, cell.whole) == (1, 2, typed, read, whole)


def test_merged_areas_are_named() -> None:
    workbook = Workbook()
    workbook.worksheets[0].merge_cells("A2:C2")
    buffer = BytesIO()
    workbook.save(buffer)
    assert [sheet.merged for sheet in api.workbook_sheets(buffer.getvalue())] == [("A2:C2",)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b\n", "format"),
        (compound("Workbook"), "format"),
        (compound("EncryptedPackage"), "encrypted"),
        (saved(["1"])[:-300], "truncated"),
        (saved(*([1] * 101 for _ in range(2000))), "too-large"),
    ],
)
def test_what_is_no_workbook_or_no_list_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        api.workbook_sheets(data)
    assert refused.value.code == code
