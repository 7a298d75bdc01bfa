"""What the sums and the text settle about figures whose columns were lost.

Where the blank cells of a row were moved to its end, the last figure is the row's 总计 or belongs to an
applicant while 总计 is blank. Only where the text or the table's balance leaves no other placement is the
总计 read; the other figures stay uncertain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from gongkai.report.interpret.readings import TablesReading
from gongkai.report.interpret.tables.draft import COLUMN_KEYS
from gongkai.report.interpret.tables.numbers import parse_count
from gongkai.report.model import Fact, Figure, Mark, Number, Uncertain

#: The facts that state the total of a row of table 3.
_STATED = {
    "new": "applications_received",
    "carried_in": "applications_carried_in",
    "carried_out": "applications_carried_out",
    "total": "applications_completed",
}


@dataclass(slots=True)
class _Row:
    key: str
    uncertain: Uncertain

    @property
    def last(self) -> Number:
        return self.uncertain.values[-1]

    def adds_up(self) -> bool:
        """Whether the last figure can be the total of those before it."""
        values = self.uncertain.values
        return len(values) >= 2 and values[-1] > 0 and sum(values[:-1]) == values[-1]


def settle(tables: TablesReading, facts: Iterable[Fact]) -> tuple[dict[str, Figure], dict[str, Uncertain]]:
    """The figures and the doubts after the totals that admit no other placement were read."""
    figures, uncertain = dict(tables.figures), dict(tables.uncertain)
    rows = [
        _Row(path.partition(".")[2], item)
        for path, item in uncertain.items()
        if path.startswith("applications.")
    ]
    stated = _stated(facts)
    order = ("new", "carried_in")
    for row in sorted(rows, key=lambda row: row.key not in order):
        if row.adds_up() and _certain(row, stated, figures):
            _accept(row, tables, figures, uncertain)
    return figures, uncertain


def _stated(facts: Iterable[Fact]) -> dict[str, set[Number]]:
    stated: dict[str, set[Number]] = {}
    for fact in facts:
        if fact.whole and not isinstance(fact.value, Mapping):
            stated.setdefault(fact.name, set()).add(fact.value)
    return stated


def _certain(row: _Row, stated: dict[str, set[Number]], figures: dict[str, Figure]) -> bool:
    """Whether the row's total can only be its last figure, not the double that a blank 总计 would mean."""
    said = stated.get(_STATED.get(row.key, ""), set())
    if said == {row.last}:
        return True
    if row.key in ("new", "carried_in"):
        return False
    received = figures.get("applications.new.total")
    if received is None or received.value is None:
        return False
    carried = figures.get("applications.carried_in.total")
    if carried is not None and carried.value is None and carried.mark is not Mark.BLANK:
        return False
    available = received.value + ((carried.value or 0) if carried else 0)
    return row.last <= available < row.last * 2


def _accept(
    row: _Row,
    tables: TablesReading,
    figures: dict[str, Figure],
    uncertain: dict[str, Uncertain],
) -> None:
    prefix = f"applications.{row.key}"
    raw, place = tables.stray[prefix][-1]
    value, mark = parse_count(raw)
    old = figures[f"{prefix}.total"]
    figures[f"{prefix}.total"] = Figure(value, raw.strip(), mark, place, old.ocr)
    uncertain[prefix] = replace(row.uncertain, values=row.uncertain.values[:-1], candidates=COLUMN_KEYS[:-1])
