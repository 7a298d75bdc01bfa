"""Tables that go on over the page: fragments joined, repeated headers dropped, cut rows made whole.

A fragment continues the one before if it is the last thing on its page and the other the first on the
next, both have the same width, and the column lines of one are among those of the other. A row cut by the
page is joined to its upper half only where no figure would be overwritten and its text begins no label of
its own: either test alone joins rows that are two.
"""

from collections.abc import Sequence

from gongkai.report.read.pdf.cells import Fragment, GridCell
from gongkai.report.read.pdf.labels import begins_label, completes, is_figure, plain
from gongkai.report.read.pdf.lines import join_lines

#: Column lines of two fragments are the same within this (points).
SAME = 3.0


def continues(before: Fragment, after: Fragment) -> bool:
    """True if ``after``'s lines go on with those of ``before`` (the columns of one within the other's).

    Left margins may differ (left and right pages), so positions count from the right edge. Where a merged
    label is cut and its side not drawn, lines may be missing on the left, as long as the columns of figures
    are the same.
    """
    ours, theirs = _from_right(before), _from_right(after)
    common = [x for x in ours if _is_among(x, theirs)]
    few, many = sorted((ours, theirs), key=len)
    if abs(ours[0] - theirs[0]) <= SAME:
        return all(_is_among(x, many) for x in few)
    if len(common) < 8 or abs(before.xs[-1] - after.xs[-1]) > SAME:
        return False
    return all(_is_among(x, ours) and _is_among(x, theirs) for x in (*ours, *theirs) if x >= common[0])


def _from_right(fragment: Fragment) -> list[float]:
    return [x - fragment.xs[-1] for x in fragment.xs]


def _is_among(x: float, lines: Sequence[float]) -> bool:
    return any(abs(x - line) <= SAME for line in lines)


def stitch(fragments: Sequence[Fragment]) -> Fragment:
    """One table out of fragments that continue each other."""
    table = fragments[0]
    for fragment in fragments[1:]:
        table = _join(_without_blank_end(table), fragment, fragments[0])
    return table


def _without_blank_end(table: Fragment) -> Fragment:
    """Without a last row in which no cell begins that holds anything: its text went over to the next page."""
    last = table.n_rows - 1
    if last < 1 or any(c.text for c in table.cells if c.row == last):
        return table
    cells = [c._replace(rowspan=min(c.rowspan, last - c.row)) for c in table.cells if c.row < last]
    return Fragment(table.page, table.box, table.xs, last, cells)


def _join(table: Fragment, fragment: Fragment, first: Fragment) -> Fragment:
    xs, ours, theirs = _common_columns(table, fragment)
    moved = any(before != after for before, after in ours.items())
    upper = [cell.moved(0, ours) for cell in table.cells] if moved else list(table.cells)
    skip = _repeated_header(first, fragment)
    kept = [cell.without(skip) for cell in fragment.cells if cell.bottom > skip] if skip else fragment.cells
    n_upper, n_lower = table.n_rows, fragment.n_rows - skip
    begin = [cell.moved(0, theirs) for cell in kept if cell.row == 0]
    cut = n_lower > 0 and _is_cut_row(upper, begin, n_upper)
    shift = n_upper - 1 if cut else n_upper
    lower = [cell.moved(shift, theirs) for cell in kept]
    cells = _merge_cells(upper, lower, n_upper, cut=cut)
    return Fragment(table.page, table.box, xs, shift + n_lower, cells)


def _common_columns(
    table: Fragment, fragment: Fragment
) -> tuple[tuple[float, ...], dict[int, int], dict[int, int]]:
    """The column lines of both, and where each one's columns are among them."""
    shift = table.xs[-1] - fragment.xs[-1]
    theirs = [x + shift for x in fragment.xs]
    lines = sorted([*table.xs, *(x for x in theirs if not _is_among(x, table.xs))])
    ours_at, theirs_at = (
        {i: min(range(len(lines)), key=lambda k: abs(lines[k] - x)) for i, x in enumerate(positions)}
        for positions in (table.xs, theirs)
    )
    return tuple(lines), ours_at, theirs_at


def _repeated_header(first: Fragment, fragment: Fragment) -> int:
    """How many of the fragment's first rows repeat the table's first rows. Rows of figures never do."""
    count = 0
    while count < min(first.n_rows, fragment.n_rows):
        ours, theirs = first.row(count), fragment.row(count)
        if any(is_figure(c.text) for c in (*ours, *theirs)) or not _same_words(ours, theirs):
            break
        count += 1
    while count and any(c.row < count < c.bottom for c in fragment.cells):
        count -= 1
    return count


