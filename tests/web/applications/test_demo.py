"""The demo holds something in every state, and something urgent, whatever the day it is started."""

from datetime import date
from pathlib import Path

import pytest

from gongkai.law.calendar import published
from gongkai.web.agencies import demo as agencies_demo
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.applications import demo, selectors
from gongkai.web.applications.models import Case, State
from gongkai.web.common.actor import Actor
from tests.web.applications.playing import on

_LAST = published().last.year
#: A working day, a Sunday, days within long holidays, a working Saturday, the end of the published years.
DAYS = [
    date(_LAST, 3, 4), date(_LAST, 11, 22), date(_LAST, 1, 1), date(_LAST, 2, 19), date(_LAST, 10, 4),
    date(_LAST, 10, 10), date(_LAST, 12, 24), date(_LAST, 12, 31), date(_LAST + 1, 1, 1),
    date(_LAST + 1, 1, 5), date(_LAST + 1, 2, 9),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_state_on_any_day(day: date) -> None:
    with on(day):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
        town = Agency.objects.get(slug="shili-qingshi")
        assert set(Case.objects.filter(agency=town).values_list("state", flat=True)) == set(State)
        head = Actor.of(Person.objects.get(username="shili-qingshi-head"))
        found = selectors.due_list(head, selectors.Wanted(), day)
        assert found.counts["overdue"] >= 1
        assert all(found.counts[name] for name in ("unconfirmed", "waiting", "all"))
        assert all(found.handlers[name] for name in ("me", "none"))
        if day.year <= _LAST:
            assert found.counts["today"] + found.counts["soon"] >= 1
        if day == date(_LAST, 3, 4):
            assert found.counts["today"] == 1
        county = Actor.of(Person.objects.get(username="shili-ban-clerk"))
        assert [case.agency.slug for case in selectors.due_cases(county, selectors.Wanted(), day)] == [
            "shili"
        ]
