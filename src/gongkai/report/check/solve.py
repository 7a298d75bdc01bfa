"""What the identities of tables 3 and 4 determine about cells that are not known.

Every unknown cell is a non-negative integer (H5); the identities H1 to H4 bound it from below and above. A
cell whose bounds meet is determined. Where the figures contradict each other nothing is.
"""

from collections.abc import Callable, Mapping
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

    def admits(self, path: str, value: int) -> bool:
        """Whether the cell may have the value as far as its own bounds go."""
        index = self.system.paths.index(path)
        return self.low[index] <= value <= self.high[index]


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
    return System(paths, identities, tuple(map(tuple, of_cell)))


def bounds(
    system: System, value: Callable[[str], int | None], more: Mapping[str, int] | None = None
) -> Bounds | None:
    """Bounds of every cell, given the known values and those of ``more``; None where they contradict."""
    known = [value(path) for path in system.paths]
    if more:
        known = [more.get(path, v) for path, v in zip(system.paths, known, strict=True)]
    low = [0 if v is None else v for v in known]
    high = [UNBOUNDED if v is None else v for v in known]
    dirty = set(range(len(system.identities)))
    for _ in range(_PATIENCE):
        if not dirty:
            break
        changed = _tighten(system.identities[dirty.pop()], low, high)
        if changed is None:
            return None
        for cell in changed:
            dirty.update(system.of_cell[cell])
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
    changed: list[tuple[int, int, int]] = []
    for cells, own, other in ((left, 0, 1), (right, 1, 0)):
        for cell in cells:
            if low[cell] == high[cell]:
                continue
            # The cell is the other side less the rest of its own side.
            bottom, top = low[cell], high[cell]
            if most[other] < UNBOUNDED:
                top = min(top, most[other] - least[own] + low[cell])
            rest = most[own] - high[cell]
            if rest < UNBOUNDED:
                bottom = max(bottom, least[other] - rest)
            if bottom > top:
                return None
            if top < high[cell] or bottom > low[cell]:
                changed.append((cell, bottom, top))
    for cell, bottom, top in changed:
        low[cell], high[cell] = bottom, top
    return [cell for cell, _, _ in changed]
