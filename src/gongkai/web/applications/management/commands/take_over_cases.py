"""``take_over_cases AGENCY FILE``: open cases of an old system, from the file ``old_cases`` describes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import old_cases
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.permissions import SETUP
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


class Command(BaseCommand):
    """Takes over the right rows of the file and says what is wrong with the others; it only looks first."""

    help = "从 XLSX 或 JSON 文件转入原系统的申请；不加 --take 时只核对，不转入"

    def add_arguments(self, parser: CommandParser) -> None:
        """Agency, file, whether it is meant."""
        parser.add_argument("agency", help="机关代码")
        parser.add_argument("file", type=Path, help="XLSX 工作簿或 JSON 文件，写法见模板")
        parser.add_argument("--take", action="store_true", help="核对无误的予以转入")

    def handle(self, *_: Any, **options: Any) -> None:
        """One line a row; an error where any row is wrong."""
        agency = Agency.objects.current().filter(code=options["agency"]).first()
        if agency is None:
            raise CommandError(f"没有代码为{options['agency']}的机关")
        try:
            rows = old_cases.read(options["file"].read_bytes(), today())
        except ActionRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"读不出文件{options['file']}：{error}") from error
        done = old_cases.take_over(Actor.system(SETUP), agency, rows, only_look=not options["take"])
        for row in done:
            words = row.fault or "　".join(filter(None, (row.state, row.due, row.register_no)))
            self.stdout.write(f"第{row.place}件　{row.old_number or '（没有编号）'}　{words}")
        wrong = sum(bool(row.fault) for row in done)
        self.stdout.write(
            f"{'已转入' if options['take'] else '可以转入'}{len(done) - wrong}件，有误{wrong}件"
        )
        if wrong:
            raise CommandError(f"{wrong}件有误，未转入")
