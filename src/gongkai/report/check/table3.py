"""Table 3 laid out for arithmetic: its values by row and column, and where its identities are broken.

An identity is only judged where nothing in it is uncertain. Blank parts may mean 0 or any count, so that with
blanks a sum is broken only where what is written already exceeds its total.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import cast

from gongkai.report import form
from gongkai.report.check.cells import is_blank, movable
from gongkai.report.model import Report

COLUMN_KEYS = tuple(column.key for column in form.COLUMNS)
TOTAL = len(COLUMN_KEYS) - 1
_RECEIVED = ("new", "carried_in")
_DONE = ("total", "carried_out")

Values = tuple[int | None, ...]


@cache
def _layout(single_other: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (row.key, tuple(f"applications.{row.key}.{key}" for key in COLUMN_KEYS))
        for row in form.application_rows(single_other)
    )


@dataclass(frozen=True, slots=True)
class Table3:
    """The values of table 3, ``rows[row key][column index]``; None where a cell is not known."""

    report: Report
    rows: Mapping[str, Values]
    outcomes: tuple[str, ...]

    def column(self, index: int, rows: Sequence[str]) -> list[int | None]:
        """The values of one column in the given rows."""
        return [self.rows[row][index] for row in rows]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Broken identities: the total less the sum of its parts, or what came in less what went out.

    ``rows`` is H3 by row key, ``columns`` H2 and ``balance`` H1 by column index.
    """

    rows: Mapping[str, int]
    columns: Mapping[int, int]
    balance: Mapping[int, int]


def table3(report: Report) -> Table3:
    """The report's table 3."""
    figures = report.figures
    single = report.single_other
    rows: dict[str, Values] = {}
    for row, paths in _layout(single):
        try:
            rows[row] = tuple([cast("int | None", figures[path].value) for path in paths])
        except KeyError:
            rows[row] = tuple([cast("int | None", report.value(path)) for path in paths])
    return Table3(report, rows, form.outcome_keys(single))


def row_paths(row: str) -> tuple[str, ...]:
    """The seven paths of a row."""
    return tuple([f"applications.{row}.{key}" for key in COLUMN_KEYS])


def _applicant_paths(row: str) -> tuple[str, ...]:
    return row_paths(row)[:TOTAL]


def column_paths(index: int, rows: Sequence[str]) -> tuple[str, ...]:
    """The paths of one column in the given rows."""
    return tuple([f"applications.{row}.{COLUMN_KEYS[index]}" for row in rows])


def sum_gap(
    report: Report, total: int | None, parts: Sequence[int | None], paths: Callable[[], Sequence[str]]
) -> int:
    """Total less the sum of its parts; 0 where it holds or cannot be judged. ``paths`` gives the parts'."""
    if total is None:
        return 0
    if None not in parts:
        return total - sum(cast("Sequence[int]", parts))
    written = sum([part for part in parts if part is not None])
    if written <= total:
        return 0
    unplaced = movable(report)
    certain = all(
        part is not None or is_blank(report, path, unplaced)
        for part, path in zip(parts, paths(), strict=True)
    )
    return total - written if certain else 0


def row_gaps(table: Table3) -> dict[str, int]:
    """H3: rows whose six applicants do not sum to 总计."""
    gaps = {}
    for row, values in table.rows.items():
        paths = partial(_applicant_paths, row)
        if (gap := sum_gap(table.report, values[TOTAL], values[:TOTAL], paths)) != 0:
            gaps[row] = gap
    return gaps


def column_gaps(table: Table3) -> dict[int, int]:
    """H2: columns whose results do not sum to （七）总计."""
    gaps = {}
    for index, total in enumerate(table.rows["total"]):
        parts = table.column(index, table.outcomes)
        paths = partial(column_paths, index, table.outcomes)
        if (gap := sum_gap(table.report, total, parts, paths)) != 0:
            gaps[index] = gap
    return gaps


def balance_gaps(table: Table3) -> dict[int, int]:
    """H1: columns in which 一 + 二 is not (七) + 四, all four read."""
    gaps = {}
    for index in range(len(COLUMN_KEYS)):
        four = table.column(index, (*_RECEIVED, *_DONE))
        if None not in four:
            new, carried_in, done, carried_out = cast("list[int]", four)
            if (gap := new + carried_in - done - carried_out) != 0:
                gaps[index] = gap
    return gaps


def all_gaps(table: Table3) -> Gaps:
    """Every broken identity of the table."""
    return Gaps(row_gaps(table), column_gaps(table), balance_gaps(table))


def single_cause(table: Table3, gaps: Gaps) -> tuple[str, int] | None:
    """The one cell whose correction restores every identity of the table, and its right value.

    None where no cell or more than one would do. Every identity of the cell must have been judged, and at
    least two of them must be broken: a single broken sum does not tell which of its cells is wrong.
    """
    if len(gaps.rows) != 1 or len(gaps.columns) + len(gaps.balance) == 0:
        return None
    (row, gap), *_ = gaps.rows.items()
    repairs = []
    for index, key in enumerate(COLUMN_KEYS):
        change = -gap if index == TOTAL else gap
        value = table.rows[row][index]
        if value is None or value + change < 0:
            continue
        if _repairs(table, gaps, row, index, change):
            repairs.append((f"applications.{row}.{key}", value + change))
    return repairs[0] if len(repairs) == 1 else None


def _repairs(table: Table3, gaps: Gaps, row: str, index: int, change: int) -> bool:
    """Whether adding ``change`` to the cell closes every gap of columns and balances and opens none."""
    columns: dict[int, int] = {}
    balance: dict[int, int] = {}
    if row in table.outcomes:
        columns[index] = change
    elif row == "total":
        columns[index], balance[index] = -change, change
    else:
        balance[index] = -change if row in _RECEIVED else change
    if columns and None in table.column(index, (*table.outcomes, "total")):
        return False
    return columns == dict(gaps.columns) and balance == dict(gaps.balance)


@dataclass(frozen=True, slots=True)
class Cause:
    """Columns that are off for one cause: ``main`` is the one to look at, ``others`` are off with it."""

    main: int
    others: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """All of them in the order of the form."""
        return tuple(sorted((self.main, *self.others)))


def causes(gaps: Mapping[int, int]) -> list[Cause]:
    """Group columns by cause: 总计 that is off by what the applicant columns are off by follows from them."""
    applicants = [index for index in gaps if index != TOTAL]
    if TOTAL in gaps and applicants and gaps[TOTAL] == sum(gaps[index] for index in applicants):
        if len(applicants) == 1:
            return [Cause(applicants[0], (TOTAL,))]
        return [Cause(TOTAL, tuple(applicants))]
    return [Cause(index) for index in gaps]
