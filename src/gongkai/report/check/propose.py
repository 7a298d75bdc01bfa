"""What blank cells should hold: by the sums, last year's report, the text, or by what is filled in.

Nothing here is read into the report: what was blank stays blank, the values are proposals (REGULATION §7, 3).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from gongkai.report import form
from gongkai.report.check.last_year import carried_over
from gongkai.report.check.solve import Bounds, System, applications_system, bounds, disputes_system
from gongkai.report.model import Report

#: Facts that state a cell, and the words a message quotes them with. Results first: 四 follows from them.
_STATED = {
    "applications.total.total": ("applications_completed",),
    "applications.carried_in.total": ("applications_carried_in",),
    "applications.carried_out.total": ("applications_carried_out", "applications_pending"),
    "applications.new.total": ("applications_received",),
    "disputes.reconsideration.total": ("reconsiderations",),
    "disputes.reconsideration.pending": ("reconsiderations_pending",),
    "proactive.normative_documents.issued": ("normative_documents_issued",),
    "proactive.normative_documents.in_force": ("normative_documents_in_force",),
    "proactive.licences.decisions": ("licences",),
    "proactive.penalties.decisions": ("penalties",),
    "proactive.coercive_measures.decisions": ("coercive_measures",),
}
_BALANCE_ROWS = ("new", "carried_in", "total", "carried_out")
#: Scope words under which "received" counts the carried-in cases too.
_WITH_CARRIED_IN = ("受理", "收办", "办理")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Proposed values by path.

    ``determined`` by the identities, ``carried`` over from last year's report, ``followed`` from these by the
    identities, ``stated`` in the text, and ``summed`` from what is filled in, the other blanks counted as 0.
    Figures that contradict each other (``contradictory``) allow no proposal.
    """

    determined: Mapping[str, int] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)
    followed: Mapping[str, int] = field(default_factory=dict)
    stated: Mapping[str, int] = field(default_factory=dict)
    summed: Mapping[str, int] = field(default_factory=dict)
    contradictory: bool = False

    @property
    def values(self) -> dict[str, int | str]:
        """All of them."""
        return {**self.summed, **self.stated, **self.followed, **self.carried, **self.determined}


def propose(report: Report, table: str, blank: Sequence[str], previous: Report | None = None) -> Proposal:
    """Proposals for the ``blank`` cells of one table, whose blankness is certain.

    ``previous`` is last year's report where given. Where the text says otherwise of one of its
    figures, nothing is proposed from it, nor what the text says of that figure.
    """
    said = {p: v for p in blank if p in _STATED and (v := stated_value(report, p)) is not None}
    before = carried_over(report, previous, blank)
    disputed = {path for path in before.keys() & said.keys() if before[path] != said[path]}
    if disputed:  # the sums would bring the disputed figure back from the other columns
        said, before = {path: value for path, value in said.items() if path not in disputed}, {}
    if table == "proactive":
        return Proposal(carried=before, stated={p: v for p, v in said.items() if p not in before})
    system = applications_system(report.single_other) if table == "applications" else disputes_system()
    limits = _bounds(report, system)
    if limits is None:
        return Proposal(contradictory=True)
    missing = set(blank)
    determined = _determined(limits, missing)
    carried = {path: value for path, value in before.items() if path not in determined}
    narrower = limits.given(carried)
    carried, limits = ({}, limits) if narrower is None else (carried, narrower)
    followed = _determined(limits, missing - determined.keys() - carried.keys())
    known = {**determined, **carried, **followed}
    stated = _stated(report, limits, {path: value for path, value in said.items() if path not in known})
    if table != "applications":
        return Proposal(determined, carried, followed, stated)
    known |= stated
    summed = {} if missing <= known.keys() else _summed(report, known, missing - disputed)
    if summed and limits.given({**stated, **summed}) is None:
        summed = {}
    return Proposal(determined, carried, followed, stated, summed)


def _determined(limits: Bounds, missing: Collection[str]) -> dict[str, int]:
    return {path: value for path, value in limits.determined().items() if path in missing}


def _bounds(report: Report, system: System) -> Bounds | None:
    figures = report.figures

    def value(path: str) -> int | None:
        return cast("int | None", figures[path].value) if path in figures else None

    return bounds(system, value)


def filled_sums(report: Report, sums: Mapping[str, int], complete: Collection[str]) -> dict[str, int]:
    """Totals of table 3 that are blank, from the sums of what is filled in beside them.

    ``complete`` are the totals whose parts are all read. Where some parts are blank too, the sum is proposed
    only if no other cell of the table forces the total to be more.
    """
    limits = _bounds(report, applications_system(report.single_other))
    if limits is None:
        return {path: value for path, value in sums.items() if path in complete}
    least = {path: limits.least(path) for path in sums}
    determined = limits.determined()
    return {path: value for path, value in least.items() if path in determined or value == sums[path]}


def stated_value(report: Report, path: str) -> int | None:
    """The figure the text states for a cell; None where it states none, several, or one of a part only."""
    names = _STATED[path]
    values: set[int] = set()
    for fact in report.facts:
        if fact.name not in names or not fact.whole or not isinstance(fact.value, int):
            continue
        if path == "applications.new.total" and fact.scope.startswith(_WITH_CARRIED_IN):
            return None
        values.add(fact.value)
    return values.pop() if len(values) == 1 else None


def _stated(report: Report, limits: Bounds, said: Mapping[str, int]) -> dict[str, int]:
    """Stated values one after the other, each only if the sums admit it beside those before."""
    found: dict[str, int] = {}
    for path in _STATED:
        if (value := said.get(path)) is None:
            continue
        if path == "applications.total.total" and _results(report, "total") not in (0, value):
            continue  # what is filled in says otherwise
        narrower = limits.given({path: value})
        if narrower is not None:
            found[path], limits = value, narrower
    return found


def _results(report: Report, column: str) -> int:
    values = [report.value(f"applications.{row}.{column}") for row in form.outcome_keys(report.single_other)]
    return sum([int(value) for value in values if value is not None])


def _summed(report: Report, known: Mapping[str, int], blank: set[str]) -> dict[str, int]:
    """（七） from the results filled in, then 二 or 四 from the balance; the other blanks count as 0."""
    found: dict[str, int] = {}
    for column in form.COLUMNS:
        paths = {row: f"applications.{row}.{column.key}" for row in _BALANCE_ROWS}
        outcomes = [f"applications.{row}.{column.key}" for row in form.outcome_keys(report.single_other)]
        if any(report.value(path) is None and path not in blank for path in (*outcomes, *paths.values())):
            continue
        value = {row: report.value(path) for row, path in paths.items()}
        value = {row: known.get(paths[row]) if v is None else v for row, v in value.items()}
        if value["total"] is None and (done := _results(report, column.key)) > 0:
            value["total"] = found[paths["total"]] = done
        if value["new"] is None or value["total"] is None:
            continue
        left = int(value["new"]) + int(value["carried_in"] or 0) - int(value["total"])
        left -= int(value["carried_out"] or 0)
        if left > 0 and value["carried_out"] is None:
            found[paths["carried_out"]] = left
        elif left < 0 and value["carried_in"] is None:
            found[paths["carried_in"]] = -left
    return found
