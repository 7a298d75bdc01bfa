"""A county with so many applications, in an empty, migrated database.

A hundred agencies share them; one has a fifth. They came evenly over the last ten years. Personal data is
that of a few thousand invented people and matters, sealed once each and repeated; days, numbers, outcomes and
states differ case by case. Open cases have their events and stand as the law's clock says; of the closed ones
only those in ``Stock.closed`` have events.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from gongkai.law.case import Account, Channel, Event, Kind, Party
from gongkai.law.case import Case as LawCase
from gongkai.law.clock import account

AGENCIES, LARGE, YEARS = 100, 2, 10
LARGE_SHARE = 5  # one case in so many is the large agency's
PEOPLE = 2_000
CODE = "2222-2222-2222"  # of every case
_OPEN_SHARE = 333  # one case in so many is open
_EVENTS_OF_CLOSED = 40
_BATCH = 5_000
_RESULTS = (*["granted"] * 12, *["unable_not_held"] * 5, *["partial"] * 3, "denied_by_law", "denied_internal",
            "denied_process", "declined_petition", "other_not_corrected", "other_other")  # fmt: skip
_KINDS = (*["natural_person"] * 14, *["business"] * 3, "research", "public_welfare", "legal_service", "other")
Row = list[Any]


@dataclass(frozen=True)
class Stock:
    """What the benchmark asks for. ``open`` and ``closed`` are ids of the large agency's cases."""

    cases: int
    open_in_all: int
    clerk: int
    supervisor: int
    open: list[int]
    closed: list[int]
    register_no: str
    name: str


@dataclass(frozen=True)
class _Standing:
    """Where a case stands: its columns of the same names, and its events."""

    channel: str
    state: str
    received_on: date | None
    due: date | None = None
    not_before: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    late: bool = False
    used_workdays: int | None = None
    events: tuple[Event, ...] = ()


