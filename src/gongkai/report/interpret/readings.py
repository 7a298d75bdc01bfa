"""What the two halves of the interpreter hand to each other: the tables and the text of one document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.kernel import Period
from gongkai.report.model import Fact, Figure, LabelDeviation, Section, TableState, Uncertain

#: Parts of a document's blocks that the tables took: block index -> character ranges, None for all of it.
Consumed = Mapping[int, tuple[tuple[int, int], ...] | None]


@dataclass(frozen=True, slots=True)
class TablesReading:
    """The three statutory tables of a document. ``figures`` holds every path of the form that was found."""

    edition: str | None
    figures: Mapping[str, Figure]
    states: Mapping[str, TableState]
    uncertain: Mapping[str, Uncertain] = field(default_factory=dict)
    labels: tuple[LabelDeviation, ...] = ()
    consumed: Consumed = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextReading:
    """Everything around the tables. ``sections`` are keyed as in ``form.SECTIONS``; missing ones are absent."""

    title: str = ""
    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    published_on: date | None = None
    sections: Mapping[str, Section] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
