"""Where the index keeps a case, so that those open on some day are found without looking at all others.

A case that ended by the end of the year after the one it came in stands on the shelf of the quarter it came
in; one that is open, or took longer, on a shelf of its own. The cases that were open on a day are then on the
shelves of at most eight quarters and on that one, however many came before and were done.

The functions are written without parameters: SQLite finds an index by the very words of an expression.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, Func, IntegerField

#: The shelf of cases that are open or took long.
LONG: Final = 0


def shelves(day: date) -> list[int]:
    """The shelves on which all cases are that came before a day and were open when it began."""
    last = day - timedelta(1)
    return [LONG, *range((day.year - 1) * 4, last.year * 4 + (last.month - 1) // 3 + 1)]


class Shelf(Func):
    """The shelf of a case by the days it came and ended; null where it has not been received.

    Quarters are numbered from the year nought: of 2024 they are 8096 to 8099.
    """

    arity = 2
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:  # noqa: ARG002
        """Days are texts there."""
        return self._filled(
            compiler,
            "CASE WHEN SUBSTR({closed}, 1, 4) - SUBSTR({received}, 1, 4) < 2"
            " THEN SUBSTR({received}, 1, 4) * 4 + (SUBSTR({received}, 6, 2) - 1) / 3"
            f" WHEN {{received}} IS NOT NULL THEN {LONG} END",
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra_context: Any) -> Any:  # noqa: ARG002
        """The same in whole numbers."""
        return self._filled(
            compiler,
            "CASE WHEN EXTRACT(YEAR FROM {closed}) - EXTRACT(YEAR FROM {received}) < 2"
            " THEN CAST(EXTRACT(YEAR FROM {received}) * 4 + EXTRACT(QUARTER FROM {received}) AS INTEGER) - 1"
            f" WHEN {{received}} IS NOT NULL THEN {LONG} END",
        )

    def _filled(self, compiler: Any, template: str) -> tuple[str, tuple[()]]:
        received, closed = (compiler.compile(day)[0] for day in self.get_source_expressions())
        return template.format(received=received, closed=closed), ()


class OrNever(Func):
    """A day, and where there is none the last day there is: what was open on a day ended on it or later."""

    arity = 1
    output_field = DateField()
    template = f"COALESCE(%(expressions)s, '{date.max}')"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The last day as a day."""
        return self.as_sql(
            compiler, connection, template=f"COALESCE(%(expressions)s, DATE '{date.max}')", **context
        )
