"""The cache of production without Redis: a limit is forgotten when its time is over, and not before."""

import hashlib

import pytest
from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from gongkai.web.common import caching

pytestmark = pytest.mark.django_db


def test_what_is_counted_is_kept_among_very_many_others() -> None:
    table = caches["table"]
    assert table.add("puzzle", 1, 600)
    for number in range(400):
        table.set(f"other-{number}", [1.0], 600)
    assert not table.add("puzzle", 1, 600)
    assert table.get("other-0") == [1.0]


def rows() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM gongkai_cache")
        return [key for (key,) in cursor.fetchall()]


def test_nobody_reads_in_the_table_who_was_counted() -> None:
    telephone = "13812345678"
    caches["table"].set(telephone, 1, 600)
    (key,) = rows()
    assert telephone not in key
    assert hashlib.sha256(telephone.encode()).hexdigest() not in key


def test_what_is_over_leaves_the_table() -> None:
    caches["table"].set("over", 1, -1)
    caches["table"].set("held", 1, 600)
    assert caching.forget_what_is_over(timezone.now()) == 1
    assert len(rows()) == 1
    assert caches["table"].get("held") == 1


def test_what_is_over_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    table = caches["table"]
    monkeypatch.setattr(table, "_max_entries", 20)
    for number in range(15):
        table.set(f"over-{number}", 1, -1)
    for number in range(15):
        table.set(f"held-{number}", 1, 600)
    assert all(table.get(f"held-{number}") for number in range(15))
