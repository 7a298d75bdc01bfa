"""Database functions for indexes: what Django's own leave to Python on SQLite no index can hold."""

from typing import Any

from django.db.models import Func, IntegerField


class YearOf(Func):
    """The year of a date column, as an expression that both databases index."""

    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Days are texts there: the year is what they begin with."""
        return self.as_sql(
            compiler, connection, template="CAST(SUBSTR(%(expressions)s, 1, 4) AS INTEGER)", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Its own function, as a whole number."""
        return self.as_sql(
            compiler, connection, template="CAST(EXTRACT(YEAR FROM %(expressions)s) AS INTEGER)", **context
        )
