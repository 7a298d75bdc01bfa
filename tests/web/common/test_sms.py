"""Text messages through a gateway that listens on loopback, through files, and through none."""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.common import registry
from gongkai.web.common.models import OutboxSms, QueuedTask
from gongkai.web.common.sms import client, outbox, templates
from gongkai.web.common.sms.checks import gateway_is_whole
from gongkai.web.common.sms.client import NotSent, Unclear
from gongkai.web.common.sms.http_gateway import Approved, HttpGateway, refusal
from gongkai.web.common.sms.templates import Template
from gongkai.web.common.tidy import tidy
from gongkai.web.common.worker import Worker

State = QueuedTask.State
NUMBER = "13800138000"
TEXT = Template("tests.news", "测试", "登记号{number}有进展，请查看：{site}")
VALUES = {"number": "2024-0001", "site": "https://www.example.gov.cn/apply/track/"}
BODY = {
    "phone": "{number}", "to": ["+86{number}"], "template": "{template}", "params": "{values}",
    "list": "{values_list}", "json": "{values_json}", "once": "{key}", "app": 7, "secret": "{secret}",
}  # fmt: skip
NOON = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
NIGHT = datetime(2024, 3, 4, 14, 30, tzinfo=UTC)  # half past ten in China
MORNING = datetime(2024, 3, 5, 0, 0, tzinfo=UTC)


class Gateway(ThreadingHTTPServer):
    """A gateway on loopback: keeps what it is asked, answers as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[Mapping[str, str], dict[str, Any]]] = []
        self.status, self.answer = 200, b'{"code": 0, "data": [{"id": "m-1"}]}'
        self.headers: dict[str, str] = {}
        self.hold = 0.0
        self.hang_up = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms/send?v=1"


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((dict(self.headers), {"path": self.path, **json.loads(body)}))
        if self.server.hang_up:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        time.sleep(self.server.hold)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """One text of the tests' own."""
    monkeypatch.setitem(registry._registries, templates.REGISTRY, registry.Registry(templates.REGISTRY))
    templates.register(TEXT)


@pytest.fixture
def gateway(settings: Settings, texts: None) -> Iterator[Gateway]:
    server = Gateway()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    settings.SMS_GATEWAY = chosen(server.url)
    yield server
    server.shutdown()
    server.server_close()


def chosen(url: str, **changes: Any) -> dict[str, Any]:
    options: dict[str, Any] = {
        "url": url, "secret": "s3cret", "templates": {TEXT.name: Approved("T-1")}, "body": BODY,
        "number": "data.0.id", "timeout": 5,
    }  # fmt: skip
    return {"BACKEND": "gongkai.web.common.sms.http_gateway.HttpGateway", "OPTIONS": options | changes}


def of(server: Gateway, **changes: Any) -> HttpGateway:
    return HttpGateway(**chosen(server.url, **changes)["OPTIONS"])


def send(one: client.Gateway) -> str:
    return one.send(NUMBER, TEXT.name, VALUES, key="k-1")


def deliver() -> None:
    """Try everything that waits, whatever pause it is in."""
    QueuedTask.objects.filter(state=State.WAITING).update(due_at=timezone.now())
    with time_machine.travel(NOON, tick=True):
        QueuedTask.objects.filter(state=State.WAITING).update(due_at=timezone.now())
        Worker(renew=False).drain()


def post() -> OutboxSms:
    with time_machine.travel(NOON, tick=True):
        posted = outbox.post(NUMBER, TEXT.name, VALUES)
    assert posted is not None
    return posted


def test_a_message_is_asked_for_as_the_settings_say(gateway: Gateway) -> None:
    assert send(of(gateway)) == "m-1"
    ((headers, asked),) = gateway.asked
    assert headers["Authorization"] == "Bearer s3cret"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert asked == {
        "path": "/sms/send?v=1", "phone": NUMBER, "to": [f"+86{NUMBER}"], "template": "T-1", "params": VALUES,
        "list": list(VALUES.values()), "json": json.dumps(VALUES), "once": "k-1", "app": 7,
        "secret": "s3cret",
    }  # fmt: skip


