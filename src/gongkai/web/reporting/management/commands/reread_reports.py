"""``reread_reports``: after an upgrade, the stock is read again by the engine now in force."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.common.errors import ActionRefused
from gongkai.web.reporting import engine, selectors
from gongkai.web.reporting.actions import Reread
from gongkai.web.reporting.tasks import ACTOR


class Command(BaseCommand):
    """Asks for the reading of every report at rest that an older version of the engine read.

    Where the result is the same nothing changes; where it differs a new version waits for people, and the
    public page stays as it is.
    """

    help = "升级后用新版程序重新读取此前读过的报告；结果不同的列为新的一版，待人核查"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many at most."""
        parser.add_argument("--most", type=int, default=0, help="最多多少份；0 为全部")

    def handle(self, *_: Any, **options: Any) -> None:
        """One line at the end."""
        asked = left = 0
        wanted = list(selectors.outdated(engine.VERSION).values_list("pk", flat=True))
        for pk in wanted[: options["most"] or None]:
            try:
                Reread(ACTOR, record_id=pk).run()
                asked += 1
            except ActionRefused:
                # Somebody began to work on it meanwhile; the next run finds it again.
                left += 1
        self.stdout.write(
            f"程序 {engine.VERSION}：已安排重新读取{asked}份"
            + (f"，{left}份正在办理，未安排" if left else "")
        )
