"""``load_demo_agencies``: the agencies and people of the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.agencies import demo


class Command(BaseCommand):
    """Loads the demo where the settings allow it; loading it again changes nothing."""

    help = "载入演示用的机关和人员（仅限开发设置），可重复执行"

    def handle(self, *_: Any, **__: Any) -> None:
        """``agencies.demo.load``, and the sign-ins on the screen."""
        try:
            demo.load()
        except demo.NotForDemoError as error:
            raise CommandError(str(error)) from error
        for person in demo.sign_ins():
            self.stdout.write(f"{person.username:<24} {person.agency}　{person.post}")
