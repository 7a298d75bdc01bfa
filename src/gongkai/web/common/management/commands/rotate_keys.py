"""Write everything anew with the keys in force."""

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.common import rotation


class Command(BaseCommand):
    """Run after a new key was put first in the settings; afterwards the old one may be taken out."""

    help = "用现行密钥（设置中的第一个）重新加密和计算摘要；完成后可以移除旧密钥"

    def handle(self, *_: Any, **__: Any) -> None:
        """Rotate."""
        for name, count in rotation.rotate().items():
            self.stdout.write(f"{name}: {count}")
