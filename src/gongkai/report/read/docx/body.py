"""Paragraphs and tables of a DOCX body, in order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.kernel import Place
from gongkai.report.grid import Block, Paragraph
from gongkai.report.read.docx.names import (
    CONTENT,
    CONTENT_CONTROL,
    OBJECT,
    OLD_PICTURE,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    PICTURE,
    TABLE,
    TEXT_BOX,
    TRANSPARENT,
    W,
    number,
    val,
)
from gongkai.report.read.docx.numbering import Numbering
from gongkai.report.read.docx.styles import Style, Styles
from gongkai.report.read.docx.tables import (
    RawRow,
    before_of,
    cell_with_properties,
    cells_of,
    is_data,
    merged,
    plain_rows,
    rows_of,
    text_of,
)
from gongkai.report.read.pictures import PICTURE_IN_CELL
from gongkai.report.read.spans import make_table, visible

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASIDES = (PICTURE, OLD_PICTURE, OBJECT, TEXT_BOX)
_NO_STYLE = Style()
_STYLE, _NUMBERED, _OUTLINE = f"{W}pStyle", f"{W}numPr", f"{W}outlineLvl"


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
        text = visible(text_of(element))
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
        nested = next(element.iterdescendants(TABLE), None) is not None
        if nested and not is_data(element):
            for row in rows_of(element):
                for cell in cells_of(row):
                    self.take(cell)
            return
        quick = not nested and not self._has_asides
        rows = plain_rows(element, self._styles.numbers) if quick else None
        if rows is None:
            rows = [self._row(row) for row in rows_of(element)]
        placed = merged(rows)
        filled = [text for text, *_ in placed if text]
        if len(filled) < 2:
            self._paragraphs += 1
            self._add_lines("".join(filled), heading=False)
            return
        self.tables += 1
        n_cols = max(col + colspan for _, _, col, _, colspan in placed)
        self.blocks.append(make_table(placed, len(rows), n_cols, self.tables))

    def _row(self, row: "_Element") -> RawRow:
        cells = []
        for item in cells_of(row):
            cell = cell_with_properties(item)
            cell.lines = self._cell_lines(item)
            cells.append(cell)
        return RawRow(before_of(row), cells)

    def _cell_lines(self, cell: "_Element") -> list[str]:
        lines: list[str] = []
        pictures = len(self.pictures)
        for element in _children(cell):
            if element.tag == PARAGRAPH:
                for box in self._aside(element):
                    lines.extend(self._styled_text(item)[1] for item in box.iter(PARAGRAPH))
                lines.append(self._styled_text(element)[1])
            else:  # a small table inside a table of data
                lines.extend(self._styled_text(item)[1] for item in element.iter(PARAGRAPH))
        if len(self.pictures) > pictures:
            del self.pictures[pictures:]
            if not any(map(str.strip, lines)):
                return [PICTURE_IN_CELL]
        return lines


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


def has_asides(root: "_Element") -> bool:
    """Whether the document has pictures, objects or text boxes."""
    return next(root.iter(*_ASIDES), None) is not None


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
