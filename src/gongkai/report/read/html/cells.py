"""What a cell of a page shows without being text, made text: no figure is misread and none is lost."""

import re
from typing import Any

from gongkai.report.read.pictures import PICTURE_IN_CELL

_DECORATION = re.compile(r"icon|logo|qrcode|ewm|spacer|blank|\.gif", re.IGNORECASE)
#: Pictures smaller than this (pixels) by their own account are icons, dividers, tracking pixels.
_SMALL = 60


def spell_out_cells(tree: Any) -> None:
    """Change cells in the tree: notes set high, form fields, pictures.

    A note mark behind a figure (12 with a raised 1) goes into brackets, the value of a form field becomes
    text, and a picture in an otherwise blank cell becomes a mark that is no figure.
    """
    for note in tree.css("td sup,th sup"):
        if note.text().strip()[:1].isdigit():
            note.insert_before("（")
            note.insert_after("）")
    for entry in tree.css("td input[value],th input[value]"):
        attributes = entry.attributes
        if (attributes.get("type") or "text").lower() in ("text", "number"):
            entry.insert_before(attributes.get("value") or "")
    for image in tree.css("td img"):
        cell = image.parent
        while cell.tag != "td":
            cell = cell.parent
        if not cell.text().strip() and not is_decoration(image):
            image.insert_before(PICTURE_IN_CELL)


def is_decoration(image: Any) -> bool:
    """Whether a picture is an icon, a divider or the like and says nothing."""
    attributes = image.attributes
    for key in ("width", "height"):
        digits = re.match(r"\d+", attributes.get(key) or "")
        if digits and int(digits[0]) < _SMALL:
            return True
    return _DECORATION.search(attributes.get("src") or "") is not None
