"""The annual report as values: one ``Figure`` and one ``Report``, whether read or computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.kernel import Period, Place

Number = int | Decimal
FactValue = int | Decimal | Mapping[str, int | Decimal]


class Mark(StrEnum):
    """What stood in the cell."""

    NUMBER = "number"
    BLANK = "blank"
    NONE = "none"  #: "/", "-", "—", 无, 不适用: read as 0, the mark kept
    MISSING = "missing"  #: the cell, its row or its table is not in the document
    UNREADABLE = "unreadable"  #: something stands there that is not a figure
    UNCERTAIN = "uncertain"  #: figures stand in the row, but which column each belongs to is lost


@dataclass(frozen=True, slots=True, init=False)
class Figure:
    """One figure of the form.

    ``value`` is None unless the figure's place is certain: an int, or a Decimal in 万元 for amounts. ``raw``
    is the cell's text as it stood. ``place`` leads to the source: a place in a document, or the records it
    was counted from. ``ocr`` marks characters recognised from a picture.
    """

    value: Number | None
    raw: str = ""
    mark: Mark = Mark.NUMBER
    place: Place | None = None
    ocr: bool = False

    def __init__(
        self,
        value: Number | None,
        raw: str = "",
        mark: Mark = Mark.NUMBER,
        place: Place | None = None,
        ocr: bool = False,
    ) -> None:
        # A report has two hundred figures: the way a frozen dataclass sets its fields takes twice as long.
        _set_value(self, value)
        _set_raw(self, raw)
        _set_mark(self, mark)
        _set_place(self, place)
        _set_ocr(self, ocr)


_set_value, _set_raw, _set_mark, _set_place, _set_ocr = (
    getattr(Figure, item.name).__set__ for item in fields(Figure)
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the text. ``heading`` as printed (empty for the head note); ``text`` without tables.

    ``spans`` maps the text back to the source: (offset in ``text``, place of the piece beginning there).
    """

    key: str
    heading: str
    text: str
    place: Place | None = None
    spans: tuple[tuple[int, Place], ...] = ()

    def locate(self, start: int, end: int) -> Place | None:
        """The source place of ``text[start:end]``."""
        best: tuple[int, Place] | None = None
        for offset, place in self.spans:
            if offset <= start:
                best = (offset, place)
        return best[1].span(start - best[0], end - best[0]) if best else self.place


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure stated in the text.

    ``scope`` is the word that says what it counts (受理, 收办, 办结 ...), ``raw`` the words it was read from,
    ``section`` the section's key. ``whole`` is False where the sentence limits it to a part: one office of
    a district, one channel, one subject.
    """

    name: str
    value: FactValue
    raw: str
    scope: str = ""
    section: str = ""
    place: Place | None = None
    whole: bool = True
    of: Number | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Figures of one row whose columns are lost: their order is kept, their places are not."""

    values: tuple[Number, ...]
    candidates: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LabelDeviation:
    """A label that differs from the form's: ``path`` of the row or column it labels."""

    path: str
    expected: str
    found: str
    place: Place | None = None


class TableState(StrEnum):
    """How far a statutory table could be read."""

    READ = "read"
    UNCERTAIN = "uncertain"  #: found; some figures cannot be placed
    UNREADABLE = "unreadable"  #: found; no figure can be placed
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a report was read, and what could not be."""

    source: str = ""
    format: str = ""
    layout: str = ""
    title: str = ""
    published_on: date | None = None
    period: Period | None = None
    tables: Mapping[str, TableState] = field(default_factory=dict)
    uncertain: Mapping[str, Uncertain] = field(default_factory=dict)
    labels: tuple[LabelDeviation, ...] = ()
    notes: tuple[str, ...] = ()
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that a person set in place of what was read: what was read is kept beside it, with the reason.

    ``read``, ``raw`` and ``mark`` are the figure's as it was read. ``on`` is the day of the correction.
    """

    path: str
    read: Number | None
    raw: str
    mark: Mark
    value: Number | None
    reason: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report. ``figures`` holds every path of its form (see ``form.all_paths``).

    ``corrections`` says which of them are not as they were read.
    """

    agency: str | None
    year: int | None
    edition: str
    figures: Mapping[str, Figure]
    sections: Mapping[str, Section] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    reading: Reading = field(default_factory=Reading)
    corrections: tuple[Correction, ...] = ()

    @property
    def single_other(self) -> bool:
        """Whether 其他处理 is one row, as in the 2019 edition."""
        return "applications.other.total" in self.figures

    def value(self, path: str) -> Number | None:
        """The figure's value; None where it is blank, missing or not certain."""
        figure = self.figures.get(path)
        return figure.value if figure else None

    def facts_named(self, name: str) -> Iterator[Fact]:
        """Every statement of one kind, in the order of the text."""
        return (fact for fact in self.facts if fact.name == name)

    def text(self, key: str) -> str:
        """A section's text, empty where the section is missing."""
        section = self.sections.get(key)
        return section.text if section else ""
