"""The cache of production without Redis: a limit is forgotten when its time is over, and not before."""

import pytest
from django.core.cache import caches

pytestmark = pytest.mark.django_db


def test_what_is_counted_is_kept_among_very_many_others() -> None:
    table = caches["table"]
    assert table.add("puzzle", 1, 600)
    for number in range(400):
        table.set(f"other-{number}", [1.0], 600)
    assert not table.add("puzzle", 1, 600)
    assert table.get("other-0") == [1.0]


def test_what_is_over_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    table = caches["table"]
    monkeypatch.setattr(table, "_max_entries", 20)
    for number in range(15):
        table.set(f"over-{number}", 1, -1)
    for number in range(15):
        table.set(f"held-{number}", 1, 600)
    assert all(table.get(f"held-{number}") for number in range(15))
