"""Lines with separators to rows of cells: several cells a line, or one cell a line."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

BAR = "|"
#: A cell's text and its offsets in the text.
Piece = tuple[str, int, int]
TableRows = list[list[Piece]]
#: (offset, line, whether it is a cell line, whether it is blank)
Entry = tuple[int, str, bool, bool]

_FIGURE = re.compile(
    r"(?:[+＋\-－−]|增加?|减少?)?\s*\d+(?:[.,，]\d+)*\s*(?:%|件次?|人次|个|项|部|份|次|条|宗|万元|元|万)?"
    r"(?:[（(][^（()）]*[)）])?"
)
_MARKS = frozenset(["/", "／", "-", "－", "—", "——", "--", "–", "无", "不适用", "\\"])
_MARKDOWN_RULE = re.compile(r"\s*:?-{3,}:?\s*|\s*:-+:?\s*|\s*-+:\s*")


def is_single(line: str, separator: str) -> bool:
    """Whether the line is one cell with a separator before it, behind it, or (bars) on both sides."""
    count = line.count(separator)
    if count == 1:
        line = line.strip(" ")
        return line.startswith(separator) or line.endswith(separator)
    if count == 2 and separator == BAR:
        line = line.strip()
        return line[0] == BAR == line[-1]
    return False


def may_wrap(line: str, separator: str) -> bool:
    """Whether a line without a separator behind this one may continue a cell: figures do not wrap."""
    line = line.strip(" ")
    text = line.strip(f"{separator} ")
    behind = line.endswith(separator) and not line.startswith(separator)
    return behind or bool(text and not is_figure(text))


@lru_cache(4096)
def is_figure(text: str) -> bool:
    """A number, or a mark that stands for none."""
    return text.isdigit() or text in _MARKS or _FIGURE.fullmatch(text) is not None


def looks_like_table(rows: Sequence[Sequence[Piece]], *, one_per_line: bool) -> bool:
    """Whether rows are clearly a table: figures in cells, or several cells in several lines.

    A tab within prose, an indented paragraph or a title with a bar in it is none.
    """
    figures = blanks = filled = wide = 0
    for row in rows:
        texts = 0
        for text, _, _ in row:
            if not text:
                blanks += 1
                continue
            texts += 1
            if is_figure(text):
                figures += 1
        filled += texts
        wide += texts >= 2
        if wide >= 2 and not one_per_line:
            return True
    if not filled:
        return False
    if one_per_line:
        return figures >= 2 or (blanks >= 4 and blanks + filled >= 8)
    return wide >= 2 or (figures >= 1 and blanks + filled >= 2) or (len(rows) >= 2 and blanks >= 4)


def rows_of_lines(lines: Iterable[tuple[int, str]], separator: str) -> TableRows:
    """One row per line. Bars at the outer ends are borders where most lines have them."""
    lines = list(lines)
    if separator == BAR:
        return _bar_rows(lines)
    return [_pieces(start, line, separator) for start, line in lines]


def _bar_rows(lines: Sequence[tuple[int, str]]) -> TableRows:
    barred = [line.strip() for _, line in lines if BAR in line]
    # Rows under a merged label begin with a blank cell, blank rows end with one: only all rows tell.
    enough = 0.95 * len(barred)
    leading = sum(line.startswith(BAR) for line in barred) >= enough
    trailing = sum(line.endswith(BAR) for line in barred) >= enough
    rows: TableRows = []
    for index, (start, line) in enumerate(lines):
        pieces = _pieces(start, line, BAR)
        if leading and len(pieces) > 1 and not pieces[0][0]:
            del pieces[0]
        if trailing and len(pieces) > 1 and not pieces[-1][0]:
            del pieces[-1]
        if index == 1 and all(_MARKDOWN_RULE.fullmatch(text) for text, _, _ in pieces):
            continue
        rows.append(pieces)
    return rows


def _pieces(start: int, line: str, separator: str) -> list[Piece]:
    pieces: list[Piece] = []
    for raw in line.split(separator):
        text = raw.strip()
        end = start + len(raw)
        if text is raw:
            pieces.append((text, start, end))
        else:
            begin = end - len(raw.lstrip()) if text else start
            pieces.append((text, begin, begin + len(text)))
        start = end + 1
    return pieces


def rows_of_cells(entries: Sequence[Entry], separator: str) -> TableRows:
    """One cell per line. Blank lines part rows where they can; else a row begins where text follows a figure.

    A separator alone is a blank cell. Where no blank cell is marked so and no blank line parts rows, a blank
    line is a blank cell.
    """
    cells, gaps = _cells_and_gaps(entries, separator)
    base = 0 if gaps[1:].count(0) * 10 >= 3 * len(gaps) else min(gaps[1:], default=0)
    parted = unparted = 0
    for (before, cell), gap in zip(pairwise(cells), gaps[1:], strict=True):
        if is_figure(before[0]) and cell[0] and not is_figure(cell[0]):
            parted += gap > base
            unparted += gap <= base
    if unparted <= parted and any(gap > base for gap in gaps[1:]):
        return _parted(cells, gaps, base)
    marked = any(not cell[0] for cell in cells)
    if base == 0 and not marked:
        cells = _with_blank_lines(cells, gaps)
    return _by_text(cells)


def _cells_and_gaps(entries: Sequence[Entry], separator: str) -> tuple[list[Piece], list[int]]:
    """The cells, and the number of blank lines before each. Wrapped cells are joined by line breaks."""
    own = [line.strip(" ") for _, line, is_cell, _ in entries if is_cell]
    behind = sum(line.endswith(separator) and not line.startswith(separator) for line in own) * 2 > len(own)
    cells: list[Piece] = []
    gaps: list[int] = []
    gap = 0
    waiting: list[Piece] = []
    for start, line, is_cell, is_blank in entries:
        if is_blank:
            gap += 1
            continue
        text = line.strip(f" {separator}\t\u3000")
        begin = start + (line.find(text) if text else 0)
        piece = (text, begin, begin + len(text))
        if is_cell:
            cells.append(_joined([*waiting, piece]) if text else piece)
            gaps.append(gap)
            gap, waiting = 0, []
        elif behind or not cells:
            waiting.append(piece)
        else:
            cells[-1] = _joined([cells[-1], piece])
    return cells, gaps


def _joined(pieces: Sequence[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    return "\n".join(piece[0] for piece in pieces), pieces[0][1], pieces[-1][2]


def _parted(cells: Sequence[Piece], gaps: Sequence[int], base: int) -> TableRows:
    rows: TableRows = [[cells[0]]]
    for cell, gap in zip(cells[1:], gaps[1:], strict=True):
        if gap > base:
            rows.append([cell])
        else:
            rows[-1].append(cell)
    return rows


def _with_blank_lines(cells: Sequence[Piece], gaps: Sequence[int]) -> list[Piece]:
    filled: list[Piece] = [cells[0]]
    for cell, gap in zip(cells[1:], gaps[1:], strict=True):
        end = filled[-1][2]
        filled.extend(("", end + 1 + i, end + 1 + i) for i in range(gap))
        filled.append(cell)
    return filled


def _by_text(cells: Sequence[Piece]) -> TableRows:
    """A row begins with the first text behind a figure or a blank cell."""
    rows: TableRows = []
    closed = True
    for cell in cells:
        data = not cell[0] or is_figure(cell[0])
        if not rows or (closed and not data):
            rows.append([])
        rows[-1].append(cell)
        closed = data
    return rows
