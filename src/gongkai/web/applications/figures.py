"""Table 3 straight from the cases, each figure with the list of cases behind it.

A case counts as new by its day of receipt, its result by the day it ended; carried in is what was received
before the period and still open when it began (REGULATION §3.2).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db.models import Count, Q, QuerySet

from gongkai.kernel.period import Period
from gongkai.law.case import Channel
from gongkai.web.applications.models import ApplicantKind, Case, State

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


class Speed(NamedTuple):
    """How fast cases ended in a period: how many, how many in time, and the median of working days used.

    Shares are of the cases that had a last day to keep; None where there is none.
    """

    closed: int
    answered: int
    late: int
    on_time: float | None
    median_workdays: float | None
    by_channel: Mapping[str, int]


def speed(agency_ids: list[int], period: Period) -> Speed:
    """On time and median working days of the cases that ended in the period."""
    ended = cases(agency_ids, period, "total").order_by()
    answered = ended.filter(state=State.ANSWERED)
    counts = answered.aggregate(n=Count("id"), late=Count("id", filter=Q(late=True)))
    used = list(
        answered.filter(used_workdays__isnull=False).values_list("used_workdays").annotate(n=Count("id"))
    )
    channels = ended.values_list("channel").annotate(n=Count("id"))
    n = counts["n"]
    return Speed(
        closed=ended.count(),
        answered=n,
        late=counts["late"],
        on_time=(n - counts["late"]) / n if n else None,
        median_workdays=_median(sorted(used)),
        by_channel={Channel(code).word: count for code, count in channels},
    )


def _median(counted: list[tuple[int, int]]) -> float | None:
    """The median of values given with how often each comes; None of nothing."""
    total = sum(count for _, count in counted)
    if not total:
        return None
    middle = ((total - 1) // 2, total // 2)
    found, seen = [], 0
    for value, count in counted:
        found += [value for place in middle if seen <= place < seen + count]
        seen += count
    return sum(found) / 2
