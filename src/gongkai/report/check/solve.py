"""What the identities of tables 3 and 4 determine about cells that are not known.

Every unknown cell is a non-negative integer (H5); the identities H1 to H4 bound it from below and above. A
cell whose bounds meet is determined. Where the figures contradict each other nothing is.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.report import form

UNBOUNDED = 10**15
#: Identities looked at before the bounds are taken as they are: contradictions may converge slowly.
_PATIENCE = 1500


@dataclass(frozen=True, slots=True)
class System:
    """Cells and the sums between them: in each identity the cells on the left sum to those on the right."""

    paths: tuple[str, ...]
    identities: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    of_cell: tuple[tuple[int, ...], ...]
    index: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value each cell can have; ``UNBOUNDED`` where nothing limits it."""

    system: System
    low: tuple[int, ...]
    high: tuple[int, ...]

    def determined(self) -> dict[str, int]:
        """Every cell with only one possible value."""
        return {
            path: low
            for path, low, high in zip(self.system.paths, self.low, self.high, strict=True)
            if low == high
        }

    def least(self, path: str) -> int:
        """The least value the cell can have."""
        return self.low[self.system.index[path]]

    def admits(self, path: str, value: int) -> bool:
        """Whether the cell may have the value as far as its own bounds go."""
        index = self.system.index[path]
        return self.low[index] <= value <= self.high[index]

    def given(self, values: Mapping[str, int]) -> "Bounds | None":
        """The bounds if these cells had these values; None where that is a contradiction."""
        low, high = list(self.low), list(self.high)
        cells = [self.system.index[path] for path in values]
        for cell, value in zip(cells, values.values(), strict=True):
            if not low[cell] <= value <= high[cell]:
                return None
            low[cell] = high[cell] = value
        first = sorted({number for cell in cells for number in self.system.of_cell[cell]})
        return _propagate(self.system, low, high, first)


@cache
def applications_system(single_other: bool) -> System:
    """Table 3: H1 (column balance), H2 (results sum to 七), H3 (applicants sum to 总计)."""
    keys = [column.key for column in form.COLUMNS]

    def cell(row: str, column: str) -> str:
        return f"applications.{row}.{column}"

    sums = [
        ([cell(row.key, key) for key in keys[:-1]], [cell(row.key, "total")])
        for row in form.application_rows(single_other)
    ]
    for key in keys:
        sums.append(([cell(row, key) for row in form.outcome_keys(single_other)], [cell("total", key)]))
        sums.append(
            (
                [cell("new", key), cell("carried_in", key)],
                [cell("total", key), cell("carried_out", key)],
            )
        )
    return _system(form.application_paths(single_other), sums)


@cache
def disputes_system() -> System:
    """Table 4: H4, the four outcomes of a block sum to its 总计."""
    sums = [
        (
            [f"disputes.{block.key}.{column.key}" for column in form.DISPUTE_OUTCOMES],
            [f"disputes.{block.key}.total"],
        )
        for block in form.DISPUTE_BLOCKS
    ]
    return _system(form.dispute_paths(), sums)


def _system(paths: tuple[str, ...], sums: list[tuple[list[str], list[str]]]) -> System:
    index = {path: number for number, path in enumerate(paths)}
    identities = tuple(
        (tuple(index[p] for p in left), tuple(index[p] for p in right)) for left, right in sums
    )
    of_cell: list[list[int]] = [[] for _ in paths]
    for number, (left, right) in enumerate(identities):
        for cell in (*left, *right):
            of_cell[cell].append(number)
    return System(paths, identities, tuple(map(tuple, of_cell)), index)


def bounds(system: System, value: Callable[[str], int | None]) -> Bounds | None:
    """Bounds of every cell, given the known values; None where these contradict each other."""
    known = [value(path) for path in system.paths]
    low = [0 if v is None else v for v in known]
    high = [UNBOUNDED if v is None else v for v in known]
    return _propagate(system, low, high, range(len(system.identities)))


def _propagate(system: System, low: list[int], high: list[int], first: Iterable[int]) -> Bounds | None:
    """Apply the identities ``first``, and then those of every cell that changed, until nothing does."""
    waiting = deque(first)
    queued = set(waiting)
    for _ in range(_PATIENCE):
        if not waiting:
            break
        number = waiting.popleft()
        queued.discard(number)
        changed = _tighten(system.identities[number], low, high)
        if changed is None:
            return None
        # One pass is final for an identity by itself, so that only the others are looked at again.
        for cell in changed:
            for other in system.of_cell[cell]:
                if other != number and other not in queued:
                    queued.add(other)
                    waiting.append(other)
    return Bounds(system, tuple(low), tuple(high))


def _tighten(
    identity: tuple[tuple[int, ...], tuple[int, ...]], low: list[int], high: list[int]
) -> list[int] | None:
    """Narrow the bounds of the cells of one identity; the cells that changed, None on a contradiction."""
    left, right = identity
    least = sum([low[i] for i in left]), sum([low[i] for i in right])
    most = sum([high[i] for i in left]), sum([high[i] for i in right])
    if least[0] > most[1] or least[1] > most[0]:
        return None
    if least == most or (least == (0, 0) and most[0] >= UNBOUNDED <= most[1]):
        return []  # everything is known, or nothing is
    changed = [
        *_narrower(left, (least[0], most[0]), (least[1], most[1]), low, high),
        *_narrower(right, (least[1], most[1]), (least[0], most[0]), low, high),
    ]
    for cell, bottom, top in changed:
        if bottom > top:
            return None
        low[cell], high[cell] = bottom, top
    return [cell for cell, _, _ in changed]


def _narrower(
    cells: tuple[int, ...], own: tuple[int, int], other: tuple[int, int], low: list[int], high: list[int]
) -> list[tuple[int, int, int]]:
    """New bounds of cells on one side: each is the other side less the rest of its own side."""
    least, most = other[0] - own[1], other[1] - own[0]
    bounded = other[1] < UNBOUNDED
    found = []
    for cell in cells:
        bottom, top = low[cell], high[cell]
        if bottom == top:
            continue
        if bounded and most + low[cell] < top:
            top = most + low[cell]
        if own[1] - high[cell] < UNBOUNDED and least + high[cell] > bottom:
            bottom = least + high[cell]
        if top < high[cell] or bottom > low[cell]:
            found.append((cell, bottom, top))
    return found
