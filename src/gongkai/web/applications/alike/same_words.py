"""What the due list says of open cases in the same words, and how it is narrowed to them."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.web.applications.models import OPEN, Case

#: What the due list can be narrowed to.
FILTERS: Final = (("alike", "有同文的申请"), ("grouped", "已归组的申请"))


def first_id(case: Case) -> int:
    """The first of the group the case is in; itself where it is in none."""
    return case.same_as_id or case.pk


def alike(case: Case) -> QuerySet[Case]:
    """Other cases of the agency that ask for the same in the same words."""
    if not case.text_index or case.purged_at is not None:
        return Case.objects.none()
    same = Case.objects.filter(agency_id=case.agency_id, text_index=case.text_index, purged_at=None)
    return same.exclude(pk=case.pk)


def marks(cases: Iterable[Case]) -> Mapping[int, str]:
    """By case what the due list says: 同文3件, and whether they are grouped. Two questions for all."""
    shown = list(cases)
    same = _sizes_of_words(shown)
    firsts = {first_id(one) for one in shown}
    rows = Case.objects.filter(same_as_id__in=firsts).order_by().values_list("same_as_id")
    grouped = {first: count + 1 for first, count in rows.annotate(n=Count("id"))}
    told = {}
    for one in shown:
        if first_id(one) in grouped:
            told[one.pk] = f"同文{grouped[first_id(one)]}件，已归组"
        elif same.get((one.agency_id, one.text_index), 0) > 1:
            told[one.pk] = f"同文{same[one.agency_id, one.text_index]}件"
    return told


def narrowed(cases: QuerySet[Case], wanted: str) -> QuerySet[Case]:
    """Open cases narrowed to one of ``FILTERS``; all of them where none is wanted."""
    if wanted == "grouped":
        return cases.filter(Q(same_as__isnull=False) | Exists(Case.objects.filter(same_as_id=OuterRef("pk"))))
    if wanted == "alike":
        twin = Case.objects.filter(
            agency_id=OuterRef("agency_id"), text_index=OuterRef("text_index"), state__in=OPEN
        ).exclude(pk=OuterRef("pk"))
        return cases.exclude(text_index="").filter(Exists(twin))
    return cases


def _sizes_of_words(cases: list[Case]) -> dict[tuple[int, str], int]:
    rows = (
        Case.objects.filter(
            agency_id__in={one.agency_id for one in cases},
            text_index__in={one.text_index for one in cases} - {""},
            state__in=OPEN,
        )
        .order_by()
        .values_list("agency_id", "text_index")
        .annotate(n=Count("id"))
    )
    return {(agency, text): count for agency, text, count in rows}
