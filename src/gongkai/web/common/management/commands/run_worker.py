"""Do the tasks that wait."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.web.common.worker import Worker


class Command(BaseCommand):
    """``run_worker``: until it is told to stop (SIGTERM, SIGINT); ``--once``: what is due now."""

    help = "执行后台任务；--once 只执行当前到期的任务"

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--once", action="store_true", help="执行完到期的任务即结束")

    def handle(self, *_: Any, once: bool, **__: Any) -> None:
        """Work."""
        worker = Worker()
        if once:
            self.stdout.write(f"已执行 {worker.drain()} 项任务")
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
