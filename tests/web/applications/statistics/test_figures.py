"""Table 3 and the lists behind it, beside a plain count over random cases."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from gongkai.kernel.period import Period
from gongkai.law.case import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models import ApplicantKind, Case, State
from gongkai.web.applications.statistics import figures
from tests.web.applications.asking import today
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

FIRST = date(2021, 9, 1)
DAYS = 1_300
ENDS = (State.ANSWERED, State.ANSWERED, State.ANSWERED, State.LAPSED, State.WITHDRAWN)


def made(random: Random, agency: Agency, number: int) -> Case:
    """A case as the clock could leave it: unconfirmed, open, or ended on the day it came or later."""
    received = FIRST + timedelta(random.randrange(DAYS))
    fate = random.choice(["unconfirmed", "given up unconfirmed", "open", *["ended"] * 12])
    closed = received + timedelta(random.choice([0, 1, 20, 45, 400, 1_000]))
    ended = fate in {"ended", "given up unconfirmed"}
    state = random.choice(ENDS) if fate == "ended" else State.WITHDRAWN if ended else State.RUNNING
    return Case(
        agency=agency,
        year=received.year,
        number=number,
        register_no=str(number),
        code="code",
        origin="citizen",
        channel=random.choice(list(Channel)),
        applicant_kind=random.choice(ApplicantKind.values),
        subject="所需信息",
        form_wanted="electronic",
        way_wanted="online",
        state=State.UNCONFIRMED if fate == "unconfirmed" else state,
        submitted_at=datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")),
        received_on=received if fate in {"open", "ended"} else None,
        closed_on=closed if ended else None,
        outcome=random.choice(figures.RESULTS) if ended else "",
        late=random.random() < 0.1,
        used_workdays=random.choice([None, *range(25)]),
    )


@pytest.fixture
def cases(town: Town) -> list[Case]:
    random = Random(20)
    agencies = (town.county, town.agency, town.neighbour)
    rows = [made(random, random.choice(agencies), number) for number in range(1, 900)]
    return Case.objects.bulk_create(rows)


def periods() -> Iterable[Period]:
    """Whole years, a day, a quarter, before all, after all, and random ones."""
    random = Random(21)
    yield from map(Period.of_year, (2021, 2022, 2023, 2024, 2025))
    yield Period(date(2023, 1, 1), date(2023, 1, 1))
    yield Period(date(2022, 12, 31), date(2023, 1, 1))
    yield Period(date(2023, 4, 1), date(2023, 6, 30))
    yield Period(date(2008, 1, 1), date(2008, 12, 31))
    yield Period(date(2020, 1, 1), date(2020, 6, 30))
    yield Period(date(2030, 2, 1), date(2030, 3, 1))
    for _ in range(12):
        start = FIRST + timedelta(random.randrange(DAYS))
        yield Period(start, start + timedelta(random.randrange(500)))


def counts(case: Case, row: str, period: Period) -> bool:
    """Whether a figure counts a case, as the form explains it."""
    first, last = period
    if case.received_on is None:
        return False
    if row == "new":
        return case.received_on in period
    if row == "carried_in":
        return case.received_on < first and (case.closed_on is None or case.closed_on >= first)
    if row == "carried_out":
        return case.received_on <= last and (case.closed_on is None or case.closed_on > last)
    return case.closed_on in period and row in {"total", case.outcome}


def test_every_figure_is_that_of_a_plain_count(town: Town, cases: list[Case]) -> None:
    seen = 0
    for ids in ([town.agency.pk], [town.county.pk, town.agency.pk, town.neighbour.pk], []):
        mine = [case for case in cases if case.agency_id in ids]
        for period in periods():
            table = figures.table3(ids, period)
            for row in figures.ROWS:
                plain = [case for case in mine if counts(case, row, period)]
                for column in figures.COLUMNS:
                    expected = sum(column in {"total", case.applicant_kind} for case in plain)
                    assert table[row][column] == expected, (period, row, column)
                    seen += expected
    assert seen > 1_000


def test_new_and_carried_in_are_results_and_carried_out_in_any_period(town: Town, cases: list[Case]) -> None:
    ids = sorted({case.agency_id for case in cases})
    for period in periods():
        table = figures.table3(ids, period)
        for column in figures.COLUMNS:
            came = table["new"][column] + table["carried_in"][column]
            assert came == table["total"][column] + table["carried_out"][column], (period, column)
            assert table["total"][column] == sum(table[row][column] for row in figures.RESULTS)


def test_the_list_behind_a_figure_is_what_it_counts(town: Town, cases: list[Case]) -> None:
    ids = [town.agency.pk, town.neighbour.pk]
    for period in (Period.of_year(2023), Period(date(2022, 7, 1), date(2023, 2, 3))):
        for row in ("new", "carried_in", "carried_out", "total", "granted"):
            for column in ("natural_person", "total"):
                expected = [
                    case.pk
                    for case in cases
                    if case.agency_id in ids
                    and column in {"total", case.applicant_kind}
                    and counts(case, row, period)
                ]
                found = figures.cases(ids, period, row, column)
                assert sorted(found.values_list("pk", flat=True)) == expected, (period, row, column)
                assert found.count() == len(expected)


def test_the_days_of_an_address_are_a_period(town: Town) -> None:
    client, days = signed_in(town.clerk), {"from": "2023-07-01", "to": "2023-02-03"}
    for url in (reverse("applications:figures"), reverse("applications:behind", args=["new", "total"])):
        for asked, period in (
            (days, Period(date(2023, 2, 3), date(2023, 7, 1))),
            ({"year": "2023"}, Period.of_year(2023)),
            ({}, Period.of_year(today().year)),
        ):
            answer = client.get(url, asked)
            assert (answer.status_code, answer.context["period"]) == (200, period), (url, asked)
            assert "没有按所填的期间统计" not in answer.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="chooses by what is in the table: here nothing")
def test_what_was_open_on_a_day_is_found_by_its_index(town: Town) -> None:
    for row in ("carried_in", "carried_out"):
        found = figures.cases([town.agency.pk, town.county.pk], Period.of_year(2024), row)
        assert "COVERING INDEX case_open_at (agency_id=? AND <expr>=? AND <expr>>?)" in found.explain()


def test_a_row_the_form_does_not_have_is_refused(town: Town) -> None:
    with pytest.raises(KeyError):
        figures.cases([town.agency.pk], Period.of_year(2023), "all")


def test_a_case_that_ends_before_it_came_is_refused_by_the_database(town: Town) -> None:
    case = made(Random(1), town.agency, 1)
    case.received_on, case.closed_on = date(2023, 5, 2), date(2023, 5, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save()
    case.closed_on = date(2023, 5, 2)
    case.save()
    assert figures.table3([town.agency.pk], Period.of_year(2023))["new"]["total"] == 1


@pytest.mark.parametrize(
    "asked",
    ["from=2024-01-01&to=", "from=2024.1.1&to=2024-12-31", "from=2023-02-30&to=2023-07-01", "year=1999",
     "from=0001-01-01&to=2023-07-01", "from=2023-07-01&to=9999-12-31"],
)  # fmt: skip
def test_a_period_that_cannot_be_read_is_told_and_lists_nothing(town: Town, asked: str) -> None:
    """The page shows this year and says so; a list or a file of other days than were asked for is none."""
    client = signed_in(town.leader)
    answer = client.get(f"{reverse('applications:figures')}?{asked}")
    assert "没有按所填的期间统计" in answer.content.decode()
    assert answer.context["period"] == Period.of_year(today().year)
    saved = f"{reverse('applications:export_offers', args=['csv'])}?{answer.context['query']}"
    assert f"{today().year}年1月1日" in unquote(client.get(saved).headers["Content-Disposition"])
    behind = reverse("applications:behind", args=["new", "total"])
    saved = reverse("applications:export_behind", args=["new", "total", "csv"])
    assert {client.get(f"{one}?{asked}").status_code for one in (behind, saved)} == {404}
