"""The tables' reading while it is being put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from gongkai.kernel import Place
from gongkai.report import form
from gongkai.report.interpret.tables import numbers
from gongkai.report.interpret.tables.labels import ROW_BY_KEY, differs
from gongkai.report.model import (
    Figure,
    LabelDeviation,
    Mark,
    Number,
    TableState,
    Uncertain,
)

COLUMN_KEYS = tuple(column.key for column in form.COLUMNS)
_ROW_PATHS = {key: tuple(f"applications.{key}.{column}" for column in COLUMN_KEYS) for key in ROW_BY_KEY}
#: The figure of a cell that the document does not have.
MISSING = Figure(None, "", Mark.MISSING)


class Slot(Protocol):
    """Where a figure may stand: a cell of a table, or a token of loose text."""

    @property
    def text(self) -> str:
        """What stands in it, as it stands."""

    @property
    def place(self) -> Place | None:
        """Where it stands."""


class BlankSlot(NamedTuple):
    """The slot of a cell that the document leaves out because it is blank."""

    place: Place | None = None
    text: str = ""


@dataclass(slots=True)
class Draft:
    """Figures, doubts and deviations collected so far; becomes a ``TablesReading``."""

    ocr: bool = False
    figures: dict[str, Figure] = field(default_factory=dict)
    uncertain: dict[str, Uncertain] = field(default_factory=dict)
    labels: dict[str, LabelDeviation] = field(default_factory=dict)
    states: dict[str, TableState] = field(default_factory=dict)
    consumed: dict[int, tuple[tuple[int, int], ...] | None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    stray: dict[str, tuple[tuple[str, Place | None], ...]] = field(default_factory=dict)
    #: Cells are missing without a trace (repeated lines dropped): what is left cannot be placed.
    lines_dropped: bool = False
    #: Table 3 proves that blank cells stand in place.
    blanks_kept: bool = False

    def put(self, path: str, slot: Slot | None) -> None:
        """Read one cell into the figure at ``path``; None where the document has no such cell."""
        if slot is None:
            self.figures[path] = MISSING
            return
        raw = slot.text
        value, mark = numbers.parse(path[path.rindex(".") + 1 :], raw)
        self.figures[path] = Figure(value, raw.strip(), mark, slot.place, self.ocr)

    def put_row(self, key: str, slots: Sequence[Slot | None]) -> None:
        """Read the seven cells of a row of table 3, 自然人 to 总计; None where there is no such cell."""
        figures, ocr = self.figures, self.ocr
        for path, slot in zip(_ROW_PATHS[key], slots, strict=True):
            if slot is None:
                figures[path] = MISSING
                continue
            raw = slot.text
            value, mark = numbers.parse_count(raw)
            figures[path] = Figure(value, raw.strip(), mark, slot.place, ocr)

    def doubt(self, prefix: str, candidates: tuple[str, ...], slots: Sequence[Slot], reason: str) -> None:
        """Figures of one row whose columns are lost: none is read, all are listed."""
        values = tuple(v for v in (_value(candidates, slot) for slot in slots) if v is not None)
        place = slots[0].place if slots else None
        raw = " ".join(slot.text.strip() for slot in slots)
        for candidate in candidates:
            self.figures[f"{prefix}.{candidate}"] = Figure(None, raw, Mark.UNCERTAIN, place, self.ocr)
        self.uncertain[prefix] = Uncertain(values, candidates, reason)
        self.stray[prefix] = tuple((slot.text, slot.place) for slot in slots)

    def forget(self, table: str) -> None:
        """Take back a table: its figures stand in the document, but none of them can be placed."""
        for path, figure in self.figures.items():
            if path.startswith(table):
                self.figures[path] = Figure(None, figure.raw, Mark.UNREADABLE, figure.place, self.ocr)
        for path in [path for path in self.uncertain if path.startswith(table)]:
            del self.uncertain[path]
        self.states[table] = TableState.UNREADABLE

    def adopt(self, readings: list["Draft"]) -> None:
        """Take over what was read of a table. Several readings must agree, or none of them counts.

        A page may carry a table twice (for print, for phones); two tables 3 with different figures leave
        it open which one is the report's.
        """
        first = readings[0]
        self.lines_dropped = first.lines_dropped
        self.blanks_kept = all(reading.blanks_kept for reading in readings)
        self.labels.update(first.labels)
        for reading in readings:
            self.consumed.update(reading.consumed)
        if all(_same(first, other) for other in readings[1:]):
            self.figures.update(first.figures)
            self.uncertain.update(first.uncertain)
            self.stray.update(first.stray)
            self.states.update(first.states)
            self.notes.extend(first.notes)
            return
        self.notes.append(f"文中有{len(readings)}张表三且数字不同，无法确定以哪一张为准，均未读取")
        self.figures.update(first.figures)
        self.forget("applications")

    def label(self, path: str, expected: str, found: str, place: Place | None) -> None:
        """Note how the label of a row or column reads, where it deviates from the form's."""
        if not differs(found, expected):
            return
        if not any(item.place == place and item.found == found.strip() for item in self.labels.values()):
            self.labels.setdefault(path, LabelDeviation(path, expected, found.strip(), place))

    def row_label(self, key: str, found: str, place: Place | None) -> None:
        """:meth:`label` for a row of table 3."""
        self.label(f"applications.{key}", ROW_BY_KEY[key].label, found, place)


def _value(candidates: tuple[str, ...], slot: Slot) -> Number | None:
    amounts = any(candidate.endswith("amount_10k_yuan") for candidate in candidates)
    return numbers.parse_amount(slot.text)[0] if amounts else numbers.parse_count(slot.text)[0]


def _same(one: Draft, other: Draft) -> bool:
    values = {path: figure.value for path, figure in one.figures.items()}
    return values == {path: figure.value for path, figure in other.figures.items()}
