"""The words a DOCX prints, and those that are in it and nobody sees: hidden, white on white, a point high.

How a run of words looks is put together as a word processor does: what stands at the run itself, then its
character style, the style of its paragraph, and the defaults of the file. Whether light words stand on
something dark is told where a shade is set; where a picture, a frame or the style of a table may lie behind
them only the printed page can tell, and they count as seen.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, NamedTuple

from gongkai.documents.legible import FAINT, LEAST, SMALL, SMALLEST, contrast, grey_of

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ON: Final = frozenset({"1", "true", "on"})
_OFF: Final = frozenset({"0", "false", "off"})
#: What a theme calls the colour of the paper.
_PAPER: Final = frozenset({"background1", "light1"})
#: The size of letters where a file says none.
_HALF_POINTS: Final = 20
_HEX: Final = re.compile(r"[0-9A-Fa-f]{6}")

HIDDEN: Final = "隐藏文字"


class Words(NamedTuple):
    """Words with one look; ``why`` nobody sees them, empty where they are printed."""

    text: str
    why: str


def words(docx: bytes) -> Iterator[list[Words]]:
    """The words of each paragraph: of the body, and of the headers and footers of its first page or of all.

    Deleted words are none, nor are headers of even pages alone: a short letter has no such page.
    """
    from docx import Document

    document = Document(BytesIO(docx))
    looks = _Looks(document.styles.element)
    parts = [document.element.body]
    for section in document.sections:
        shown = [section.header, section.footer]
        if section.different_first_page_header_footer:
            shown += [section.first_page_header, section.first_page_footer]
        parts += [one._element for one in shown if not one.is_linked_to_previous]  # noqa: SLF001 - no other way
    for part in parts:
        covered = _may_lie_behind(part)
        for paragraph in part.iter(_W + "p"):
            yield [
                Words(text, looks.why(run, paragraph, covered=covered))
                for run in paragraph.iter(_W + "r")
                if (text := _text(run, paragraph))
            ]


def text(docx: bytes) -> str:
    """The words a DOCX prints, a line for each paragraph."""
    return "\n".join("".join(one.text for one in found if not one.why) for found in words(docx))


def _text(run: Any, paragraph: Any) -> str:
    """A run's own words; none of one that is deleted, or that belongs to a paragraph inside this one."""
    if next(run.iterancestors(_W + "p")) is not paragraph or any(True for _ in run.iterancestors(_W + "del")):
        return ""
    return "".join(word.text or "" for word in run.iterchildren(_W + "t"))


def _may_lie_behind(part: Any) -> bool:
    """Whether a picture or a shape lies behind the words of a part."""
    anchored = (one.get("behindDoc") for one in part.iter(_DRAWING + "anchor"))
    drawn = (one.get("style", "").replace(" ", "") for one in part.iter(f"{_VML}*"))
    return any(one in _ON for one in anchored) or any("z-index:-" in style for style in drawn)


