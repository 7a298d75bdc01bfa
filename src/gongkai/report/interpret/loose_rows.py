"""The rows of table 3 in a token stream: which text labels which row, and the cells behind each label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from gongkai.report.interpret.labels import ROW_BY_KEY, ROW_DEPTH, core, match_row, ordinal
from gongkai.report.interpret.matching import Candidate, in_order
from gongkai.report.interpret.numbers import parse_count
from gongkai.report.interpret.tokens import Kind, Token

#: A label this near to the form's is there as a whole.
WHOLE = 0.95


class Piece(NamedTuple):
    """A run of text tokens from ``start`` to ``end`` (both included) and the text they make."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
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

    @cached_property
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
        if last and token.table and last.end == index - 1 and last.text == token.text:
            pieces[-1] = Piece(last.start, index, token.text)  # a merged cell written out
        elif last and _goes_on(tokens, last, index):
            pieces[-1] = Piece(last.start, index, last.text + token.text)
        else:
            pieces.append(Piece(index, index, token.text))
    return pieces


def _goes_on(tokens: Sequence[Token], last: Piece, index: int) -> bool:
    """Whether a word continues the text before it: on the same line, and not with an ordinal of its own."""
    token = tokens[index]
    together = last.end == index - 1 and not token.table and tokens[last.end].line == token.line
    return together and not (ordinal(token.text) and core(token.text))


def labelled_pieces(tokens: Sequence[Token]) -> dict[str, tuple[Piece, bool]]:
    """Row key -> the piece that labels it and whether it was put together from several."""
    pieces = text_pieces(tokens)
    whole = [(found, False) for piece in pieces if (found := _label_at_end(tokens, piece))]
    chain = _chain(whole)
    keys = set(chain)
    if len(keys) < 23 and len(keys) >= 4:
        joined = list(_joins(tokens, pieces, keys))
        if joined:
            chain = _chain(sorted([*whole, *joined], key=lambda item: item[0].start))
    return _one_form(_completed(tokens, pieces, chain))


def _completed(
    tokens: Sequence[Token], pieces: Sequence[Piece], chain: dict[str, tuple[Piece, bool]]
) -> dict[str, tuple[Piece, bool]]:
    """Labels of which only the beginning was matched, with the pieces they go on in on the next lines."""
    starts = {piece.start for piece, _ in chain.values()}
    index_of = {piece.start: index for index, piece in enumerate(pieces)}
    result: dict[str, tuple[Piece, bool]] = {}
    for key, (piece, split) in chain.items():
        result[key] = piece, split
        index = index_of.get(piece.start)
        if split or index is None or tokens[piece.end].table or match_row(piece.text)[0][1] >= WHOLE:
            continue
        text = piece.text
        for following in pieces[index + 1 : index + 4]:
            if following.start in starts:
                break
            text += following.text
            matched = match_row(text)
            if matched and matched[0][0] == key and matched[0][1] >= WHOLE:
                longer = Piece(piece.start, following.end, text)
                if not _has_figures(tokens, longer):
                    result[key] = longer, False
                break
    return result


def _has_figures(tokens: Sequence[Token], piece: Piece) -> bool:
    """Whether figures stand between the pieces of a label."""
    return any(token.kind is Kind.FIGURE for token in tokens[piece.start : piece.end + 1])


def _label_at_end(tokens: Sequence[Token], piece: Piece) -> Piece | None:
    """The label a run of text is or ends in: on one line, a header or a group label may stand before it."""
    whole = match_row(piece.text)
    if whole and (piece.start == piece.end or whole[0][1] >= WHOLE):
        return piece
    best: tuple[float, Piece] | None = None
    text = ""
    for start in range(piece.end, max(piece.start, piece.end - 6) - 1, -1):
        text = tokens[start].text + text
        matched = match_row(text)
        if matched and (best is None or matched[0][1] > best[0]):
            best = matched[0][1], Piece(start, piece.end, text)
    return best[1] if best else None


def _chain(found: list[tuple[Piece, bool]]) -> dict[str, tuple[Piece, bool]]:
    chosen = in_order([Candidate(p.start, p.end, match_row(p.text)) for p, _ in found])
    return {key: found[index] for index, key in sorted(chosen.items())}


