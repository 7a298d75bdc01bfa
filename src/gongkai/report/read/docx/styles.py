"""What paragraph styles say: headings, automatic numbers, entries of the table of contents."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.report.read.docx.names import W, number, val
from gongkai.report.read.limits import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"heading \d|标题 ?\d|title", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:\d|heading)|目录 ?\d", re.IGNORECASE)
_STYLE_END = b"</w:style>"
_OTHER_STYLE = re.compile(rb'\s*<w:style\s[^<>]*w:type="(?:table|character|numbering)"[^<>]*[^/<>]>')
#: Styles are based on each other only a few levels deep; more is a circle.
_MAX_BASES = 12


@dataclass(frozen=True, slots=True)
class Style:
    """``num_id`` and ``level`` of its automatic number; None where it has none of its own."""

    heading: bool = False
    contents: bool = False
    num_id: str | None = None
    level: int | None = None


class Styles:
    """The styles of a document, parsed when the first one is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._elements: dict[str, _Element] | None = None
        self._resolved: dict[str, Style] = {}
        self._numbered = b"numPr" in data

    def get(self, style_id: str) -> Style:
        """The style with what it takes over from those it is based on."""
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def numbers(self, style_id: str) -> bool:
        """Whether paragraphs of the style are numbered; the styles are parsed only where any may be."""
        return self._numbered and self.get(style_id).num_id not in (None, "", "0")

    def _resolve(self, style_id: str) -> Style:
        own, base = self._own(style_id)
        num_id, level = own.num_id, own.level
        for _ in range(_MAX_BASES):
            if num_id is not None or not base:
                break
            style, base = self._own(base)
            num_id = style.num_id
            level = style.level if level is None else level
        return Style(own.heading, own.contents, num_id, level)

    def _own(self, style_id: str) -> tuple[Style, str]:
        """What the style itself says, and the id of the style it is based on."""
        if self._elements is None:
            data = _of_paragraphs(self._data)
            found = parse_xml(data, "styles.xml").iter(f"{W}style") if data else ()
            self._elements = {element.get(f"{W}styleId") or "": element for element in found}
        element = self._elements.get(style_id)
        if element is None or element.get(f"{W}type") not in (None, "paragraph"):
            return Style(), ""
        name = val(element.find(f"{W}name"))
        num_id: str | None = None
        level: int | None = None
        outline = number(element.find(f"{W}pPr/{W}outlineLvl"), 9)
        numbered = element.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            num_id = val(numbered.find(f"{W}numId")) or None
            level = number(numbered.find(f"{W}ilvl"), 0)
        heading = bool(_HEADING.fullmatch(name)) or outline < 9
        style = Style(heading, bool(_CONTENTS.fullmatch(name)), num_id, level)
        return style, val(element.find(f"{W}basedOn"))


def _of_paragraphs(data: bytes) -> bytes:
    """The part without the styles of tables, runs and lists: some programs write a hundred of them.

    A part with comments or a document type in it is left as it is.
    """
    if b"<!" in data:
        return data
    first, *pieces = data.split(_STYLE_END)
    kept = [piece for piece in pieces[:-1] if not _OTHER_STYLE.match(piece)]
    return _STYLE_END.join((first, *kept, *pieces[-1:]))
