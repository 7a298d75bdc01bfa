"""The workbench's pages on a large database, and table 3 beside one bare GROUP BY over its results."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import median
from typing import Any

from benchmarks.cases.stock import LARGE, Stock
from benchmarks.web.server import HOST

#: Answers of a page, after so many that load its code and templates.
PAGE_ROUNDS, WARM = 40, 2
#: Turns of table 3 and the bare query: so many, and on until so many seconds are over.
TABLE_ROUNDS, TABLE_SECONDS = 9, 1.0
_BUCKETS = ("soon", "overdue", "mine")
#: Figures whose lists are looked at: row and column.
_BEHIND = (("new", "total"), ("carried_out", "total"), ("total", "total"), ("granted", "business"))


@dataclass(frozen=True)
class Page:
    """A page asked for again and again: milliseconds of each answer."""

    name: str
    promised: bool
    ms: list[float]

    @property
    def median(self) -> float:
        """Half of the answers came within so many milliseconds."""
        return median(self.ms)

    @property
    def p95(self) -> float:
        """95 of 100 did."""
        return sorted(self.ms)[int(len(self.ms) * 0.95)]


@dataclass(frozen=True)
class Table:
    """Table 3 of some agencies and a period: its results, and median milliseconds of it and of the bare
    query over these, taken in turns.
    """

    agencies: int
    period: str
    rows: int
    ours: float
    bare: float


@dataclass(frozen=True)
class Measured:
    """Everything on one kind of database; ``version`` its own, with how it was set up."""

    database: str
    version: str
    cases: int
    open: int
    fill_seconds: float
    pages: list[Page]
    tables: list[Table]


class Wrong(Exception):
    """A page of errors, or figures that are not those of the bare query: nothing is measured by them."""


def pages(stock: Stock, today: date) -> Iterator[Page]:
    """Every page through its real view, signed in, all the site's middleware before it."""
    from django.urls import reverse

    clerk, supervisor = _signed_in(stock.clerk), _signed_in(stock.supervisor)
    due, figures = reverse("applications:due"), reverse("applications:figures")
    cases = [reverse("applications:case", args=[pk]) for pk in stock.open[:: max(1, len(stock.open) // 40)]]
    closed = [reverse("applications:case", args=[pk]) for pk in stock.closed]
    county = f"?agency=1&below=1&year={today.year - 1}"
    asked: Sequence[tuple[str, bool, Any, Sequence[str]]] = (
        ("due list", True, clerk, [due]),
        ("due list, its buckets", True, clerk, [f"{due}?bucket={one}" for one in _BUCKETS]),
        ("due list, last pages", True, clerk, [f"{due}?p={number}" for number in (5, 9)]),
        ("due list, by register number", True, clerk, [_looked_for(clerk, stock.register_no)]),
        ("due list, by applicant", True, clerk, [_looked_for(clerk, stock.name)]),
        ("a case, open", True, clerk, cases),
        ("a case, closed", True, clerk, closed),
        ("calendar of what is due", False, clerk, [reverse("applications:month")]),
        ("what waits for me", False, clerk, [reverse("applications:desk")]),
        ("due list of the county", False, supervisor, [due]),
        ("what waits for the county's leader", False, supervisor, [reverse("applications:desk")]),
        ("figures of the agency, a year", False, clerk, [f"{figures}?year={today.year - 1}"]),
        ("figures of the county, a year", False, supervisor, [figures + county]),
        ("cases behind a figure, the agency", False, clerk,
         [reverse("applications:behind", args=cell) + f"?year={today.year - 1}" for cell in _BEHIND]),
        ("cases behind a figure, the county", False, supervisor,
         [reverse("applications:behind", args=cell) + county for cell in _BEHIND]),
    )  # fmt: skip
    for name, promised, client, paths in asked:
        yield Page(name, promised, _asked(client, paths))


def _signed_in(person: int) -> Any:
    from django.test import Client

    from gongkai.web.agencies.models import Person

    client = Client(HTTP_HOST=HOST)
    client.force_login(Person.objects.get(pk=person))
    return client


def _looked_for(client: Any, text: str) -> str:
    """The address of the list that is looked through for a text, which stands in no address itself."""
    from django.urls import reverse

    return str(client.post(reverse("applications:look"), {"q": text}, secure=True).headers["Location"])


def _asked(client: Any, paths: Sequence[str]) -> list[float]:
    def ask(path: str) -> None:
        answer = client.get(path, secure=True)
        if answer.status_code != 200:
            message = f"{path}: {answer.status_code} {answer.headers.get('Location', '')}"
            raise Wrong(message)

    taken = (paths[number % len(paths)] for number in range(PAGE_ROUNDS + WARM))
    return [milliseconds(partial(ask, path)) for path in taken][WARM:]


def tables(agencies: Sequence[int], today: date) -> Iterator[Table]:
    """Whole years and shorter periods, of all agencies and of the large one."""
    from gongkai.kernel.period import Period

    last = today.year - 1
    half = Period(date(last, 1, 1), date(last, 6, 30))
    periods = (
        (str(last), Period.of_year(last)),
        (str(last - 7), Period.of_year(last - 7)),
        (f"first half of {last}", half),
        ("ten years", Period(date(last - 9, 1, 1), date(last, 12, 31))),
    )
    for name, period in periods:
        for ids in (list(agencies), [LARGE]):
            yield _table(name, period, ids)


def _table(name: str, period: Any, ids: list[int]) -> Table:
    from gongkai.web.applications.statistics import figures

    counted = figures.table3(ids, period)
    rows = sum(count for _, _, count in _bare(ids, period))
    if rows != counted["total"]["total"]:
        message = f"{name}: {rows} rows, {counted['total']['total']} results"
        raise Wrong(message)
    ours: list[float] = []
    bare: list[float] = []
    while len(ours) < TABLE_ROUNDS or sum(ours) + sum(bare) < TABLE_SECONDS * 1000:
        ours.append(milliseconds(lambda: figures.table3(ids, period)))
        bare.append(milliseconds(lambda: _bare(ids, period)))
    return Table(len(ids), name, rows, median(ours), median(bare))


def _bare(ids: list[int], period: Any) -> list[tuple[Any, ...]]:
    """One GROUP BY over the results of a period, in the form the database answers quickest."""
    from django.db import connection

    first, last = period
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, applicant_kind, COUNT(*) FROM applications_case"
            f" WHERE agency_id IN ({', '.join(['%s'] * len(ids))}) AND closed_on BETWEEN %s AND %s"
            " GROUP BY outcome, applicant_kind",
            [*ids, first, last],
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def milliseconds(run: Callable[[], object]) -> float:
    """What a call takes."""
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000
