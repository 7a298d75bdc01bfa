"""A paper as DOCX in the official layout, for Word, WPS and LibreOffice.

The faces are named as offices expect them (方正小标宋, 仿宋_GB2312, 黑体, 楷体_GB2312, 宋体) and not
embedded; a program without them takes the others named in the font table.
"""

from io import BytesIO
from math import ceil
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from gongkai.documents import paper as measures
from gongkai.documents.paper import Grid, GridCell, Heading, Line, Note, Paper, Text, printable

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS_PER_PT = 20
_LATIN = "Times New Roman"
#: The faces of official papers, and what a program without them should take instead.
_FACES = {
    "方正小标宋简体": "方正小标宋_GBK;华文中宋;宋体;Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋;华文仿宋;Noto Serif CJK SC",
    "楷体_GB2312": "楷体;华文楷体;Noto Serif CJK SC",
    "黑体": "SimHei;微软雅黑;Noto Sans CJK SC",
    "宋体": "SimSun;Noto Serif CJK SC",
}


def to_docx(paper: Paper) -> bytes:
    """The paper as DOCX."""
    import docx

    document = docx.Document()
    _properties(document, paper)
    _page(document)
    _styles(document)
    _font_table(document)
    body = document.element.body
    section = body.sectPr
    for element in _elements(paper):
        section.addprevious(element)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _elements(paper: Paper) -> list[Any]:
    from docx.oxml import parse_xml

    parts = [_paragraph("Title", paper.title)]
    for index, block in enumerate(paper.blocks):
        match block:
            case Heading():
                around = paper.blocks[max(index - 1, 0) : index + 2]
                above, below = (120 * isinstance(neighbour, Grid) for neighbour in (around[0], around[-1]))
                parts.append(_paragraph(f"Heading{block.level}", block.text, above, below))
            case Text():
                parts.append(_paragraph("Normal", block.text, keep=block.keep))
            case Line():
                parts.append(_line(block))
            case Note():
                parts.append(_paragraph("GongkaiNote", block.text))
            case Grid():
                parts.append(_table(block))
                if index + 1 == len(paper.blocks) or isinstance(paper.blocks[index + 1], Grid):
                    parts.append(_paragraph("GongkaiNote", ""))
    return [parse_xml(part) for part in parts]


def _run(text: str, properties: str = "") -> str:
    lines = printable(text).split("\n")
    content = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{properties}{content}</w:r>"


def _paragraph(style: str, text: str, above: int = 0, below: int = 0, *, keep: bool = False) -> str:
    """A paragraph; ``above`` and ``below`` are extra space in twips, ``keep`` holds it by what follows."""
    run = _run(text) if text else ""
    space = f'<w:spacing w:before="{above}" w:after="{below}"/>' if above or below else ""
    following = "<w:keepNext/>" if keep else ""
    return f'<w:p {_W}><w:pPr><w:pStyle w:val="{style}"/>{following}{space}</w:pPr>{run}</w:p>'


def _line(line: Line) -> str:
    keep = "<w:keepNext/>" if line.keep else ""
    # Two characters of room on the right, where the seal lies over name and day (GB/T 9704).
    room = round(2 * measures.BODY_PT * _TWIPS_PER_PT) if line.side == "right" else 0
    side = f'<w:ind w:right="{room}" w:firstLine="0"/><w:jc w:val="{line.side}"/>'
    run = _run(line.text) if line.text else ""
    return f'<w:p {_W}><w:pPr><w:pStyle w:val="Normal"/>{keep}{side}</w:pPr>{run}</w:p>'


def _table(grid: Grid) -> str:
    widths = [round(width * _TWIPS_PER_PT) for width in grid.widths_pt()]
    total = sum(widths)
    padding = round(measures.CELL_PADDING_PT * _TWIPS_PER_PT)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(grid, row, widths) for row in range(grid.n_rows))
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(printable(grid.description))}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(grid: Grid, row: int, widths: list[int]) -> str:
    """A row: its own cells, and for each cell merged from above an empty continuation."""
    here = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.rowspan]
    here.sort(key=lambda cell: cell.col)
    # Rows of a merged group, and a header with the row below it, stay together; a merged label that may
    # run on over the page keeps as many rows beside it as it has lines. A row that may fill pages keeps none.
    flows = any(cell.flow for cell in here)
    closing = grid.n_rows - grid.closing_rows <= row < grid.n_rows - 1
    whole_group = closing or row < (grid.n_rows - 1 if grid.together else grid.header_rows)
    keep = whole_group or (not flows and any(row < _last_kept(cell, grid) for cell in here))
    cells = "".join(_cell(cell, row, widths, grid.font_size(), keep=keep) for cell in here)
    header = "<w:tblHeader/>" if row < grid.header_rows else ""
    whole = "" if flows else "<w:cantSplit/>"
    around = 2 * measures.CELL_PADDING_ABOVE_PT
    twips = round((grid.heights[row] + around) * _TWIPS_PER_PT) if grid.heights else 0
    height = f'<w:trHeight w:val="{twips}" w:hRule="atLeast"/>' if twips else ""
    return f"<w:tr><w:trPr>{whole}{height}{header}</w:trPr>{cells}</w:tr>"


def _last_kept(cell: GridCell, grid: Grid) -> int:
    """The last of the rows beside a merged cell that stay on its page."""
    return cell.row + (cell.rowspan if cell.keep else min(_lines(cell, grid), cell.rowspan)) - 1


