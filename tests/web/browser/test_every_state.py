"""axe on a case in every state: the staff's page and the applicant's, light and dark, wide and narrow."""

from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page

from gongkai.web.agencies.models import Person
from gongkai.web.applications.models import Case, State
from tests.web.browser import stock, stock_cases
from tests.web.browser.conftest import Site
from tests.web.browsing import WCAG, audit, hold_still, in_scheme, new_page, overflow

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
#: The same on each page of the back office: looked at with every other page.
SIDEBAR = "#wagtail-sidebar"
_NOON = datetime(*stock_cases.DAY.timetuple()[:3], 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def cases(site: Site) -> Iterator[dict[str, Case]]:
    """Everything happens on the one day, the pages are asked for on it too."""
    with time_machine.travel(_NOON, tick=True):
        stock.everybody(site.agencies)
        yield stock_cases.in_every_state(site.agencies["kunyang"])


def session(client: Client, url: str) -> list[dict[str, str]]:
    name = settings.SESSION_COOKIE_NAME
    return [{"name": name, "value": client.cookies[name].value, "url": url}]


def heard(page: Page, tags: tuple[str, ...]) -> list[str]:
    """What axe says of the page open, light and dark, and whether it is dragged sideways on a telephone."""
    hold_still(page)
    in_scheme(page, "light")
    said = audit(page, tags=tags, but=SIDEBAR)
    in_scheme(page, "dark")
    said += [f"dark: {what}" for what in audit(page, rules=["color-contrast"], but=SIDEBAR)]
    page.set_viewport_size({"width": 320, "height": 800})
    over = overflow(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return [*said, f"{over} px too wide"] if over > 0 else said


def test_every_state_is_there(cases: dict[str, Case]) -> None:
    assert {case.state for case in cases.values()} == set(State)
    assert cases["provisional"].due is None
    assert cases["provisional"].not_before is not None
    assert cases["overdue"].due is not None
    assert cases["overdue"].due < stock_cases.DAY
    assert cases["purged"].purged_at is not None
    assert cases["answered late"].late


def test_the_page_of_the_staff(site: Site, cases: dict[str, Case]) -> None:
    client = Client()
    client.force_login(
        Person.objects.get(username="admin"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = new_page(site.browser)
    page.context.add_cookies(session(client, site.url))
    said = []
    for name, case in cases.items():
        page.goto(f"{site.url}/admin/applications/{case.pk}/")
        assert page.locator("#ap-clock").count() == 1, name
        said += [f"{name}: {what}" for what in heard(page, WCAG)]
    assert not said, "\n".join(said)


def test_the_page_of_the_applicant(site: Site, cases: dict[str, Case]) -> None:
    page = new_page(site.browser)
    said = []
    for name, case in cases.items():
        client = Client()
        cache.clear()  # so many wrong codes and right ones from one address are slowed down
        answer = client.post("/apply/track/", {"number": case.register_no, "code": case.code})
        if case.purged_at is not None:
            assert answer.status_code == HTTPStatus.FORBIDDEN, "nothing is left to follow"
            continue
        assert answer.status_code == HTTPStatus.FOUND, name
        page.context.clear_cookies()
        page.context.add_cookies(session(client, site.url))
        page.goto(f"{site.url}/apply/case/")
        assert page.locator("p.big").count() == 1, name
        said += [f"{name}: {what}" for what in heard(page, ())]
    assert not said, "\n".join(said)
