"""The site's section of docs/benchmarks.md."""

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.web.load import CONNECTIONS
from benchmarks.web.measure import BARE, Line, Measured
from benchmarks.web.server import PROCESSES
from benchmarks.web.stock import YEARS

HEADING = "## The site"
_TEXT = """{heading}

Pages a second, and the time within which 95 of 100 answers came, over {connections} connections that are
kept open; {processes} processes of the server with production's settings and compression, on the same machine
as the load. Each number is the median of {rounds} bursts of {seconds:g} s, in which all targets take turns.
CPU is the server's for one page, and what the columns _growth_ and _of the CMS page_ compare: it depends
least on what else the machine does. _Made_: every page is made anew. _Kept_: pages are given again while
nothing public has changed, which the database is asked each time; the CMS's page is kept by Django's own
cache for a minute. The bare CMS page is a plain page with the CMS's default template, a heading; the static
file is the site's style sheet. {many:,} reports are those of {agencies:,} agencies; report pages are walked
through over the whole stock."""
_GROWTH = """_Growth_: CPU with {many:,} reports over CPU with {few}. A page shows what there is: with {few}
reports a list of a year has {in_year} lines, with more it has 50; the home page and the register list up to
200 agencies by name, beyond that their regions. _Of the CMS page_: how many the server makes in the time of
one bare CMS page, with {many:,} reports."""


def section(measured: Sequence[Measured]) -> list[str]:
    """The paragraphs and tables of the section, one table for each kind of database."""
    first = measured[0]
    few, many = min(first.fill_seconds), max(first.fill_seconds)
    text = _TEXT.format(
        heading=HEADING,
        connections=CONNECTIONS,
        processes=PROCESSES,
        rounds=first.rounds,
        seconds=first.seconds,
        many=many,
        agencies=many // len(YEARS),
    )
    parts = [text]
    for one in measured:
        parts += [f"### {one.database}", "\n".join(_table(one, few, many))]
    if len(measured) == 1:
        parts.append("PostgreSQL was not measured in this run.")
    parts.append(_GROWTH.format(few=few, many=many, in_year=few // len(YEARS)))
    return parts


def _table(measured: Measured, few: int, many: int) -> Iterator[str]:
    small, large = (
        {line.target: line for line in measured.lines if line.reports == count} for count in (few, many)
    )
    yield (
        f"| | | pages/s, {few} | pages/s, {many:,} | p95 ms, {few} | p95 ms, {many:,} | CPU ms, {few} "
        f"| CPU ms, {many:,} | growth | of the CMS page | KB |"
    )
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for target, line in large.items():
        less = small[target]
        name = f"**{target.name}**" if target.ours else f"_{target.name}_"
        yield (
            f"| {name} | {'kept' if target.kept else 'made'} | {less.per_second:.0f} | {line.per_second:.0f} "
            f"| {less.p95_ms:.1f} | {line.p95_ms:.1f} | {less.cpu_ms:.2f} | {line.cpu_ms:.2f} "
            f"| {line.cpu_ms / less.cpu_ms:.2f} | {share(large.values(), line):.0%} | {line.kilobytes:.1f} |"
        )


def share(lines: Iterable[Line], line: Line) -> float:
    """How many of it the server makes in the time it makes a bare CMS page, kept or made as it is."""
    bare = (one for one in lines if one.target.name == BARE and one.target.kept == line.target.kept)
    return next(bare).cpu_ms / line.cpu_ms
