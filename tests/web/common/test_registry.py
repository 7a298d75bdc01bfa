import pytest

from gongkai.web.common import registry


def test_entries_come_by_order_and_each_key_is_taken_once() -> None:
    mine = registry.Registry("tests")
    mine.register("b", "second", order=20)
    mine.register("a", first := object(), order=10)
    mine.register("a", first, order=10)
    assert list(mine) == [first, "second"]
    assert mine.get("b") == "second"
    assert mine.get("c") is None
    assert "a" in mine
    assert len(mine) == 2
    with pytest.raises(ValueError, match="already"):
        mine.register("b", "another")


def test_a_name_means_one_registry() -> None:
    assert registry.of("tests.one") is registry.of("tests.one")
    assert registry.of("tests.one") is not registry.of("tests.two")
