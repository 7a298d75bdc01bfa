"""What a person can read of a printed page: the words of a PDF that stand out from their ground.

A word can be in a file and not be read: white on white, a point high, pressed flat, covered, off the page.
Each character is looked at by itself, in the page as it is drawn.
"""

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gongkai.documents.picture import PDFIUM

if TYPE_CHECKING:
    from PIL.Image import Image

#: Points. Smaller print is not read; what forms print smallest is 6 to 7.
SMALLEST: Final = 5.0
#: Of two shades of grey, as WCAG counts it; the faintest grey a word processor offers for letters has 1.4.
LEAST: Final = 1.3
_SCALE: Final = 3.0  # pixels a point: a stroke of the smallest print is one wide
#: Of a character's box at least this share is not of its own shade, however bold it is; a ruled line is less.
_GROUND: Final = 0.08
_INK: Final = 0.01

FAINT: Final = "字的颜色与底色太接近"
SMALL: Final = "字太小或者压得太窄"
COVERED: Final = "被遮住，或者在页面以外"


class Hidden(NamedTuple):
    """Words one after the other that nobody can read: on which page, counted from 1, and why."""

    page: int
    why: str
    words: str


class Printed(NamedTuple):
    """The words of a PDF in its order, without blanks: those that can be read, and the others."""

    text: str
    hidden: tuple[Hidden, ...]


def read(pdf: bytes) -> Printed:
    """What can be read of a PDF of ours. For papers of a few pages."""
    import pypdfium2

    shown: list[str] = []
    hidden: list[Hidden] = []
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            for character, why in _characters(page):
                if not why:
                    shown.append(character)
                elif hidden and hidden[-1][:2] == (number, why):
                    hidden[-1] = Hidden(number, why, hidden[-1].words + character)
                else:
                    hidden.append(Hidden(number, why, character))
    return Printed("".join(shown), tuple(hidden))


def _characters(page: Any) -> Iterator[tuple[str, str]]:
    """Each character of a page with why it cannot be read; empty where it can."""
    from pypdfium2 import raw

    drawn = page.render(scale=_SCALE, grayscale=True).to_pil().convert("L")
    text = page.get_textpage()
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if raw.FPDFText_IsGenerated(text, index) or not character.strip():
            continue
        if _size(text, index) < SMALLEST:
            yield character, SMALL
        else:
            box = text.get_charbox(index, loose=True)
            yield character, _drawn(drawn, box, page.get_height(), _shade(text, index))


def _size(text: Any, index: int) -> float:
    """Points, of height or width, whichever is less."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    least = min(abs(complex(matrix.a, matrix.b)), abs(complex(matrix.c, matrix.d)))
    return float(raw.FPDFText_GetFontSize(text, index)) * least


def _shade(text: Any, index: int) -> int:
    """The grey a character is filled with, 0 to 255; black where it is no plain colour."""
    from pypdfium2 import raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha):
        return 0
    return grey_of(red.value, green.value, blue.value)


def _drawn(page: "Image", box: tuple[float, float, float, float], height: float, shade: int) -> str:
    """Why a character cannot be seen in the page as it is drawn; empty where it can."""
    left, bottom, right, top = box
    pixels = [round(side * _SCALE) for side in (left, height - top, right, height - bottom)]
    whole = (pixels[2] - pixels[0]) * (pixels[3] - pixels[1])
    within = (
        max(pixels[0], 0), max(pixels[1], 0), min(pixels[2], page.width), min(pixels[3], page.height),
    )  # fmt: skip
    if within[0] >= within[2] or within[1] >= within[3]:
        return COVERED
    counts = page.crop(within).histogram()
    other = {grey: count for grey, count in enumerate(counts) if count and contrast(grey, shade) >= LEAST}
    if sum(other.values()) < _GROUND * whole:
        return FAINT
    ground = max(other, key=lambda grey: other[grey])
    ink = sum(count for grey, count in enumerate(counts) if abs(grey - shade) < abs(grey - ground))
    return "" if ink >= max(2.0, _INK * whole) else COVERED


def grey_of(red: int, green: int, blue: int) -> int:
    """How light a colour is, 0 to 255, as a page drawn in shades of grey shows it."""
    return (299 * red + 587 * green + 114 * blue) // 1000


def contrast(one: int, two: int) -> float:
    """How well two shades of grey are told apart, 1 to 21 (WCAG 2, relative luminance)."""
    dark, light = sorted((grey / 255) ** 2.2 for grey in (one, two))
    return float((light + 0.05) / (dark + 0.05))
