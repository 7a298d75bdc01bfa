"""What last year's report of the same agency says of this year's cells (REGULATION §3.4: H6, S1, S2)."""

from collections.abc import Collection

from gongkai.report.check.proactive import STOCK_ROWS
from gongkai.report.check.table3 import COLUMN_KEYS
from gongkai.report.check.years import ITEM_ROWS, obstacle
from gongkai.report.model import Number, Report


def carried_over(report: Report, previous: Report | None, wanted: Collection[str]) -> dict[str, int]:
    """The ``wanted`` cells that last year's report determines; nothing where it is not that report.

    二 is last year's 四, column by column. In force is last year's figure with this year's issued and
    repealed ones, which need to be read; the 2019 form's items are last year's with their change.
    """
    if previous is None or None in (report.year, previous.year) or obstacle(report, previous):
        return {}
    found: dict[str, Number | None] = {
        f"applications.carried_in.{key}": previous.value(f"applications.carried_out.{key}")
        for key in COLUMN_KEYS
    }
    if report.edition == previous.edition:
        found |= _in_force(report, previous) if report.edition == "2021" else _items(previous)
    known = {path: int(value) for path, value in found.items() if value is not None and value >= 0}
    return {path: value for path, value in known.items() if path in wanted}


def _in_force(report: Report, previous: Report) -> dict[str, Number | None]:
    found: dict[str, Number | None] = {}
    for row in STOCK_ROWS:
        base = f"proactive.{row}"
        before, issued = previous.value(f"{base}.in_force"), report.value(f"{base}.issued")
        repealed = report.value(f"{base}.repealed")
        if before is not None and issued is not None and repealed is not None:
            found[f"{base}.in_force"] = before + issued - repealed
    return found


def _items(previous: Report) -> dict[str, Number | None]:
    found: dict[str, Number | None] = {}
    for row in ITEM_ROWS:
        base = f"proactive.{row}"
        before, change = previous.value(f"{base}.items_last_year"), previous.value(f"{base}.change")
        if before is not None and change is not None:
            found[f"{base}.items_last_year"] = before + change
    return found
