"""``import_holidays FILE``: a new year's holidays, where the site keeps them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.applications.actions import ImportHolidays
from gongkai.web.applications.permissions import SETUP
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


class Command(BaseCommand):
    """Takes over one year and has every open case looked at again, as the screen does."""

    help = "导入国务院办公厅公布的一年放假安排（TOML 或 JSON），并重新计算未办结申请的期限"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="一年的放假安排，写法同 gongkai law import-year")

    def handle(self, *_: Any, **options: Any) -> None:
        """The action, or what is wrong with the file."""
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
            made = ImportHolidays(Actor.system(SETUP), text=text).run()
        except ActionRefused as refused:
            raise CommandError(str(refused)) from refused
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不出文件{options['file']}：{error}") from error
        self.stdout.write(f"已导入{made.year}年的放假安排（{made.notice}）")
