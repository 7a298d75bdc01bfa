"""Characters and paths of a PDF page, by pdf-oxide, turned to how the text is read."""

import itertools
import math
from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from gongkai.report.read.pdf.glyphs import unified
from gongkai.report.read.pdf.page import MAX_RULE_THICKNESS, Box, Char

#: The em box reaches this far below the baseline (ems), and this far above.
DESCENT = 0.12
_ASCENT = 1 - DESCENT
_WHITE = 0.97
_GLYPH = attrgetter("char", "bbox", "rotation_degrees")
#: A quarter of the time of ``Char(...)``, thousands of times a page.
_MAKE = partial(tuple.__new__, Char)


class Frame(NamedTuple):
    """The visible part of a page in the file's coordinates (y upwards), and how far it is turned.

    ``turn`` (0, 90, 180, 270) is the clockwise rotation after which the text stands upright.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as it is read: from the upper left corner, y downwards."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of the file as it is read."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def frame_of(document: Any, index: int) -> Frame:
    """The visible frame of page ``index`` (from 0): the crop box within the media box."""
    x0, y0, x1, y1 = document.page_media_box(index)
    left, bottom, right, top = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    crop = document.page_crop_box(index)
    if crop:
        cx0, cy0, cx1, cy1 = crop
        inner = (
            max(left, min(cx0, cx1)),
            max(bottom, min(cy0, cy1)),
            min(right, max(cx0, cx1)),
            min(top, max(cy0, cy1)),
        )
        if inner[2] - inner[0] > 1 and inner[3] - inner[1] > 1:
            left, bottom, right, top = inner
    return Frame(left, bottom, right, top)


def chars_of(document: Any, index: int, frame: Frame) -> tuple[list[Char], int]:
    """Upright characters of a page that can be seen, and how many stand sideways (left out)."""
    left, top = frame.left, frame.top
    width, height = frame.size
    chars: list[tuple[str, float, float, float, float, bool]] = []
    sideways, on_page = 0, False
    line = em = y0 = y1 = math.nan  # a line's characters share them
    for glyph, box, rotation in map(_GLYPH, document.extract_chars(index)):
        text = glyph
        if glyph <= "\u3000":  # before the Chinese characters: all spaces, and the radicals
            if glyph <= " " or glyph.isspace():
                continue
            text = unified(glyph)
        if rotation and not -5 <= rotation <= 5:
            sideways += 1
            continue
        x, y, advance, size = box  # pdf-oxide's boxes stand on the baseline, one em high
        if y != line or size != em:
            line, em = y, size
            y = top - y
            y0, y1, on_page = y - _ASCENT * size, y + DESCENT * size, -2 <= y <= height + size
        x -= left
        if on_page and -2 <= x <= width + 2:
            chars.append((text, x, y0, x + advance, y1, False))
    return list(map(_MAKE, chars)), sideways


def paths_of(document: Any, index: int, frame: Frame) -> tuple[list[Box], list[Box]]:
    """Rules and visible shaded areas of a page."""
    rules: list[Box] = []
    shades: list[Box] = []
    for path in document.extract_paths(index):
        stroke, fill = path["stroke_color"], path["fill_color"]
        drawn = stroke is not None and not _is_white(stroke)
        if not drawn and (fill is None or _is_white(fill)):
            continue
        x, y, width, height = path["bbox"]
        if min(abs(width), abs(height)) <= MAX_RULE_THICKNESS:
            rules.append(frame.box(x, y, x + width, y + height))
            continue
        _add_parts(path["operations"], frame, rules, shades, stroked=drawn)
    width, height = frame.size
    return [b for b in rules if _on_page(b, width, height)], [b for b in shades if _on_page(b, width, height)]


def _on_page(box: Box, width: float, height: float) -> bool:
    """False for what lies wholly beside the page: engines keep what a clip hides."""
    return box.x1 > 0 and box.y1 > 0 and box.x0 < width and box.y0 < height


def _is_white(color: Iterable[float]) -> bool:
    return min(color) >= _WHITE


def _add_parts(
    operations: list[dict[str, Any]], frame: Frame, rules: list[Box], shades: list[Box], *, stroked: bool
) -> None:
    """Pieces of a larger path: edges of what is stroked, thin and large areas of what is filled."""
    for x0, y0, x1, y1, closed in _shapes(operations):
        box = frame.box(x0, y0, x1, y1)
        thin = min(box.x1 - box.x0, box.y1 - box.y0) <= MAX_RULE_THICKNESS
        if thin and (stroked or closed):
            rules.append(box)
        elif stroked and closed:
            rules += (
                box._replace(y1=box.y0),
                box._replace(y0=box.y1),
                box._replace(x1=box.x0),
                box._replace(x0=box.x1),
            )
        elif closed:
            shades.append(box)


def _shapes(operations: list[dict[str, Any]]) -> Iterator[tuple[float, float, float, float, bool]]:
    """Straight lines (``closed`` False) and upright rectangles (True) of a path."""
    points: list[tuple[float, float]] = []
    for operation in operations:
        kind = operation["op"]
        if kind == "rectangle":
            x, y = operation["x"], operation["y"]
            yield x, y, x + operation["width"], y + operation["height"], True
        elif kind == "move_to":
            yield from _polygon(points)
            points = [(operation["x"], operation["y"])]
        elif kind == "line_to":
            points.append((operation["x"], operation["y"]))
        elif kind.startswith("curve"):
            points = []
    yield from _polygon(points)


def _polygon(points: list[tuple[float, float]]) -> Iterator[tuple[float, float, float, float, bool]]:
    """A polygon of upright edges with four corners is a rectangle; of others, the upright edges."""
    xs, ys = {round(x, 1) for x, _ in points}, {round(y, 1) for _, y in points}
    if len(xs) == 2 and len(ys) == 2 and len(points) >= 4:
        yield min(xs), min(ys), max(xs), max(ys), True
        return
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if abs(x0 - x1) < 0.5 or abs(y0 - y1) < 0.5:
            yield x0, y0, x1, y1, False
