"""信息处理费 by items: which item of its applicant's month a case is (国办函〔2020〕109号)."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from gongkai.web.applications.models import Applicant, Case


class Place(NamedTuple):
    """A case is the ``number``-th of the ``of`` its applicant made to the agency in the month it came in."""

    number: int
    of: int


def place(case: Case) -> Place | None:
    """Where a case stands among its applicant's items of the calendar month, at its agency.

    In the order of receipt: by the day received, on one day by register number. Each part of a split
    application is an item; withdrawn ones count: they were made. None where nobody can tell: before receipt
    is confirmed, or without the applicant's number.
    """
    month = _month(case)
    if month is None:
        return None
    # Received on the same day: by register number, which begins anew each year.
    same_day = Q(received_on=case.received_on, year=case.year, number__lte=case.number)
    same_day |= Q(received_on=case.received_on, year__lt=case.year)
    before = month.filter(Q(received_on__lt=case.received_on) | same_day)
    return Place(before.count(), month.count())


def _month(case: Case) -> QuerySet[Case] | None:
    """The applicant's cases of the month, found by the blind index of the number, which stays encrypted."""
    number = case.applicant.identity_number
    if not number or case.received_on is None:
        return None
    index: Any = Applicant._meta.get_field("identity_index")
    first = case.received_on.replace(day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return Case.objects.filter(
        agency_id=case.agency_id,
        received_on__range=(first, last),
        applicant__identity_index__in=index.candidates(number),
    )
