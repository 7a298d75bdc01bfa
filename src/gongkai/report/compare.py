"""Two reports side by side: two years of one agency, or two agencies.

Nothing is guessed where a side is blank.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rapidfuzz.distance import Indel

from gongkai.report import form
from gongkai.report.labels import FACTS
from gongkai.report.model import FactValue, Number, Report

SCHEMA = "gongkai.comparison/1"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of both reports. ``difference`` is b - a, None unless both are known."""

    path: str
    label: str
    a: Number | None
    b: Number | None

    @property
    def difference(self) -> Number | None:
        """By how much b is larger than a."""
        return None if self.a is None or self.b is None else self.b - self.a


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section of both reports.

    ``a`` and ``b`` are the lengths of its text in characters (None: missing), ``similarity`` how alike the
    texts are, from 0 to 1.
    """

    key: str
    heading: str
    a: int | None
    b: int | None
    similarity: float | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A figure both texts may state: each side's first statement about the whole agency, or None."""

    name: str
    a: FactValue | None
    b: FactValue | None

    @property
    def label(self) -> str:
        """The name in Chinese."""
        return FACTS.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Side:
    """Which report stands on a side."""

    source: str
    agency: str | None
    year: int | None
    edition: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What :func:`compare` found. ``figures`` holds every path of either form, in printed order."""

    a: Side
    b: Side
    figures: tuple[FigureRow, ...]
    sections: tuple[SectionRow, ...]
    facts: tuple[FactRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """The wire form of ``gongkai.comparison/1``; amounts are decimal strings, as in a report."""
        return {
            "schema": SCHEMA,
            "a": _side_out(self.a),
            "b": _side_out(self.b),
            "figures": [
                {
                    "path": row.path,
                    "label": row.label,
                    "a": _out(row.a),
                    "b": _out(row.b),
                    "difference": _out(row.difference),
                }
                for row in self.figures
            ],
            "sections": [
                {
                    "key": row.key,
                    "heading": row.heading,
                    "a": row.a,
                    "b": row.b,
                    "similarity": None if row.similarity is None else round(row.similarity, 4),
                }
                for row in self.sections
            ],
            "facts": [
                {"name": row.name, "label": row.label, "a": _out(row.a), "b": _out(row.b)}
                for row in self.facts
            ],
        }


def compare(a: Report, b: Report) -> Comparison:
    """``a`` and ``b`` side by side. A figure that only one form has stands beside None."""
    return Comparison(_side(a), _side(b), _figures(a, b), _sections(a, b), _facts(a, b))


def _side(report: Report) -> Side:
    return Side(report.reading.source, report.agency, report.year, report.edition)


def _figures(a: Report, b: Report) -> tuple[FigureRow, ...]:
    first = form.all_paths(a.edition, a.single_other)
    second = form.all_paths(b.edition, b.single_other)
    return tuple(
        FigureRow(path, form.path_label(path, edition), a.value(path), b.value(path))
        for path, edition in _merged(first, a.edition, second, b.edition).items()
    )


def _merged(
    first: tuple[str, ...], first_edition: str, second: tuple[str, ...], second_edition: str
) -> dict[str, str]:
    """Paths of both forms, table by table, each with the edition whose words name it."""
    editions = dict.fromkeys(second, second_edition) | dict.fromkeys(first, first_edition)
    order = {path: place for place, path in reversed(list(enumerate((*first, *second))))}
    tables = {"proactive": 0, "applications": 1, "disputes": 2}
    return {
        path: editions[path]
        for path in sorted(order, key=lambda path: (tables[path.partition(".")[0]], order[path]))
    }


def _sections(a: Report, b: Report) -> tuple[SectionRow, ...]:
    return tuple(
        _section(key, heading or "（首部说明）", a, b)
        for key, heading in form.SECTIONS.items()
        if key in a.sections or key in b.sections
    )


def _section(key: str, heading: str, a: Report, b: Report) -> SectionRow:
    texts = [
        re.sub(r"\s+", "", report.sections[key].text) if key in report.sections else None for report in (a, b)
    ]
    first, second = texts
    alike = Indel.normalized_similarity(first, second) if first and second else None
    return SectionRow(
        key, heading, None if first is None else len(first), None if second is None else len(second), alike
    )


def _facts(a: Report, b: Report) -> tuple[FactRow, ...]:
    first, second = _stated(a), _stated(b)
    return tuple(FactRow(name, first.get(name), second.get(name)) for name in first | second)


def _stated(report: Report) -> dict[str, FactValue]:
    stated: dict[str, FactValue] = {}
    for fact in report.facts:
        if fact.whole:
            stated.setdefault(fact.name, fact.value)
    return stated


def _side_out(side: Side) -> dict[str, Any]:
    return {"source": side.source, "agency": side.agency, "year": side.year, "edition": side.edition}


def _out(value: FactValue | None) -> Any:
    if isinstance(value, Mapping):
        return {key: _out(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return format(value, "f")
    return value
