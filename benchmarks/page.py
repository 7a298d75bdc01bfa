"""docs/benchmarks.md out of what was measured."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.layouts import LAYOUTS
from benchmarks.measure import Measured
from benchmarks.trial import Outcome
from benchmarks.truth import Score

#: What issue 2 asks for: how many times the floor, by format; None: absolute milliseconds for text.
_GOALS = {"html": 3, "html-published": 3, "docx": 4, "pdf-typst": 3, "pdf-libreoffice": 3}
_TEXT_GOAL_MS, _CHECKS_GOAL_MS, _IMPORT_GOAL_MS = 1.0, 1.0, 200.0
_LIBRARIES = ("pandas", "python-docx", "pdfplumber", "selectolax", "lxml", "pdf-oxide")


_SIDE_BY_SIDE = """## Side by side

{reports} generated reports a format, both editions, every second with blank cells, labels as the form
prints them, in layouts that keep each figure in its place. Each contender runs in a process of its own;
CPU time a report is the median of {rounds} rounds. The other libraries give tables; their figures are
mapped by labels that are equal once white space is gone, with the same seven columns. _Declared
uncertain_ and _missed unsaid_ are cells with a figure that were left null, with and without a word about
it. The floor does the least that any reader of the format must do. `html` are bare pages, mostly the report's
own markup; `html-published` are pages as sites publish them, with menus, scripts, lists of links and the
report pasted from Word (`benchmarks/layouts/site.py`).

Every process is warm: it has read the same files once before, so that libraries are loaded and the labels
of the form, the same in every report, are matched already. That is how many files are read; the first file
of a process takes longer."""
_WHERE_TIME_GOES = """## Where the time goes

Milliseconds of CPU a report. _Checks_ are all rules together and not part of the whole; at most
{goal:.0f} ms is the goal. Peak memory above includes the interpreter, the libraries and all the files.
What is done with the grid (_tables_, _text_) takes the same time whatever the format: the goal in
floors is meant for files of the usual weight and says little of a bare page that is parsed in a tenth
of a millisecond."""
_EVERY_LAYOUT = """## Every layout

Our reader on generated reports in each layout (`benchmarks/layouts`); one report in three has harmless
changes of its labels, one in three typing errors. A figure _in place_ must be read; one that is _hard_ to
place (a row with blank cells in a layout that moves cells) may be declared uncertain; one whose place is
_lost_ is null, unless the form's sums leave no other place for it. In the layouts in italics not every
figure in place is asked for. A wrong figure is never accepted."""


@dataclass(frozen=True)
class Line:
    """A contender on a format. ``result``: scores and reports read completely; None for a floor."""

    kind: str
    name: str
    role: str
    measured: Measured
    reports: int
    result: tuple[Score, int] | None
    file_kb: float


@dataclass(frozen=True)
class Page:
    """Everything that goes onto the page; ``site`` is the finished section of the site."""

    day: str
    rounds: int
    lines: list[Line]
    imports: dict[str, float]
    outcomes: list[Outcome]
    site: list[str]


def _machine() -> str:
    cpu = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = names[0].partition(":")[2].strip() if names else cpu
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{cpu}, {os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def _shared(line: Line) -> str:
    if not line.result:
        return "— | — | — | — | —"
    result, complete = line.result
    counts = result.counts
    known = counts["right"] + counts["missed"] + len(result.wrong)
    return (
        f"{counts['right'] / known:.2%} | {complete} of {line.reports} | {len(result.wrong)} | "
        f"{counts['uncertain']} | {counts['silent']}"
    )


def _comparison(page: Page) -> Iterator[str]:
    yield (
        "| format | | cells right | reports all right | wrong | declared uncertain | missed unsaid | CPU ms "
        "| peak MB |"
    )
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    for line in page.lines:
        name = f"**{line.name}**" if line.role == "ours" else line.name
        name = f"_floor: {name}_" if line.role == "floor" else name
        yield (
            f"| {line.kind} | {name} | {_shared(line)} | {line.measured.cpu_ms:.2f} | "
            f"{line.measured.peak_mb:.0f} |"
        )


def _times(page: Page) -> Iterator[str]:
    yield "| format | KB a file | whole | × the floor | to reach | bytes to grid | tables | text | checks |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    floors = {line.kind: line.measured.cpu_ms for line in page.lines if line.role == "floor"}
    for line in page.lines:
        if line.role != "ours":
            continue
        parts = line.measured.extra_ms
        goal = f"{_GOALS[line.kind]} ×" if line.kind in _GOALS else f"{_TEXT_GOAL_MS:.0f} ms"
        times = line.measured.cpu_ms / floors[line.kind]
        yield (
            f"| {line.kind} | {line.file_kb:.0f} | {line.measured.cpu_ms:.2f} | {times:.1f} | {goal} | "
            f"{parts['read']:.2f} | {parts['tables']:.2f} | {parts['text']:.2f} | {parts['checks']:.2f} |"
        )


def _layouts(page: Page) -> Iterator[str]:
    yield "| layout | reports | all right | in place: read | wrong | hard: read | lost: null | not readable |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for outcome in page.outcomes:
        counts = outcome.score.counts
        name = outcome.name if LAYOUTS[outcome.name].strict else f"_{outcome.name}_"
        yield (
            f"| {name} | {outcome.reports} | {outcome.complete} | {outcome.share:.2%} | "
            f"{len(outcome.score.wrong)} | {_part(counts['hard_right'], counts['hard_null'])} | "
            f"{_part(counts['lost_null'], counts['lost_right'])} | {len(outcome.errors)} |"
        )


def _part(count: int, rest: int) -> str:
    return f"{count} of {count + rest}" if count + rest else "—"


def write_page(page: Page) -> str:
    """The Markdown text."""
    reports = max((line.reports for line in page.lines), default=0)
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    imports = "; ".join(f"`import {name}`: {ms:.0f} ms" for name, ms in page.imports.items())
    sections = (
        f"# Measured\n\nWritten by `make bench` on {page.day}. {_machine()}. {libraries}.",
        _SIDE_BY_SIDE.format(reports=reports, rounds=page.rounds),
        "\n".join(_comparison(page)),
        _WHERE_TIME_GOES.format(goal=_CHECKS_GOAL_MS),
        "\n".join(_times(page)),
        f"Imports beside the interpreter itself: {imports} (goal: {_IMPORT_GOAL_MS:.0f} ms).",
        _EVERY_LAYOUT,
        "\n".join(_layouts(page)),
        *page.site,
    )
    return "\n\n".join(sections) + "\n"
