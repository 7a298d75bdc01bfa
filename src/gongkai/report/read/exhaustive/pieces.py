"""What the exhaustive readers give: pieces of text with their places, and places nobody could read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

#: A label of a column or field is short and has no figures.
_LABEL: Final = 20
_PERSONAL: Final = re.compile(r"手机|电话|身份|证件|卡号|账号|帐号|账户")
_FIGURE: Final = re.compile(r"\d")
_BARE: Final = re.compile(r"[\d\s.+\-‐-―()（）Xx]+")
#: Columns guessed from gaps: so many at least make a table.
_COLUMNS: Final = 2
#: So many characters at a line's end and the next one's beginning: a number may run over.
_TAIL: Final = 40
#: A line is full, and its last number may go on in the next, from this share of the longest.
_FULL: Final = 0.85


class Piece(NamedTuple):
    """Text that stands together, one line or cell after another, and its place in Chinese.

    ``strict``: put together on a guess, so that only a number with a check digit of its own counts in it.
    """

    place: str
    text: str
    strict: bool = False


class Unread(NamedTuple):
    """A place whose content could not be read, and why; ``code`` as in the error, where there was one."""

    place: str
    why: str
    code: str = ""


@dataclass(slots=True)
class Everything:
    """All that was read of a file, and what was not."""

    pieces: list[Piece] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def add(self, place: str, text: str, *, strict: bool = False) -> None:
        """Keep a piece that has any figure or letter in it."""
        if text and not text.isspace():
            self.pieces.append(Piece(place, text, strict))

    def within(self, place: str, other: "Everything") -> None:
        """Take over what a file inside this one holds."""
        self.pieces += [one._replace(place=f"{place}{one.place}") for one in other.pieces]
        self.unread += [one._replace(place=f"{place}{one.place}") for one in other.unread]


def run_over(lines: Sequence[str]) -> Iterator[str]:
    """Ends of full lines with the beginning of the next: where a number may run over a line's end."""
    longest = max(map(len, lines), default=0)
    for line, following in pairwise(lines):
        head, tail = following.lstrip(), line.rstrip()
        if len(line) >= _FULL * longest and tail[-1:].isdigit() and _FIGURE.match(head):
            yield tail[-_TAIL:] + head[:_TAIL]


def row_texts(rows: Iterable[Sequence[str]], *, ruled: bool = True) -> Iterator[str]:
    """The rows of a table, a bare number with the label it stands under or beside.

    The label says what it is: 办公电话 in the head of a column, 合同编号 to the left of a field. Cells of one
    character each, one after another, are the boxes of one number. Where a table is not ``ruled``, columns
    are guessed from gaps, and hold only while rows have as many.
    """
    above: dict[int, str] = {}
    width = 0
    for row in rows:
        cells = list(_joined(row))
        if not ruled and (len(cells) != width or width < _COLUMNS):
            above, width = {}, len(cells)
        texts = []
        left = ""
        for col, cell, boxed in cells:
            label = left if _PERSONAL.search(left) else above.get(col, "") or left
            # Single figures side by side are a number's boxes where the label says so, else perhaps counts.
            text = " ".join(cell) if boxed and not _PERSONAL.search(label) else cell
            texts.append(f"{label}：{text}" if label and _BARE.fullmatch(text) else text)
            left = cell if _is_label(cell) else ""
            if left:
                above[col] = left
        yield "；".join(texts)


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL and not _FIGURE.search(text)


def _joined(row: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Cells that are not blank with their columns; a run of cells of one character as one, marked so."""
    run: list[str] = []
    for col, text in enumerate([*row, ""]):
        cell = text.strip()
        if len(cell) == 1:
            run.append(cell)
            continue
        if run and (cell or not text):
            yield col - len(run), "".join(run), len(run) > 1
            run = []
        if cell:
            yield col, cell, False
