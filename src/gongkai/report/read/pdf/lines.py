"""Characters to lines of text: order, doubled glyphs, and where a gap is a space."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from gongkai.report.read.pdf.page import Box, Char
from gongkai.report.read.pdf.runs import LATIN_GAP, OVERLAP, Run, characters_of, runs_of

#: A gap that a Chinese character stands beside is a space from here on (in ems); typesetters put a quarter em
#: between Chinese and Latin and stretch lines to the margin, which is no space.
WIDE_GAP = 0.8
#: Replacement character: stands where a character is known to be there and not known which.
LOST = "\ufffd"


@dataclass(slots=True)
class Line:
    """Runs of characters on one baseline, left to right. ``size`` is the em in points."""

    runs: list[Run]
    x0: float
    y0: float
    x1: float
    y1: float
    _text: str | None = None

    @property
    def chars(self) -> list[Char]:
        """The characters, left to right."""
        return characters_of(self.runs)

    @property
    def size(self) -> float:
        """The em, taken from the first character."""
        return max(self.runs[0].y1 - self.runs[0].y0, 1.0)

    @property
    def box(self) -> Box:
        """The line's box."""
        return Box(self.x0, self.y0, self.x1, self.y1)

    @property
    def text(self) -> str:
        """The line as text, trimmed. Made once: the characters of a line that is read no longer change."""
        if self._text is None:
            self._text = _text_of(self.runs).strip()
        return self._text


def _text_of(runs: Sequence[Run]) -> str:
    """The text of runs on one line: as a rule spaces are all that can stand between them."""
    pieces = [runs[0].text]
    for before, run in pairwise(runs):
        last, char = before.chars[-1], run.chars[0]
        if char.x0 - last.x1 < OVERLAP * (last.x0 - last.x1):
            return line_text(characters_of(runs))
        if _is_apart(last, char):
            pieces.append(" ")
        pieces.append(run.text)
    return "".join(pieces)


def line_text(chars: Sequence[Char]) -> str:
    """Text of characters in reading order on one line: doubled glyphs once, spaces where gaps show."""
    pieces: list[str] = []
    last: Char | None = None
    for char in chars:
        if last is not None:
            if char.x0 - last.x1 < OVERLAP * (last.x0 - last.x1):
                if _is_double(char, last):
                    continue
            elif _is_apart(last, char):
                pieces.append(" ")
        pieces.append(char.text)
        last = char
    return "".join(pieces)


def _is_apart(last: Char, char: Char) -> bool:
    """True if the gap between two characters is a space."""
    gap, size = char.x0 - last.x1, last.y1 - last.y0
    if gap <= LATIN_GAP * size or " " in (char.text, last.text):
        return False
    return gap > WIDE_GAP * size or (last.text.isascii() and char.text.isascii())


def _is_double(char: Char, last: Char) -> bool:
    """The same glyph drawn again for a bold look, a fraction of its width beside the first."""
    return char.text == last.text and abs(char.y0 - last.y0) < 0.2 * (last.y1 - last.y0)


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """Lines from top to bottom.

    Drawing order is kept where it goes left to right; pieces that share a baseline are put beside each other.
    """
    pieces: list[list[Run]] = []
    top = bottom = reach = 0.0  # of the last character: its em, and where the next may begin
    for run in runs:
        _, x0, y0, _, y1, chars = run
        on = x0 >= reach and ((y0 == top and y1 == bottom) or _overlaps(y0, y1, top, bottom))
        if on and pieces:
            pieces[-1].append(run)
        else:
            pieces.append([run])
        _, left, top, right, bottom, _ = chars[-1]
        reach = right - 0.6 * (right - left) - 0.5
    if len(pieces) == 1:
        return [_line(pieces[0])]
    return _merge_pieces([_line(piece) for piece in pieces])


def _line(runs: list[Run]) -> Line:
    if len(runs) == 1:
        _, x0, y0, x1, y1, _ = runs[0]
        return Line(runs, x0, y0, x1, y1)
    _, lefts, tops, rights, bottoms, _ = zip(*runs, strict=True)
    return Line(runs, lefts[0], min(tops), max(rights), max(bottoms))


def _overlaps(y0: float, y1: float, top: float, bottom: float) -> bool:
    """True if one character stands beside the other for half its height."""
    return min(bottom, y1) - max(top, y0) > 0.5 * min(bottom - top, y1 - y0)


def _merge_pieces(pieces: list[Line]) -> list[Line]:
    pieces.sort(key=lambda piece: piece.y0 + piece.y1)
    lines: list[Line] = []
    for piece in pieces:
        target = _same_line(lines, piece)
        if target is None:
            lines.append(piece)
            continue
        target.runs = runs_of(sorted([*target.chars, *piece.chars], key=itemgetter(1)))
        target.x0, target.x1 = min(target.x0, piece.x0), max(target.x1, piece.x1)
        target.y0, target.y1 = min(target.y0, piece.y0), max(target.y1, piece.y1)
    return lines


def _same_line(lines: list[Line], piece: Line) -> Line | None:
    middle = (piece.y0 + piece.y1) / 2
    for line in reversed(lines[-3:]):
        height = min(line.y1 - line.y0, piece.y1 - piece.y0)
        overlap = min(line.y1, piece.y1) - max(line.y0, piece.y0)
        if overlap > 0.6 * height or line.y0 + 0.25 * height < middle < line.y1 - 0.25 * height:
            return line
    return None


def join_lines(before: str, after: str, *, full: bool = True) -> str:
    """Two lines of one paragraph or cell as running text.

    Chinese is joined as it is, Latin words by a space. Figures that meet are one figure only if the first
    line was ``full``; otherwise the line break is kept, for they may be two.
    """
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if _is_figure(last) and _is_figure(first):
        return before + after if full else f"{before}\n{after}"
    if (
        last.isascii()
        and first.isascii()
        and last.isalnum()
        and first.isalnum()
        and not _in_address(before, after)
    ):
        return f"{before} {after}"
    return before + after


def _is_figure(char: str) -> bool:
    return char.isdecimal() or char in ".,%-－—/"


def _in_address(before: str, after: str) -> bool:
    """A web or mail address broken at the margin."""
    tail, head = before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]
    return any(mark in tail or mark in head for mark in ("/", "@", "www", "http"))