def _joins(tokens: Sequence[Token], pieces: Sequence[Piece], known: set[str]) -> Iterator[tuple[Piece, bool]]:
    """Labels that were wrapped: neighbouring pieces that together read like a row not found yet."""
    for first in range(len(pieces)):
        text = pieces[first].text
        for last in range(first + 1, min(first + 6, len(pieces))):
            text += pieces[last].text
            matched = match_row(text)
            if matched and matched[0][1] >= 0.9 and matched[0][0] not in known:
                label = Piece(pieces[first].start, pieces[last].end, text)
                yield label, _has_figures(tokens, label)
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

    ``grid`` is True where every row has all its ten cells, those of merged labels included, ``exact`` where
    every row has seven cells behind its label though the lines differ in length: in both no blank cell was
    dropped or moved, or the rows would be short or filled up to one length. ``offsets`` maps
    a row's shape to the number of cells between its label and its 自然人 cell, as its full rows show it;
    ``offset`` is that number where all rows agree; ``alone`` are shapes that one row alone shows.
    ``in_place`` is True where rows prove that blanks at the end of a row stand there and were not moved.
    """

    grid: bool
    exact: bool
    offsets: dict[tuple[int, int, int], int]
    offset: int | None
    alone: frozenset[tuple[int, int, int]]
    in_place: bool


def survey(tokens: Sequence[Token], rows: Sequence[Row]) -> Layout:
    """Look at all rows together: what one row cannot tell of its columns, the others may."""
    with_cells = [row for row in rows if row.cells]
    if all(row.full() for row in with_cells):
        return Layout(False, False, {}, None, frozenset(), False)  # nothing is left open
    shown: dict[tuple[int, int, int], list[int]] = {}
    for row in with_cells:
        positions = _positions(row)
        if positions and positions[-1] - positions[0] == 6:
            shown.setdefault(_shape(tokens, row), []).append(positions[0])
    offsets = {shape: found[0] for shape, found in shown.items() if len(set(found)) == 1}
    alone = frozenset(shape for shape, found in shown.items() if len(found) == 1)
    # Rows of one depth say nothing of the others: the merged labels before these may be kept.
    depths = {shape[0] for shape in offsets}
    agreed = set(offsets.values()) if len(offsets) == len(shown) and {0, 2} <= depths else set()
    offset = agreed.pop() if len(agreed) == 1 else None
    starts = {_positions(row)[0] for row in with_cells if row.figures}
    if all(len(row.cells) == 7 for row in with_cells) or (offset is None and not offsets and starts == {0}):
        offset = 0
    widths = {tokens[row.label.end].width for row in with_cells}
    # A tab in front of every line shifts all cells alike.
    shifts = {tokens[row.label.end].col - ROW_DEPTH[row.key] for row in with_cells}
    grid = len(shifts) == 1 and widths == {10 + max(shifts)} and all(row.same_line for row in with_cells)
    apart = not any(row.same_line for row in with_cells)
    # Merged labels written out in each of their three columns.
    written = widths == {10} and {tokens[row.label.end].col for row in with_cells} == {2}
    exact = (len(widths) > 1 or apart or written) and all(len(row.cells) == 7 for row in with_cells)
    layout = Layout(grid, exact, offsets, offset, alone, grid or exact)
    if layout.in_place:
        return layout
    return layout._replace(in_place=_ends_in_place(tokens, with_cells, layout))


def _ends_in_place(tokens: Sequence[Token], rows: Sequence[Row], layout: Layout) -> bool:
    """Whether rows without 总计 prove that their last blanks were not moved there.

    Where blanks are moved to the end, the last figure of a row is its total and equals the sum of the
    others. Where rows end in figures that do not add up so, and none in one that does, they stand in place.
    """
    gaps = 0
    fitting = failing = 0
    lengths: set[int] = set()
    for row in rows:
        positions = _positions(row)
        start = _offset(tokens, row, layout)
        if not positions or len(positions) == 7 or start is None:
            continue
        lengths.add(len(positions))
        gaps += positions[-1] - positions[0] + 1 > len(positions) or positions[0] > start
        if positions[-1] < start + 6 and len(positions) > 1 and any(_values(row)):
            fitting += _like_total(row)
            failing += not _like_total(row)
    # Six figures in every row, the last not their sum: the applicant columns without 总计.
    return (gaps > 0 or lengths == {6}) and failing > 1 and not fitting


def _positions(row: Row) -> list[int]:
    return [i for i, cell in enumerate(row.cells) if cell.kind is Kind.FIGURE]


def _values(row: Row) -> list[int]:
    return [parse_count(cell.text)[0] or 0 for cell in row.figures]


def _like_total(row: Row) -> bool:
    """Whether the last figure of a row is the sum of those before it, as its 总计 would be."""
    values = _values(row)
    return len(values) > 1 and sum(values[:-1]) == values[-1]


def _shape(tokens: Sequence[Token], row: Row) -> tuple[int, int, int]:
    label = tokens[row.label.end]
    return ROW_DEPTH[row.key], label.col, label.width


def _offset(tokens: Sequence[Token], row: Row, layout: Layout) -> int | None:
    if layout.grid:
        return 2 - ROW_DEPTH[row.key]
    if layout.offset is not None:
        return layout.offset
    return layout.offsets.get(_shape(tokens, row)) if row.same_line else None


def first_position(tokens: Sequence[Token], row: Row, layout: Layout) -> int | None:
    """Index into ``row.cells`` of the 自然人 cell of a row that has blanks; None where it is not certain.

    A row whose cells reach from 自然人 to 总计 has lost none. A row that ends before 总计 may have had its
    blanks moved: it is certain only where the table proves the contrary and the row itself adds nothing
    to the doubt.
    """
    positions = _positions(row)
    first, last = positions[0], positions[-1]
    if last - first == 6:
        return first
    start = _offset(tokens, row, layout)
    if start is None or start > first or last > start + 6:
        return None
    if last == start + 6:
        # One row may have drifted itself: it does not prove that a blank in front is 自然人's.
        by_one = layout.offset is None and not layout.grid and _shape(tokens, row) in layout.alone
        return None if by_one else start
    doubtful = not (layout.grid or layout.exact) and (len(positions) == 1 or _like_total(row))
    return start if layout.in_place and not doubtful else None


def label_text(row: Row) -> str:
    """The label as printed, group labels in front of it left out."""
    text = row.label.text
    for group in ROW_BY_KEY[row.key].groups:
        text = text.removeprefix(group)
    return text
