"""The workbook to fill in: its sheets with headings, lists to choose from, and how each column is written."""

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.web.applications.old_cases.columns import HELP, LISTS, READ, Column, SheetOf, Takes
from gongkai.web.applications.old_cases.words import codes

_LAST_ROW: Final = 5000
_FORMATS: Final[dict[Takes, str]] = {"day": "yyyy-mm-dd", "count": "0"}
_LINE: Final = Side(style="thin", color="B8BEC8")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_NEEDED: Final = PatternFill("solid", fgColor="F3DADB")
_PLAIN: Final = PatternFill("solid", fgColor="E7EAEE")
_WRAP: Final = Alignment(vertical="top", wrap_text=True)
#: Signs that fit beside each other in the columns of the explanation.
_ONE_LINE: Final = 58
_STEPS: Final = (
    "一、在“申请”表中一行填一件申请，在“经过”表中一行填一件事，两张表用“原系统编号”对应；带 * 的列必填。",
    "二、“经过”要从“收到申请”写起，补正、征求意见、延期、答复等逐项写明日期：期限按这些日期重新计算，法律不允许的会指出来。",
    "三、征求过第三方或其他机关意见的，可在“征求对象”表中写明是谁、怎样答复、本机关怎样决定；不知道的可以不写，转入后再补。",
    "四、请保持单元格的文本格式，证件号码不要变成数字；不要用公式、合并单元格；不要改表名和表头。不用的列可以空着。",
    "五、填好后在“转入原系统的申请”页先“核对”，按提示改好再“转入”。",
)
_SHOWN: Final = (
    ("2025-17", "2025-12-01", "收到申请", "", "", ""),
    ("2025-17", "2025-12-04", "发出补正告知", "15", "", ""),
    ("2025-17", "2025-12-15", "收到补正", "", "", ""),
    ("2025-17", "2025-12-17", "发出征求意见书", "", "第三方", "1"),
    ("2025-18", "2025-12-02", "收到申请", "", "", ""),
    ("2025-18", "2025-12-26", "延长答复期限", "20", "", ""),
)


def template(on: date) -> bytes:
    """An XLSX file with the words there are on a day; the sheets for cases hold headings alone."""
    workbook = Workbook()
    help_sheet = workbook.worksheets[0]
    help_sheet.title = HELP
    _explain(help_sheet)
    sheets = [(kind, workbook.create_sheet(kind.name)) for kind in READ]
    ranges = _lists(workbook.create_sheet(LISTS), on)
    for kind, sheet in sheets:
        _to_fill_in(sheet, kind, ranges)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _to_fill_in(sheet: Worksheet, kind: SheetOf, ranges: dict[str, str]) -> None:
    for number, column in enumerate(kind.columns, 1):
        letter = get_column_letter(number)
        about = sheet.column_dimensions[letter]
        about.width, about.number_format = column.width, _FORMATS.get(column.takes, "@")
        _heading(sheet, 1, number, _head(column), needed=column.needed)
        given = _validation(column, ranges)
        given.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(given)
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 24
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4


def _head(column: Column) -> str:
    return f"{column.head}*" if column.needed else column.head


def _validation(column: Column, ranges: dict[str, str]) -> DataValidation:
    """The list to choose from, and the hint beside the cell."""
    if column.words:
        made = DataValidation(
            type="list", formula1=ranges[column.words], allow_blank=True, showErrorMessage=True
        )
        made.errorTitle, made.error = "请从列表中选", "这一列只能填列表中的内容"
    else:
        made = DataValidation(type=None, allow_blank=True)
    made.showInputMessage, made.promptTitle, made.prompt = True, column.head, column.hint
    return made


def _lists(sheet: Worksheet, on: date) -> dict[str, str]:
    """Where the words of each field stand."""
    ranges: dict[str, str] = {}
    heads = {column.words: column.head for kind in READ for column in kind.columns if column.words}
    for number, (field, pairs) in enumerate(codes(on), 1):
        letter = get_column_letter(number)
        _heading(sheet, 1, number, heads[field])
        words = list(dict(reversed(pairs)).values())[::-1]  # the first of each code
        for row, word in enumerate(words, 2):
            sheet.cell(row, number, word)
        sheet.column_dimensions[letter].width = max(14, *(2 * len(word) + 2 for word in words))
        ranges[field] = f"{LISTS}!${letter}$2:${letter}${len(words) + 1}"
    _on_paper(sheet)
    return ranges


def _explain(sheet: Worksheet) -> None:
    for letter, width in zip("ABCDEF", (14, 20, 18, 12, 14, 42), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"] = "转入原系统的申请：填写说明"
    sheet["A1"].font = Font(bold=True, size=14)
    row = 2
    for text in _STEPS:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)
        sheet.cell(row, 1, text).alignment = _WRAP
        sheet.row_dimensions[row].height = 32 if len(text) > _ONE_LINE else 18
        row += 1
    row = _table(sheet, row + 1, "“经过”表的写法举例", tuple(_EVENT_HEADS), _SHOWN)
    lines = [line for kind in READ for line in _explained(kind)]
    _table(sheet, row + 1, "各列怎样写", ("表", "列", "必填", "怎样写", "", ""), lines)
    _on_paper(sheet)


_EVENT_HEADS: Final = ("原系统编号", "日期", "事件", "工作日数", "征求对象", "对象编号")


def _explained(kind: SheetOf) -> Iterator[tuple[str, ...]]:
    for column in kind.columns:
        yield kind.name, column.head, "必填" if column.needed else "", column.hint, "", ""


def _table(
    sheet: Worksheet, row: int, title: str, heads: tuple[str, ...], lines: Sequence[tuple[str, ...]]
) -> int:
    """Write a table with its title; the row after it. Blank headings belong to the one before them."""
    sheet.cell(row, 1, title).font = Font(bold=True)
    last = sum(bool(head) for head in heads)
    for offset, line in enumerate((heads, *lines), 1):
        for number, text in enumerate(line[:last], 1):
            cell = sheet.cell(row + offset, number, text)
            cell.alignment, cell.border, cell.data_type = _WRAP, _BOX, "s"
            if offset == 1:
                _heading(sheet, row + offset, number, text)
        if last < len(heads):
            sheet.merge_cells(
                start_row=row + offset, end_row=row + offset, start_column=last, end_column=len(heads)
            )
    return row + len(lines) + 2


def _heading(sheet: Worksheet, row: int, column: int, text: str, *, needed: bool = False) -> None:
    cell = sheet.cell(row, column, text)
    cell.font, cell.border = Font(bold=True), _BOX
    cell.fill = _NEEDED if needed else _PLAIN
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _on_paper(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
