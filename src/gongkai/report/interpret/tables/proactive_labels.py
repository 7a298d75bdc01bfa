"""Labels of table 2, both editions: columns and rows by their distance to the form's wording."""

from collections.abc import Collection
from functools import lru_cache

from gongkai.report import form
from gongkai.report.interpret.tables.labels import core, nearest

_COLUMNS = {
    edition.code: tuple(
        dict.fromkeys(
            (column.key, core(label))
            for block in edition.proactive
            for column in block.columns
            for label in (column.label, column.label.partition("（")[0])
        )
    )
    for edition in form.EDITIONS.values()
}
_ROWS = {
    edition.code: tuple((row.key, core(row.label)) for block in edition.proactive for row in block.rows)
    for edition in form.EDITIONS.values()
}
COLUMN_LABELS = {
    (edition.code, row.key, column.key): column.label
    for edition in form.EDITIONS.values()
    for block in edition.proactive
    for row in block.rows
    for column in block.columns
}
ROW_LABELS = {
    (edition.code, row.key): row.label
    for edition in form.EDITIONS.values()
    for block in edition.proactive
    for row in block.rows
}
ROW_COLUMNS = {
    (edition.code, row.key): tuple(column.key for column in block.columns)
    for edition in form.EDITIONS.values()
    for block in edition.proactive
    for row in block.rows
}
#: Column keys that only one edition has: they tell which edition a table 2 is.
_TELLING = {
    "2021": frozenset({"issued", "repealed", "in_force"}),
    "2019": frozenset({"made", "newly_disclosed", "disclosed_total", "items_last_year", "change"}),
}


@lru_cache(1024)
def match_proactive_column(text: str, edition: str) -> str | None:
    """The column of table 2 that a header cell names."""
    if len(text) > 40:
        return None
    return nearest(text, _COLUMNS[edition])


@lru_cache(1024)
def match_proactive_row(text: str, edition: str) -> str | None:
    """The row of table 2 that a cell labels."""
    if len(text) > 40:
        return None
    return nearest(text, _ROWS[edition])


def edition_of(texts: Collection[str]) -> str | None:
    """The edition whose column labels stand among ``texts``; None where neither or both do."""
    votes = {
        code: len({k for t in texts if (k := match_proactive_column(t, code)) in telling})
        for code, telling in _TELLING.items()
    }
    if votes["2019"] == votes["2021"]:
        return None
    return max(votes, key=votes.__getitem__)


def in_yuan(label: str) -> bool:
    """Whether an amount's header names 元 and not 万元, so that its figure is not in the form's unit."""
    return "元" in label and "万" not in label
