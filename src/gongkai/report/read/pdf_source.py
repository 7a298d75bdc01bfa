"""Characters and paths of a PDF, by pdf-oxide, turned to how the page is looked at."""

from collections.abc import Iterable
from typing import Any

from gongkai.report.read.pdf_page import MAX_RULE_THICKNESS, Box, Char, PageContent

#: The em box stands this far below the baseline (ems).
_DESCENT = 0.12


def page_content(document: Any, index: int) -> PageContent:
    """Characters, rules and shaded areas of page ``index`` (from 0) of a pdf-oxide document."""
    x0, y0, x1, y1 = document.page_media_box(index)
    rules, shades = _paths(document.extract_paths(index), x0, y1)
    chars = [_char(c, x0, y1) for c in document.extract_chars(index)]
    return PageContent(index + 1, x1 - x0, y1 - y0, [c for c in chars if c.text.strip()], rules, shades)


def _char(char: Any, left: float, top: float) -> Char:
    x, _, width, size = char.bbox
    base = top - char.origin_y
    x -= left
    turned = round(char.rotation_degrees) % 360 != 0
    return Char(char.char, x, base - (1 - _DESCENT) * size, x + width, base + _DESCENT * size, turned)


def _paths(paths: Iterable[dict[str, Any]], left: float, top: float) -> tuple[list[Box], list[Box]]:
    rules: list[Box] = []
    shades: list[Box] = []
    for path in paths:
        x, y, width, height = path["bbox"]
        box = Box(x - left, top - y - height, x - left + width, top - y)
        if min(width, height) <= MAX_RULE_THICKNESS:
            rules.append(box)
    return rules, shades