def fill(cases: int, today: date) -> Stock:
    """Put a county with so many cases into the database; its agencies are those of the site's benchmark."""
    from django.db import connection, transaction

    from benchmarks.web import stock as site
    from gongkai.web.applications.models import Applicant, Case

    with transaction.atomic():
        site.fill(AGENCIES * len(site.YEARS))
        clerk, supervisor = _people(today)
        made = _Cases(cases, today)
        _insert(Case, made.rows())
        _insert(Applicant, _applicants(cases))
        _counters(made.numbers)
        closed = made.closed[:: max(1, len(made.closed) // _EVENTS_OF_CLOSED)]
        _events({**made.open, **dict(closed)})
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(_no_style(), [Case, Applicant]):
                cursor.execute(sql)
    mine = [pk for pk in made.open if made.agencies[pk] == LARGE]
    case = Case.objects.select_related("applicant").get(pk=mine[len(mine) // 2])
    return Stock(
        cases, len(made.open), clerk, supervisor, mine, [pk for pk, _ in closed], case.register_no,
        case.applicant.name,
    )  # fmt: skip


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def _people(today: date) -> tuple[int, int]:
    """A clerk of the large agency and the leader of the county, with their second factors."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from gongkai.web.agencies.models import Person, Post, Role

    posts = (("clerk", LARGE, Role.CLERK), ("leader", 1, Role.LEADER))
    made = []
    for name, agency, role in posts:
        person = Person.objects.create_user(f"bench-{name}", None, name="示例人员")
        Post.objects.create(person=person, agency_id=agency, role=role, from_day=today - timedelta(400))
        TOTP.activate(person, generate_totp_secret())
        made.append(person.pk)
    return made[0], made[1]


class _Cases:
    """The rows of the cases, the oldest first; the last of them are open."""

    def __init__(self, count: int, today: date) -> None:
        self.count, self.today, self.random = count, today, Random(4)
        self.open: dict[int, _Standing] = {}
        self.closed: list[tuple[int, _Standing]] = []
        self.agencies: dict[int, int] = {}
        self.numbers: Counter[tuple[int, int]] = Counter()

    def rows(self) -> Iterator[Row]:
        """Values of every column, in the order of the model."""
        from gongkai.web.applications.models import Case

        fields = [(field.attname, _plain(_default(field))) for field in Case._meta.concrete_fields]
        matters = [
            _sealed(Case, subject=f"示例县第{n}号事项的批准文件和附件", details="") for n in range(PEOPLE)
        ]
        code = _sealed(Case, code=CODE)["code"]
        for pk in range(1, self.count + 1):
            agency = self._agency()
            standing = self._standing(pk)
            self._keep(pk, agency, standing)
            came = standing.received_on or self.today - timedelta(1)
            self.numbers[agency, came.year] += 1
            number = self.numbers[agency, came.year]
            values = {
                "id": pk, "agency_id": agency, "year": came.year, "number": number,
                "register_no": f"{came.year}-{number:04d}", "register_key": f"{came.year}-{number:04d}",
                "code": code, "origin": "citizen",
                "applicant_kind": self.random.choice(_KINDS), **matters[pk % PEOPLE],
                "form_wanted": "electronic", "way_wanted": "online", "submitted_at": f"{came} 02:00:00",
                "changed_at": f"{came} 02:00:00", "revision": 1,
                **{name: _plain(value) for name, value in vars(standing).items() if name != "events"},
            }  # fmt: skip
            yield [values.get(name, default) for name, default in fields]

    def _agency(self) -> int:
        if self.random.randrange(LARGE_SHARE) == 0:
            return LARGE
        other = self.random.randrange(1, AGENCIES)
        return other + (other >= LARGE)

    def _keep(self, pk: int, agency: int, standing: _Standing) -> None:
        if standing.closed_on is None:
            self.open[pk] = standing
            self.agencies[pk] = agency
        elif agency == LARGE:
            self.closed.append((pk, standing))

    def _standing(self, pk: int) -> _Standing:
        first_open = self.count - self.count // _OPEN_SHARE
        if pk > first_open:
            return _open(self.random.randrange(10), self.today - timedelta(self.random.randrange(1, 40)))
        days = self.random.choice((*range(5, 33), *range(5, 33), *range(33, 90)))
        began = self.today - timedelta(366 * YEARS)
        received = began + timedelta((self.today - began).days * pk // (first_open + 1))
        closed = min(received + timedelta(days), self.today)
        used = (closed - received).days * 5 // 7
        events = (Event(received, Kind.RECEIVED), Event(closed, Kind.REPLIED))
        return _Standing(
            Channel.IN_PERSON, "answered", received, closed_on=closed, outcome=self.random.choice(_RESULTS),
            late=used > 20, used_workdays=used, events=events,
        )  # fmt: skip


@cache
def _open(kind: int, came: date) -> _Standing:
    """An open case that came on a day: seven of ten run, the others wait for something."""
    more = {
        7: (Event(came, Kind.CORRECTION_REQUESTED, workdays=30),),
        8: (Event(came, Kind.CONSULTATION_STARTED, party=Party.AGENCY, ref="1"),),
    }.get(kind, ())
    channel = Channel.INTERNET if kind == 9 else Channel.IN_PERSON
    events = (Event(came, Kind.RECEIVED), *more)
    # As after the last event: the nightly look at what time alone has changed has not been.
    now: Account = account(LawCase(channel, events), on=came)
    state = "unconfirmed" if now.received is None else str(now.state.value)
    return _Standing(channel, state, now.received, now.due, now.not_before, events=events)


def _counters(numbers: Counter[tuple[int, int]]) -> None:
    """The last register number of each agency and year, so that the next application gets the next one."""
    from gongkai.web.applications import models
    from gongkai.web.applications.receiving.numbers import CASES

    models.Counter.objects.bulk_create(
        models.Counter(agency_id=agency, year=year, series=CASES, last=last)
        for (agency, year), last in numbers.items()
    )


def _default(field: Any) -> object:
    """What a column holds where nothing is said."""
    return None if field.null else field.get_default()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _sealed(model: Any, **values: str) -> dict[str, str]:
    """Encrypted fields and blind indexes of a model, as the database holds them."""
    made = model(**values)
    sealed = {name: model._meta.get_field(name).get_prep_value(value) for name, value in values.items()}
    for field in model._meta.concrete_fields:
        of = getattr(field, "of", "")
        if of in values or (of == "plain_text" and "subject" in values):
            sealed[field.attname] = field.pre_save(made, True)
    return sealed


def _applicants(count: int) -> Iterator[Row]:
    from gongkai.web.applications.models import Applicant

    fields = Applicant._meta.concrete_fields
    people = []
    for number in range(PEOPLE):
        who = _sealed(
            Applicant, name=f"示例{number}", identity_number=f"演示-{number:04d}", phone=f"0990-{number:07d}"
        )
        people.append([who.get(field.attname, _default(field)) for field in fields])
    pk, case, kind = (
        [field.attname for field in fields].index(one) for one in ("id", "case_id", "identity_kind")
    )
    for number in range(1, count + 1):
        row = list(people[number * 7 % PEOPLE])
        row[pk] = row[case] = number
        row[kind] = "other"
        yield row


def _events(standings: dict[int, _Standing]) -> None:
    from django.utils import timezone

    from gongkai.web.applications.models import CaseEvent

    CaseEvent.objects.bulk_create(
        (
            CaseEvent(
                case_id=pk, number=number, kind=event.kind, on=event.on, workdays=event.workdays,
                party=event.party or "", ref=event.ref, recorded_at=timezone.now(),
                outcome=standing.outcome if event.kind is Kind.REPLIED else "",
            )
            for pk, standing in standings.items()
            for number, event in enumerate(standing.events, 1)
        ),
        batch_size=_BATCH,
    )  # fmt: skip


def _insert(model: Any, rows: Iterable[Sequence[Any]]) -> None:
    """Rows as the database holds them: COPY on PostgreSQL, one prepared statement elsewhere."""
    from django.db import connection

    quote = connection.ops.quote_name
    columns = [field.column for field in model._meta.concrete_fields]
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"
        rest = iter(rows)
        while batch := list(islice(rest, _BATCH)):
            cursor.executemany(sql, batch)
