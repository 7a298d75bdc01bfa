"""The site's tests: Django is set up here, so that tests of the report engine alone never load it."""

import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.test")

import django
from django.conf import settings

if not settings.configured or not django.apps.apps.ready:
    django.setup()

from collections.abc import Iterator
from datetime import datetime
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.db import IntegrityError, connection, connections
from django.db.backends.base.creation import BaseDatabaseCreation
from django.test import TestCase, TransactionTestCase
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from gongkai.web.common import permissions
from gongkai.web.common.permissions import Resolver
from tests.web.days import TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit begin with what the migrations made: an earlier one has emptied every table."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        given = dict(mark.kwargs) if mark else {}
        if given.get("transaction") or {"live_server", "transactional_db"} & set(
            getattr(item, "fixturenames", ())
        ):
            given |= {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**given), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each test begins with what the migrations made, and with that alone, whatever ran before it in its
    process: tests that commit empty every table, and where processes share the work any other may follow.

    A browser's last request may still write, after the tables were emptied, what the records put back
    collide with; then they are emptied again.

    PostgreSQL drops no database that a thread of a test's server still holds open.
    """
    wrapper, creation = type(connections["default"]), type(connection.creation)
    put_back = creation.deserialize_db_from_string

    def put_back_alone(self: BaseDatabaseCreation, data: str) -> None:
        for _ in range(3):
            call_command(
                "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True
            )
            try:
                return put_back(self, data)
            except IntegrityError:
                time.sleep(0.5)
        return put_back(self, data)

    creation.deserialize_db_from_string = put_back_alone  # type: ignore[method-assign]
    # In the event loop of a browser there is another connection, which would know of no records.
    if hasattr(connection, "_test_serialized_contents"):
        wrapper._test_serialized_contents = connection._test_serialized_contents
    with pytest.MonkeyPatch.context() as patch:
        _fill_after_emptying(patch)
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _fill_after_emptying(patch: pytest.MonkeyPatch) -> None:
    """A test in a transaction puts back what the last test that commits has emptied."""
    empty, begin = TransactionTestCase._fixture_teardown, TestCase._fixture_setup.__func__
    emptied = False

    def emptying(self: TransactionTestCase) -> None:
        nonlocal emptied
        empty(self)
        emptied = True

    def filled(cls: type[TestCase]) -> None:
        nonlocal emptied
        if emptied:
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            emptied = False
        begin(cls)

    patch.setattr(TransactionTestCase, "_fixture_teardown", emptying)
    patch.setattr(TestCase, "_fixture_setup", classmethod(filled))


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    """What a test uploads is not there for the next."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """Limits on sign-in count from nought in each test, files are made anew, and a resolver a test registers
    goes with it.
    """
    before = list(permissions._resolvers)
    yield
    for name in ("default", "files"):
        caches[name].clear()
    permissions._resolvers[:] = before


@pytest.fixture
def resolver() -> type[Resolver]:
    """A resolver to register that allows what it is told to."""

    class Fixed:
        def __init__(self, *allowed: tuple[str, int]) -> None:
            self.pairs = set(allowed)

        def allows(self, actor: object, permission: str, agency_id: int) -> bool:
            return (permission, agency_id) in self.pairs

        def visible(self, actor: object) -> frozenset[int]:
            return frozenset(agency for _, agency in self.pairs)

    return Fixed


@pytest.fixture
def still_today() -> Iterator[None]:
    """Noon of the day the run began, also where midnight has come since then."""
    with time_machine.travel(datetime.combine(TODAY, clock(12), timezone.get_current_timezone())):
        yield


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, one for a module.

    Playwright's synchronous interface runs in an event loop, which Django takes for asynchronous code.
    """
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as player:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()
