"""DOCX files, written as their XML, so that each way of merging can be shown."""

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, layout, loosen_all
from benchmarks.truth import Kind

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1418" w:bottom="1440" '
    'w:left="1418" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
#: Twentieths of a point: the text width of the page.
_WIDTH = 9070


@dataclass(frozen=True, slots=True)
class Make:
    """How the document is made."""

    runs: bool = False  # each character a run of its own, proofing marks between
    nested: bool = False  # tables inside a layout table
    styled: bool = False  # headings carry a heading style
    merge_lost: bool = False  # cells below a merged one are simply blank, not marked as continued
    repeat_header: bool = False


def _run(text: str, make: Make) -> str:
    if make.runs:
        return "".join(
            f'<w:proofErr w:type="spellStart"/><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(char)}</w:t></w:r>'
            if char != "\n"
            else "<w:r><w:br/></w:r>"
            for char in text
        )
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f'<w:r><w:rPr><w:rFonts w:eastAsia="Noto Sans CJK SC"/><w:sz w:val="18"/></w:rPr>{lines}</w:r>'


def _paragraph(text: str, make: Make, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{_run(text, make) if text else ''}</w:p>"


def _widths(grid: Grid) -> list[int]:
    if grid.name == "applications":
        share = [1.1, 1.5, 3.2, 0.9, 0.9, 0.9, 1.1, 1.1, 0.8, 0.9]
    else:
        share = [1.0] * grid.n_cols
    return [int(_WIDTH * part / sum(share)) for part in share]


def _cell(box: Box | None, width: int, make: Make, properties: str) -> str:
    text = box.text if box else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
        f"{_paragraph(text, make)}</w:tc>"
    )


def _row(grid: Grid, line: int, covers: dict[tuple[int, int], Box], widths: list[int], make: Make) -> str:
    cells, col = [], 0
    while col < grid.n_cols:
        box = covers[line, col]
        span = f'<w:gridSpan w:val="{box.colspan}"/>' if box.colspan > 1 else ""
        merge = ""
        if box.rowspan > 1 and not make.merge_lost:
            merge = '<w:vMerge w:val="restart"/>' if box.row == line else "<w:vMerge/>"
        width = sum(widths[col : col + box.colspan])
        cells.append(_cell(box if box.row == line else None, width, make, span + merge))
        col += box.colspan
    head = "<w:trPr><w:tblHeader/></w:trPr>" if make.repeat_header and line < grid.header else ""
    return f"<w:tr>{head}{''.join(cells)}</w:tr>"


def docx_table(grid: Grid, make: Make) -> str:
    """The table's XML with gridSpan and vMerge."""
    covers = {
        (row, col): box
        for box in grid.boxes
        for row in range(box.row, box.row + box.rowspan)
        for col in range(box.col, box.col + box.colspan)
    }
    widths = _widths(grid)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(grid, line, covers, widths, make) for line in range(grid.n_rows))
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )
    if make.nested:
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{_WIDTH}"/></w:tblGrid><w:tr><w:tc>'
            f'<w:tcPr><w:tcW w:w="{_WIDTH}" w:type="dxa"/></w:tcPr>{table}<w:p/>'
            f"</w:tc></w:tr></w:tbl>"
        )
    return table


def document(draft: Draft, make: Make) -> bytes:
    """The whole file."""
    body = []
    for part in draft.parts:
        if part.kind == "table":
            body.append(docx_table(draft.grids[part.text], make) + "<w:p/>")
        else:
            style = {"title": "Title", "heading": "Heading1"}.get(part.kind, "") if make.styled else ""
            body.append(_paragraph(part.text, make, style))
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>'
        f"{''.join(body)}{_PAGE}</w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": xml})


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip file whose bytes depend on its contents alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


@layout("docx-merged", "docx")
def merged(draft: Draft) -> Rendered:
    """Word's own merging, a header row repeated on each page."""
    return Rendered(document(draft, Make(styled=True, repeat_header=True)), draft.truth())


@layout("docx-runs", "docx")
def runs(draft: Draft) -> Rendered:
    """A run for each character."""
    return Rendered(document(draft, Make(runs=True)), draft.truth())


@layout("docx-nested", "docx")
def nested(draft: Draft) -> Rendered:
    """Tables inside layout tables."""
    return Rendered(document(draft, Make(nested=True)), draft.truth())


@layout("docx-merge-lost", "docx")
def merge_lost(draft: Draft) -> Rendered:
    """Vertical merges lost, the cells still there."""
    return Rendered(document(draft, Make(merge_lost=True)), draft.truth())


@layout("docx-library", "docx")
def library(draft: Draft) -> Rendered:
    """Made with python-docx, which joins cells its own way."""
    import docx as python_docx

    file = python_docx.Document()
    for part in draft.parts:
        if part.kind == "heading":
            file.add_heading(part.text, 1)
        elif part.kind != "table":
            file.add_paragraph(part.text)
        else:
            grid = draft.grids[part.text]
            table = file.add_table(grid.n_rows, grid.n_cols)
            cells = [list(row.cells) for row in table.rows]
            for box in grid.boxes:
                cell = cells[box.row][box.col]
                if box.rowspan > 1 or box.colspan > 1:
                    cell = cell.merge(cells[box.row + box.rowspan - 1][box.col + box.colspan - 1])
                cell.text = box.text
    buffer = io.BytesIO()
    file.save(buffer)
    return Rendered(buffer.getvalue(), draft.truth())


@layout("docx-tabbed", "docx", strict=False)
def tabbed(draft: Draft) -> Rendered:
    """No tables at all: rows as paragraphs with tabs."""
    body = []
    for part in draft.parts:
        if part.kind != "table":
            body.append(_paragraph(part.text, Make()))
            continue
        for row in draft.grids[part.text].spread():
            cells = (escape(box.text.replace("\n", " ")) if box else "" for box in row)
            runs_xml = "<w:tab/>".join(f'<w:t xml:space="preserve">{cell}</w:t>' for cell in cells)
            body.append(f"<w:p><w:r>{runs_xml}</w:r></w:p>")
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>'
        f"{''.join(body)}{_PAGE}</w:body></w:document>"
    )
    data = zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": xml})
    truth = draft.truth()
    loosen_all(truth, draft, Kind.HARD)
    return Rendered(data, truth)
