"""A gateway on loopback, one text, and settings that lead the one to the other."""

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from gongkai.web.common import registry
from gongkai.web.common.sms import templates
from gongkai.web.common.sms.http_gateway import Approved, HttpGateway
from gongkai.web.common.sms.templates import Template

NUMBER = "13800138000"
TEXT = Template("tests.news", "测试", "登记号{number}有进展，请查看：{site}")
VALUES = {"number": "2024-0001", "site": "https://www.example.gov.cn/apply/track/"}
BODY = {
    "phone": "{number}", "to": ["+86{number}"], "template": "{template}", "params": "{values}",
    "list": "{values_list}", "json": "{values_json}", "once": "{key}", "app": 7, "secret": "{secret}",
}  # fmt: skip


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

    def handle_error(self, *_: Any) -> None:
        """Who asked has hung up."""

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
