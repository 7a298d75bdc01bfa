"""Two engines read a page's characters; what they disagree on is not passed off as read.

Where the characters agree (nearly always) one engine's boxes are used. Where they differ, an engine that
produces characters no report holds has lost its way, and the other is believed. Where both make sense and
see different digits in a cell, these become :data:`gongkai.report.read.pdf.lines.LOST`.
"""

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from gongkai.report.read.pdf.glyphs import characters, digits, strange
from gongkai.report.read.pdf.lattice import find_lattices
from gongkai.report.read.pdf.lines import LOST
from gongkai.report.read.pdf.page import Box, Char


class Verdict(NamedTuple):
    """The characters to use, and how many cells of figures are in dispute."""

    chars: list[Char]
    disputed: int = 0


def agree(first: Sequence[Char], second_text: str) -> bool:
    """True if both engines see the same characters on a page."""
    text, second = "".join(map(itemgetter(0), first)), "".join(second_text.split())
    quick = len(text) == len(second) and _in_order(text) == _in_order(second)
    return quick or characters(text) == characters(second_text)


def _in_order(text: str) -> list[int]:
    """The characters of a text sorted: as numbers, for these are sorted and compared fastest."""
    return sorted(memoryview(text.encode("utf-32-le", "surrogatepass")).cast("I"))


def decide(first: list[Char], second: list[Char], rules: Sequence[Box]) -> Verdict:
    """Choose between two readings of one page that differ."""
    texts = ["".join(c.text for c in chars) for chars in (first, second)]
    odd = [strange(text) for text in texts]
    best, other = (first, second) if odd[0] <= odd[1] else (second, first)
    if min(odd) == 0 < max(odd) or digits(characters(texts[0])) == digits(characters(texts[1])):
        return Verdict(best)
    lattices = find_lattices(rules)

    def cell(char: Char) -> tuple[int, int | None]:
        x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
        for index, lattice in enumerate(lattices):
            slot = lattice.slot_at(x, y)
            if slot is not None:
                return index, slot
        return -1, round(y / 40)

    seen: list[dict[tuple[int, int | None], Counter[str]]] = [{}, {}]
    for reading, chars in zip(seen, (best, other), strict=True):
        for char in chars:
            if char.text.isdecimal():
                reading.setdefault(cell(char), Counter())[char.text] += 1
    disputed = {key for key in (*seen[0], *seen[1]) if seen[0].get(key) != seen[1].get(key)}
    if not disputed:
        return Verdict(best)
    chars = [c._replace(text=LOST) if c.text.isdecimal() and cell(c) in disputed else c for c in best]
    held = {cell(c) for c in best}
    chars += [c._replace(text=LOST) for c in other if cell(c) in disputed - held and c.text.isdecimal()]
    return Verdict(chars, len(disputed))
