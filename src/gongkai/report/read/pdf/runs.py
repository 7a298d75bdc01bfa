"""Runs: characters drawn one behind the other on one line with nothing between them.

A page has thousands of characters and some hundred runs. What holds for a run's first and last character
(the cell they stand in, the line they are on) holds for those between.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai.report.read.pdf.page import Char

#: A gap between two Latin letters or digits is a space from here on (in ems).
LATIN_GAP = 0.17
#: A character may begin this far inside the one before it (in widths of that one).
OVERLAP = 0.4


class Run(NamedTuple):
    """Characters (at least one) of one height, left to right, and the box around them.

    A glyph drawn sideways is a run of its own.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    chars: list[Char]

    @property
    def middles(self) -> tuple[float, float]:
        """The middle, across, of the first character and of the last."""
        first, last = self.chars[0], self.chars[-1]
        return (first[1] + first[3]) / 2, (last[1] + last[3]) / 2


def runs_of(chars: Iterable[Char]) -> list[Run]:
    """The characters as runs, in their order."""
    runs: list[Run] = []
    run: list[Char] = []
    texts: list[str] = []
    top = bottom = end = near = wide = 0.0  # of the run, of its last character, and how far the next may be
    for char in chars:
        text, x0, y0, x1, y1, turned = char
        if near <= x0 - end <= wide and x1 >= end and y0 == top and y1 == bottom and not turned:
            texts.append(text)
            run.append(char)
        else:
            if run:
                runs.append(_run(texts, run))
            texts, run = [text], [char]
            top, bottom = y0, y1
            wide = -1.0 if turned or x1 < x0 else LATIN_GAP * (y1 - y0)
        end = x1
        near = OVERLAP * (x0 - x1)
    if run:
        runs.append(_run(texts, run))
    return runs


def _run(texts: list[str], chars: list[Char]) -> Run:
    _, x0, top, x1, bottom, _ = chars[0]
    if len(chars) > 1:
        x1 = chars[-1].x1
    return Run("".join(texts), x0, top, x1, bottom, chars)


def characters_of(runs: Sequence[Run]) -> list[Char]:
    """All characters of some runs, in order."""
    return runs[0].chars if len(runs) == 1 else [char for run in runs for char in run.chars]


def one_by_one(run: Run) -> list[Run]:
    """A run taken apart."""
    return [_run([char.text], [char]) for char in run.chars]