def test_a_gateway_may_have_its_own_names_and_take_less(gateway: Gateway) -> None:
    approved = {TEXT.name: Approved("T-1", {"code": "number"})}
    gateway.answer = b'{"Response": {"Code": "OK"}}'
    one = of(
        gateway, templates=approved, header="", code="Response.Code", accepted=frozenset({"OK"}), number=""
    )
    assert send(one) == ""
    headers, asked = gateway.asked[0]
    assert "Authorization" not in headers
    assert (asked["params"], asked["list"]) == ({"code": "2024-0001"}, ["2024-0001"])


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (200, b'{"code": "isv.BUSINESS_LIMIT"}', NotSent),
        (200, b'{"code": 13800138000}', NotSent),
        (400, b"{}", NotSent),
        (401, b"", NotSent),
        (302, b"", NotSent),
        (500, b'{"code": 0}', Unclear),
        (504, b"", Unclear),
        (200, b"<html>ok</html>", Unclear),
        (200, b"", Unclear),
        (200, b"[]", Unclear),
        (200, b'{"code": null}', Unclear),
        (200, b'{"code": {"code": 0}}', Unclear),
        (200, b'{"code": 0}' + b" " * 70_000, Unclear),
        (200, b"\xff\xfe", Unclear),
        (200, b"[" * 60_000, Unclear),
    ],
)
def test_what_is_not_a_yes_is_none(
    gateway: Gateway, status: int, answer: bytes, error: type[Exception]
) -> None:
    gateway.status, gateway.answer = status, answer
    with pytest.raises((NotSent, Unclear)) as caught:
        send(of(gateway))
    assert caught.type is error
    assert "13800138000" not in str(caught.value)
    assert len(gateway.asked) == 1


def test_a_redirection_is_not_followed(gateway: Gateway) -> None:
    gateway.status, gateway.headers = 307, {"Location": gateway.url}
    with pytest.raises(NotSent, match="HTTP 307"):
        send(of(gateway))
    assert len(gateway.asked) == 1


def test_an_answer_that_does_not_come_in_time_is_unclear(gateway: Gateway) -> None:
    gateway.hold = 3
    with pytest.raises(Unclear, match="TimeoutError"):
        send(of(gateway, timeout=0.2))
    gateway.hold, gateway.hang_up = 0, True
    with pytest.raises(Unclear):
        send(of(gateway))


def test_who_is_not_reached_has_sent_nothing(texts: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        send(HttpGateway(**chosen(f"http://127.0.0.1:{port}/")["OPTIONS"]))


def test_a_certificate_nobody_vouches_for_is_refused_before_anything_is_said(gateway: Gateway) -> None:
    with pytest.raises(NotSent, match="SSL"):
        send(HttpGateway(**chosen(gateway.url.replace("http:", "https:"))["OPTIONS"]))
    assert gateway.asked == []


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://sms.example.gov.cn/v1/send", True),
        ("http://127.0.0.1:9000/send", True),
        ("http://sms.example.gov.cn/send", False),
        ("ftp://127.0.0.1/", False),
        ("https:///send", False),
        ("https://user:pass@sms.example.gov.cn/", False),
        ("sms.example.gov.cn", False),
    ],
)
def test_numbers_travel_encrypted(url: str, good: bool) -> None:
    assert (refusal(url) == "") is good


@pytest.mark.django_db
def test_a_message_is_sent_once_and_noted(gateway: Gateway) -> None:
    posted = post()
    deliver()
    deliver()
    ((_, asked),) = gateway.asked
    assert (asked["phone"], asked["once"]) == (NUMBER, posted.key)
    posted.refresh_from_db()
    assert (posted.sent_at is not None, posted.provider_id, posted.error) == (True, "m-1", "")
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to" FROM common_outboxsms')
        assert NUMBER not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_refused_message_waits_and_is_given_up_in_the_end(gateway: Gateway) -> None:
    posted = post()
    gateway.answer = b'{"code": "isv.OUT_OF_SERVICE"}'
    deliver()
    posted.refresh_from_db()
    assert (posted.error, posted.tried_at, posted.failed_at) == ("isv.OUT_OF_SERVICE", None, None)
    for _ in range(13):
        deliver()
    posted.refresh_from_db()
    assert posted.failed_at is not None
    assert posted.sent_at is None
    assert len(gateway.asked) == 13
    assert len({asked["once"] for _, asked in gateway.asked}) == 1


