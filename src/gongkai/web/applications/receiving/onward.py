"""Where an application went on: the cases it was split into, and the case at the agency in charge.

Each of them is the same applicant's, so whoever has proven the code of the first has proven who they are. It
does not hold the other way: the code of a part opens that part.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from gongkai.web.applications.models import Case


class Onward(NamedTuple):
    """A case that came of another one, and the day it was registered."""

    case: Case
    on: date
    forwarded: bool


def after(case: Case) -> list[Onward]:
    """What came of a case, and of that again, in the order it was registered."""
    found = list(_next(case))
    for one in found:
        found.extend(_next(one.case))
    return sorted(found, key=lambda one: (one.on, one.case.pk))


def _next(case: Case) -> Iterator[Onward]:
    # Two questions, each answered by its index; as one, the database would look at every case.
    parts = Case.objects.filter(split_from=case).select_related("agency")
    sent_on = Case.objects.filter(came_by__case=case).select_related("agency")
    for one in sorted({*parts, *sent_on}, key=lambda found: found.pk):
        yield Onward(one, timezone.localdate(one.submitted_at), one.split_from_id != case.pk)


def original(case: Case) -> str:
    """What was asked for before a case was split, or the one it is a part of; empty where nothing was, and
    where the case's own words are purged.
    """
    if case.purged_at is not None:
        return ""
    while case.split_from is not None:
        case = case.split_from
    return case.asked_for


def as_sent(case: Case) -> str:
    """What the applicant asked for, in their own words; and which part of it this case is about."""
    words = original(case)
    return f"{words}\n（按一事一申请拆分，本件办理：{case.subject}）" if words else case.subject


def told(case: Case, found: list[Onward]) -> Iterator[tuple[date, str]]:
    """The same in lines of the case's story: one for each day it was split on, one for its being sent on."""
    parts: dict[date, list[str]] = {}
    for one in found:
        if one.forwarded:
            yield one.on, f"经您同意，转{one.case.agency.full_name}办理，登记号{one.case.register_no}"
        else:
            parts.setdefault(one.on, []).append(one.case.register_no)
    for on, numbers in parts.items():
        each = "分别" if len(numbers) > 1 else ""
        yield on, f"按一事一申请拆分，另立{'、'.join(numbers)}{each}办理"
    if case.split_from is not None:
        yield (
            timezone.localdate(case.submitted_at),
            f"按一事一申请，由{case.split_from.register_no}号申请拆分",
        )
