"""Both tariffs at each step."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.dated import NotCoveredError
from gongkai.law.fees import Tariff, Tier, fee, marginal, tier, tiers


@pytest.mark.parametrize(
    ("items", "yuan"),
    [(0, 0), (1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (45, 5500),
     (50, 7000), (51, 7400), (60, 11000), (61, 11500)],
)  # fmt: skip
def test_by_items(items: int, yuan: int) -> None:
    assert fee("items", items) == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)],
)
def test_by_pages(pages: int, yuan: int) -> None:
    assert fee("pages", pages) == yuan


@pytest.mark.parametrize(
    ("number", "yuan"), [(1, 0), (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (101, 900)]
)
def test_one_more_item_costs_its_own_step(number: int, yuan: int) -> None:
    assert marginal("items", number) == yuan


@given(st.sampled_from(["items", "pages"]), st.integers(0, 400))
@settings(deadline=None)
def test_the_whole_is_the_sum_of_its_parts(tariff: Tariff, count: int) -> None:
    parts = [marginal(tariff, number) for number in range(1, count + 1)]
    assert fee(tariff, count) == sum(parts)
    assert parts == sorted(parts)


def test_a_very_large_count_is_answered_at_once() -> None:
    assert fee("items", 10**12 + 30) == 2000 + 10 * (100 * 10**11 + 100 * 10**11 * (10**11 + 1) // 2)


def test_before_2021_there_is_no_tariff() -> None:
    assert fee("items", 11, date(2021, 1, 1)) == 100
    with pytest.raises(NotCoveredError, match="2020-12-31"):
        fee("pages", 31, date(2020, 12, 31))


def test_counts_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        fee("items", -1)
    with pytest.raises(ValueError, match="from 1"):
        marginal("items", 0)


@pytest.mark.parametrize(
    ("number", "found"),
    [(1, (1, 10, 0)), (10, (1, 10, 0)), (11, (11, 30, 100)), (30, (11, 30, 100)), (31, (31, 40, 200)),
     (40, (31, 40, 200)), (41, (41, 50, 300)), (60, (51, 60, 400))],
)  # fmt: skip
def test_the_tier_of_an_item(number: int, found: tuple[int, int, int]) -> None:
    assert tier("items", number) == Tier(*found)
    assert tier("items", number).rate == marginal("items", number)


def test_the_tiers_pages_run_through() -> None:
    assert tiers("pages", 0) == ()
    assert tiers("pages", 30) == (Tier(1, 30, 0),)
    assert tiers("pages", 101) == (Tier(1, 30, 0), Tier(31, 100, 10), Tier(101, 200, 20))
    assert tiers("pages", 5000)[-1] == Tier(201, None, 40)


@given(st.sampled_from(["items", "pages"]), st.integers(0, 2000))
@settings(max_examples=200)
def test_the_tiers_add_up_to_the_fee(tariff: Tariff, count: int) -> None:
    parts = ((min(one.last or count, count) - one.first + 1) * one.rate for one in tiers(tariff, count))
    assert sum(parts) == fee(tariff, count)


def test_there_is_no_tier_before_the_first() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        tier("items", 0)
