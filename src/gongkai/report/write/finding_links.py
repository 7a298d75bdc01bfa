"""Where each finding stands: the figures and sections of the reading, and the spots of the source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from gongkai.kernel import Finding, Level, Place
from gongkai.report import form
from gongkai.report.grid import Document
from gongkai.report.model import Report
from gongkai.report.write.source_index import SourceIndex, Spot

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


@dataclass(frozen=True, slots=True)
class Linked:
    """A finding with its number on the page, the ids it concerns in the reading and the source spots."""

    number: int
    finding: Finding
    reading: tuple[str, ...]
    source: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """All findings of a page; lookups from an element to the findings that concern it."""

    findings: tuple[Linked, ...]
    by_reading: dict[str, list[Linked]]
    by_source: dict[str, list[tuple[Linked, Spot]]]
    figures_by_source: dict[str, str]
    source_by_figure: dict[str, str]


def link(report: Report, findings: Sequence[Finding], document: Document | None) -> Links:
    """Tie findings, figures and source together; gravest findings first."""
    index = SourceIndex(document) if document else None
    linked = []
    for number, finding in enumerate(sorted(findings, key=lambda f: _ORDER[f.level]), start=1):
        reading = tuple(dict.fromkeys(_reading_ids(report, finding)))
        linked.append(Linked(number, finding, reading, _spots(index, report, finding, reading)))
    by_reading: dict[str, list[Linked]] = defaultdict(list)
    by_source: dict[str, list[tuple[Linked, Spot]]] = defaultdict(list)
    for item in linked:
        for target in item.reading:
            by_reading[target].append(item)
        for place in item.source:
            by_source[place.id].append((item, place))
    source_by_figure = {
        path: spot.id
        for path, figure in report.figures.items()
        if index and (spot := index.find(figure.place))
    }
    # A figure that is blank may have the place of its row's label: that cell is no figure.
    figures_by_source = {
        spot_id: path for path, spot_id in source_by_figure.items() if report.figures[path].raw.strip()
    }
    return Links(tuple(linked), by_reading, by_source, figures_by_source, source_by_figure)


def _reading_ids(report: Report, finding: Finding) -> Iterator[str]:
    # A pattern (applications.*.total) says what was compared; the cells say which of them it is about.
    named = () if finding.cells and "*" in finding.where else (finding.where,)
    for where in (*named, *finding.cells):
        yield from _targets(report, where)


def _targets(report: Report, where: str) -> Iterator[str]:
    table, _, rest = where.partition(".")
    if where in report.figures:
        yield where
    elif table in ("proactive", "applications", "disputes") and rest:
        pattern = where if where.count(".") == 2 else f"{where}.*"
        yield from (path for path in report.figures if fnmatchcase(path, pattern))
    elif table in ("proactive", "applications", "disputes"):
        yield f"table-{table}"
    elif table == "sections" and rest in form.SECTIONS:
        yield where
    elif table == "facts":
        yield from (f"sections.{fact.section}" for fact in report.facts_named(rest) if fact.section)


def _spots(
    index: SourceIndex | None, report: Report, finding: Finding, reading: Iterable[str]
) -> tuple[Spot, ...]:
    """The finding's own place first, then the places of the figures it names."""
    if index is None:
        return ()
    places: list[Place | None] = [finding.place]
    places += [report.figures[path].place for path in reading if path in report.figures]
    found = (index.find(place) for place in places)
    return tuple(dict.fromkeys(spot for spot in found if spot))
