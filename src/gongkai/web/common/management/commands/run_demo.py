"""Set up the demo on this machine and serve it."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from gongkai.web.common import demo, ports
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.server import Server

_HOST = "127.0.0.1"
_ANEW = "_DEMO_BEGUN_ANEW"
_STOPPED = 130  # as shells count a command ended by Ctrl-C


class Command(BaseCommand):
    """``run_demo --port 8000 --samples samples``: what is missing is loaded, what is there is kept."""

    help = "在本机准备演示网站并启动（仅限开发设置）；再次运行时保留已有数据"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--port", default="8000", help="端口")
        parser.add_argument("--samples", default="samples", help="样本文件所在的文件夹")

    def handle(self, *_: Any, **options: Any) -> None:
        """Look whether it can be served, set up, serve until told to stop."""
        samples = Path(options["samples"])
        if not getattr(settings, "DEMO_PASSWORD", ""):
            self._give_up("当前设置不允许载入演示数据：演示只用于开发设置（gongkai.web.settings.dev）")
        if not samples.is_dir():
            self._give_up(f"没有样本文件夹“{samples}”，请在项目文件夹中运行")
        try:
            port = _number(options["port"])
            ports.require_free(_HOST, port, "请换一个端口，例如 make run PORT=8001")
            address = f"http://{_HOST}:{port}"
            settings.WAGTAILADMIN_BASE_URL = address  # what mails, messages and papers lead to
            if self._prepare(samples):
                self._begin_anew()
        except ActionRefused as refusal:
            self._give_up(f"{refusal.message}。{refusal.remedy}")
        except KeyboardInterrupt:
            self._say("\n已停止。已完成的部分保留，再次运行会接着准备。")
            raise SystemExit(_STOPPED) from None
        connections.close_all()  # each process of the server opens its own
        server = Server(
            host=_HOST, port=port, processes=1, threads=4, tasks=True,
            ready=lambda: self._show(address), ended=lambda: self._say("\n已停止。"),
        )  # fmt: skip
        server.run()

    def _prepare(self, samples: Path) -> bool:
        """Load what is missing; whether there was anything."""
        loaded: list[str] = []

        def say(line: str) -> None:
            loaded.append(line)
            self._say(line)

        with _alone():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                say("正在建立数据库……")
                call_command("migrate", verbosity=0, interactive=False)
            for part in demo.parts():
                part.load(samples, say)
        return bool(loaded)

    def _begin_anew(self) -> None:
        """Serve from a fresh process: threads that the typesetter started while loading are gone in the
        processes the server forks, which then wait for them for ever.
        """
        if os.environ.get(_ANEW) != "1":
            connections.close_all()
            os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, _ANEW: "1"})  # noqa: S606

    def _show(self, address: str) -> None:
        lines = [
            "",
            f"演示网站已经启动（只对本机开放，按 Ctrl-C 停止；数据在 {_data()}，删去即可从头开始）",
            "",
            f"  公开首页　{address}/",
            f"  工作后台　{address}/{settings.BACK_OFFICE}",
            f"  网站地图　{address}/sitemap.xml",
        ]
        parts = demo.parts()
        lines += [line for part in parts for line in part.pages(address)]
        lines += [line for part in parts for line in part.notes()]
        self._say("\n".join([*lines, ""]))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _give_up(self, message: str) -> NoReturn:
        self.stderr.write(message)
        raise SystemExit(2)


def _data() -> Path:
    """Where the settings for development keep what is here."""
    return Path(getattr(settings, "DATA", "var"))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ActionRefused(f"端口应为数字，不能是“{text}”", remedy="例如 make run PORT=8001")
    return int(text)


@contextmanager
def _alone() -> Iterator[None]:
    """Of two that are started together on the same data, one sets up and the other waits."""
    path = _data() / "setup.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
