"""Periods of days, both ends included."""

from datetime import date
from typing import NamedTuple, Self


class Period(NamedTuple):
    """From ``start`` to ``end``, both included. Days are days in Asia/Shanghai."""

    start: date
    end: date

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The calendar year an annual report covers (Art. 50)."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end
