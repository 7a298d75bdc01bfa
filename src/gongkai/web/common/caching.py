"""The shared cache: what limits are counted under is personal, so nobody reads it there."""

from datetime import datetime

from django.conf import settings
from django.db import connection

from gongkai.web.common import keys

_PURPOSE = "common.caching"


def hashed(key: str, prefix: str, version: int) -> str:
    """The name an entry is kept under: addresses, telephone numbers and mails as a keyed hash."""
    return keys.keyed_hash(f"{prefix}:{version}:{key}", _PURPOSE)


def forget_what_is_over(now: datetime) -> int:
    """Delete what is over from the cache's table, which does not do it itself; how many."""
    table = connection.ops.quote_name(settings.CACHES["table"]["LOCATION"])
    over = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [over])  # noqa: S608 - our own name
        return int(cursor.rowcount)
