"""``create_administrator USERNAME NAME``: the first administrator of a new site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.agencies.actions import CreateAdministrator
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


class Command(BaseCommand):
    """Takes in an administrator of the whole site and prints a one-time password, once."""

    help = "新增一名全站管理员，并显示一次性密码（只显示一次，登录后须修改）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Sign-in name and name."""
        parser.add_argument("username", help="登录名")
        parser.add_argument("name", help="姓名")

    def handle(self, *_: Any, **options: Any) -> None:
        """``CreateAdministrator``."""
        try:
            person, password = CreateAdministrator(
                Actor.system("agencies.setup"), username=options["username"], name=options["name"]
            ).run()
        except ActionRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"已新增全站管理员 {person.name}，登录名 {person.username}")
        self.stdout.write(f"一次性密码（只显示这一次）：{password}")