@pytest.mark.django_db
def test_an_unclear_end_is_tried_again_under_the_same_key_or_not_at_all(
    gateway: Gateway, settings: Settings
) -> None:
    gateway.answer = b"garbage"
    post()
    deliver()
    gateway.answer = b'{"code": "0"}'
    deliver()
    assert len(gateway.asked) == 2
    assert len({asked["once"] for _, asked in gateway.asked}) == 1
    plain = {name: value for name, value in BODY.items() if name != "once"}
    settings.SMS_GATEWAY = chosen(gateway.url, body=plain)
    gateway.answer, gateway.asked = b"garbage", []
    posted = post()
    for _ in range(3):
        deliver()
    posted.refresh_from_db()
    assert len(gateway.asked) == 1
    assert posted.failed_at is not None
    assert posted.error.startswith("unclear")


@pytest.mark.django_db
@pytest.mark.parametrize("once", [True, False])
def test_a_worker_killed_between_sending_and_noting(gateway: Gateway, settings: Settings, once: bool) -> None:
    if not once:
        settings.SMS_GATEWAY = chosen(gateway.url, body={"phone": "{number}"})
    posted = post()
    deliver()
    OutboxSms.objects.update(sent_at=None, provider_id="")  # it was killed before it noted the sending
    with time_machine.travel(NOON, tick=True):
        outbox.send(posted.pk)
    posted.refresh_from_db()
    if once:
        assert [asked["once"] for _, asked in gateway.asked] == [posted.key] * 2
        assert posted.sent_at is not None
    else:
        assert len(gateway.asked) == 1
        assert posted.error == "unclear: interrupted"


@pytest.mark.django_db
def test_a_message_of_the_night_goes_out_in_the_morning(gateway: Gateway) -> None:
    with time_machine.travel(NIGHT, tick=False) as now:
        posted = outbox.post(NUMBER, TEXT.name, VALUES)
        assert posted is not None
        queued = QueuedTask.objects.get()
        assert queued.due_at == MORNING
        Worker(renew=False).drain()
        assert gateway.asked == []
        now.move_to(MORNING - timedelta(seconds=1))
        Worker(renew=False).drain()
        assert gateway.asked == []
        now.move_to(MORNING)
        Worker(renew=False).drain()
        Worker(renew=False).drain()
    assert len(gateway.asked) == 1


@pytest.mark.django_db
def test_another_try_does_not_fall_into_the_night(gateway: Gateway) -> None:
    gateway.status = 503
    with time_machine.travel(NIGHT - timedelta(minutes=90, seconds=1), tick=False) as now:
        outbox.post(NUMBER, TEXT.name, VALUES)
        Worker(renew=False).drain()
        assert len(gateway.asked) == 1
        gateway.status = 200
        now.move_to(NIGHT)
        Worker(renew=False).drain()
        assert len(gateway.asked) == 1
        waiting = QueuedTask.objects.get(name="common.send_sms", state=State.WAITING)
        assert waiting.due_at == MORNING
        now.move_to(MORNING)
        Worker(renew=False).drain()
    assert len(gateway.asked) == 2
    assert OutboxSms.objects.get().sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_nothing(gateway: Gateway) -> None:
    def answered_and_failed() -> None:
        with transaction.atomic():
            post()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered_and_failed()
    assert not OutboxSms.objects.exists()
    deliver()
    assert gateway.asked == []


@pytest.mark.django_db
def test_no_number_in_any_error(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.answer = f'{{"code": "{NUMBER} is not a number"}}'.encode()
    post()
    deliver()
    gateway.hang_up = True
    deliver()
    errors = "".join(QueuedTask.objects.values_list("error", flat=True))
    errors += "".join(OutboxSms.objects.values_list("error", flat=True))
    assert errors
    assert NUMBER not in errors + "".join(caplog.handler.format(one) for one in caplog.records)


@pytest.mark.django_db
def test_numbers_are_kept_no_longer_than_needed(gateway: Gateway) -> None:
    sent, lost, waiting = post(), post(), post()
    long_ago = timezone.now() - timedelta(days=31)
    OutboxSms.objects.filter(pk=sent.pk).update(sent_at=long_ago)
    OutboxSms.objects.filter(pk=lost.pk).update(failed_at=long_ago)
    tidy()
    numbers = {one.pk: one.to for one in OutboxSms.objects.all()}
    assert numbers == {sent.pk: "", lost.pk: "", waiting.pk: NUMBER}


@pytest.mark.django_db
def test_without_a_gateway_there_are_no_messages(settings: Settings, texts: None) -> None:
    assert not client.available()
    assert outbox.post(NUMBER, TEXT.name, VALUES) is None
    assert not OutboxSms.objects.exists()
    assert not QueuedTask.objects.exists()


@pytest.mark.django_db
def test_a_gateway_taken_away_meanwhile_sends_nothing(gateway: Gateway, settings: Settings) -> None:
    posted = post()
    settings.SMS_GATEWAY = {}
    deliver()
    posted.refresh_from_db()
    assert (posted.error, gateway.asked) == ("no gateway", [])
    assert posted.failed_at is not None


@pytest.mark.django_db
def test_a_text_is_filled_in_whole_and_with_nothing_else(gateway: Gateway) -> None:
    for values in ({"number": "1"}, {**VALUES, "name": "陈一心"}):
        with pytest.raises(ValueError, match="takes"):
            outbox.post(NUMBER, TEXT.name, values)
    assert outbox.post("0577-63700000", TEXT.name, VALUES) is None
    with pytest.raises(KeyError):
        outbox.post(NUMBER, "tests.unknown", VALUES)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (NUMBER, NUMBER), ("138 0013 8000", NUMBER), ("+86 138-0013-8000", NUMBER), ("8613800138000", NUMBER),
        ("0577-63700000", ""), ("12800138000", ""), ("1380013800", ""), ("138001380000", ""), ("", ""),
        ("１３８００１３８０００", ""), ("+852 5123 4567", ""),
    ],
)  # fmt: skip
def test_what_a_mobile_number_is(text: str, number: str) -> None:
    assert client.mobile(text) == number


