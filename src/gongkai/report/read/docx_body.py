"""Paragraphs and tables of a DOCX body, in order."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.kernel import Place
from gongkai.report.grid import Block, Cell, Paragraph, Table
from gongkai.report.read.docx_names import (
    BREAK,
    CELL,
    CONTENT,
    CONTENT_CONTROL,
    HYPHEN,
    OBJECT,
    OLD_PICTURE,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PICTURE,
    RETURN,
    ROW,
    RUN,
    TAB,
    TABLE,
    TEXT,
    TEXT_BOX,
    TRANSPARENT,
    W,
    number,
    val,
)
from gongkai.report.read.docx_numbering import Numbering
from gongkai.report.read.docx_styles import Style, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\xad]")
_NUMBER = re.compile(r"\s*\d[\d.]*\s*")
#: A table around other tables is one of data itself if it has this many figures of its own.
_OWN_FIGURES = 4
_ASIDES = (PICTURE, OLD_PICTURE, OBJECT, TEXT_BOX)
_NO_STYLE = Style()
_STYLE, _NUMBERED, _OUTLINE = f"{W}pStyle", f"{W}numPr", f"{W}outlineLvl"
_SPAN, _DOWN, _BESIDE, _CELL_PROPERTIES = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}tcPr"


class Body:
    """Collects blocks. ``pictures`` holds the number of blocks before each picture.

    ``has_asides`` is False for a document known to have no pictures, objects or text boxes.
    """

    def __init__(self, styles: Styles, numbering: Numbering, *, has_asides: bool = True) -> None:
        self.blocks: list[Block] = []
        self.tables = 0
        self.objects = 0
        self.pictures: list[int] = []
        self._paragraphs = 0
        self._styles = styles
        self._numbering = numbering
        self._has_asides = has_asides

    def take(self, container: "_Element") -> None:
        """Collect the paragraphs and tables of ``container``."""
        for element in _children(container):
            if element.tag == PARAGRAPH:
                self._paragraph(element)
            elif element.tag == TABLE:
                self._table(element)

    def _paragraph(self, element: "_Element") -> None:
        self._paragraphs += 1
        boxes = self._aside(element)
        style, text = self._styled_text(element)
        if not style.contents:
            self._add_lines(text, heading=style.heading)
        for box in boxes:
            self.take(box)

    def _add_lines(self, text: str, *, heading: bool) -> None:
        """Line breaks inside a paragraph part it; the offsets count within it."""
        start = 0
        for line in text.split("\n"):
            stripped = line.strip()
            if stripped:
                begin = start + line.find(stripped)
                place = Place(paragraph=self._paragraphs, start=begin, end=begin + len(stripped))
                self.blocks.append(Paragraph(stripped, place, heading))
            start += len(line) + 1

    def _aside(self, element: "_Element") -> list["_Element"]:
        """Count pictures and objects of a paragraph; take its text boxes out."""
        boxes: list[_Element] = []
        if not self._has_asides:
            return boxes
        for item in list(element.iter(*_ASIDES)):
            if item.tag == TEXT_BOX:
                parent = item.getparent()
                if parent is not None and next(item.iterancestors(TEXT_BOX), None) not in boxes:
                    boxes.append(item)
            elif item.tag == OBJECT:
                self.objects += 1
            else:
                self.pictures.append(len(self.blocks))
        for box in boxes:
            parent = box.getparent()
            if parent is not None:
                parent.remove(box)
        return boxes

    def _styled_text(self, element: "_Element") -> tuple[Style, str]:
        """The paragraph's style and its text with its automatic number."""
        text = _text(element)
        properties = element.find(PARAGRAPH_PROPERTIES)
        if properties is None or not len(properties):
            return _NO_STYLE, text
        style_id, numbered, outline = _read_properties(properties)
        style = self._styles.get(style_id) if style_id else _NO_STYLE
        num_id, level = style.num_id, style.level
        if numbered is not None:
            num_id = val(numbered.find(f"{W}numId")) or num_id
            level = number(numbered.find(f"{W}ilvl"), 0 if level is None else level)
        if num_id and num_id != "0" and text.strip():
            text = self._numbering.next(num_id, level, style_id if numbered is None else "") + text
        if outline < 9 and not style.heading:
            style = Style(True, style.contents, style.num_id, style.level)
        return style, text

    def _table(self, element: "_Element") -> None:
        if next(element.iterdescendants(TABLE), None) is not None and not _is_data(element):
            for row in _rows(element):
                for cell in _cells(row):
                    self.take(cell)
            return
        cells, n_rows = self._grid(element)
        filled = [cell.text for cell in cells if cell.text]
        if len(filled) < 2:
            self._paragraphs += 1
            self._add_lines("".join(filled), heading=False)
            return
        self.tables += 1
        number_ = self.tables
        placed = tuple(
            cell._replace(place=Place(None, number_, cell.row + 1, cell.col + 1)) for cell in cells
        )
        n_cols = max(cell.col + cell.colspan for cell in cells)
        self.blocks.append(Table(placed, n_rows, n_cols, True, Place(table=number_)))

    def _grid(self, element: "_Element") -> tuple[list[Cell], int]:
        """The cells of a table without their places, merged ones as one; and the number of rows."""
        cells: list[Cell] = []
        open_at: dict[int, int] = {}
        index = -1
        for index, row in enumerate(_rows(element)):
            col = _skipped(row)
            for item in _cells(row):
                span, down, beside = _merge(item)
                if beside and cells and cells[-1].row == index:
                    cells[-1] = cells[-1]._replace(colspan=cells[-1].colspan + span)
                    col += span
                    continue
                above = open_at.get(col)
                if down == "continue" and above is not None and cells[above].colspan == span:
                    cells[above] = cells[above]._replace(rowspan=index + 1 - cells[above].row)
                else:
                    for taken in range(col, col + span):
                        open_at.pop(taken, None)
                    if down:
                        open_at[col] = len(cells)
                    text = "" if down == "continue" else self._cell_text(item)
                    cells.append(Cell(text, index, col, 1, span))
                col += span
        return cells, index + 1

    def _cell_text(self, cell: "_Element") -> str:
        lines: list[str] = []
        for element in _children(cell):
            if element.tag == PARAGRAPH:
                for box in self._aside(element):
                    lines.extend(self._styled_text(item)[1] for item in box.iter(PARAGRAPH))
                lines.append(self._styled_text(element)[1])
            else:  # a small table inside a table of data
                lines.extend(self._styled_text(item)[1] for item in element.iter(PARAGRAPH))
        if len(lines) == 1:
            return lines[0].strip()
        return "\n".join(line.strip() for line in lines if line.strip())


