"""What a careful reader gets from a rendered report, and how a reading is scored against it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from benchmarks.figures import Number, Written
from gongkai.report.model import Mark, Report, TableState


class Kind(StrEnum):
    """How much of a cell the layout leaves to the reader."""

    KNOWN = "known"  #: stands in its place: must be read
    HARD = "hard"  #: its place can be worked out: read or declared, never wrong
    LOST = "lost"  #: its place is lost: null, or the right value where the sums leave no other


@dataclass(frozen=True, slots=True)
class Truth:
    """One cell: the value that was written (None: blank) and what can be known of it."""

    value: Number | None
    kind: Kind = Kind.KNOWN


TruthTable = dict[str, Truth]


def truth_of(cells: Mapping[str, Written]) -> TruthTable:
    """Every cell in its place."""
    return {path: Truth(written.value) for path, written in cells.items()}


def downgrade(truth: TruthTable, paths: Iterable[str], kind: Kind) -> None:
    """Say of some cells that their place is hard to find or lost; never the other way round."""
    order = list(Kind)
    for path in paths:
        old = truth[path]
        truth[path] = Truth(old.value, max(old.kind, kind, key=order.index))


@dataclass
class Score:
    """Counts of cells. ``wrong`` lists (path, truth, read) for each figure that is not the written one."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, Number | None, Number | None]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Sum up."""
        self.counts.update(other.counts)
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def complete(self) -> bool:
        """Every cell in its place was read, and nothing wrong."""
        return not self.wrong and not self.missed


def score(report: Report, truth: TruthTable) -> Score:
    """Compare a reading with the truth.

    ``right``: the written value (None for a blank) of a KNOWN cell; ``hard_right`` and ``lost_right`` of
    the others; ``uncertain``: null where a value stands, and said to be so; ``missed``: null where a value
    stands in its place, whether said or not; ``silent``: null where a value stands, and nothing said;
    ``wrong``: any other figure.
    """
    result = Score()
    for path, cell in truth.items():
        _score_cell(result, report, path, cell)
    for path, figure in report.figures.items():
        if path not in truth and figure.value is not None:
            result.wrong.append((path, None, figure.value))
            result.counts["wrong"] += 1
    return result


def _score_cell(result: Score, report: Report, path: str, cell: Truth) -> None:
    read = report.value(path)
    if read == cell.value and (read is None) == (cell.value is None):
        prefix = "" if cell.kind is Kind.KNOWN else f"{cell.kind}_"
        result.counts[f"{prefix}right"] += 1
        return
    if read is not None:
        result.wrong.append((path, cell.value, read))
        result.counts["wrong"] += 1
        return
    declared = is_declared(report, path)
    result.counts["uncertain" if declared else "silent"] += 1
    if cell.kind is Kind.KNOWN:
        result.missed.append(path)
        result.counts["missed"] += 1
    else:
        result.counts[f"{cell.kind}_null"] += 1


def is_declared(report: Report, path: str) -> bool:
    """Whether the reading says that it could not read this cell."""
    table, row, _ = path.split(".")
    state = report.reading.tables.get(table)
    if state in (TableState.UNREADABLE, TableState.MISSING) or f"{table}.{row}" in report.reading.uncertain:
        return True
    if any(path.startswith(f"{key}.") or path == key for key in report.reading.uncertain):
        return True
    figure = report.figures.get(path)
    return figure is not None and figure.mark in (Mark.UNCERTAIN, Mark.UNREADABLE, Mark.MISSING)
