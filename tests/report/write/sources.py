"""A source document made from a report, as a reader would hand it over, and findings on it."""

from collections.abc import Mapping
from dataclasses import replace

from gongkai.kernel import Finding, Level, Place
from gongkai.report import form, grid
from gongkai.report.model import Figure, Report, Section
from gongkai.report.write import layout


def with_source(report: Report) -> tuple[Report, grid.Document]:
    """The report with a place for every figure and section, and the document those places are in."""
    blocks: list[grid.Block] = [grid.Paragraph(layout.title_of(report), Place(paragraph=1), heading=True)]
    figures: dict[str, Figure] = {}
    sections: dict[str, Section] = {}
    tables = {table.key: table for table in layout.of_report(report)}
    for key in form.SECTIONS:
        heading = layout.section_heading(report, key)
        if heading:
            blocks.append(grid.Paragraph(heading, Place(paragraph=len(blocks) + 1), heading=True))
        text = report.text(key)
        place = Place(paragraph=len(blocks) + 1, start=0, end=len(text))
        blocks.append(grid.Paragraph(text, place))
        sections[key] = Section(key, heading, text, place, ((0, place),))
        if key in tables:
            number = 1 + sum(isinstance(block, grid.Table) for block in blocks)
            blocks.append(_table(report, tables[key], number, figures))
    return replace(report, figures=figures, sections=sections), grid.Document("docx", tuple(blocks))


def _table(report: Report, table: layout.FormTable, number: int, figures: dict[str, Figure]) -> grid.Table:
    cells = []
    for cell in table.cells:
        place = Place(table=number, row=cell.row + 1, cell=cell.col + 1)
        text = cell.text
        if cell.path:
            text = layout.printed(report.figures[cell.path])
            figures[cell.path] = replace(report.figures[cell.path], place=place)
        cells.append(grid.Cell(text, cell.row, cell.col, cell.rowspan, cell.colspan, place))
    return grid.Table(tuple(cells), table.n_rows, table.n_cols, place=Place(table=number))


def findings_on(report: Report) -> tuple[Finding, ...]:
    """One finding of each kind: a column, many cells, words of the text, a whole section."""
    blanks = tuple(path for path, figure in report.figures.items() if figure.value is None)
    suggested: Mapping[str, int] = dict.fromkeys(blanks[:2], 1)
    section = report.sections["overview"]
    start = section.text.find("主动公开")
    column = "applications.*.total"
    return (
        Finding("T3-BALANCE", Level.ERROR, column, "两边不等", 21, 20, "《条例》第五十条"),
        Finding(
            "FORM-BLANK",
            Level.WARNING,
            blanks[0] if blanks else "applications",
            "有空白的格",
            cells=blanks,
            suggested=suggested,
        ),
        Finding(
            "LANG-PUNCT",
            Level.INFO,
            "sections.overview",
            "半角标点 <b>3</b> 处",
            found="“,”",
            place=section.locate(start, start + 4),
        ),
        Finding("FORM-SECTION", Level.WARNING, "sections.others", "第六部分没有收费说明"),
    )
