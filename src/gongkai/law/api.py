"""The door of ``law`` for the command line: text and dates in, values and JSON-ready dicts out."""

from datetime import date
from typing import Any

from gongkai.kernel import GongkaiError
from gongkai.law import fees, outcomes
from gongkai.law.arrangement import Arrangement
from gongkai.law.calendar import published
from gongkai.law.case import Account, Day, Kind, State, Term
from gongkai.law.clock import account
from gongkai.law.fees import Tariff
from gongkai.law.imported import import_year
from gongkai.law.outcomes import Remedy
from gongkai.law.wire import account_to_dict, read_case

__all__ = [
    "Account", "Arrangement", "Day", "Kind", "Remedy", "State", "Tariff", "Term",
    "account_to_dict", "clock", "fee", "import_year", "published", "remedy", "remedy_to_dict", "workdays",
]  # fmt: skip


def workdays(start: date, end: date) -> int:
    """Working days from ``start`` to ``end``, both included. Raises CalendarNotPublished."""
    if end < start:
        raise GongkaiError(f"起始日期{start}晚于终止日期{end}", remedy="请把早的日期写在前面", code="period")
    return published().count(start, end)


def clock(events: str, on: date | None = None) -> Account:
    """The account of the case in EVENTS.json; see :func:`gongkai.law.clock.account`."""
    return account(read_case(events), on)


def fee(tariff: Tariff, count: int, on: date | None = None) -> int:
    """The fee in yuan; see :func:`gongkai.law.fees.fee`."""
    return fees.fee(tariff, count, on)


def remedy(row: str, on: date) -> Remedy:
    """The remedy against a decision of ``on`` in this row; see :func:`gongkai.law.outcomes.remedy`."""
    return outcomes.remedy(row, on)


def remedy_to_dict(row: str, on: date, found: Remedy) -> dict[str, Any]:
    """The remedy as JSON: ``direct_suit_months`` is null where reconsideration comes first."""
    return {
        "outcome": row,
        "on": on.isoformat(),
        "reconsideration_first": found.reconsideration_first,
        "reconsideration_days": found.reconsideration_days,
        "reconsideration_body": found.body,
        "suit_after_reconsideration_days": found.suit_after_days,
        "direct_suit_months": found.suit_months,
        "clause": found.clause(),
        "basis": list(found.basis),
    }
