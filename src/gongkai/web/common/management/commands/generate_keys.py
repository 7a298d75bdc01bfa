"""New keys for a production machine."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from gongkai.web.common import keys


class Command(BaseCommand):
    """Prints an environment file; nothing is stored."""

    help = "生成一套密钥，按环境变量文件的格式输出（不保存）"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--id", default="", help="密钥编号，缺省为 k加当天日期")

    def handle(self, *_: Any, id: str, **__: Any) -> None:  # noqa: A002 - the option's name
        """Print."""
        key_id = id or f"k{timezone.localdate():%Y%m%d}"
        self.stdout.write(f"GONGKAI_SECRET_KEY={secrets.token_urlsafe(50)}")
        self.stdout.write(f"GONGKAI_ENCRYPTION_KEYS={keys.generate(key_id)}")
        self.stdout.write(f"GONGKAI_HASH_KEYS={keys.generate(key_id)}")
