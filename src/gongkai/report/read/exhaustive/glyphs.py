"""Characters with their places on a page, put together into lines: PDF and OFD know no spaces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from gongkai.report.read.exhaustive.pieces import row_texts

#: Shares of the height of a character: another line, a space, another column.
_LINE: Final = 0.6
_SPACE: Final = 0.22
_COLUMN: Final = 1.2


class Glyph(NamedTuple):
    """A character: where it begins and ends along its line, where the line stands, and its height."""

    text: str
    begins: float
    ends: float
    across: float
    size: float


def lines_of(glyphs: Iterable[Glyph]) -> Iterator[str]:
    """The lines, with a space for a small gap; columns as cells of a row, see ``row_texts``.

    ``glyphs`` in the order drawn: what is drawn over something else does not come between its characters.
    """
    yield from row_texts((_cells(line) for line in _lines(glyphs)), ruled=False)


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    numbered = sorted(enumerate(glyphs), key=lambda one: one[1].across)
    line: list[tuple[int, Glyph]] = []
    for order, glyph in numbered:
        if line and abs(glyph.across - line[0][1].across) > _LINE * max(glyph.size, 1.0) / 2:
            yield from _layers(line)
            line = []
        line.append((order, glyph))
    if line:
        yield from _layers(line)


@dataclass(slots=True)
class _Layer:
    """Characters that do not overlap; ``reach`` is where the last of them ends."""

    glyphs: list[Glyph]
    reach: float

    def under(self, glyph: Glyph) -> list[Glyph]:
        """Those that lie under another; what comes behind all of them covers none."""
        if glyph.begins >= self.reach - (glyph.ends - glyph.begins) / 2:
            return []
        return [one for one in self.glyphs if _overlap(one, glyph)]

    def add(self, glyph: Glyph) -> None:
        self.glyphs.append(glyph)
        self.reach = max(self.reach, glyph.ends)


def _layers(line: list[tuple[int, Glyph]]) -> Iterator[list[Glyph]]:
    """The characters of a line; those drawn over others as a line of their own, those drawn twice once.

    What is drawn on and on stays together: crosses over a number reach beyond its end.
    """
    layers: list[_Layer] = []
    last: _Layer | None = None
    for _, glyph in sorted(line, key=itemgetter(0)):
        goes_on = last is not None and abs(glyph.begins - last.glyphs[-1].ends) < _SPACE * glyph.size
        for layer in [last, *layers] if last is not None and goes_on else layers:
            under = layer.under(glyph)
            if not under:
                layer.add(glyph)
                last = layer
                break
            if any(one.text == glyph.text for one in under):
                break
        else:
            last = _Layer([glyph], glyph.ends)
            layers.append(last)
    for layer in layers:
        yield sorted(layer.glyphs, key=attrgetter("begins"))


def _overlap(one: Glyph, other: Glyph) -> bool:
    """By half of the narrower one at least: neighbours touch."""
    shared = min(one.ends, other.ends) - max(one.begins, other.begins)
    return shared > min(one.ends - one.begins, other.ends - other.begins) / 2


def _cells(line: list[Glyph]) -> list[str]:
    cells = [""]
    end = line[0].begins
    for glyph in line:
        gap = glyph.begins - end
        if gap > _COLUMN * glyph.size:
            cells.append("")
        elif gap > _SPACE * glyph.size:
            cells[-1] += " "
        cells[-1] += glyph.text
        end = glyph.ends
    return cells
