"""OFD: every text object of every page, template and note, visible or not."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from gongkai.report.read.exhaustive.glyphs import Glyph, lines_of
from gongkai.report.read.exhaustive.pieces import Everything, run_over
from gongkai.report.read.exhaustive.xml import loose_texts
from gongkai.report.read.limits import Archive, encrypted
from gongkai.report.read.ofd.objects import Matrix, text_chars

if TYPE_CHECKING:
    from lxml.etree import _Element

_POINTS = 72 / 25.4
#: Parts that hold how things look, signatures and the like, and no text of the document.
_NO_TEXT = ("Res.xml", "Signature.xml", "Signatures.xml", "OFD.xml", "Versions.xml")


def read(archive: Archive, everything: Everything) -> None:
    """Read an OFD. Raises UnreadableError where it is encrypted."""
    if any(name.rpartition("/")[2].lower().startswith("encrypt") for name in archive.names):
        raise encrypted()
    numbers = _numbers(archive)
    for name in sorted(archive.names):
        if not name.lower().endswith(".xml") or name.endswith(_NO_TEXT):
            continue
        number = numbers.get(name)
        place = f"第{number}页" if number else f"文件内的{_what(name)}"
        root = archive.xml(name)
        objects = list(root.iter("{*}TextObject"))
        if not objects:
            everything.add(place, "\n".join(loose_texts(root)))
            continue
        glyphs = [glyph for element in objects for glyph in _glyphs(element)]
        everything.add(place, "\n".join(lines_of(glyphs)))
        drawn = ["".join(code.text or "" for code in element.iter("{*}TextCode")) for element in objects]
        everything.add(place, "\n".join(drawn), strict=True)
        for over in run_over(drawn):
            everything.add(place, over, strict=True)


def _glyphs(element: "_Element") -> Iterator[Glyph]:
    for char in text_chars(element, Matrix(_POINTS, 0, 0, _POINTS)):
        box = (char.y0, char.y1, char.x0) if char.turned else (char.x0, char.x1, char.y1)
        size = char.x1 - char.x0 if char.turned else char.y1 - char.y0
        yield Glyph(char.text, *box, size)


def _numbers(archive: Archive) -> dict[str, int]:
    """The number of each page by the name of its part, through all documents in the file."""
    found: dict[str, int] = {}
    for root in archive.xml("OFD.xml").iter("{*}DocRoot"):
        path = normpath((root.text or "").strip().lstrip("/"))
        if path not in archive.names:
            continue
        for page in archive.xml(path).iterfind("{*}Pages/{*}Page"):
            location = page.get("BaseLoc") or ""
            part = location.lstrip("/") if location.startswith("/") else join(dirname(path), location)
            found.setdefault(normpath(part), len(found) + 1)
    return found


def _what(name: str) -> str:
    if "Annot" in name:
        return "注释"
    return "模板" if "T" in name.rpartition("/")[0].rpartition("/")[2][:3] else "其他内容"
