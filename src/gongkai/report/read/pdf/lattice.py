"""Ruling lines to lattices: where the lines of a table enclose its cells.

Rules that touch belong to one table. Their positions are clustered into columns and rows of elementary
cells; which edges of these are really drawn is tested at the edges' middle, and elementary cells without an
edge between them are one (merged) cell.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from gongkai.report.read.pdf.page import Box

#: Rules at most this far apart touch (points): the frame of a double border and the cells inside it do.
TOUCH = 5.0
#: What is at most this large both ways is a dot, a piece of a rule in either direction.
DOT = 2.5
#: Pieces of one rule may have gaps up to this (dashes, one piece a cell).
DASH = 4.0
#: Lines at most this far apart are one line of the lattice (double rules, uneven borders).
CLUSTER = 4.0
#: A rule is longer than this; what is shorter are dots and corners.
SHORTEST = 6.0
#: Where lines run on beyond the last crossing line by more than this, the table is open on that side.
OPEN = 6.0


class Span(NamedTuple):
    """A straight rule: ``at`` is its position across, ``lo`` to ``hi`` its extent along."""

    at: float
    lo: float
    hi: float


class Slot(NamedTuple):
    """A cell of a lattice: elementary rows [top, bottom) and columns [left, right)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one ruled table on one page. ``xs`` and ``ys`` are the positions of its lines."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    owner: tuple[tuple[int, ...], ...] = field(repr=False)

    @property
    def box(self) -> Box:
        """The outer box."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def slot_box(self, index: int) -> Box:
        """The box of slot ``index``."""
        top, left, bottom, right = self.slots[index]
        return Box(self.xs[left], self.ys[top], self.xs[right], self.ys[bottom])

    def slot_boxes(self) -> list[Box]:
        """The boxes of all slots."""
        xs, ys = self.xs, self.ys
        return [Box(xs[left], ys[top], xs[right], ys[bottom]) for top, left, bottom, right in self.slots]

    def slot_at(self, x: float, y: float) -> int | None:
        """The slot that holds a point, None outside."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None


def find_lattices(rules: Sequence[Box]) -> list[Lattice]:
    """The lattices on a page, top to bottom. Lines that enclose nothing make none."""
    across, down = _split(rules)
    across, down = _merge_pieces(across), _merge_pieces(down)
    found = [_lattice(hs, vs) for hs, vs in _components(across, down)]
    lattices = [lattice for lattice in found if lattice is not None]
    return sorted(_without_frames(lattices), key=lambda la: (la.ys[0], la.xs[0]))


def _split(rules: Sequence[Box]) -> tuple[list[Span], list[Span]]:
    """Horizontal and vertical rules. A dot can be a piece of either and joins what it lies in line with."""
    across: list[Span] = []
    down: list[Span] = []
    for x0, y0, x1, y1 in rules:
        width, height = x1 - x0, y1 - y0
        if width >= height or height <= DOT:
            across.append(Span((y0 + y1) / 2, x0, x1))
        if height > width or width <= DOT:
            down.append(Span((x0 + x1) / 2, y0, y1))
    return across, down


def _merge_pieces(spans: list[Span]) -> list[Span]:
    """Pieces in line with each other as one rule; what stays shorter than any cell is no rule."""
    merged: list[Span] = []
    for group in _groups(spans, 1.2):
        group.sort(key=lambda s: s.lo)
        at, lo, hi = group[0]
        for span in group[1:]:
            if span.lo <= hi + DASH:
                hi = max(hi, span.hi)
                continue
            merged.append(Span(at, lo, hi))
            at, lo, hi = span
        merged.append(Span(at, lo, hi))
    return [span for span in merged if span.hi - span.lo > SHORTEST]


def _groups(spans: list[Span], tolerance: float) -> list[list[Span]]:
    groups: list[list[Span]] = []
    start = last = 0.0
    for span in sorted(spans):
        if groups and span.at - last <= tolerance and span.at - start <= 2 * tolerance:
            groups[-1].append(span)
        else:
            groups.append([span])
            start = span.at
        last = span.at
    return groups


