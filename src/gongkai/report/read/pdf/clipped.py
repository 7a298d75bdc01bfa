"""Paths of pages whose drawing is clipped: browsers draw the rows of the next page too and clip them away.

pdf-oxide gives paths without their clip, so for files of such producers pdfium's are taken.
"""

import ctypes
from collections.abc import Iterator
from typing import Any

from gongkai.report.read.pdf.page import MAX_RULE_THICKNESS, Box
from gongkai.report.read.pdf.source import Frame

#: Producers that draw beyond the clip (the name stands uncompressed in the file).
_CLIPPING = (b"Skia/PDF",)
_WHITE = 247


def is_clipping(data: bytes) -> bool:
    """True if the file's producer relies on clips."""
    return any(name in data for name in _CLIPPING)


def clipped_paths(page: Any, frame: Frame) -> tuple[list[Box], list[Box]]:
    """Rules and visible shaded areas of a pdfium page as far as their clip shows them."""
    from pypdfium2 import raw

    rules: list[Box] = []
    shades: list[Box] = []
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        fill, stroke = _modes(item)
        if not (fill or stroke):
            continue
        bounds = _bounds(item)
        clip = _clip(item)
        for box, thin in _parts(bounds, stroke=stroke):
            shown = _intersection(box, clip)
            if shown is not None:
                (rules if thin else shades).append(frame.box(*shown))
    return rules, shades


def _parts(bounds: Box, *, stroke: bool) -> Iterator[tuple[Box, bool]]:
    """The object's rules (True) or its area (False)."""
    if min(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0) <= MAX_RULE_THICKNESS:
        yield bounds, True
    elif stroke:
        x0, y0, x1, y1 = bounds
        for edge in (Box(x0, y0, x1, y0), Box(x0, y1, x1, y1), Box(x0, y0, x0, y1), Box(x1, y0, x1, y1)):
            yield edge, True
    else:
        yield bounds, False


def _modes(item: Any) -> tuple[bool, bool]:
    """Whether the object is filled and stroked in a colour that shows."""
    from pypdfium2 import raw

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    colors = [ctypes.c_uint() for _ in range(4)]
    shown = []
    for used, get in (
        (mode.value != raw.FPDF_FILLMODE_NONE, raw.FPDFPageObj_GetFillColor),
        (bool(stroke.value), raw.FPDFPageObj_GetStrokeColor),
    ):
        visible = used and bool(get(item, *colors))
        red, green, blue, alpha = (c.value for c in colors)
        shown.append(visible and alpha > 8 and min(red, green, blue) < _WHITE)
    return shown[0], shown[1]


def _bounds(item: Any) -> Box:
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    return Box(*(side.value for side in sides))


def _clip(item: Any) -> Box | None:
    """The box of the object's clip; None without one."""
    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(item)
    box: Box | None = None
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        points = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, index), x, y)
            points.append((x.value, y.value))
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            own = Box(min(xs), min(ys), max(xs), max(ys))
            box = own if box is None else _intersection(box, own) or Box(0, 0, 0, 0)
    return box


def _intersection(box: Box, clip: Box | None) -> Box | None:
    """What a clip leaves of a box, None if nothing."""
    if clip is None:
        return box
    shown = Box(max(box.x0, clip.x0), max(box.y0, clip.y0), min(box.x1, clip.x1), min(box.y1, clip.y1))
    return shown if shown.x0 <= shown.x1 and shown.y0 <= shown.y1 else None
