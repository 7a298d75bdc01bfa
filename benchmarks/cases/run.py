"""``python -m benchmarks.cases.run CASES ANSWER``: fill the settings' database, measure, leave the answer.

The environment is one of ``benchmarks.web.server``.
"""

import pickle
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cases.citizens import citizens
from benchmarks.cases.measure import Measured, Page, pages, tables
from benchmarks.cases.stock import AGENCIES, fill


def main(arguments: Sequence[str]) -> int:
    """Migrate, fill, let the database look at its rows, measure."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    django.setup()
    call_command("migrate", verbosity=0)
    cases, today = int(arguments[0]), timezone.localdate()
    began = time.monotonic()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
    stock = fill(cases, today)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")  # its autovacuum does it after a while
    connection.close()  # the next has production's settings again
    filled = time.monotonic() - began
    print(f"{connection.display_name}: {cases:,} cases in {filled:.0f} s", flush=True)
    asked, counted = [_told(page) for page in pages(stock, today)], []
    for table in tables(range(1, AGENCIES + 1), today):
        counted.append(table)
        print(
            f"table 3, {table.period}, {table.agencies} agencies, {table.rows:,} rows:"
            f" {table.ours:.1f} ms, bare {table.bare:.1f} ms",
            flush=True,
        )
    asked += [_told(page) for page in citizens(stock)]  # last: what they send is in no figure above
    version = ".".join(map(str, connection.get_database_version()))
    found = Measured(connection.display_name, version, cases, stock.open_in_all, filled, asked, counted)
    Path(arguments[1]).write_bytes(pickle.dumps(found))
    return 0


def _told(page: Page) -> Page:
    print(f"{page.name:40} median {page.median:7.1f} ms, p95 {page.p95:7.1f} ms", flush=True)
    return page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
