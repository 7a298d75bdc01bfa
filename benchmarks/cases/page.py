"""The applications' section of docs/benchmarks.md."""

from collections.abc import Iterator, Sequence

from benchmarks.cases.measure import PAGE_ROUNDS, TABLE_ROUNDS, Measured
from benchmarks.cases.stock import AGENCIES, YEARS

HEADING = "## Applications"
_GOAL_MS, _GOAL_TIMES = 150, 2
_TEXT = """{heading}

{cases:,} applications of {years} years to {agencies} agencies of a county, a fifth of them to one of these;
{open:,} are open. {databases}, as they come, and what is acknowledged is on disk.
Pages are made anew by their views, signed in (a clerk of the large agency; for the county its leader; who
follows or sends an application has no account), with production's settings and all the middleware, in the
process that asks: median and 95 of 100 of {pages} answers. Goal for the due list and a case: a median of
{goal} ms."""
_TABLE = """_Table 3_: every figure of it, beside one bare `GROUP BY outcome, applicant_kind` over the
cases that ended in the period alone (_rows_), with the same indexes, over the same connection; median of
runs in turns, at least {rounds} of each and a second of both, wall time. Goal: {times} ×."""


def section(measured: Sequence[Measured]) -> list[str]:
    """The paragraphs and tables of the section."""
    first = measured[0]
    text = _TEXT.format(
        heading=HEADING, cases=first.cases, years=YEARS, agencies=AGENCIES, open=first.open,
        databases=" and ".join(f"{one.database} {one.version}" for one in measured),
        pages=PAGE_ROUNDS, goal=_GOAL_MS,
    )  # fmt: skip
    parts = [text, "\n".join(_pages(measured))]
    parts += [_TABLE.format(rounds=TABLE_ROUNDS, times=_GOAL_TIMES), "\n".join(_tables(measured))]
    if len(measured) == 1:
        parts.append("PostgreSQL was not measured in this run.")
    return parts


def _pages(measured: Sequence[Measured]) -> Iterator[str]:
    names = [f"{one.database} {what}" for one in measured for what in ("median ms", "p95 ms")]
    yield f"| page | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for number, page in enumerate(measured[0].pages):
        found = [one.pages[number] for one in measured]
        name = f"**{page.name}**" if page.promised else page.name
        yield f"| {name} | {' | '.join(f'{one.median:.0f} | {one.p95:.0f}' for one in found)} |"


def _tables(measured: Sequence[Measured]) -> Iterator[str]:
    names = [f"{one.database} {what}" for one in measured for what in ("ms", "bare ms", "×")]
    yield f"| period | agencies | rows | {' | '.join(names)} |"
    yield f"|---|---:|---:|{'---:|' * len(names)}"
    for number, table in enumerate(measured[0].tables):
        found = [one.tables[number] for one in measured]
        cells = (f"{one.ours:.1f} | {one.bare:.1f} | {one.ours / one.bare:.2f}" for one in found)
        yield f"| {table.period} | {table.agencies} | {table.rows:,} | {' | '.join(cells)} |"
