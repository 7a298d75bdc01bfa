"""Reasons for an abnormal number of applications (条例 35): whether they are asked for or in, until when."""

from datetime import date
from typing import Final, NamedTuple

from gongkai.law.calendar import Reached, published
from gongkai.law.case import Kind
from gongkai.law.grounds import last_day_to_answer
from gongkai.web.applications import clock
from gongkai.web.applications.models import Case, CaseEvent

_KINDS: Final = (Kind.REASONS_REQUESTED, Kind.REASONS_GIVEN)


class Asked(NamedTuple):
    """What an open case waits for: ``workdays`` as stated; ``until`` is None where no term runs yet."""

    on: date
    workdays: int | None
    until: Reached | None


def wanted(case: Case) -> Asked | None:
    """Of an open case the request for reasons that nobody has answered yet."""
    last = _last(case)
    if last is None or last.kind != Kind.REASONS_REQUESTED:
        return None
    asked = next(one for one in reversed(clock.law_case(case).events) if one.kind is Kind.REASONS_REQUESTED)
    return Asked(asked.on, asked.workdays, last_day_to_answer(asked, published()))


def given(case: Case) -> CaseEvent | None:
    """Of an open case the reasons that answer the last request."""
    last = _last(case)
    return last if last is not None and last.kind == Kind.REASONS_GIVEN else None


def _last(case: Case) -> CaseEvent | None:
    if not case.is_open:
        return None
    return clock.in_force(case.events.filter(kind__in=_KINDS)).last()
