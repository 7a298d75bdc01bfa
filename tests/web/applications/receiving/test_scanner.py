"""The virus scanner: its protocol, its word, and that nobody waits for it inside a transaction."""

import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.web.applications import files
from gongkai.web.applications.models import Attachment
from gongkai.web.common.errors import ActionRefused
from tests.web.applications import by_form
from tests.web.applications.asking import PDF

BAD = b"%PDF-1.4 this one is bad"


class Daemon(socketserver.ThreadingTCPServer):
    """Speaks as much of clamd's protocol as INSTREAM needs."""

    allow_reuse_address = True
    daemon_threads = True
    asked: int = 0

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = self.rfile.read(len(b"nINSTREAM\n"))
            assert command == b"nINSTREAM\n"
            content = b""
            while size := int.from_bytes(self.rfile.read(4), "big"):
                content += self.rfile.read(size)
            self.server.asked += 1  # type: ignore[attr-defined]
            self.wfile.write(b"stream: Eicar-Test FOUND\n" if content == BAD else b"stream: OK\n")


@pytest.fixture
def daemon(settings: Settings) -> Iterator[Daemon]:
    with Daemon(("127.0.0.1", 0), Daemon.Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
    cache.clear()


def test_a_clean_file_comes_in_and_is_looked_at_once(daemon: Daemon) -> None:
    assert {files.scan(name, PDF) for name in ("a.pdf", "b.pdf")} == {"已扫描，未发现病毒"}
    assert daemon.asked == 1


@pytest.mark.usefixtures("daemon")
def test_what_it_finds_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ActionRefused, match="Eicar-Test"):
            files.checked("a.pdf", BAD)


def test_where_it_does_not_answer_nothing_is_taken_in_silence(settings: Settings) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as free:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{free.server_address[1]}"
    with pytest.raises(ActionRefused, match="暂时不可用"):
        files.checked("a.pdf", PDF)


@pytest.mark.usefixtures("town")
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_it_inside_a_transaction(
    client: Client, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[bool] = []
    ask = files._ask

    def watched(*arguments: Any) -> None:
        inside.append(connection.in_atomic_block)
        ask(*arguments)

    monkeypatch.setattr(files, "_ask", watched)
    upload = SimpleUploadedFile("说明.pdf", PDF, content_type="application/pdf")
    by_form.send(client, by_form.look(client, request_files=[upload]))
    assert Attachment.objects.get().scanned == "已扫描，未发现病毒"
    assert inside == [False]
    assert daemon.asked == 1
