"""The cells of a ruled table in a picture: each is blank, read with confidence, or unreadable.

Detectors miss single figures, so each cell's ink is cut out and recognised by itself. A cell without ink is
blank. Figures are recognised twice, from two cuts; where these differ, or the shape contradicts the reading,
the cell holds :data:`gongkai.report.read.pdf.lines.LOST`. No figure is ever repaired or guessed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from gongkai.report.read.ocr.engine import Area, Reading, read_lines
from gongkai.report.read.pdf.lattice import Lattice
from gongkai.report.read.pdf.lines import LOST
from gongkai.report.read.pdf.page import Box, Char

#: How sure the engine must be of a figure, and of words.
_SURE, _LIKELY = 0.85, 0.5
_FIGURE = re.compile(r"[\d.,，．+\-－—/／%％]+")
#: Signs that can be mistaken for a figure, for a mark, or for each other when they stand alone.
_DOUBTFUL = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]*|[一丨口回日Il|!()\[\]]")


class Cut(NamedTuple):
    """A line of text cut out of a cell: where it is (pixels) and which cell it belongs to."""

    area: Area
    cell: int


def cells_of(picture: Any, ink: Any, rules: Any, lattice: Lattice, lines: Sequence[Area]) -> list[Char]:
    """Characters of one table (pixels). ``rules`` is the mask of rules, ``lines`` what was detected."""
    import cv2
    import numpy as np

    drawn = cv2.bitwise_and(ink, cv2.bitwise_not(cv2.dilate(rules, np.ones((5, 5), np.uint8))))
    usual = _usual_height(lines, lattice)
    cuts: list[Cut] = []
    for index in range(len(lattice.slots)):
        cuts += [Cut(area, index) for area in _lines_of_cell(drawn, lattice.slot_box(index), usual)]
    first = read_lines([_piece(picture, cut.area, 0.35) for cut in cuts])
    count = Counter(cut.cell for cut in cuts)
    figures = [
        i
        for i, reading in enumerate(first)
        if len(reading.text) < 12 and not _has_words(reading.text) and count[cuts[i].cell] < 3
    ]
    second = dict(
        zip(figures, read_lines([_piece(picture, cuts[i].area, 0.15) for i in figures]), strict=True)
    )
    chars: list[Char] = []
    for i, (cut, reading) in enumerate(zip(cuts, first, strict=True)):
        text = _settled(reading, second.get(i), drawn, cut.area)
        chars += spread(text, cut.area)
    return chars


def _usual_height(lines: Sequence[Area], lattice: Lattice) -> float:
    """The height of a line of text in this table."""
    box = lattice.box
    heights = sorted(
        a.y1 - a.y0 for a in lines if box.y0 <= (a.y0 + a.y1) / 2 <= box.y1 and a.x1 - a.x0 > a.y1 - a.y0
    )
    return float(heights[len(heights) // 2]) if heights else 40.0


def _has_words(text: str) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", text)) > 1


def _lines_of_cell(drawn: Any, box: Box, usual: float) -> list[Area]:
    """The lines of ink in a cell, specks left out; letters one below the other come out one by one."""
    import cv2
    import numpy as np

    x0, y0, x1, y1 = (round(v) for v in box)
    part = drawn[y0:y1, x0:x1]
    if not part.size:
        return []
    _, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    height, width = part.shape
    smallest = (0.09 * usual) ** 2
    keep = np.zeros(len(stats), bool)
    for i, (x, y, w, h, area) in enumerate(stats):
        at_edge = x <= 2 or y <= 2 or x + w >= width - 2 or y + h >= height - 2
        thin = min(w, h) <= 0.12 * usual
        keep[i] = i > 0 and (area >= smallest or w >= 0.1 * usual) and not (at_edge and thin)
    rows = np.flatnonzero(keep[labels].any(axis=1))
    areas = []
    for top, bottom in _bands(rows, usual):
        columns = np.flatnonzero(keep[labels[top:bottom]].any(axis=0))
        areas.append(Area(x0 + int(columns[0]), y0 + top, x0 + int(columns[-1]) + 1, y0 + bottom))
    return areas


def _bands(rows: Any, usual: float) -> list[tuple[int, int]]:
    """Runs of inked rows, put together until they are about as high as a line."""
    bands: list[tuple[int, int]] = []
    for row in (int(r) for r in rows):
        if bands and row <= bands[-1][1]:
            bands[-1] = (bands[-1][0], row + 1)
        else:
            bands.append((row, row + 1))
    lines: list[tuple[int, int]] = []
    for top, bottom in bands:
        if lines and bottom - lines[-1][0] <= 0.95 * usual and top - lines[-1][1] < 0.4 * usual:
            lines[-1] = (lines[-1][0], bottom)
        else:
            lines.append((top, bottom))
    return lines


def _piece(picture: Any, area: Area, margin: float) -> Any:
    """The cut on white ground with a margin of that many line heights."""
    import cv2

    part = picture[area.y0 : area.y1, area.x0 : area.x1]
    pad = max(round(margin * (area.y1 - area.y0)), 2)
    ground = [int(v) for v in part.reshape(-1, 3).max(axis=0)]
    return cv2.copyMakeBorder(part, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=ground)


def _settled(first: Reading, second: Reading | None, drawn: Any, area: Area) -> str:
    """The text of a cut, or LOST where it is a figure, or may be one, and not certain."""
    text = first.text.strip()
    if second is None:
        return text if text and first.score >= _LIKELY else LOST
    agreed = text == second.text.strip() and min(first.score, second.score) >= _SURE
    if not text or not agreed:
        return LOST
    if not _FIGURE.fullmatch(text):
        return text + LOST if _DOUBTFUL.fullmatch(text) else text
    return text if _fits_shape(text, drawn, area) else LOST


def _fits_shape(text: str, drawn: Any, area: Area) -> bool:
    """True if the ink can be this figure: as many pieces as digits, 1 upright, / slanted."""
    import cv2
    import numpy as np

    part = drawn[area.y0 : area.y1, area.x0 : area.x1]
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    tall = [s for s in stats[1:] if s[3] > 0.55 * part.shape[0]]
    digits = sum(c.isdecimal() for c in text)
    sizeable = [s for s in stats[1:] if s[4] > (0.08 * part.shape[0]) ** 2 or s[2] > 0.12 * part.shape[0]]
    if digits and (len(tall) > digits or len(sizeable) > len(text)):
        return False
    if text in ("1", "/", "／"):
        ys, xs = np.nonzero(part)
        slant = float(np.polyfit(ys, xs, 1)[0]) if len(ys) > 10 else 0.0
        return abs(slant) < 0.17 if text == "1" else slant < -0.17
    return True


def spread(text: str, area: Area) -> list[Char]:
    """A recognised line as characters side by side: Chinese twice as wide as Latin."""
    weights = [1.0 if ord(c) > 0x2000 else 0.5 for c in text]
    unit = (area.x1 - area.x0) / max(sum(weights), 0.5)
    chars, x = [], float(area.x0)
    for char, weight in zip(text, weights, strict=True):
        if char.strip():
            chars.append(Char(char, x, float(area.y0), x + weight * unit, float(area.y1)))
        x += weight * unit
    return chars
