"""What the two halves of the interpreter hand to each other: the tables and the text of one document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.kernel import Period, Place
from gongkai.report.model import Fact, Figure, LabelDeviation, Section, TableState, Uncertain

#: Parts of a document's blocks that the tables took: block index -> character ranges, None for all of it.
Consumed = Mapping[int, tuple[tuple[int, int], ...] | None]


@dataclass(frozen=True, slots=True)
class TablesReading:
    """The three statutory tables of a document.

    ``figures`` holds the paths of every table that was found; ``edition`` is None where table 2 does not
    tell it. ``stray`` has, for each row in ``uncertain``, the raw text and place of its figures in order.
    """

    edition: str | None
    figures: Mapping[str, Figure]
    states: Mapping[str, TableState]
    uncertain: Mapping[str, Uncertain] = field(default_factory=dict)
    labels: tuple[LabelDeviation, ...] = ()
    consumed: Consumed = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    stray: Mapping[str, tuple[tuple[str, Place | None], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextReading:
    """Everything around the tables. ``sections``: keys of ``form.SECTIONS``; missing ones are absent."""

    title: str = ""
    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    published_on: date | None = None
    sections: Mapping[str, Section] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
