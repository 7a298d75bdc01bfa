"""Tables to save: what is text stays text, whatever it holds."""

import csv
from datetime import date
from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from gongkai.web.common import sheets

LINES = (("名称", "件数", "日期"), ("=1+1", 3, date(2024, 3, 4)), ("有\x07控制符", None, None))


def sheet() -> sheets.Sheet:
    return sheets.Sheet("表", (20, 8, 14), iter(LINES))


def test_csv_opens_in_a_spreadsheet_and_begins_no_formula() -> None:
    written = sheets.write_csv(sheet())
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(written.decode("utf-8-sig").splitlines()))
    assert rows[1] == ["'=1+1", "3", "2024-03-04"]
    assert rows[2][1:] == ["", ""]


def test_a_workbook_keeps_numbers_days_and_text_apart() -> None:
    page = load_workbook(BytesIO(sheets.write_xlsx(sheet()))).active
    assert page["A2"].data_type == "s"
    assert page["A2"].value == "=1+1"
    assert page["B2"].value == 3
    assert page["C2"].value.date() == date(2024, 3, 4)
    assert page["A3"].value == "有控制符"
    assert page["B3"].value is None


def test_the_name_of_the_file_is_one_name() -> None:
    answer = sheets.response(sheet(), "csv", "复议/诉讼（2024年）")
    name = answer["Content-Disposition"].partition("UTF-8''")[2]
    assert "/" not in name
    assert unquote(name) == "复议/诉讼（2024年）.csv"
    with pytest.raises(KeyError):
        sheets.response(sheet(), "pdf", "x")
