"""Pictures to the neutral grid by optical recognition (extra ``gongkai[ocr]``).

Ruling lines of the picture make the same lattices as in PDF; each cell is recognised by itself (see
:mod:`gongkai.report.read.ocr.cells`), the text around the tables line by line.
"""

from collections.abc import Sequence
from typing import Any

from gongkai.kernel import UnreadableError
from gongkai.report.grid import Document
from gongkai.report.patience import announce
from gongkai.report.read.ocr.cells import cells_of, spread
from gongkai.report.read.ocr.engine import (
    HOW_TO_INSTALL,
    Area,
    find_lines,
    is_installed,
    not_installed,
    read_lines,
)
from gongkai.report.read.ocr.picture import A4_WIDTH, ink_of, open_pages, sized, straightened
from gongkai.report.read.ocr.rules import rules_of
from gongkai.report.read.pdf.lattice import Lattice, find_lattices
from gongkai.report.read.pdf.layout import read_layout
from gongkai.report.read.pdf.page import Box, Char, PageContent

__all__ = ["HOW_TO_INSTALL", "is_installed", "not_installed", "read_image", "recognise"]

#: A lattice smaller than this (points) is a seal or a big letter, no table.
_MIN_WIDTH, _MIN_HEIGHT = 100.0, 20.0


def read_image(data: bytes) -> Document:
    """Read a picture (PNG, JPEG, TIFF, BMP, WebP, GIF; every page of it). ``Document.ocr`` is True.

    Places count the page as wide as A4. Raises UnreadableError: without the extra (code ``needs-ocr``),
    damaged, too large, or without text.
    """
    if not is_installed():
        raise not_installed("图片需要文字识别（OCR）才能读取")
    pages = []
    for number, picture in enumerate(open_pages(data), 1):
        pages.append(recognise(picture, number=number, scale=picture.shape[1] / A4_WIDTH))
    layout = read_layout(pages)
    if not layout.blocks:
        raise UnreadableError("图片中没有识别出文字", remedy="请检查图片是否清晰、方向是否正确", code="empty")
    return Document("image", layout.blocks, layout=layout.layout, ocr=True, notes=layout.notes)


def recognise(picture: Any, *, number: int, scale: float) -> PageContent:
    """Recognise one page (RGB array, ``scale`` pixels a point)."""
    announce("ocr")
    height, width = picture.shape[:2]
    picture, factor = sized(picture)
    unit = scale * factor
    picture = straightened(picture)
    ink = ink_of(picture)
    rules, mask = rules_of(ink, unit)
    points = [_scaled(rule, 1 / unit) for rule in rules]
    lattices = [la for la in find_lattices(points) if _is_table(la)]
    lines = find_lines(picture)
    chars: list[Char] = []
    for lattice in lattices:
        chars += cells_of(picture, ink, mask, _in_pixels(lattice, unit), lines)
    chars += _around(picture, lines, lattices, unit)
    placed = [c._replace(x0=c.x0 / unit, y0=c.y0 / unit, x1=c.x1 / unit, y1=c.y1 / unit) for c in chars]
    kept = [rule for rule in points if any(la.box.contains(rule, 3.0) for la in lattices)]
    return PageContent(number, width / scale, height / scale, placed, kept)


def _is_table(lattice: Lattice) -> bool:
    box = lattice.box
    large = box.x1 - box.x0 >= _MIN_WIDTH and box.y1 - box.y0 >= _MIN_HEIGHT
    return large and len(lattice.slots) > 1


def _scaled(box: Box, factor: float) -> Box:
    return Box(box.x0 * factor, box.y0 * factor, box.x1 * factor, box.y1 * factor)


def _in_pixels(lattice: Lattice, unit: float) -> Lattice:
    return Lattice(
        tuple(x * unit for x in lattice.xs), tuple(y * unit for y in lattice.ys), lattice.slots, lattice.owner
    )


def _around(picture: Any, lines: Sequence[Area], lattices: Sequence[Lattice], unit: float) -> list[Char]:
    """The text outside the tables."""
    boxes = [_scaled(lattice.box, unit) for lattice in lattices]
    free = [
        area
        for area in lines
        if not any(
            b.x0 <= (area.x0 + area.x1) / 2 <= b.x1 and b.y0 <= (area.y0 + area.y1) / 2 <= b.y1 for b in boxes
        )
    ]
    readings = read_lines([picture[a.y0 : a.y1, a.x0 : a.x1] for a in free])
    return [
        char
        for area, reading in zip(free, readings, strict=True)
        if reading.score >= 0.5
        for char in spread(reading.text, area)
    ]