def _components(across: list[Span], down: list[Span]) -> list[tuple[list[Span], list[Span]]]:
    """Rules that cross or touch, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    reaches = [(j, x, y0 - TOUCH, y1 + TOUCH) for j, (x, y0, y1) in enumerate(down, len(across))]
    for i, (y, x0, x1) in enumerate(across):
        left, right, own = x0 - TOUCH, x1 + TOUCH, i
        for j, x, top, bottom in reaches:
            if parent[j] != own and left <= x <= right and top <= y <= bottom:
                parent[root(own)] = own = root(j)
    parts: dict[int, tuple[list[Span], list[Span]]] = {}
    for i, span in enumerate(across):
        parts.setdefault(root(i), ([], []))[0].append(span)
    for j, span in enumerate(down, len(across)):
        parts.setdefault(root(j), ([], []))[1].append(span)
    return list(parts.values())


def _lattice(across: list[Span], down: list[Span]) -> Lattice | None:
    if len(across) < 2 and len(down) < 2:
        return None
    across, down = _close_sides(across, down), _close_sides(down, across)
    rows, columns = _cluster(across), _cluster(down)
    if len(rows) < 2 or len(columns) < 2:
        return None
    ys = tuple(at for at, _ in rows)
    xs = tuple(at for at, _ in columns)
    slots, owner = _slots(xs, ys, [s for _, s in rows], [s for _, s in columns])
    return Lattice(xs, ys, slots, owner)


def _close_sides(spans: list[Span], crossing: list[Span]) -> list[Span]:
    """``spans`` and the outer sides that are not drawn: where all crossing lines run on to one end."""
    if not spans or not crossing:
        return spans
    lo, hi = min(s.at for s in spans), max(s.at for s in spans)
    first, last = min(c.lo for c in crossing), max(c.hi for c in crossing)
    start, end = min(s.lo for s in spans), max(s.hi for s in spans)
    closed = list(spans)
    if first < lo - OPEN:
        closed.append(Span(first, start, end))
    if last > hi + OPEN:
        closed.append(Span(last, start, end))
    return closed


def _cluster(spans: list[Span]) -> list[tuple[float, list[Span]]]:
    """Lines of the lattice: mean position and the rules on each; none nearer than a character is wide."""
    lines: list[tuple[float, list[Span]]] = []
    for group in _groups(spans, CLUSTER):
        mean = _mean(group)
        if lines and mean - lines[-1][0] < SHORTEST:
            near = lines.pop()[1] + group
            lines.append((_mean(near), near))
        else:
            lines.append((mean, group))
    return lines


def _mean(spans: list[Span]) -> float:
    if len(spans) == 1:
        return spans[0].at
    return sum([at * (hi - lo) for at, lo, hi in spans]) / sum([hi - lo for _, lo, hi in spans])


def _uncovered(spans: list[Span], middles: Sequence[float]) -> list[int]:
    """Which of the points along a line of the lattice no rule covers."""
    if not middles or any(lo <= middles[0] and middles[-1] <= hi for _, lo, hi in spans):
        return []
    points = set(range(len(middles)))
    for _, lo, hi in spans:
        points.difference_update(range(bisect_left(middles, lo), bisect_right(middles, hi)))
    return sorted(points)


def _middles(lines: Sequence[float]) -> list[float]:
    return [(a + b) / 2 for a, b in pairwise(lines)]


def _slots(
    xs: tuple[float, ...], ys: tuple[float, ...], rows: list[list[Span]], columns: list[list[Span]]
) -> tuple[tuple[Slot, ...], tuple[tuple[int, ...], ...]]:
    """Merge elementary cells that have no drawn edge between them."""
    height, width = len(ys) - 1, len(xs) - 1
    merged: dict[tuple[int, int], list[tuple[int, int]]] = {}  # by elementary cell all that it is one with
    for one, other in _open_edges(xs, ys, rows, columns):
        kept, gone = merged.setdefault(one, [one]), merged.setdefault(other, [other])
        if kept is not gone:
            kept += gone
            merged.update(dict.fromkeys(gone, kept))
    single = [(r, c) for r in range(height) for c in range(width) if (r, c) not in merged]
    slots = [Slot(r, c, r + 1, c + 1) for r, c in single]
    for cells in {id(cells): cells for cells in merged.values()}.values():
        slots += _rectangles(cells)
    slots.sort()
    owner = [[0] * width for _ in range(height)]
    for index, (top, left, bottom, right) in enumerate(slots):
        for r in range(top, bottom):
            owner[r][left:right] = [index] * (right - left)
    return tuple(slots), tuple(tuple(row) for row in owner)


def _open_edges(
    xs: tuple[float, ...], ys: tuple[float, ...], rows: list[list[Span]], columns: list[list[Span]]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of neighbouring elementary cells (row, column) with no rule at the middle of their edge."""
    across, down = _middles(xs), _middles(ys)
    for r in range(1, len(ys) - 1):
        for c in _uncovered(rows[r], across):
            yield (r - 1, c), (r, c)
    for c in range(1, len(xs) - 1):
        for r in _uncovered(columns[c], down):
            yield (r, c - 1), (r, c)


def _rectangles(cells: list[tuple[int, int]]) -> list[Slot]:
    """One slot for a rectangle of elementary cells; other shapes are cut into rectangles, row by row."""
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    if len(cells) == (bottom - top) * (right - left):
        return [Slot(top, left, bottom, right)]
    slots: list[Slot] = []
    for row in range(top, bottom):
        for lo, hi in _runs(sorted(c for r, c in cells if r == row)):
            above = next((i for i, s in enumerate(slots) if s[1:] == (lo, row, hi)), None)
            if above is None:
                slots.append(Slot(row, lo, row + 1, hi))
            else:
                slots[above] = slots[above]._replace(bottom=row + 1)
    return slots


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _without_frames(lattices: list[Lattice]) -> list[Lattice]:
    """Drop what only frames another table: page borders and layout tables."""
    boxes = [lattice.box for lattice in lattices]
    return [
        lattice
        for lattice, box in zip(lattices, boxes, strict=True)
        if not any(other is not box and box.contains(other) and other != box for other in boxes)
    ]
