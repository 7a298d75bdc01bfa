"""What a page holds, free of any file format: characters with boxes, ruling lines and shaded areas.

Coordinates are points from the upper left corner of the page as it is looked at (page rotation applied),
y downwards. PDF, OFD and OCR readers all fill these and hand them to
:func:`gongkai.report.read.pdf.layout.build_blocks`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: A path is a rule if it is at most this thick (points); anything thicker is an area.
MAX_RULE_THICKNESS = 3.0


class Box(NamedTuple):
    """Left, top, right, bottom in points."""

    x0: float
    y0: float
    x1: float
    y1: float

    def contains(self, other: "Box", slack: float = 1.0) -> bool:
        """True if ``other`` lies inside, give or take ``slack`` points."""
        return (
            self.x0 - slack <= other.x0
            and self.y0 - slack <= other.y0
            and self.x1 + slack >= other.x1
            and self.y1 + slack >= other.y1
        )

    def rounded(self) -> tuple[float, float, float, float]:
        """For :class:`gongkai.kernel.Place`: one decimal is a fifth of a hairline."""
        return (round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1))


class Char(NamedTuple):
    """One character (or, from OCR, one recognised piece) with its em box.

    ``y0`` and ``y1`` are the top and bottom of the em, not of the ink, so that all characters of a line share
    them. ``turned`` is True for glyphs drawn sideways: their reading order is the order given.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    turned: bool = False


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page. ``number`` counts from 1.

    ``chars`` in the order the file draws them. ``rules`` are thin boxes (horizontal or vertical strokes, or
    fills at most :data:`MAX_RULE_THICKNESS` thick). ``shades`` are larger filled areas that can be seen
    (not white); they serve only where a table has no rules.
    """

    number: int
    width: float
    height: float
    chars: Sequence[Char]
    rules: Sequence[Box] = ()
    shades: Sequence[Box] = ()


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of ``boxes`` (at least one)."""
    return Box(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )
