"""Rows of a workbook's sheet that hold nothing but are drawn: lines around cells that were left blank."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from gongkai.report.read.limits import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

#: A row is drawn where so many of its cells are.
_FEWEST = 2


def lined_styles(archive: Archive, folder: str) -> frozenset[str]:
    """The numbers of the cell styles with a line below, as the cells name them."""
    path = f"{folder}/styles.xml"
    if path not in archive.names:
        return frozenset()
    root = archive.xml(path)
    lined = {
        str(number)
        for number, border in enumerate(root.iterfind("{*}borders/{*}border"))
        if (bottom := border.find("{*}bottom")) is not None and bottom.get("style") not in (None, "none")
    }
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(str(number) for number, style in styles if style.get("borderId") in lined)


def drawn_rows(root: "_Element", lined: Collection[str]) -> frozenset[int]:
    """The rows (from 0) that have no content, but cells with a line below. Rows without a number are none."""
    found = set()
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = row.get("r") or ""
        if number.isdigit() and len(number) < 9 and _is_drawn(row, lined):
            found.add(int(number) - 1)
    return frozenset(found)


def _is_drawn(row: "_Element", lined: Collection[str]) -> bool:
    if any(len(cell) for cell in row):
        return False
    return sum(cell.get("s") in lined for cell in row) >= _FEWEST