@pytest.mark.django_db
def test_in_the_demo_messages_become_files(settings: Settings, texts: None, tmp_path: Path) -> None:
    settings.SMS_GATEWAY = {
        "BACKEND": "gongkai.web.common.sms.file_gateway.FileGateway",
        "OPTIONS": {"folder": str(tmp_path / "sms")},
    }  # fmt: skip
    posted = post()
    deliver()
    OutboxSms.objects.update(sent_at=None)
    with time_machine.travel(NOON, tick=True):
        outbox.send(posted.pk)
    (path,) = (tmp_path / "sms").iterdir()
    text = "登记号2024-0001有进展，请查看：https://www.example.gov.cn/apply/track/"
    assert path.read_text("utf-8") == f"{NUMBER}\n{text}\n"
    posted.refresh_from_db()
    assert posted.provider_id == path.name


class TestWhatIsSetUp:
    wrong: ClassVar[list[tuple[dict[str, Any], str]]] = [
        ({"templates": {}}, "tests.news 没有网关编号"),
        ({"templates": {TEXT.name: Approved("1"), "x": Approved("2")}}, "没有名为 x 的短信模板"),
        ({"templates": {TEXT.name: Approved("1", {"a": "name"})}}, "没有变量 name"),
    ]

    @pytest.mark.parametrize(("changes", "said"), wrong)
    def test_a_gateway_half_set_up_is_told(
        self, settings: Settings, texts: None, changes: dict[str, Any], said: str
    ) -> None:
        settings.SMS_GATEWAY = chosen("https://sms.example.gov.cn/", **changes)
        assert [said in message.msg for message in gateway_is_whole()] == [True]
        assert said in run()

    def test_nothing_is_wrong_with_none_and_with_a_whole_one(self, settings: Settings, texts: None) -> None:
        assert gateway_is_whole() == []
        settings.SMS_GATEWAY = chosen("https://sms.example.gov.cn/")
        assert gateway_is_whole() == []

    def test_the_command_shows_the_texts_to_hand_in(self, settings: Settings, texts: None) -> None:
        assert "没有设置网关" in run()
        settings.SMS_GATEWAY = chosen("https://sms.example.gov.cn/")
        assert "已设置网关" in run()
        assert TEXT.text in run()
        assert "变量：number、site" in run()

    def test_the_command_tries_one_message(self, gateway: Gateway, settings: Settings) -> None:
        assert "m-1" in run("--try", NUMBER)
        gateway.answer = b'{"code": "5"}'
        refused: dict[str, Callable[[], str]] = {
            "没有发出：5": lambda: run("--try", NUMBER),
            "应为11位": lambda: run("--try", "0577"),
            "没有名为 x": lambda: run("--try", NUMBER, "--template", "x"),
        }
        for said, doing in refused.items():
            with pytest.raises(CommandError, match=said):
                doing()
        gateway.answer = b"?"
        with pytest.raises(CommandError, match="不能确定"):
            run("--try", NUMBER)
        settings.SMS_GATEWAY = {}
        with pytest.raises(CommandError, match="没有设置短信网关"):
            run("--try", NUMBER)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("sms", *arguments, stdout=out)
    return out.getvalue()
