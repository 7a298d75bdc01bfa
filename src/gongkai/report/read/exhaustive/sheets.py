"""XLSX: every cell of every sheet, hidden ones too; comments, and copies of values kept elsewhere."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final

from gongkai.report.read.exhaustive.pieces import Everything, row_texts
from gongkai.report.read.exhaustive.xml import loose_texts, words_of
from gongkai.report.read.limits import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN: Final = ("hidden", "veryHidden")
_CELLS: Final = frozenset({"sheetData"})
#: A row that names a cell far out is not padded beyond this.
_WIDEST: Final = 2000


def read(archive: Archive, main: str, everything: Everything) -> set[str]:
    """Read the sheets of a workbook; returns the names of the parts that were read."""
    folder = main.rpartition("/")[0]
    strings = f"{folder}/sharedStrings.xml"
    shared = _shared(archive, strings)
    used: set[int] = set()
    done = {strings}
    for name, part in _sheets(archive, main, folder):
        root = archive.xml(part)
        done.add(part)
        rows = list(root.iter("{*}row"))
        texts = row_texts(_cells(row, shared, used) for row in rows)
        for number, (row, text) in enumerate(zip(rows, texts, strict=True), 1):
            everything.add(f"{name}第{row.get('r') or number}行", text)
        everything.add(name, "\n".join(loose_texts(root, but=_CELLS)))
    left = [text for index, text in enumerate(shared) if index not in used]
    everything.add("工作簿中留存而不显示的文字", "\n".join(left))
    return done


def _shared(archive: Archive, part: str) -> list[str]:
    if part not in archive.names:
        return []
    return [words_of(item) for item in archive.xml(part).iterfind("{*}si")]


def _sheets(archive: Archive, main: str, folder: str) -> Iterator[tuple[str, str]]:
    """Each sheet's name for people, and its part."""
    relations = f"{folder}/_rels/{main.rpartition('/')[2]}.rels"
    targets = {item.get("Id"): item.get("Target") or "" for item in archive.xml(relations)}
    for sheet in archive.xml(main).iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        if part in archive.names:
            hidden = "隐藏的" if sheet.get("state") in _HIDDEN else ""
            yield f"{hidden}工作表“{sheet.get('name') or ''}”", part


def _cells(row: "_Element", shared: list[str], used: set[int]) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind("{*}c"):
        col = _column(cell.get("r") or "")
        cells += [""] * (min(col, _WIDEST) - len(cells))
        cells.append(_text(cell, shared, used))
    return cells


def _text(cell: "_Element", shared: list[str], used: set[int]) -> str:
    value = cell.findtext("{*}v") or ""
    kind = cell.get("t") or "n"
    if kind == "s" and value.isdecimal() and int(value) < len(shared):
        used.add(int(value))
        return shared[int(value)]
    if kind == "inlineStr":
        return "".join(words_of(item) for item in cell.iterfind("{*}is"))
    if kind == "n" and "E" in value.upper():
        try:
            return format(Decimal(value), "f")
        except InvalidOperation:
            return value
    return value


def _column(reference: str) -> int:
    """The column (from 0) of a reference like ``BC12``; 0 where it has none."""
    col = 0
    for letter in reference.rstrip("0123456789").upper():
        col = col * 26 + ord(letter) - 64
    return max(col - 1, 0)
