"""Characters to lines of text: order, doubled glyphs, and where a gap is a space."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.report.read.pdf.page import Box, Char

#: A gap between two Latin letters or digits is a space from here on (in ems) ...
LATIN_GAP = 0.17
#: ... and where a Chinese character stands beside it from here on; typesetters put a quarter em between
#: Chinese and Latin and stretch lines to the margin, which is no space.
WIDE_GAP = 0.8
#: Replacement character: stands where a character is known to be there and not known which.
LOST = "\ufffd"


@dataclass(slots=True)
class Line:
    """Characters on one baseline, left to right. ``size`` is the em in points."""

    chars: list[Char]
    x0: float
    y0: float
    x1: float
    y1: float
    _text: str | None = None

    @property
    def size(self) -> float:
        """The em, taken from the first character."""
        return max(self.chars[0].y1 - self.chars[0].y0, 1.0)

    @property
    def box(self) -> Box:
        """The line's box."""
        return Box(self.x0, self.y0, self.x1, self.y1)

    @property
    def text(self) -> str:
        """The line as text, trimmed. Made once: the characters of a line that is read no longer change."""
        if self._text is None:
            self._text = line_text(self.chars).strip()
        return self._text


def line_text(chars: Sequence[Char]) -> str:
    """Text of characters in reading order on one line: doubled glyphs once, spaces where gaps show."""
    pieces: list[str] = []
    last: Char | None = None
    end = near = wide = 0.0  # the last character's end, and how far left and right of it a gap is none
    for char in chars:
        text, x0, top, x1, bottom, _ = char
        gap = x0 - end
        if last is not None and not near <= gap <= wide:
            if gap < near:
                if _is_double(char, last):
                    continue
            elif text != " " and pieces[-1] != " ":
                latin = last.text.isascii() and text.isascii()
                if latin or gap > WIDE_GAP * (last.y1 - last.y0):
                    pieces.append(" ")
        pieces.append(text)
        last, end, near, wide = char, x1, -0.4 * (x1 - x0), LATIN_GAP * (bottom - top)
    return "".join(pieces)


def _is_double(char: Char, last: Char) -> bool:
    """The same glyph drawn again for a bold look, a fraction of its width beside the first."""
    return char.text == last.text and abs(char.y0 - last.y0) < 0.2 * (last.y1 - last.y0)


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Lines from top to bottom.

    Drawing order is kept where it runs left to right; runs that share a baseline are put beside each other.
    """
    runs: list[list[Char]] = []
    run: list[Char] = []
    top = bottom = reach = 0.0  # of the last character: its em, and where the next may begin
    for char in chars:
        _, x0, y0, x1, y1, _ = char
        on = x0 >= reach and ((y0 == top and y1 == bottom) or _overlaps(y0, y1, top, bottom))
        if on and run:
            run.append(char)
        else:
            run = [char]
            runs.append(run)
        top, bottom, reach = y0, y1, x1 - 0.6 * (x1 - x0) - 0.5
    if len(runs) == 1:
        return [_line(runs[0])]
    return _merge_runs([_line(run) for run in runs])


def _line(run: list[Char]) -> Line:
    if len(run) == 1:
        _, x0, y0, x1, y1, _ = run[0]
        return Line(run, x0, y0, x1, y1)
    _, lefts, tops, rights, bottoms, _ = zip(*run, strict=True)
    return Line(run, lefts[0], min(tops), max(rights), max(bottoms))


def _overlaps(y0: float, y1: float, top: float, bottom: float) -> bool:
    """True if one character stands beside the other for half its height."""
    return min(bottom, y1) - max(top, y0) > 0.5 * min(bottom - top, y1 - y0)


def _merge_runs(runs: list[Line]) -> list[Line]:
    runs.sort(key=lambda r: r.y0 + r.y1)
    lines: list[Line] = []
    for run in runs:
        target = _same_line(lines, run)
        if target is None:
            lines.append(run)
            continue
        target.chars.extend(run.chars)
        target.chars.sort(key=lambda c: c.x0)
        target.x0, target.x1 = min(target.x0, run.x0), max(target.x1, run.x1)
        target.y0, target.y1 = min(target.y0, run.y0), max(target.y1, run.y1)
    return lines


def _same_line(lines: list[Line], run: Line) -> Line | None:
    middle = (run.y0 + run.y1) / 2
    for line in reversed(lines[-3:]):
        height = min(line.y1 - line.y0, run.y1 - run.y0)
        overlap = min(line.y1, run.y1) - max(line.y0, run.y0)
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