def _children(container: "_Element") -> Iterator["_Element"]:
    """Paragraphs and tables directly in ``container``, also through wrappers that are not shown."""
    for child in container:
        tag = child.tag
        if tag in (PARAGRAPH, TABLE):
            yield child
        elif tag in TRANSPARENT:
            yield from _children(child)
        elif tag == CONTENT_CONTROL:
            content = child.find(CONTENT)
            gallery = val(child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
            if content is not None and gallery != "Table of Contents":
                yield from _children(content)


def _inside(container: "_Element", wanted: str) -> Iterator["_Element"]:
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag in TRANSPARENT or child.tag == CONTENT_CONTROL:
            yield from _inside(child, wanted)


def _rows(table: "_Element") -> Iterator["_Element"]:
    return _inside(table, ROW)


def _cells(row: "_Element") -> Iterator["_Element"]:
    return _inside(row, CELL)


def has_asides(root: "_Element") -> bool:
    """Whether the document has pictures, objects or text boxes."""
    return next(root.iter(*_ASIDES), None) is not None


def _text(paragraph: "_Element") -> str:
    pieces = []
    for element in paragraph.iter(TEXT, TAB, BREAK, RETURN, HYPHEN):
        tag = element.tag
        if tag == TEXT:
            pieces.append(element.text or "")
        elif tag == TAB:
            parent = element.getparent()
            if parent is not None and parent.tag == RUN:
                pieces.append("\t")
        else:
            pieces.append("-" if tag == HYPHEN else "\n")
    text = pieces[0] if len(pieces) == 1 else "".join(pieces)
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _read_properties(properties: "_Element") -> tuple[str, "_Element | None", int]:
    """Style id, numbering properties and outline level (9: body text) of a paragraph."""
    style_id, numbered, outline = "", None, 9
    for item in properties:
        tag = item.tag
        if tag == _STYLE:
            style_id = val(item)
        elif tag == _NUMBERED:
            numbered = item
        elif tag == _OUTLINE:
            outline = number(item, 9)
    return style_id, numbered, outline


def _skipped(row: "_Element") -> int:
    """Columns a row leaves out at its beginning."""
    properties = row.find(f"{W}trPr")
    return min(number(properties.find(f"{W}gridBefore"), 0), 63) if properties is not None else 0


def _merge(cell: "_Element") -> tuple[int, str, bool]:
    """Columns spanned; ``restart`` or ``continue`` of a merge down; whether it continues one across."""
    properties = cell.find(_CELL_PROPERTIES)
    if properties is None:
        return 1, "", False
    span, down, beside = 1, "", False
    for item in properties:
        if item.tag == _SPAN:
            span = min(max(number(item, 1), 1), 63)
        elif item.tag == _DOWN:
            down = val(item, "continue")
        elif item.tag == _BESIDE:
            beside = val(item, "continue") == "continue"
    return span, down, beside


def _is_data(table: "_Element") -> bool:
    """Whether a table that holds other tables is one of data itself: it has figures in cells of its own."""
    own = 0
    for row in _rows(table):
        for cell in _cells(row):
            if next(cell.iterdescendants(TABLE), None) is None:
                own += _NUMBER.fullmatch("".join(text.text or "" for text in cell.iter(TEXT))) is not None
    return own >= _OWN_FIGURES
