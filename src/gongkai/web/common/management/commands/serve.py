"""Serve the site and do its tasks."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.common import ports
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.server import Server


class Command(BaseCommand):
    """``serve --port 8000``: the site and its worker in one process, on loopback unless told otherwise."""

    help = "启动网站；后台任务在同一进程中执行（--no-tasks 则不执行）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--host", default="127.0.0.1", help="监听地址，缺省只对本机")
        parser.add_argument("--port", type=int, default=8000, help="端口")
        parser.add_argument("--processes", type=int, default=1, help="进程数")
        parser.add_argument("--threads", type=int, default=4, help="每个进程的线程数")
        parser.add_argument("--no-tasks", action="store_true", help="不执行后台任务（另外运行 run_worker）")

    def handle(self, *_: Any, **options: Any) -> None:
        """Serve until told to stop."""
        os.environ.pop("GUNICORN_CMD_ARGS", None)
        try:
            ports.require_free(options["host"], options["port"], "请用 --port 换一个端口")
        except ActionRefused as refusal:
            raise CommandError(f"{refusal.message}。{refusal.remedy}") from refusal
        Server(
            host=options["host"],
            port=options["port"],
            processes=options["processes"],
            threads=options["threads"],
            tasks=not options["no_tasks"],
        ).run()