def _lines(cell: GridCell, grid: Grid) -> int:
    """How many lines the text of a cell takes."""
    room = sum(grid.widths_pt()[cell.col : cell.col + cell.colspan]) - 2 * measures.CELL_PADDING_PT
    return ceil(len(cell.text) / max(1, room // grid.font_size()))


def _cell(cell: GridCell, row: int, widths: list[int], size: float, *, keep: bool) -> str:
    width = sum(widths[cell.col : cell.col + cell.colspan])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.colspan > 1:
        properties += f'<w:gridSpan w:val="{cell.colspan}"/>'
    if cell.rowspan > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    properties += '<w:vAlign w:val="center"/>'
    text = cell.text if row == cell.row else ""
    half_points = round(size * 2)
    font = f'<w:rPr><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    align = '<w:jc w:val="left"/>' if cell.left else ""
    next_row = "<w:keepNext/>" if keep else ""
    # The mark of an empty paragraph has a size too: without it an empty cell makes the row higher.
    return (
        f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:pStyle w:val="GongkaiCell"/>{next_row}{align}'
        f"{font}</w:pPr>{_run(text, font) if text else ''}</w:p></w:tc>"
    )


def _properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = printable(paper.title.replace("\n", ""))[:255]
    properties.author = printable(paper.author)[:255]
    properties.language = "zh-CN"
    properties.comments = ""
    element = properties._element  # noqa: SLF001 - python-docx has no way to remove a property
    for child in list(element):
        if child.tag.endswith(("}created", "}modified", "}lastModifiedBy")):
            element.remove(child)


def _font_table(document: Any) -> None:
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"swiss" if face == "黑体" else "roman"}"/><w:pitch w:val="variable"/></w:font>'
        for face, others in _FACES.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            table = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {_W}>{fonts}</w:fonts>'
            relation.target_part._blob = table.encode()  # noqa: SLF001 - python-docx keeps it as bytes


def _page(document: Any) -> None:
    from docx.enum.section import WD_SECTION
    from docx.shared import Mm

    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(measures.PAGE_WIDTH_MM), Mm(measures.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(measures.MARGIN_TOP_MM), Mm(measures.MARGIN_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(measures.MARGIN_LEFT_MM), Mm(measures.MARGIN_RIGHT_MM)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, "right")
    _page_number(section.even_page_footer, "left")
    _line_grid(section)


def _line_grid(section: Any) -> None:
    """28 lines a page: the document grid that Word and WPS lay Chinese text on."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    properties = section._sectPr  # noqa: SLF001 - python-docx has no document grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    pitch = round(measures.LINE_PITCH_PT * _TWIPS_PER_PT)
    properties.append(parse_xml(f'<w:docGrid {_W} w:type="lines" w:linePitch="{pitch}"/>'))


def _page_number(footer: Any, side: str) -> None:
    """``— 1 —`` in 14 pt, one character in from the outer edge."""
    from docx.oxml import parse_xml

    footer.is_linked_to_previous = False
    indent = f'<w:ind w:{side}="280" w:firstLine="0"/>'
    font = '<w:rPr><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    field = (
        f'<w:r>{font}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{font}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r>{font}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{font}<w:t>1</w:t></w:r>'
        f'<w:r>{font}<w:fldChar w:fldCharType="end"/></w:r>'
    )
    paragraph = (
        f'<w:p {_W}><w:pPr><w:pStyle w:val="GongkaiPageNumber"/>{indent}<w:jc w:val="{side}"/></w:pPr>'
        f"{_run('— ', font)}{field}{_run(' —', font)}</w:p>"
    )
    element = footer._element  # noqa: SLF001 - fields have no interface in python-docx
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(paragraph))


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Pt

    styles = document.styles
    body, table = measures.BODY_PT, measures.TABLE_PT
    for name in ("GongkaiCell", "GongkaiNote", "GongkaiPageNumber"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name, face, size, bold, indent in (
        ("Normal", "仿宋_GB2312", body, False, 2 * body),
        ("Title", "方正小标宋简体", measures.TITLE_PT, True, 0),
        ("Heading 1", "黑体", body, False, 2 * body),
        ("Heading 2", "楷体_GB2312", body, True, 2 * body),
        ("GongkaiCell", "宋体", table, False, 0),
        ("GongkaiNote", "宋体", table, False, 0),
        ("GongkaiPageNumber", "宋体", 14, False, 0),
    ):
        style = styles[name]
        _font(style, face, size, bold=bold)
        layout = style.paragraph_format
        layout.first_line_indent = Pt(indent)
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(measures.LINE_PITCH_PT)
        layout.keep_with_next = name.startswith("Heading")
        layout.widow_control = False
        # The pitch is exact; snapping to the page's grid besides would double it in LibreOffice.
        spacing = style.element.pPr.find(qn("w:spacing"))
        spacing.addprevious(parse_xml(f'<w:snapToGrid {_W} w:val="0"/>'))
    for name in ("GongkaiCell", "GongkaiNote", "GongkaiPageNumber"):
        styles[name].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    styles["GongkaiCell"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["GongkaiNote"].paragraph_format.space_before = Pt(6)
    title = styles["Title"].paragraph_format
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.line_spacing = Pt(measures.LINE_PITCH_PT * 1.25)
    title.space_after = Pt(measures.LINE_PITCH_PT)


def _font(style: Any, face: str, size: float, *, bold: bool) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    element = style.element
    for tag in ("w:rPr", "w:pPr"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    half_points = round(size * 2)
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    properties = (
        f'<w:rPr {_W}><w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{face}" w:cs="{_LATIN}"/>'
        f'{weight}<w:color w:val="000000"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    )
    element.append(parse_xml(properties))
