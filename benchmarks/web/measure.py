"""Home, lists and report page beside a static file and a bare page of the CMS, in bursts that take turns."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.web import stock
from benchmarks.web.load import Burst, burst
from benchmarks.web.server import Server, environment, fill, serving

FEW, MANY = 100, 100_000
BARE = "bare CMS page"
#: How many report pages a burst walks through, spread over the whole stock.
_REPORTS = 20
#: How often every kept page is asked for on each connection before a burst, so that all processes have it.
_WARM = 3


@dataclass(frozen=True)
class Target:
    """What is asked for: its name, its paths in a database with so many reports, and whether it is ours."""

    name: str
    ours: bool
    kept: bool = False
    fixed: tuple[str, ...] = ()

    def paths(self, reports: int) -> list[str]:
        """The addresses, asked for in turn."""
        if self.fixed:
            return list(self.fixed)
        return [stock.report_path(number) for number in range(0, reports, max(1, reports // _REPORTS))]


_PAGES = (
    ("home", ("/",)),
    ("list of a year", tuple(f"/reports/{year}/" for year in stock.YEARS)),
    ("agencies", ("/agencies/",)),
    ("report", ()),
)
#: With every page made anew; with pages kept.
TARGETS = {
    False: (
        Target("static file", ours=False, fixed=("/static/portal/site.css",)),
        Target(BARE, ours=False, fixed=("/cms/bare/",)),
        *(Target(name, ours=True, fixed=paths) for name, paths in _PAGES),
    ),
    True: (
        Target(BARE, ours=False, kept=True, fixed=("/cms-kept/bare/",)),
        *(Target(name, ours=True, kept=True, fixed=paths) for name, paths in _PAGES),
    ),
}


@dataclass
class Line:
    """A target on a database with so many reports, in all its bursts."""

    reports: int
    target: Target
    bursts: list[Burst] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Pages a second, median of the bursts."""
        return median(one.per_second for one in self.bursts)

    @property
    def p95_ms(self) -> float:
        """95 of 100 pages came within so many milliseconds, median of the bursts."""
        return median(one.p95_ms for one in self.bursts)

    @property
    def cpu_ms(self) -> float:
        """The server's CPU milliseconds a page, median of the bursts; those of PostgreSQL not included."""
        return median(one.cpu_ms for one in self.bursts)

    @property
    def kilobytes(self) -> float:
        """What went over the wire for the last page."""
        return self.bursts[-1].size / 1024


@dataclass(frozen=True)
class Measured:
    """All lines on a kind of database, and the seconds it took to make a stock of so many reports."""

    database: str
    lines: list[Line]
    seconds: float
    rounds: int
    fill_seconds: Mapping[int, float]


@dataclass(frozen=True)
class _Open:
    line: Line
    server: Server

    def go(self, seconds: float, *, passes: int = 0) -> Burst:
        return burst(self.server, self.line.target.paths(self.line.reports), seconds, passes=passes)


def measure(name: str, addresses: Mapping[int, str], *, rounds: int, seconds: float) -> Measured:
    """One kind of database; ``addresses`` by number of reports, "" for SQLite in a folder of its own.

    Every burst is ``seconds`` long. All targets of all stocks take turns within a round, so that a slow
    moment of the machine falls on all of them.
    """
    filled: dict[int, float] = {}
    opened: list[_Open] = []
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder, ExitStack() as stack:
        for reports, address in addresses.items():
            data = Path(folder) / str(reports)
            filled[reports] = fill(data, address, reports)
            print(f"{name}: {reports} reports in {filled[reports]:.0f} s", flush=True)
            opened.extend(_servers(stack, reports, data, address))
        _rounds(opened, rounds, seconds)
    return Measured(name, [one.line for one in opened], seconds, rounds, filled)


def _servers(stack: ExitStack, reports: int, data: Path, address: str) -> Iterator[_Open]:
    for keep, targets in TARGETS.items():
        server = stack.enter_context(serving(environment(data, address, keep=keep)))
        for target in targets:
            yield _Open(Line(reports, target), server)


def _rounds(opened: Sequence[_Open], rounds: int, seconds: float) -> None:
    for one in opened:
        one.go(seconds)  # imports, templates, the database's own memory
    for _ in range(rounds):
        for one in opened:
            if one.line.target.kept:
                one.go(0, passes=_WARM)
            one.line.bursts.append(one.go(seconds))
    for one in opened:
        line = one.line
        print(
            f"{line.reports:7} {'kept' if line.target.kept else 'made'} {line.target.name:15} "
            f"{line.per_second:7.0f}/s p95 {line.p95_ms:6.1f} ms cpu {line.cpu_ms:6.2f} ms",
            flush=True,
        )
