"""What a cell of a page shows without being text, made text: no figure is misread and none is lost."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.report.read.pictures import PICTURE_IN_CELL

_DECORATION = re.compile(r"icon|logo|qrcode|ewm|spacer|blank|\.gif", re.IGNORECASE)
#: Pictures smaller than this (pixels) by their own account are icons, dividers, tracking pixels.
_SMALL = 60


#: The elements this is about.
IN_CELLS = ("sup", "input", "img")
_CELLS = ("td", "th")


def spell_out_cells(found: Mapping[str, Sequence[Any]]) -> None:
    """Change cells in the tree: notes set high, form fields, pictures. ``found`` has the elements by name.

    A note mark behind a figure (12 with a raised 1) goes into brackets, the value of a form field becomes
    text, and a picture in an otherwise blank cell becomes a mark that is no figure.
    """
    for note in found.get("sup", ()):
        if note.text().strip()[:1].isdigit() and _cell_around(note, _CELLS):
            note.insert_before("（")
            note.insert_after("）")
    for entry in found.get("input", ()):
        attributes = entry.attributes
        wanted = "value" in attributes and (attributes.get("type") or "text").lower() in ("text", "number")
        if wanted and _cell_around(entry, _CELLS):
            entry.insert_before(attributes.get("value") or "")
    for image in found.get("img", ()):
        cell = _cell_around(image, _CELLS[:1])
        if cell is not None and not cell.text().strip() and not is_decoration(image):
            image.insert_before(PICTURE_IN_CELL)


def _cell_around(node: Any, cells: Sequence[str]) -> Any | None:
    """The innermost cell an element stands in, None where it stands in none."""
    node = node.parent
    while node is not None and node.tag not in cells:
        node = node.parent
    return node


def is_decoration(image: Any) -> bool:
    """Whether a picture is an icon, a divider or the like and says nothing."""
    attributes = image.attributes
    for key in ("width", "height"):
        digits = re.match(r"\d+", attributes.get(key) or "")
        if digits and int(digits[0]) < _SMALL:
            return True
    return _DECORATION.search(attributes.get("src") or "") is not None