class _Looks:
    """How words look by the styles of one file."""

    def __init__(self, styles: Any) -> None:
        found = list(styles.iterchildren(_W + "style"))
        self._by_id = {style.get(_W + "styleId"): style for style in found}
        ordinary = [
            one for one in found if one.get(_W + "type") == "paragraph" and one.get(_W + "default") in _ON
        ]
        self._ordinary = ordinary[0].get(_W + "styleId") if ordinary else None
        self._defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")

    def why(self, run: Any, paragraph: Any, *, covered: bool) -> str:
        """Why nobody sees a run of a paragraph; ``covered`` where something may lie behind it."""
        layers = list(self._layers(run, paragraph))
        if _is_set(layers, "vanish") or _is_clear(layers):
            return HIDDEN
        if _points(layers) < SMALLEST:
            return SMALL
        shade = _shade(layers)
        if covered or shade is None:
            return ""
        ground = self._ground(layers, paragraph)
        return "" if ground is None or contrast(shade, ground) >= LEAST else FAINT

    def _layers(self, run: Any, paragraph: Any) -> Iterator[Any]:
        """The properties of a run, the nearest first."""
        own = run.find(_W + "rPr")
        if own is not None:
            yield own
        named = run.find(f"{_W}rPr/{_W}rStyle")
        styles = [*self._chain(named), *self._styles_of(paragraph)]
        yield from (found for style in styles if (found := style.find(_W + "rPr")) is not None)
        if self._defaults is not None:
            yield self._defaults

    def _styles_of(self, paragraph: Any) -> Iterator[Any]:
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._chain(named) if named is not None else self._following(self._ordinary)

    def _chain(self, named: Any) -> Iterator[Any]:
        return self._following(None if named is None else named.get(_W + "val"))

    def _following(self, name: str | None) -> Iterator[Any]:
        """A style and those it stands on."""
        seen: set[str | None] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            style = self._by_id[name]
            yield style
            base = style.find(_W + "basedOn")
            name = None if base is None else base.get(_W + "val")

    def _ground(self, layers: list[Any], paragraph: Any) -> int | None:
        """The grey words stand on; None where the file alone does not tell."""
        if _first(layers, "highlight") is not None:
            return None
        shades = [*layers, paragraph.find(_W + "pPr")]
        shades += [style.find(_W + "pPr") for style in self._styles_of(paragraph)]
        for outer in paragraph.iterancestors(_W + "tc", _W + "tbl", _W + "txbxContent"):
            if outer.tag == _W + "txbxContent" or self._is_coloured(outer):
                return None
            shades += [outer.find(_W + "tcPr"), outer.find(_W + "tblPr")]
        filled = (one.find(_W + "shd") for one in shades if one is not None)
        return next((_fill(one) for one in filled if one is not None and not _lets_through(one)), 255)

    def _is_coloured(self, table: Any) -> bool:
        """Whether the style of a table shades cells: which of them is the word processor's to say."""
        styles = self._chain(table.find(f"{_W}tblPr/{_W}tblStyle"))
        return any(next(style.iter(_W + "shd"), None) is not None for style in styles)


def _first(layers: list[Any], name: str) -> Any:
    return next((found for one in layers if (found := one.find(_W + name)) is not None), None)


def _is_set(layers: list[Any], name: str) -> bool:
    switch = _first(layers, name)
    return switch is not None and switch.get(_W + "val", "1") not in _OFF


def _is_clear(layers: list[Any]) -> bool:
    """Letters without a filling, as Word's text effects have it."""
    filling = next((found for one in layers if (found := one.find(_W14 + "textFill")) is not None), None)
    return filling is not None and filling.find(_W14 + "noFill") is not None


def _points(layers: list[Any]) -> float:
    """Of height or width, whichever is less."""
    return _number(layers, "sz", _HALF_POINTS) / 2 * min(1.0, _number(layers, "w", 100) / 100)


def _number(layers: list[Any], name: str, otherwise: int) -> int:
    found = _first(layers, name)
    given = "" if found is None else found.get(_W + "val", "").rstrip("%")
    return int(given) if given.isdecimal() else otherwise


def _shade(layers: list[Any]) -> int | None:
    """The grey of the letters; None where they take the one that suits their ground."""
    found = _first(layers, "color")
    if found is None:
        return None
    if found.get(_W + "themeColor") in _PAPER and found.get(_W + "themeShade") is None:
        return 255
    return _grey(found.get(_W + "val", ""))


def _lets_through(shading: Any) -> bool:
    """Whether a shade that is set is none."""
    plain = shading.get(_W + "val") in {"clear", "nil"} and shading.get(_W + "themeFill") is None
    return plain and shading.get(_W + "fill") in {None, "auto"}


def _fill(shading: Any) -> int | None:
    """The grey of a plain shade; None for patterns and what only the theme tells."""
    return _grey(shading.get(_W + "fill", "")) if shading.get(_W + "val") == "clear" else None


def _grey(colour: str) -> int | None:
    """The grey of a colour written as six hexadecimal digits; None for another word."""
    if not _HEX.fullmatch(colour):
        return None
    return grey_of(*bytes.fromhex(colour))
