"""A report as a workbook: the text on one sheet, each statutory table on its own, merged as the form is."""

from io import BytesIO
from typing import TYPE_CHECKING

from gongkai.report import form
from gongkai.report.model import Figure, Mark, Report
from gongkai.report.write import layout
from gongkai.report.write.layout import FormTable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

TEXT_SHEET = "正文"
SHEETS = {"proactive": "主动公开政府信息", "applications": "收到和处理申请", "disputes": "行政复议、行政诉讼"}
#: What a sheet of the workbook format can hold in one cell.
_CELL_LIMIT = 32_767
_WIDTH_PER_MM = 0.55
#: Beyond fifteen digits a workbook's numbers lose their last ones; those are written as text.
_LARGEST = 10**9


def write_xlsx(report: Report) -> bytes:
    """The report as XLSX. Figures are numbers; a blank stays an empty cell; text is never a formula."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.title = layout.title_of(report)
    workbook.properties.creator = report.agency or ""
    default = workbook.active
    if default is not None:
        workbook.remove(default)
    _text_sheet(workbook.create_sheet(TEXT_SHEET), report)
    for table in layout.of_report(report):
        sheet = workbook.create_sheet(SHEETS[table.key])
        _table_sheet(sheet, report, table)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _text_sheet(sheet: "Worksheet", report: Report) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 90
    row = 1
    _put(sheet, row, 1, layout.title_of(report)).font = Font(name="宋体", size=16, bold=True)
    for key in form.SECTIONS:
        if key != "head":
            row += 1
            heading = _put(sheet, row, 1, layout.section_heading(report, key))
            heading.font = Font(name="黑体", size=12, bold=True)
        lines = layout.paragraphs(report.text(key))
        for line in lines + layout.table_notes(report, key):
            for start in range(0, len(line), _CELL_LIMIT):
                row += 1
                cell = _put(sheet, row, 1, line[start : start + _CELL_LIMIT])
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def _table_sheet(sheet: "Worksheet", report: Report, table: FormTable) -> None:
    from openpyxl.styles import Alignment, Border, Side
    from openpyxl.utils import get_column_letter

    hair = Side(style="thin")
    border = Border(left=hair, right=hair, top=hair, bottom=hair)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    for cell in table.cells:
        row, col = cell.row + 1, cell.col + 1
        if cell.path:
            _figure(sheet, row, col, report.figures.get(cell.path))
        else:
            _put(sheet, row, col, cell.text)
        for r in range(row, row + cell.rowspan):
            for c in range(col, col + cell.colspan):
                inside = sheet.cell(r, c)
                inside.border = border
                inside.alignment = left if table.key == "applications" and cell.scope == "row" else centre
        if cell.rowspan > 1 or cell.colspan > 1:
            last = (row + cell.rowspan - 1, col + cell.colspan - 1)
            sheet.merge_cells(f"{get_column_letter(col)}{row}:{get_column_letter(last[1])}{last[0]}")
    for number, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(8, width * _WIDTH_PER_MM)
    _paper(sheet, table)


def _paper(sheet: "Worksheet", table: FormTable) -> None:
    """A4, one page wide, header rows repeated."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if table.header_rows:
        sheet.print_title_rows = f"1:{table.header_rows}"
        label_cols = min(cell.col for cell in table.cells if cell.path)
        sheet.freeze_panes = f"{get_column_letter(label_cols + 1)}{table.header_rows + 1}"


def _figure(sheet: "Worksheet", row: int, col: int, figure: Figure | None) -> None:
    if figure is None:
        return
    if figure.mark in (Mark.NONE, Mark.UNREADABLE):
        _put(sheet, row, col, layout.printed(figure))
    elif figure.value is not None and -_LARGEST < figure.value < _LARGEST:
        sheet.cell(row, col).value = figure.value
    elif figure.value is not None:
        _put(sheet, row, col, layout.number_text(figure.value))


def _put(sheet: "Worksheet", row: int, col: int, text: str) -> "Cell | MergedCell":
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(row, col)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    # Text that begins with "=" is text: nobody's report is a formula.
    cell.data_type = "s"
    return cell
