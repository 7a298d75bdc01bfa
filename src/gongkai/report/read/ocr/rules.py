"""Ruling lines in a picture, told from strokes of letters. Arrays are numpy; units are pixels."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.report.read.pdf.page import Box

#: Shortest rules (points). Strokes of letters are shorter, unless those of several rows meet.
_ACROSS, _DOWN = 30, 12
#: A rule has ink along nearly all of its length, and right up to the rules it meets.
_COVERAGE, _AT_ENDS = 0.9, 0.6


def rules_of(ink: Any, unit: float) -> tuple[list[Box], Any]:
    """Ruling lines of a page and a mask of them. ``unit`` is the number of pixels to a point."""
    import numpy as np

    mask = np.zeros_like(ink)
    across = list(_straight(ink, round(_ACROSS * unit), round(unit), unit, across=True))
    down = [
        part
        for rule in _straight(ink, round(_DOWN * unit), 2, unit, across=False)
        for part in _between(rule, across, ink, unit)
    ]
    for x0, y0, x1, y1 in (*across, *down):
        mask[max(round(y0) - 1, 0) : round(y1) + 2, max(round(x0) - 1, 0) : round(x1) + 2] = 255
    return [*across, *down], mask


def _straight(ink: Any, length: int, gap: int, unit: float, *, across: bool) -> Iterator[Box]:
    """Straight runs of ink of at least ``length``, gaps up to ``gap`` bridged."""
    import cv2
    import numpy as np

    def bar(size: int) -> Any:
        return np.ones((1, max(size, 1)) if across else (max(size, 1), 1), np.uint8)

    lines = cv2.morphologyEx(
        cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bar(gap + 1)), cv2.MORPH_OPEN, bar(length)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    for x, y, width, height, area in stats[1:].tolist():
        thickness = area / max(width, height)
        if thickness > 4 * unit:
            continue
        if across:
            middle = y + height / 2
            yield Box(x, middle - thickness / 2, x + width, middle + thickness / 2)
        else:
            middle = x + width / 2
            yield Box(middle - thickness / 2, y, middle + thickness / 2, y + height)


def _between(rule: Box, across: Sequence[Box], ink: Any, unit: float) -> Iterator[Box]:
    """The parts of a vertical run that go all the way from one horizontal rule to the next.

    Strokes of letters stop short of the rules above and below them.
    """
    x = (rule.x0 + rule.x1) / 2
    near = 4 * unit
    met = sorted(
        (other.y0, other.y1)
        for other in across
        if other.x0 - near <= x <= other.x1 + near
        and rule.y0 - near <= other.y1
        and other.y0 <= rule.y1 + near
    )
    for (_, top), (bottom, _) in itertools.pairwise(met):
        if bottom - top > near and _reaches(ink, x, round(top) + 1, round(bottom), unit):
            yield Box(rule.x0, top - 1, rule.x1, bottom + 1)


def _reaches(ink: Any, x: float, top: int, bottom: int, unit: float) -> bool:
    reach = max(round(0.7 * unit), 2)
    left = max(round(x) - reach, 0)
    column = ink[top:bottom, left : round(x) + reach + 1].any(axis=1)
    end = max(round(1.2 * unit), 3)
    return bool(
        column.mean() >= _COVERAGE and column[:end].mean() >= _AT_ENDS and column[-end:].mean() >= _AT_ENDS
    )
