"""``load_demo_reports``: the reports of the demo, from upload to publication."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.agencies import demo as agencies_demo
from gongkai.web.reporting import demo


class Command(BaseCommand):
    """Loads agencies, people and reports where the settings allow it; loading again changes nothing."""

    help = "载入演示用的年度报告：上传、读取、核查、更正、签批、发布（仅限开发设置），可重复执行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the sample files are."""
        parser.add_argument("--samples", default="samples", help="样本文件所在的文件夹")

    def handle(self, *_: Any, **options: Any) -> None:
        """One line for each report."""
        samples = Path(options["samples"])
        if not samples.is_dir():
            raise CommandError(f"没有文件夹 {samples}；请用 --samples 指明样本文件所在的文件夹")
        try:
            agencies = agencies_demo.load()
        except agencies_demo.NotForDemoError as error:
            raise CommandError(str(error)) from error
        for record in demo.load(samples, agencies):
            self.stdout.write(f"{record}：{record.get_state_display()}")
