"""Table 3 straight from the cases, each figure with the list of cases behind it.

A case counts as new by its day of receipt, its result by the day it ended; carried in is what was received
before the period and still open when it began (REGULATION §3.2).
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet

from gongkai.kernel.period import Period
from gongkai.web.applications.models import ApplicantKind, Case

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


def cases(agency_ids: list[int], period: Period, row: str, column: str = "total") -> "QuerySet[Case]":
    """The cases one figure of table 3 counts. Raises KeyError for a row the form does not have."""
    found = Case.objects.filter(agency_id__in=agency_ids).filter(_condition(row, period))
    if column != "total":
        found = found.filter(applicant_kind=ApplicantKind(column))
    return found


def _condition(row: str, period: Period) -> Q:
    first, last = period
    if row == "new":
        return Q(received_on__range=(first, last))
    if row == "carried_in":
        return Q(received_on__lt=first) & (Q(closed_on=None) | Q(closed_on__gte=first))
    if row == "carried_out":
        return Q(received_on__lte=last) & (Q(closed_on=None) | Q(closed_on__gt=last))
    if row == "total":
        return Q(closed_on__range=(first, last), received_on__isnull=False)
    if row in RESULTS:
        return Q(closed_on__range=(first, last), outcome=row, received_on__isnull=False)
    raise KeyError(row)


def table3(agency_ids: list[int], period: Period) -> Table:
    """Every figure of table 3, zero where no case counts: a count of none is known to be none.

    Four grouped questions to the database, whatever the number of cases.
    """
    table = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    for row in ("new", "carried_in", "carried_out"):
        counted = (
            cases(agency_ids, period, row).order_by().values_list("applicant_kind").annotate(n=Count("id"))
        )
        for column, count in counted:
            _add(table[row], column, count)
    results = (
        cases(agency_ids, period, "total")
        .order_by()
        .values_list("outcome", "applicant_kind")
        .annotate(n=Count("id"))
    )
    for outcome, column, count in results:
        _add(table[outcome], column, count)
        _add(table["total"], column, count)
    return table


def _add(row: dict[str, int], column: str, count: int) -> None:
    row[column] += count
    row["total"] += count


def year_of(year: int) -> Period:
    """1 January to 31 December."""
    return Period(date(year, 1, 1), date(year, 12, 31))
