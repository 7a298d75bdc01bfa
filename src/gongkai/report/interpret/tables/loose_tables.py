"""Tables 2 and 4 from loose text."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.report import form
from gongkai.report.interpret.tables.disputes import blocks_in_order, doubt_disputes
from gongkai.report.interpret.tables.draft import BlankSlot, Draft, Slot
from gongkai.report.interpret.tables.labels import core
from gongkai.report.interpret.tables.loose_rows import text_pieces
from gongkai.report.interpret.tables.proactive import OTHER_UNIT, read_in_order
from gongkai.report.interpret.tables.proactive_labels import (
    COLUMN_LABELS,
    ROW_COLUMNS,
    ROW_LABELS,
    edition_of,
    in_yuan,
    match_proactive_column,
    match_proactive_row,
)
from gongkai.report.interpret.tables.tokens import BLANK, END, FIGURE, TEXT, Token
from gongkai.report.model import TableState

_BLOCK_TITLE = re.compile(r"第二十条(?:第|[（(])")
_HEADER_CHARS = frozenset("结果维持纠正其他尚未审总计行政复议诉讼经直接起后未")


def read_proactive(tokens: Sequence[Token], kept: bool, draft: Draft) -> tuple[str, int, int] | None:
    """Read table 2 from the stream: its edition and the token range it took; None where it is not there.

    ``kept`` tells that the document keeps blank cells in place.
    """
    first = next((i for i, t in enumerate(tokens) if _BLOCK_TITLE.match(t.text) and len(t.text) <= 14), None)
    texts = {t.text for t in tokens[first or 0 :] if t.kind is TEXT and 4 <= len(t.text) <= 20}
    edition = edition_of(texts)
    if edition is None:
        return None
    header = Header({}, [])
    fresh = True
    span: list[int] = [] if first is None else [first]
    for index, text in _texts(tokens, first or 0):
        column = match_proactive_column(text, edition)
        if column:
            header = Header({}, []) if fresh else header
            header.cells.setdefault(column, tokens[index])
            header.order.append(column)
            fresh = False
            span.append(index)
            continue
        key = match_proactive_row(text, edition)
        if key and header.cells:
            cells = list(_cells_behind(tokens, index))
            label = tokens[index]._replace(text=text)
            _read_row(ProactiveRow(key, label, cells, header, kept), edition, draft)
            fresh = True
            span += [index, index + _reach(tokens, index, len(cells))]
    if not span or not any(path.startswith("proactive.") for path in draft.figures):
        return None
    draft.states["proactive"] = TableState.READ
    return edition, span[0], max(span)


class Header(NamedTuple):
    """The columns a block of table 2 prints: the first cell of each, and all in printed order."""

    cells: dict[str, Token]
    order: list[str]


class ProactiveRow(NamedTuple):
    """A row of table 2 in the stream, the header above it, and whether blank cells stand in place."""

    key: str
    label: Token
    cells: list[Token]
    header: Header
    kept: bool


def _texts(tokens: Sequence[Token], first: int) -> Iterator[tuple[int, str]]:
    """Texts that may be labels: (index of the last token, text). Words of a line set apart are joined."""
    for piece in text_pieces(tokens[first:]):
        end = piece.end + first
        words = piece.end > piece.start and not tokens[end].table
        if words and len(piece.text) <= 14 and not _is_header_line(piece.text):
            yield end, piece.text
            continue
        for index in range(piece.start + first, end + 1):
            if len(tokens[index].text) <= 40:
                yield index, tokens[index].text


def _is_header_line(text: str) -> bool:
    return text.count("本年") + text.count("数量") + text.count("件数") > 1


def _cells_behind(tokens: Sequence[Token], index: int) -> Iterator[Token]:
    """Cells behind a label: on its line where there are any, else until the next text."""
    same = []
    for token in tokens[index + 1 : index + 20]:
        if token.kind in (END, TEXT):
            break
        same.append(token)
    if same or (tokens[index].table and tokens[index].width > 1):
        yield from same
        return
    for token in tokens[index + 1 : index + 20]:
        if token.kind is TEXT:
            return
        if token.kind is not END:
            yield token


def _reach(tokens: Sequence[Token], index: int, count: int) -> int:
    """How many tokens further the last of ``count`` cells stands."""
    reach = 0
    while count and index + reach + 1 < len(tokens):
        reach += 1
        count -= tokens[index + reach].kind is not END
    return reach


def _read_row(row: ProactiveRow, edition: str, draft: Draft) -> None:
    columns = ROW_COLUMNS[edition, row.key]
    prefix = f"proactive.{row.key}"
    if f"{prefix}.{columns[0]}" in draft.figures:
        return
    draft.label(prefix, ROW_LABELS[edition, row.key], row.label.text, row.label.place)
    header = row.header.cells
    for column in columns:
        if column in header:
            expected = COLUMN_LABELS[edition, row.key, column]
            draft.label(f"{prefix}.{column}", expected, header[column].text, header[column].place)
    figures = [cell for cell in row.cells if cell.kind is FIGURE]
    if any(in_yuan(header[c].text) for c in columns if c in header and c in form.AMOUNT_KEYS):
        draft.doubt(prefix, columns, figures, OTHER_UNIT)
        return
    if len(figures) == 1 and len(columns) > 1 and _only_decisions(row.header):
        # A block of the 2021 form in a table of 2019: one column, the others are not there.
        for column in columns:
            draft.put(f"{prefix}.{column}", figures[0] if column == "decisions" else None)
        return
    placed = _placed(row, columns)
    if placed is None:
        read_in_order(prefix, columns, figures, draft)
        return
    for column, slot in zip(columns, placed, strict=True):
        draft.put(f"{prefix}.{column}", slot)


def _only_decisions(header: Header) -> bool:
    label = header.cells["decisions"].text if header.order == ["decisions"] else ""
    return core(label) == core(COLUMN_LABELS["2021", "licences", "decisions"])


def _placed(row: ProactiveRow, columns: tuple[str, ...]) -> list[Token] | None:
    """Cells in place where blanks were not moved or the header repeats merged columns; else None."""
    cells, count = row.cells, len(columns)
    if len(row.header.order) > count and len(cells) == len(row.header.order):
        # A converter wrote merged cells out: the same column several times, the same figure under it.
        under = [
            {c.text for c, k in zip(cells, row.header.order, strict=True) if k == key} for key in columns
        ]
        if all(len(texts) == 1 for texts in under):
            return [cells[row.header.order.index(key)] for key in columns]
    kinds = [cell.kind for cell in cells]
    if FIGURE not in kinds or kinds.count(FIGURE) >= count or len(cells) < count:
        return None
    last = len(kinds) - 1 - kinds[::-1].index(FIGURE)
    if last >= count or not (row.kept or BLANK in kinds[:last]):
        return None
    return cells[:count]


def read_disputes(tokens: Sequence[Token], kept: bool, draft: Draft) -> tuple[int, int] | None:
    """Read table 4 from the stream; ``kept`` tells that the document keeps blank cells in place.

    The fifteen figures are read where there are exactly fifteen, or where they stand among exactly fifteen
    cells whose blanks were kept. The token range taken, None where the table is not there.
    """
    found = _dispute_header(tokens)
    if found is None:
        return None
    start, header_end, ordered = found
    cells, end = _dispute_cells(tokens, header_end)
    figures = [cell for cell in cells if cell.kind is FIGURE]
    paths = form.dispute_paths()
    if not cells:
        # Headings and no cells: nothing can be said of the figures.
        draft.states["disputes"] = TableState.UNREADABLE
        return start, end
    slots: Sequence[Slot]
    if ordered and len(figures) == len(paths):
        slots = figures
    elif ordered and (not figures or (len(cells) == len(paths) and (kept or _gap(cells)))):
        slots = cells[:15] if figures else [BlankSlot()] * 15
    else:
        doubt_disputes(figures, draft)
        return start, end
    for path, slot in zip(paths, slots, strict=True):
        draft.put(path, slot)
    draft.states["disputes"] = TableState.READ
    return start, end


def _gap(cells: Sequence[Token]) -> bool:
    kinds = [cell.kind for cell in cells]
    last = len(kinds) - 1 - kinds[::-1].index(FIGURE)
    return BLANK in kinds[:last]


def _dispute_header(tokens: Sequence[Token]) -> tuple[int, int, bool] | None:
    """Start and end of table 4's header and whether its blocks stand in the form's order."""
    last = next(
        (
            i
            for i in range(len(tokens) - 1, -1, -1)
            if "复" in tokens[i].text
            and "复议后起诉" in "".join(tokens[i].text.split())
            and _header_like(tokens[i])
        ),
        None,
    )
    if last is None:
        return None
    start = last
    while start > 0 and _header_like(tokens[start - 1]):
        start -= 1
    text = "".join("".join(token.text.split()) for token in tokens[start : last + 1])
    ordered = blocks_in_order(text)
    end = last
    while end + 1 < len(tokens) and _header_like(tokens[end + 1]):
        end += 1
    while tokens[end].kind is not TEXT:
        end -= 1
    return start, end, ordered


def _header_like(token: Token) -> bool:
    if token.kind is TEXT:
        return len(token.text) <= 150 and set("".join(token.text.split())) <= _HEADER_CHARS
    return token.kind in (END, BLANK)


def _dispute_cells(tokens: Sequence[Token], header_end: int) -> tuple[list[Token], int]:
    """The cells behind the header: the first line that has figures, or all until text follows."""
    cells: list[Token] = []
    end = header_end
    line = -1
    for index in range(header_end + 1, len(tokens)):
        token = tokens[index]
        if token.kind is TEXT:
            break
        if token.kind is END or (token.line == tokens[header_end].line and token.kind is BLANK):
            continue
        if token.table and line >= 0 and token.line != line and len(cells) >= 15:
            break
        cells.append(token)
        line = token.line
        end = index
    return cells, end
