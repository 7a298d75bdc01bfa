"""Offers of all providers; one that fails costs its own alone."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.db import connection

from gongkai.web.common import published, registry
from gongkai.web.common.published import Offer, Wanted

pytestmark = pytest.mark.django_db
Provide = Callable[..., None]


def offer(reference: str, score: float, **more: object) -> Offer:
    given = {
        "source": "x",
        "title": f"第{reference}件",
        "url": "/x/",
        "address": "https://a.example/1",
        "why": "",
    }
    return Offer(reference=reference, score=score, **{**given, **more})  # type: ignore[arg-type]


@pytest.fixture
def provide(monkeypatch: pytest.MonkeyPatch) -> Provide:
    """Registers providers in place of the site's own."""
    own = registry.Registry(published.PROVIDERS)
    monkeypatch.setitem(registry._registries, published.PROVIDERS, own)

    def run(name: str, provider: object) -> None:
        own.register(name, provider)

    return run


def test_the_best_of_all_providers(provide: Provide) -> None:
    provide("a", lambda *_: [offer("1", 0.5), offer("2", 0.9)])
    provide("b", lambda *_: [offer("3", 0.7)])
    assert [one.reference for one in published.search(1, Wanted("x"), 2)] == ["2", "3"]


def test_a_provider_that_fails_is_logged_without_the_request(
    provide: Provide, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(agency_id: int, wanted: Wanted, limit: int) -> Sequence[Offer]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM there_is_no_such_table")
        return []

    provide("broken", broken)
    provide("sound", lambda *_: [offer("1", 0.5)])
    assert [one.reference for one in published.search(1, Wanted("张三的宅基地"))] == ["1"]
    assert "broken" in caplog.text
    assert "张三" not in caplog.text


def test_where_it_is_in_the_words_of_a_reply() -> None:
    one = offer("7", 1, number="青政〔2024〕6号", index_number="99/1", day=date(2024, 3, 5))
    assert one.key == "x:7"
    assert one.told == (
        "《第7件》，文号：青政〔2024〕6号，索引号：99/1，公开日期：2024年3月5日，获取途径：https://a.example/1。"
    )
    assert published.by_key([one], "x:7") is one
    assert published.by_key([one], "x:8") is None