def _same_words(ours: Sequence[GridCell], theirs: Sequence[GridCell]) -> bool:
    """Two rows of the same words. In a row of several cells one may differ: a letter overlaps it."""
    pairs = [(plain(a.text), plain(b.text)) for a, b in zip(ours, theirs, strict=False)]
    same = sum(a == b for a, b in pairs)
    filled = sum(bool(a) for a, _ in pairs)
    return len(ours) == len(theirs) and filled > 0 and same >= len(pairs) - (filled > 2)


def _is_cut_row(upper: Sequence[GridCell], first: Sequence[GridCell], n_upper: int) -> bool:
    """True if the first row below is the rest of the last row above."""
    last = {c.col: c for c in upper if c.bottom == n_upper}
    pairs = [(last[c.col], c) for c in first if c.col in last and last[c.col].right == c.right]
    if len(pairs) < len(first):
        return False
    if _is_rest_of_figures(pairs):
        return True
    if any(_overwrites(a.text, c.text) for a, c in pairs):
        return False
    label = _leaf_label(first)
    if label is None:
        return _leaf_label(list(last.values())) is not None and any(is_figure(c.text) for c in first)
    above = last[label.col].text
    return (
        bool(above) and not is_figure(above) and not begins_label(label.text) and completes(above, label.text)
    )


def _is_rest_of_figures(pairs: Sequence[tuple[GridCell, GridCell]]) -> bool:
    """True if the row below begins no label and its digits stand under digits: figures too wide to fit.

    The page may end within such a figure. Its first part alone would be a wrong figure.
    """
    figures = [(above.text, cell.text) for above, cell in pairs if is_figure(cell.text)]
    words = [(above.text, cell.text) for above, cell in pairs if cell.text and not is_figure(cell.text)]
    return (
        bool(figures)
        and all(a.isdecimal() and b.isdecimal() and len(a) > 1 for a, b in figures)
        and all(a and not is_figure(a) and not begins_label(b) and completes(a, b) for a, b in words)
    )


def _overwrites(above: str, below: str) -> bool:
    """True if two cells cannot be halves of one: a figure meets a figure or words."""
    return bool(above and below) and (is_figure(above) or is_figure(below))


def _leaf_label(row: Sequence[GridCell]) -> GridCell | None:
    """The rightmost cell with words before a row's figures begin. Cells before it and behind may be blank."""
    label = None
    for cell in sorted(row, key=lambda c: c.col):
        if is_figure(cell.text):
            break
        if cell.text:
            label = cell
    return label


def _merge_cells(
    upper: Sequence[GridCell], lower: Sequence[GridCell], n_upper: int, *, cut: bool
) -> list[GridCell]:
    """All cells of both, those cut by the page made one."""
    at_edge = {(c.col, c.right): i for i, c in enumerate(upper) if c.bottom == n_upper}
    start = n_upper - 1 if cut else n_upper
    first = [c for c in lower if c.row == start]
    label = _leaf_label(first)
    # Digits in every column might be a row whose label is lost: then neither row is read.
    whole = any(not c.text and _over_figure(upper, at_edge, c) for c in first)
    cells = list(upper)
    for cell in lower:
        above = at_edge.get((cell.col, cell.right)) if cell.row == start else None
        group = label is not None and cell.col < label.col
        if above is not None and (cut or (group and _goes_on(cells[above], cell))):
            cells[above] = _merged(cells[above], cell, whole=whole)
        else:
            cells.append(cell)
    return cells


def _over_figure(upper: Sequence[GridCell], at_edge: dict[tuple[int, int], int], cell: GridCell) -> bool:
    """Whether the cell above one is a figure."""
    above = at_edge.get((cell.col, cell.right))
    return above is not None and is_figure(upper[above].text)


def _goes_on(above: GridCell, cell: GridCell) -> bool:
    """A group label cut by the page: its words above, below, or in both."""
    if not above.text:
        return above.rowspan > 1 and not is_figure(cell.text)
    if is_figure(above.text):
        return False
    return not cell.text or not (is_figure(cell.text) or begins_label(cell.text))


def _merged(above: GridCell, below: GridCell, *, whole: bool) -> GridCell:
    rows = max(above.bottom, below.bottom) - above.row
    return above._replace(text=join_lines(above.text, below.text, full=whole), rowspan=rows)
