"""One database, one server and one browser for all tests of a module, with the people of the demo."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from gongkai.web.agencies import demo
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.common.actor import Actor
from tests.web.browsing import new_page, sign_in


@pytest.fixture(scope="module")
def _django_db_helper(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """In place of pytest-django's own, which empties every table after each test: filled once a module."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(media)):
        kept = connection._test_serialized_contents  # type: ignore[attr-defined]
        connection.creation.deserialize_db_from_string(kept)
        yield
        connection.creation.deserialize_db_from_string(kept)


@pytest.fixture
def _own_files() -> None:
    """Files stay, as the database does."""


@dataclass(frozen=True)
class Site:
    """The demo's agencies and people, served; nothing has been uploaded."""

    url: str
    browser: Browser
    agencies: dict[str, Agency]

    def page(self, width: int = 1280, **options: object) -> Page:
        """A visitor's window."""
        return new_page(self.browser, width, **options)

    def page_of(self, username: str, width: int = 1280, **options: object) -> Page:
        """The window of somebody who has signed in."""
        page = self.page(width, **options)
        sign_in(page, self.url, username, settings.DEMO_PASSWORD)
        return page

    def actor(self, username: str) -> Actor:
        """Somebody of the demo."""
        return Actor.of(Person.objects.get(username=username))


@pytest.fixture(scope="module")
def site(_django_db_helper: None, browser: Browser) -> Iterator[Site]:
    agencies = demo.load()
    server = LiveServer("localhost")
    yield Site(server.url, browser, agencies)
    server.stop()


SAMPLES = Path(__file__).parents[3] / "samples"
