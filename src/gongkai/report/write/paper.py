"""A report as a paper: title, head note, six sections, each table under its section's heading."""

from datetime import date

from gongkai.documents import Block, Grid, GridCell, Heading, Note, Paper, Text
from gongkai.documents.paper import POINTS_PER_MM, TEXT_WIDTH_MM, TITLE_PT, text_ems
from gongkai.kernel import Period
from gongkai.report import form
from gongkai.report.model import Report
from gongkai.report.write import layout


def compose(report: Report) -> Paper:
    """The paper of a report; DOCX and PDF print it."""
    blocks: list[Block] = [Text(line) for line in layout.paragraphs(report.text("head"))]
    by_key = {table.key: table for table in layout.of_report(report)}
    for key in form.SECTIONS:
        if key == "head":
            continue
        blocks.append(Heading(layout.section_heading(report, key)))
        blocks += [_line(line) for line in layout.paragraphs(report.text(key))]
        if key in by_key:
            blocks.append(_grid(report, by_key[key]))
            blocks += [Note(note) for note in layout.table_notes(report, key)]
    return Paper(_title(report), tuple(blocks), report.agency or "", _dated(report))


def _title(report: Report) -> str:
    """The title, broken after the agency where it is longer than a line."""
    title = layout.title_of(report)
    agency = report.agency or ""
    if text_ems(title) * TITLE_PT > TEXT_WIDTH_MM * POINTS_PER_MM and agency and title.startswith(agency):
        return f"{agency}\n{title.removeprefix(agency).strip()}"
    return title


def _dated(report: Report) -> date | None:
    """The day the paper bears: its publication, else the last day of the period it reports on."""
    if report.reading.published_on or report.year is None:
        return report.reading.published_on
    return (report.reading.period or Period.of_year(report.year)).end


def _line(line: str) -> Block:
    """A line of a section: （一） lines that are no sentence are headings of the second level."""
    return Heading(line, 2) if layout.is_subheading(line) else Text(line)


def _grid(report: Report, table: layout.FormTable) -> Grid:
    texts = {cell.path: layout.printed(report.figures.get(cell.path)) for cell in table.cells if cell.path}
    table = layout.fitted(table, texts)
    cells = tuple(
        GridCell(
            texts[cell.path] if cell.path else cell.text,
            cell.row,
            cell.col,
            cell.rowspan,
            cell.colspan,
            header=not cell.path,
            keep=cell.scope == "rowgroup" and 1 < cell.rowspan < 10,
            left=table.key == "applications" and cell.scope == "row",
        )
        for cell in table.cells
    )
    together = table.key != "applications"
    return Grid(cells, table.n_rows, table.widths, table.header_rows, table.caption, together)
