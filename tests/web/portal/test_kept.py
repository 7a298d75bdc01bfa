"""Pages that are given again: never one that is no longer public, in any process, for anybody."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from gongkai.web.agencies.models import Agency, Person
from gongkai.web.portal import kept, public_state
from gongkai.web.portal.views import reports
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State
from tests.web.portal.conftest import Publish

ROOT = Path(__file__).resolve().parents[3]
REPORT = "/agencies/kunyang/reports/2024/"
#: Every kept page that shows the report or its agency.
PAGES = ["/", "/agencies/", "/agencies/kunyang/", "/reports/", "/reports/2024/", REPORT]
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-kept"}
Switch = Callable[[], None]


@pytest.fixture
def keeping(settings: Settings) -> Iterator[Switch]:
    """Pages are kept, as in production; what is returned forgets them, as another process has none."""
    settings.CACHES = settings.CACHES | {"pages": _MEMORY}
    yield caches["pages"].clear
    caches["pages"].clear()


def withdraw() -> None:
    """What the action changes."""
    record = ReportRecord.objects.get(year=2024)
    record.published_version, record.state = None, State.WITHDRAWN
    record.save()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_made_once_and_asks_only_for_the_mark_after_that(
    client: Client, kunyang: Agency, keeping: Switch, address: str
) -> None:
    first = client.get(address)
    assert queries(client, address) == 1
    again = client.get(address)
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_what_is_withdrawn_is_on_no_kept_page(
    client: Client, kunyang: Agency, keeping: Switch, address: str
) -> None:
    assert "昆阳镇" in client.get(address).content.decode()
    withdraw()
    response = client.get(address)
    if address in {REPORT, "/reports/2024/"}:
        assert response.status_code == 404
    else:
        assert "reports/2024" not in response.content.decode()


@pytest.mark.django_db
def test_what_changes_is_on_the_page_at_once(
    client: Client, kunyang: Agency, publish: Publish, keeping: Switch
) -> None:
    assert "2023年" not in client.get("/agencies/kunyang/").content.decode()
    publish(kunyang, 2023)
    assert "2023年" in client.get("/agencies/kunyang/").content.decode()
    kunyang.phone = "0375-1111111"
    kunyang.save()
    assert "0375-1111111" in client.get(REPORT).content.decode()
    kunyang.former_names.create(full_name="旧昆阳乡人民政府", short_name="旧昆阳乡", until_day="2001-01-01")
    assert "旧昆阳乡" in client.get("/agencies/kunyang/").content.decode()
    kunyang.region.name = "新叶县"
    kunyang.region.save()
    assert "新叶县" in client.get("/agencies/").content.decode()


@pytest.mark.django_db
def test_another_version_that_is_published_takes_the_place_of_the_kept_one(
    client: Client, kunyang: Agency, keeping: Switch
) -> None:
    assert "777777" not in client.get(REPORT).content.decode()
    record = ReportRecord.objects.get()
    version = record.published_version
    assert version is not None
    version.pk, version.number = None, 2
    path = next(one for one in version.document["applications"]["new"] if one == "total")
    version.document["applications"]["new"][path] = 777777
    version.save(force_insert=True)
    record.published_version = version
    record.save()
    assert "777777" in client.get(REPORT).content.decode()


@pytest.mark.django_db
def test_work_in_the_back_office_leaves_kept_pages_alone(
    kunyang: Agency, publish: Publish, keeping: Switch
) -> None:
    before = public_state.mark()
    record = ReportRecord.objects.create(agency=kunyang, year=2020, state=State.READ)
    record.revision += 1
    record.save()
    assert public_state.mark() == before


@pytest.mark.django_db
def test_a_change_that_is_undone_changes_no_mark(kunyang: Agency) -> None:
    before = public_state.mark()
    with transaction.atomic():
        withdraw()
        assert public_state.mark() != before
        transaction.set_rollback(True)
    assert public_state.mark() == before


@pytest.mark.django_db
def test_a_page_made_while_something_changes_is_not_given_again(
    client: Client, kunyang: Agency, keeping: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The view has read the report; it is withdrawn before the page is finished."""
    parts = reports.api.page_parts

    def meanwhile(report: object) -> object:
        withdraw()
        return parts(report)  # type: ignore[arg-type]

    monkeypatch.setattr(reports.api, "page_parts", meanwhile)
    assert client.get(REPORT).status_code == 200  # the last that was still public when it was asked for
    assert client.get(REPORT).status_code == 404


@pytest.mark.django_db
def test_a_browser_that_has_the_page_is_told_so(client: Client, kunyang: Agency, keeping: Switch) -> None:
    etag = client.get(REPORT).headers["ETag"]
    assert client.get(REPORT, headers={"if-none-match": etag}).status_code == 304
    withdraw()
    assert client.get(REPORT, headers={"if-none-match": etag}).status_code == 404


@pytest.mark.django_db
def test_pages_differ_by_large_print_compression_and_host(
    client: Client, kunyang: Agency, keeping: Switch, settings: Settings
) -> None:
    assert 'class="large"' not in client.get("/").content.decode()
    assert client.get("/", headers={"accept-encoding": "gzip"}).content[:2] == b"\x1f\x8b"
    assert b"http://localhost/" in client.get("/", headers={"host": "localhost"}).content
    client.cookies["display"] = "large"
    assert 'class="large"' in client.get("/").content.decode()
    del client.cookies["display"]
    assert 'class="large"' not in client.get("/").content.decode()
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
def test_who_is_signed_in_is_given_no_kept_page(client: Client, kunyang: Agency, keeping: Switch) -> None:
    client.get(REPORT)
    client.force_login(Person.objects.create(username="li", name="李"))
    assert queries(client, REPORT) > 3  # made anew, the session looked at
    client.logout()
    assert queries(client, REPORT) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/reports/2024/?q=昆阳", "/agencies/nobody/", f"{REPORT}json/", "/feedback/", "/api/v1/reports"],
)
def test_nothing_else_is_kept(client: Client, kunyang: Agency, keeping: Switch, address: str) -> None:
    client.get(address)
    client.head(REPORT)
    assert caches["pages"]._cache == {}  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_whatever_is_kept_has_an_address_of_the_site() -> None:
    from gongkai.web.portal.urls import app_name, urlpatterns

    names = {f"{app_name}:{pattern.name}" for pattern in urlpatterns if hasattr(pattern, "name")}
    assert names >= kept.KEPT


def _status(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{REPORT}", timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.mark.django_db(transaction=True)
def test_two_processes_forget_a_withdrawn_report_at_once(kunyang: Agency) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.web.portal.keeping_settings",
        "GONGKAI_TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
    }
    command = [sys.executable, "-m", "gongkai.web.manage", "serve", "--no-tasks"]
    server = subprocess.Popen([*command, "--port", str(port), "--processes", "2"], env=environment, cwd=ROOT)
    try:
        end = time.monotonic() + 60
        while _status(port) != 200:
            assert time.monotonic() < end, "the server answers"
            time.sleep(0.3)
        assert {_status(port) for _ in range(30)} == {200}  # both processes keep it by now
        withdraw()
        assert {_status(port) for _ in range(30)} == {404}
    finally:
        server.terminate()
        server.wait(30)
