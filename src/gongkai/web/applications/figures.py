"""Table 3 straight from the cases, each figure with the list of cases behind it.

A case counts as new by its day of receipt, its result by the day it ended; carried in is what was received
before the period and still open when it began (REGULATION §3.2).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Count, Lookup, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import In, LessThan

from gongkai.kernel.period import Period
from gongkai.law.case import Channel
from gongkai.web.applications.models import FIRST_DAY, ApplicantKind, Case, State
from gongkai.web.common.functions import YearOf

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


def cases(agency_ids: list[int], period: Period, row: str, column: str = "total") -> "QuerySet[Case]":
    """The cases one figure of table 3 counts. Raises KeyError for a row the form does not have."""
    first, last = period
    if row == "new":
        found = _of(agency_ids).filter(received_on__range=(first, last))
    elif row == "carried_in":
        found = _open_at(agency_ids, first)
    elif row == "carried_out":
        found = _open_at(agency_ids, last + _DAY)
    else:
        found = _results(agency_ids, period)
        if row != "total":
            found = found.filter(outcome=_row(row))
    return found if column == "total" else found.filter(applicant_kind=ApplicantKind(column))


def _row(name: str) -> str:
    if name not in RESULTS:
        raise KeyError(name)
    return name


def _of(agency_ids: list[int]) -> "QuerySet[Case]":
    return Case.objects.filter(agency_id__in=agency_ids)


def _results(agency_ids: list[int], period: Period) -> "QuerySet[Case]":
    first, last = period
    return _of(agency_ids).filter(closed_on__range=(first, last), received_on__isnull=False)


def _open_at(agency_ids: list[int], day: date) -> "QuerySet[Case]":
    """What was received before a day and not closed before it."""
    found = _of(agency_ids).order_by().values("pk")
    both = found.filter(_still_open(day)).union(found.filter(_closed_later(day)), all=True)
    return Case.objects.filter(pk__in=both)


def _received_before(day: date) -> Lookup[bool]:
    """In a form no index serves, or the database would rather look at all cases that ever came before."""
    return LessThan(Coalesce("received_on", Value(date.max)), day)


def _still_open(day: date) -> Q:
    return Q(_received_before(day), closed_on=None)


def _closed_later(day: date) -> Q:
    """Received before a day, closed on it or later.

    The years of receipt are named so that the index finds them: of a year that is long over hardly any case
    was closed later, and the many that came afterwards are not looked at.
    """
    years = In(YearOf("received_on"), list(range(FIRST_DAY.year, (day - _DAY).year + 1)))
    return Q(years, _received_before(day), closed_on__gte=day)


def table3(agency_ids: list[int], period: Period) -> Table:
    """Every figure of table 3, zero where no case counts: a count of none is known to be none.

    The cases of a period are those closed in it and those open at its end; each is looked at once, and was
    either new in the period or carried into it (no case is closed before it is received). So the sum of 新收
    and 上年结转 is that of 总计 and 结转下年 by the way it is counted. Three grouped questions to the
    database, which indexes answer, whatever the number of cases.
    """
    table = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    results = _results(agency_ids, period)
    for column, outcome, count, carried in _counted(results, period.start, "outcome"):
        _add(table[outcome], column, count)
        _add(table["total"], column, count)
        _came(table, column, count, carried)
    after = period.end + _DAY
    for open_at_the_end in (_still_open(after), _closed_later(after)):
        for column, count, carried in _counted(_of(agency_ids).filter(open_at_the_end), period.start):
            _add(table["carried_out"], column, count)
            _came(table, column, count, carried)
    return table


def _counted(found: "QuerySet[Case]", first: date, *by: str) -> Iterable[tuple[Any, ...]]:
    """Per kind of applicant, and ``by`` more: how many, and how many of them were received before a day."""
    carried = Count("received_on", filter=Q(received_on__lt=first))
    return found.order_by().values_list("applicant_kind", *by).annotate(n=Count("*"), carried=carried)


def _came(table: dict[str, dict[str, int]], column: str, count: int, carried: int) -> None:
    _add(table["carried_in"], column, carried)
    _add(table["new"], column, count - carried)


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
    groups = (
        _results(agency_ids, period)
        .order_by()
        .values_list("state", "channel", "late", "used_workdays")
        .annotate(n=Count("*"))
    )
    closed = answered = late = 0
    used: Counter[int] = Counter()
    channels: Counter[str] = Counter()
    for state, channel, was_late, workdays, count in groups:
        closed += count
        channels[Channel(channel).word] += count
        if state == State.ANSWERED:
            answered += count
            late += count if was_late else 0
            if workdays is not None:
                used[workdays] += count
    return Speed(
        closed=closed,
        answered=answered,
        late=late,
        on_time=(answered - late) / answered if answered else None,
        median_workdays=_median(sorted(used.items())),
        by_channel=dict(channels),
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
