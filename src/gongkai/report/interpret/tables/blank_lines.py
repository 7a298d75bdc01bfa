"""Blank cells that are only empty lines.

Where every cell stands on a line of its own, an empty line may be a blank cell, the space between two rows
or nothing. It is a blank cell where, counting so, every row of the table has the same number of places.
"""

from collections.abc import Sequence

from gongkai.report.interpret.tables.loose_rows import Row, figures_of
from gongkai.report.interpret.tables.tokens import BLANK, TEXT, Token


def with_blank_cells(tokens: Sequence[Token], rows: Sequence[Row]) -> list[Row]:
    """The rows with a blank token for each empty line that is a cell; unchanged where that is not certain."""
    if any(row.same_line or tokens[row.label.end].table for row in rows):
        return list(rows)
    unit = _unit(tokens, rows)
    lengths = [_length(tokens, row, unit) for row in rows[:-1]]
    if not unit or len(set(lengths)) != 1 or lengths[0] not in (7, 8):
        return list(rows)
    placed = [_placed(tokens, row, unit) for row in rows]
    used = {position for row in placed for position, _ in row}
    # An eighth place may be the space between two rows, in front of or behind the seven cells.
    first = 1 if lengths[0] == 7 or 1 in used else 2
    if not used or not used <= set(range(first, first + 7)) or (lengths[0] == 8 and not used & {1, 8}):
        return list(rows)
    return [_filled(row, dict(found), first) for row, found in zip(rows, placed, strict=True)]


def _gap(one: Token, other: Token) -> int:
    return (other.place.start or 0) - (one.place.end or 0)


def _unit(tokens: Sequence[Token], rows: Sequence[Row]) -> int:
    """The distance of two neighbouring cells: one line end, or more where lines are set apart."""
    gaps = [_gap(one, other) for row in rows for one, other in zip(row.cells, row.cells[1:], strict=False)]
    gaps += [_gap(tokens[row.label.end], row.cells[0]) for row in rows if row.cells]
    return min(gaps, default=0)


def _length(tokens: Sequence[Token], row: Row, unit: int) -> int:
    """How many places lie between a row's label and the text after it; -1 where it is no whole number."""
    text = next((t for t in tokens[row.label.end + 1 :] if t.kind is TEXT), None)
    if text is None or not unit:
        return -1
    total = 0
    before = tokens[row.label.end]
    for token in (*row.cells, text):
        gap = _gap(before, token)
        if gap % unit:
            return -1
        total += gap // unit
        before = token
    return total - 1


def _placed(tokens: Sequence[Token], row: Row, unit: int) -> list[tuple[int, Token]]:
    """The figures of a row and the places they stand in, counted from the label."""
    found: list[tuple[int, Token]] = []
    position = 0
    before = tokens[row.label.end]
    for token in row.cells:
        position += _gap(before, token) // unit
        found.append((position, token))
        before = token
    return found


def _filled(row: Row, found: dict[int, Token], first: int) -> Row:
    sample = next(iter(found.values()), None)
    cells = []
    for position in range(first, first + 7):
        token = found.get(position)
        if token is None and sample is not None:
            token = sample._replace(kind=BLANK, text="")
        if token is not None:
            cells.append(token)
    return row._replace(cells=cells, figures=figures_of(cells))
