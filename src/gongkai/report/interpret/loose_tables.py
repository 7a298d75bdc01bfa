"""Tables 2 and 4 from loose text."""

from collections.abc import Iterator, Sequence

from gongkai.report import form
from gongkai.report.interpret.aligned import doubt_disputes
from gongkai.report.interpret.draft import Draft, Slot
from gongkai.report.interpret.proactive import OTHER_UNIT, read_in_order
from gongkai.report.interpret.proactive_labels import (
    COLUMN_LABELS,
    ROW_COLUMNS,
    ROW_LABELS,
    edition_of,
    in_yuan,
    match_proactive_column,
    match_proactive_row,
)
from gongkai.report.interpret.tokens import Kind, Token
from gongkai.report.model import TableState

_HEADER_CHARS = frozenset("结果维持纠正其他尚未审总计行政复议诉讼经直接起后未")


def read_proactive(tokens: Sequence[Token], draft: Draft) -> tuple[str, int, int] | None:
    """Read table 2 from the stream: its edition and the token range it took; None where it is not there."""
    first = next(
        (i for i, t in enumerate(tokens) if t.text.startswith("第二十条第") and len(t.text) <= 14), None
    )
    texts = [t.text for t in tokens[first or 0 :] if t.kind is Kind.TEXT and 4 <= len(t.text) <= 20]
    edition = edition_of(texts)
    if edition is None:
        return None
    header: dict[str, Token] = {}
    fresh = True
    span: list[int] = [] if first is None else [first]
    for index in range(first or 0, len(tokens)):
        token = tokens[index]
        if token.kind is not Kind.TEXT or len(token.text) > 40:
            continue
        column = match_proactive_column(token.text, edition)
        if column:
            header = {column: token} if fresh else {**header, column: token}
            fresh = False
            span.append(index)
            continue
        key = match_proactive_row(token.text, edition)
        if key and header:
            cells = list(_cells_behind(tokens, index))
            _read_row(key, token, cells, header, edition, draft)
            fresh = True
            span += [index, index + _reach(tokens, index, len(cells))]
    if not span or not any(path.startswith("proactive.") for path in draft.figures):
        return None
    draft.states["proactive"] = TableState.READ
    return edition, span[0], max(span)


def _cells_behind(tokens: Sequence[Token], index: int) -> Iterator[Token]:
    """Cells behind a label: on its line where there are any, else until the next text."""
    same = []
    for token in tokens[index + 1 : index + 20]:
        if token.kind in (Kind.END, Kind.TEXT):
            break
        same.append(token)
    if same or (tokens[index].table and tokens[index].width > 1):
        yield from same
        return
    for token in tokens[index + 1 : index + 20]:
        if token.kind is Kind.TEXT:
            return
        if token.kind is not Kind.END:
            yield token


def _reach(tokens: Sequence[Token], index: int, count: int) -> int:
    """How many tokens further the last of ``count`` cells stands."""
    reach = 0
    while count and index + reach + 1 < len(tokens):
        reach += 1
        count -= tokens[index + reach].kind is not Kind.END
    return reach


def _read_row(
    key: str,
    label: Token,
    cells: list[Token],
    header: dict[str, Token],
    edition: str,
    draft: Draft,
) -> None:
    columns = ROW_COLUMNS[edition, key]
    prefix = f"proactive.{key}"
    if f"{prefix}.{columns[0]}" in draft.figures:
        return
    draft.label(prefix, ROW_LABELS[edition, key], label.text, label.place)
    for column in columns:
        if column in header:
            expected = COLUMN_LABELS[edition, key, column]
            draft.label(f"{prefix}.{column}", expected, header[column].text, header[column].place)
    figures = [Slot(cell.text, cell.place) for cell in cells if cell.kind is Kind.FIGURE]
    if any(in_yuan(header[c].text) for c in columns if c in header and c in form.AMOUNT_KEYS):
        draft.doubt(prefix, columns, figures, OTHER_UNIT)
        return
    placed = _placed(cells, len(columns))
    if placed is None:
        read_in_order(prefix, columns, figures, draft)
        return
    for column, slot in zip(columns, placed, strict=True):
        draft.put(f"{prefix}.{column}", slot)


def _placed(cells: list[Token], count: int) -> list[Slot] | None:
    """Cells in place where a blank before a figure shows that blanks were not moved; else None."""
    kinds = [cell.kind for cell in cells]
    if Kind.FIGURE not in kinds or kinds.count(Kind.FIGURE) >= count:
        return None
    last = len(kinds) - 1 - kinds[::-1].index(Kind.FIGURE)
    if Kind.BLANK not in kinds[:last] or last >= count or len(cells) < count:
        return None
    return [Slot(cell.text, cell.place) for cell in cells[:count]]


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
    figures = [cell for cell in cells if cell.kind is Kind.FIGURE]
    paths = form.dispute_paths()
    if not cells:
        # Headings and no cells: nothing can be said of the figures.
        draft.states["disputes"] = TableState.UNREADABLE
        return start, end
    slots: list[Slot]
    if ordered and len(figures) == len(paths):
        slots = [Slot(cell.text, cell.place) for cell in figures]
    elif ordered and (not figures or (len(cells) == len(paths) and (kept or _gap(cells)))):
        slots = [Slot(c.text, c.place) for c in cells[:15]] if figures else [Slot("", None)] * 15
    else:
        doubt_disputes([Slot(cell.text, cell.place) for cell in figures], draft)
        return start, end
    for path, slot in zip(paths, slots, strict=True):
        draft.put(path, slot)
    draft.states["disputes"] = TableState.READ
    return start, end


def _gap(cells: Sequence[Token]) -> bool:
    kinds = [cell.kind for cell in cells]
    last = len(kinds) - 1 - kinds[::-1].index(Kind.FIGURE)
    return Kind.BLANK in kinds[:last]


def _dispute_header(tokens: Sequence[Token]) -> tuple[int, int, bool] | None:
    """Start and end of table 4's header and whether its blocks stand in the form's order."""
    last = next(
        (
            i
            for i in range(len(tokens) - 1, -1, -1)
            if "复议后起诉" in tokens[i].text and len(tokens[i].text) <= 30
        ),
        None,
    )
    if last is None:
        return None
    start = last
    while start > 0 and _header_like(tokens[start - 1]):
        start -= 1
    text = "".join("".join(token.text.split()) for token in tokens[start : last + 1])
    positions = [text.find(word) for word in ("行政复议", "未经复议", "复议后起诉")]
    ordered = -1 not in positions and positions == sorted(positions)
    end = last
    while end + 1 < len(tokens) and _header_like(tokens[end + 1]):
        end += 1
    while tokens[end].kind is not Kind.TEXT:
        end -= 1
    return start, end, ordered


def _header_like(token: Token) -> bool:
    if token.kind is Kind.TEXT:
        return len(token.text) <= 60 and set("".join(token.text.split())) <= _HEADER_CHARS
    return token.kind in (Kind.END, Kind.BLANK)


def _dispute_cells(tokens: Sequence[Token], header_end: int) -> tuple[list[Token], int]:
    """The cells behind the header: the first line that has figures, or all until text follows."""
    cells: list[Token] = []
    end = header_end
    line = -1
    for index in range(header_end + 1, len(tokens)):
        token = tokens[index]
        if token.kind is Kind.TEXT:
            break
        if token.kind is Kind.END or token.line == tokens[header_end].line and token.kind is Kind.BLANK:
            continue
        if token.table and line >= 0 and token.line != line and len(cells) >= 15:
            break
        cells.append(token)
        line = token.line
        end = index
    return cells, end
