"""``erase_person USERNAME --reason …``: the personal data of somebody who has gone is erased."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.agencies.actions import ErasePerson
from gongkai.web.agencies.models import Person
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


class Command(BaseCommand):
    """Shows what will be erased; erases with ``--yes``, and verifies the audit log afterwards."""

    help = "清除已移交人员的个人信息（姓名、登录名、联系方式、登录记录）；办理记录以编号保留，不能恢复"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, why, and that it is meant."""
        parser.add_argument("username", help="登录名")
        parser.add_argument("--reason", required=True, help="清除理由，如：离任满三年、本人申请")
        parser.add_argument("--yes", action="store_true", help="确认清除；不加则只显示")

    def handle(self, *_: Any, **options: Any) -> None:
        """``ErasePerson``."""
        person = Person.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(f"没有登录名为 {options['username']} 的人员")
        if not options["yes"]:
            self.stdout.write(f"将清除 {person.name}（{person.username}，编号 {person.pk}）的个人信息。")
            self.stdout.write("不能恢复。确认请加 --yes。备份中的数据须另行处理。")
            return
        try:
            erased = ErasePerson(
                Actor.system("agencies.setup"), person=person, reason=options["reason"]
            ).run()
        except ActionRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"已清除，办理记录中显示为“{erased.name}”。")
        if audit.verify():
            raise CommandError("审计日志核验不通过，请运行 verify_audit 查看")
        self.stdout.write("审计日志核验相符。")
