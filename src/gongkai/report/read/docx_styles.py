"""What paragraph styles say: headings, automatic numbers, entries of the table of contents."""

import re
from dataclasses import dataclass

from gongkai.report.read.docx_names import W, number, val
from gongkai.report.read.limits import parse_xml

_HEADING = re.compile(r"heading \d|标题 ?\d|title", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:\d|heading)|目录 ?\d", re.IGNORECASE)
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
        self._styles: dict[str, tuple[Style, str]] | None = None
        self._resolved: dict[str, Style] = {}

    def get(self, style_id: str) -> Style:
        """The style with what it takes over from those it is based on."""
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> Style:
        if self._styles is None:
            self._styles = _parse(self._data)
        own, base = self._styles.get(style_id, (Style(), ""))
        num_id, level = own.num_id, own.level
        for _ in range(_MAX_BASES):
            if num_id is not None or base not in self._styles:
                break
            style, base = self._styles[base]
            num_id = style.num_id
            level = style.level if level is None else level
        return Style(own.heading, own.contents, num_id, level)


def _parse(data: bytes) -> dict[str, tuple[Style, str]]:
    if not data:
        return {}
    styles = {}
    for element in parse_xml(data, "styles.xml").iter(f"{W}style"):
        if element.get(f"{W}type") not in (None, "paragraph"):
            continue
        name = val(element.find(f"{W}name"))
        properties = element.find(f"{W}pPr")
        num_id: str | None = None
        level: int | None = None
        outline = 9
        if properties is not None:
            outline = number(properties.find(f"{W}outlineLvl"), 9)
            numbered = properties.find(f"{W}numPr")
            if numbered is not None:
                num_id = val(numbered.find(f"{W}numId")) or None
                level = number(numbered.find(f"{W}ilvl"), 0)
        style = Style(
            bool(_HEADING.fullmatch(name)) or outline < 9, bool(_CONTENTS.fullmatch(name)), num_id, level
        )
        styles[element.get(f"{W}styleId") or ""] = (style, val(element.find(f"{W}basedOn")))
    return styles
