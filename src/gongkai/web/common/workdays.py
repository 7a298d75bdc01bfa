"""Whether people work on a day. The applications know the law's calendar and register it at start-up::

    registry.of("workdays").register("law", works)  # (day) -> bool

For hours of messages and reminders, never for a deadline: those ask the law itself, which raises where a year
has not been published.
"""

from datetime import date
from typing import Final

from gongkai.web.common import registry

REGISTRY: Final = "workdays"
_SATURDAY: Final = 5


def works(day: date) -> bool:
    """As the calendar says; Mondays to Fridays where none is registered."""
    known = registry.of(REGISTRY).get("law")
    return bool(known(day)) if known else by_week(day)


def by_week(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < _SATURDAY
