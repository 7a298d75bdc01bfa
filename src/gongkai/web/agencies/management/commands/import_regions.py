"""``import_regions FILE``: regions from a list of division codes and names."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gongkai.web.agencies.actions import CreateRegion
from gongkai.web.agencies.models import Region
from gongkai.web.agencies.models.regions import LEVELS, significant
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


class Command(BaseCommand):
    """Adds the regions of a CSV file (code, name), all or none; those already there stay as they are."""

    help = "从 CSV 文件（两列：行政区划代码、名称）导入行政区划；已有的不变，有错误则全部不导入"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="UTF-8 编码的 CSV 文件")

    def handle(self, *_: Any, **options: Any) -> None:
        """One ``CreateRegion`` for each new line, parents first."""
        with options["file"].open(encoding="utf-8-sig", newline="") as lines:
            rows = [(row[0].strip(), row[1].strip()) for row in csv.reader(lines) if len(row) > 1]
        wanted = sorted(
            (row for row in rows if row[0].isdigit()), key=lambda row: (len(significant(row[0])), row)
        )
        known = {region.code: region for region in Region.objects.all()}
        added = 0
        with transaction.atomic():
            for code, name in wanted:
                if code in known:
                    continue
                try:
                    known[code] = CreateRegion(
                        Actor.system("agencies.setup"),
                        division_code=code,
                        name=name,
                        parent=_parent(code, known),
                    ).run()
                except ActionRefused as refused:
                    raise CommandError(f"{code} {name}：{refused}") from refused
                added += 1
        self.stdout.write(f"新增{added}个行政区划，共{len(known)}个")


def _parent(code: str, known: dict[str, Region]) -> Region | None:
    """The nearest region above that is known."""
    inside = significant(code)
    for digits, _ in reversed(LEVELS):
        above = inside[:digits].ljust(max(6, digits), "0")
        if digits < len(inside) and above in known:
            return known[above]
    return None
