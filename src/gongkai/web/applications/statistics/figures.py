"""Table 3 straight from the cases, each figure with the list of cases behind it.

A case counts as new by its day of receipt, its result by the day it ended; carried in is what was received
before the period and still open when it began (REGULATION §3.2).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.lookups import GreaterThanOrEqual, In, LessThan

from gongkai.kernel.period import Period
from gongkai.web.applications.models import ApplicantKind, Case
from gongkai.web.applications.models.shelves import OrNever, Shelf, shelves

#: Result rows in the order of the form of 2021; the wire format's names.
RESULTS: Final = (
    "granted", "partial",
    "denied_state_secret", "denied_by_law", "denied_safety_stability", "denied_third_party",
    "denied_internal", "denied_process", "denied_enforcement_file", "denied_registry_query",
    "unable_not_held", "unable_needs_making", "unable_still_unclear",
    "declined_petition", "declined_repeat", "declined_publication", "declined_abusive", "declined_reissue",
    "other_not_corrected", "other_fee_unpaid", "other_other",
)  # fmt: skip
COLUMNS: Final = (*ApplicantKind.values, "total")
ROWS: Final = ("new", "carried_in", *RESULTS, "total", "carried_out")

Table = Mapping[str, Mapping[str, int]]
_DAY: Final = timedelta(1)
_Question = tuple[str, tuple[Any, ...]]


def cases(agency_ids: list[int], period: Period, row: str, column: str = "total") -> "QuerySet[Case]":
    """The cases one figure of table 3 counts, by agency and the day that makes them count.

    Raises KeyError for a row the form does not have. In the order of days the indexes have the many of a
    period; the few that were open on a day are found by theirs and then sorted, by a form no index has.
    """
    first, last = period
    day: str | OrNever = OrNever("received_on")
    if row == "new":
        day = "received_on"
        found = Case.objects.filter(agency_id__in=agency_ids, received_on__range=(first, last))
    elif row in {"carried_in", "carried_out"}:
        still_open = _open_at(agency_ids, first if row == "carried_in" else last + _DAY)
        found = Case.objects.filter(pk__in=still_open.values("pk"))
    else:
        day, found = "closed_on", results(agency_ids, period)
        if row != "total":
            found = found.filter(outcome=_row(row))
    if column != "total":
        found = found.filter(applicant_kind=ApplicantKind(column))
    return found.order_by("agency_id", day, "year", "number")


def _row(name: str) -> str:
    if name not in RESULTS:
        raise KeyError(name)
    return name


def results(agency_ids: list[int], period: Period) -> "QuerySet[Case]":
    """What ended in a period, however it ended."""
    return Case.objects.filter(
        agency_id__in=agency_ids, closed_on__range=tuple(period), received_on__isnull=False
    )


def _open_at(agency_ids: list[int], day: date) -> "QuerySet[Case]":
    """What was received before a day and not closed before it.

    The first day is asked for in a form no index serves, or a database would rather look at all cases that
    ever came before.
    """
    return Case.objects.filter(
        In(Shelf("received_on", "closed_on"), shelves(day)),
        GreaterThanOrEqual(OrNever("closed_on"), day),
        LessThan(OrNever("received_on"), day),
        agency_id__in=agency_ids,
    )


def table3(agency_ids: list[int], period: Period) -> Table:
    """Every figure of table 3, zero where no case counts: a count of none is known to be none.

    The cases of a period are those closed in it and those open at its end; each is looked at once, and was
    either new in the period or carried into it (no case is closed before it is received). So the sum of 新收
    and 上年结转 is that of 总计 and 结转下年 by the way it is counted. One question to the database, which
    indexes answer, whatever the number of cases.
    """
    table = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    if not agency_ids:
        return table
    closed = _counts(results(agency_ids, period), "outcome", period.start)
    still_open = _counts(_open_at(agency_ids, period.end + _DAY), "'carried_out'", period.start)
    for row, column, count, carried in _both(closed, still_open):
        _add(table[row], column, count)
        if row != "carried_out":
            _add(table["total"], column, count)
        _add(table["carried_in"], column, carried)
        _add(table["new"], column, count - carried)
    return table


def _counts(found: "QuerySet[Case]", row: str, first: date) -> _Question:
    """By ``row`` and kind of applicant: how many of the cases, and how many of them came before a day.

    The cases are those of the list. The counting around them is written out: for one agency the database has
    counted before Django has put the words together.
    """
    columns = found.order_by().values_list("outcome", "applicant_kind", "received_on")
    cases, values = columns.query.sql_with_params()
    sql = f"""
        SELECT {row}, applicant_kind, COUNT(*), COUNT(CASE WHEN received_on < %s THEN 1 END)
        FROM ({cases}) AS cases GROUP BY 1, 2"""  # noqa: S608 - our own names
    return sql, (first.isoformat(), *values)


def _both(one: _Question, other: _Question) -> list[tuple[Any, ...]]:
    """The answers to two questions, asked as one."""
    with connection.cursor() as cursor:
        cursor.execute(f"{one[0]} UNION ALL {other[0]}", one[1] + other[1])
        return cursor.fetchall()


def _add(row: dict[str, int], column: str, count: int) -> None:
    row[column] += count
    row["total"] += count
