"""Reports laid out as DOCX, for LibreOffice to print, in many looks."""

import io
import re
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.report.read.pdf_cases import HEAD, SECTIONS, TITLE, Case, Printed, Slot, table


@dataclass(frozen=True)
class DocxStyle:
    """How a report looks in DOCX."""

    font: str = "Noto Serif CJK SC"
    size: float = 10.5
    body: float = 16
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)
    border: str = "single"
    border_size: int = 4
    outer: bool = True
    padding: float = 1.9
    row_height: float = 0
    cant_split: bool = False
    repeat_header: bool = True
    vertical: str = "tbRlV"
    align: str = "center"
    valign: str = "center"
    shade: str = ""
    footer: bool = True
    landscape: bool = False
    filler: int = 0


PLAIN = DocxStyle()


def docx_bytes(case: Case, style: DocxStyle = PLAIN) -> bytes:
    """The whole report as DOCX."""

    document = Document()
    section = document.sections[0]
    size = (Mm(297), Mm(210)) if style.landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if style.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = size
    names = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    for name, value in zip(names, style.margins, strict=True):
        setattr(section, name, Mm(value))
    if style.footer:
        _docx_page_number(section.footer.paragraphs[0])

    def add(text: str, points: float, indent: bool = True) -> None:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * points)
        else:
            paragraph.alignment = 1
        _docx_run(paragraph, text, style.font, points)

    add(TITLE, 22, indent=False)
    add(HEAD, style.body)
    for i in range(style.filler):
        add(f"为便于阅读另起一段，第{i + 1}段。", style.body)
    width = (size[0].mm - style.margins[1] - style.margins[3]) * 0.98
    for heading, texts, name in SECTIONS:
        for text in (heading, *texts):
            add(text, style.body)
        if name:
            _docx_table(document, table(case, name), style, width)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docx_run(paragraph: Any, text: str, font: str, points: float) -> None:

    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _docx_page_number(paragraph: Any) -> None:

    paragraph.alignment = 1
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _docx_table(document: Any, printed: Printed, style: DocxStyle, width: float) -> None:

    total = sum(printed.widths)
    made = document.add_table(printed.n_rows, len(printed.widths))
    made.autofit = False
    properties = made._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        shown = style.outer or side not in ("left", "right")
        line.set(qn("w:val"), style.border if shown else "nil")
        line.set(qn("w:sz"), str(style.border_size))
        line.set(qn("w:color"), "000000")
        borders.append(line)
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        pad = OxmlElement(f"w:{side}")
        pad.set(qn("w:w"), str(round(style.padding * 56.7)))
        pad.set(qn("w:type"), "dxa")
        margins.append(pad)
    properties.append(margins)
    for column, share in zip(made.columns, printed.widths, strict=True):
        column.width = Mm(width * share / total)
    for at, row in enumerate(made.rows):
        for cell, share in zip(row.cells, printed.widths, strict=True):
            cell.width = Mm(width * share / total)
        if style.row_height:
            row.height = Pt(style.row_height)
        row_properties = row._tr.get_or_add_trPr()
        if style.cant_split:
            row_properties.append(OxmlElement("w:cantSplit"))
        if style.repeat_header and at < printed.header_rows:
            row_properties.append(OxmlElement("w:tblHeader"))
    for slot in printed.slots:
        _docx_cell(made, slot, style)


def _docx_cell(made: Any, slot: Slot, style: DocxStyle) -> None:

    cell = made.cell(slot.row, slot.col)
    if slot.rowspan * slot.colspan > 1:
        cell = cell.merge(made.cell(slot.row + slot.rowspan - 1, slot.col + slot.colspan - 1))
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    label = not slot.head and not re.fullmatch(r"[\d.+-]*", slot.text)
    paragraph.alignment = 0 if label else {"left": 0, "center": 1, "right": 2}[style.align]
    _docx_run(paragraph, slot.text, style.font, style.size)
    cell.vertical_alignment = {"top": 0, "center": 1, "bottom": 3}[style.valign]
    if slot.text.startswith("三、") and style.vertical:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), style.vertical)
        cell._tc.get_or_add_tcPr().append(direction)
    if style.shade and slot.head:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), style.shade)
        cell._tc.get_or_add_tcPr().append(shade)
