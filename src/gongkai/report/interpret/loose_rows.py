"""The rows of table 3 in a token stream: which text labels which row, and the cells behind each label."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.report.interpret.labels import ROW_BY_KEY, ROW_DEPTH, match_row
from gongkai.report.interpret.matching import Candidate, in_order
from gongkai.report.interpret.tokens import Kind, Token


class Piece(NamedTuple):
    """A run of text tokens from ``start`` to ``end`` (both included) and the text they make."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled row: its label's piece, the cells behind the label (figures and blanks, in order).

    ``same_line`` tells that they stand on the label's line. ``split`` marks a label put together from
    pieces that other tokens may stand between.
    """

    key: str
    label: Piece
    cells: tuple[Token, ...]
    same_line: bool
    split: bool

    @property
    def figures(self) -> list[Token]:
        """The cells that hold figures."""
        return [cell for cell in self.cells if cell.kind is Kind.FIGURE]

    def full(self) -> bool:
        """Whether there is a figure for each of the seven columns."""
        return len(self.figures) == 7


def text_pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Runs of text on one line; a table's cells stay apart."""
    pieces: list[Piece] = []
    for index, token in enumerate(tokens):
        if token.kind is not Kind.TEXT:
            continue
        last = pieces[-1] if pieces else None
        if last and last.end == index - 1 and not token.table and tokens[last.end].line == token.line:
            pieces[-1] = Piece(last.start, index, last.text + token.text)
        else:
            pieces.append(Piece(index, index, token.text))
    return pieces


def labelled_pieces(tokens: Sequence[Token]) -> dict[str, tuple[Piece, bool]]:
    """Row key -> the piece that labels it and whether it was put together from several."""
    pieces = text_pieces(tokens)
    whole = [(piece, False) for piece in pieces if match_row(piece.text)]
    chain = _chain(whole)
    keys = set(chain)
    if len(keys) < 23 and len(keys) >= 4:
        joined = list(_joins(pieces, keys))
        if joined:
            chain = _chain(sorted([*whole, *joined], key=lambda item: item[0].start))
    return _one_form(chain)


def _chain(found: list[tuple[Piece, bool]]) -> dict[str, tuple[Piece, bool]]:
    chosen = in_order([Candidate(p.start, p.end, match_row(p.text)) for p, _ in found])
    return {key: found[index] for index, key in sorted(chosen.items())}


def _joins(pieces: Sequence[Piece], known: set[str]) -> Iterator[tuple[Piece, bool]]:
    """Labels that were wrapped: neighbouring pieces that together read like a row not found yet."""
    for first in range(len(pieces)):
        text = pieces[first].text
        for last in range(first + 1, min(first + 6, len(pieces))):
            text += pieces[last].text
            matched = match_row(text)
            if matched and matched[0][1] >= 0.9 and matched[0][0] not in known:
                yield Piece(pieces[first].start, pieces[last].end, text), True
                break


def _one_form(chain: dict[str, tuple[Piece, bool]]) -> dict[str, tuple[Piece, bool]]:
    """其他处理 is a row of its own only where its three rows are not there."""
    three = {"other_not_corrected", "other_fee_unpaid"} & chain.keys()
    drop = "other" if three else "other_other" if "other" in chain else ""
    return {key: value for key, value in chain.items() if key != drop}


def collect_rows(tokens: Sequence[Token]) -> list[Row]:
    """The labelled rows with the cells behind each label, in the form's order."""
    chain = labelled_pieces(tokens)
    rows: list[Row] = []
    for key, (piece, split) in chain.items():
        same = list(_same_line(tokens, piece.end))
        if any(token.kind is Kind.FIGURE for token in same):
            rows.append(Row(key, piece, tuple(same), True, split))
            continue
        behind = list(_until_text(tokens, piece.end))
        if same and (tokens[piece.end].table or not behind):
            rows.append(Row(key, piece, tuple(same), True, split))
        else:
            rows.append(Row(key, piece, tuple(behind), False, split))
    return rows


def _same_line(tokens: Sequence[Token], end: int) -> Iterator[Token]:
    for token in tokens[end + 1 : end + 40]:
        if token.kind in (Kind.END, Kind.TEXT):
            return
        yield token


def _until_text(tokens: Sequence[Token], end: int) -> Iterator[Token]:
    if tokens[end].table and tokens[end].width > 1:
        return  # a row of a table does not go on in the next one
    for token in tokens[end + 1 : end + 60]:
        if token.kind is Kind.TEXT:
            return
        if token.kind is not Kind.END:
            yield token


class Layout(NamedTuple):
    """How the rows of one loose table keep their blank cells.

    ``kept`` is True where a blank stands before a figure in some row, so that blanks were not moved to the
    end of their rows. ``starts`` maps (depth, column of the label, width of the line) to the position of
    the first figure column, as full rows show it. ``bare`` is True where every row has exactly seven cells
    behind its label, ``grid`` where every row has all its cells, labels included.
    """

    kept: bool
    starts: dict[tuple[int, int, int], int]
    bare: bool
    grid: bool


def survey(tokens: Sequence[Token], rows: Sequence[Row]) -> Layout:
    """Look at all rows together: what one row cannot tell of its columns, the others may."""
    with_cells = [row for row in rows if row.cells]
    kept = any(_gap_inside(row) for row in with_cells)
    shown: dict[tuple[int, int, int], set[int]] = {}
    for row in with_cells:
        if row.full() and row.same_line and row.figures[-1].col - row.figures[0].col == 6:
            shown.setdefault(_shape(tokens, row), set()).add(row.figures[0].col)
    starts = {shape: cols.pop() for shape, cols in shown.items() if len(cols) == 1}
    bare = bool(with_cells) and all(len(row.cells) == 7 for row in with_cells)
    widths = Counter(tokens[row.label.end].width for row in with_cells)
    grid = len(widths) == 1 and all(
        row.same_line and tokens[row.label.end].col == ROW_DEPTH[row.key] for row in with_cells
    )
    return Layout(kept, starts, bare, grid and next(iter(widths)) == 10)


def _shape(tokens: Sequence[Token], row: Row) -> tuple[int, int, int]:
    label = tokens[row.label.end]
    return ROW_DEPTH[row.key], label.col, label.width


def _gap_inside(row: Row) -> bool:
    """Whether a blank cell stands between two figures of the row."""
    positions = [i for i, cell in enumerate(row.cells) if cell.kind is Kind.FIGURE]
    return bool(positions) and positions[-1] - positions[0] + 1 > len(positions)


def first_position(tokens: Sequence[Token], row: Row, layout: Layout) -> int | None:
    """Index into ``row.cells`` of the 自然人 cell of a row that has blanks; None where it is not certain."""
    positions = [i for i, cell in enumerate(row.cells) if cell.kind is Kind.FIGURE]
    first, last = positions[0], positions[-1]
    leading = first > 0
    if not (layout.kept or (leading and (layout.bare or layout.grid or layout.starts))):
        return None
    if last - first == 6:
        return first
    start: int | None = None
    if layout.bare:
        start = 0
    elif layout.grid:
        start = 2 - ROW_DEPTH[row.key]
    elif row.same_line and _shape(tokens, row) in layout.starts:
        start = layout.starts[_shape(tokens, row)] - tokens[row.label.end].col - 1
    if start is None or start > first or last > start + 6:
        return None
    return start


def label_text(row: Row) -> str:
    """The label as printed, group labels in front of it left out."""
    text = row.label.text
    for group in ROW_BY_KEY[row.key].groups:
        text = text.removeprefix(group)
    return text
