"""Whole cases counted by hand with a wall calendar: each counted day, and the account."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.calendar import shipped
from gongkai.law.clock import account
from gongkai.law.wire import account_to_dict, read_case

CASES = sorted((Path(__file__).parent / "golden").glob("*.json"))


def load(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    golden: dict[str, Any] = json.loads(path.read_text("utf-8"))
    case = read_case(json.dumps({"channel": golden["channel"], "events": golden["events"]}))
    on = date.fromisoformat(golden["on"]) if "on" in golden else None
    return golden, account_to_dict(account(case, on, shipped()))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_account_is_the_one_counted_by_hand(path: Path) -> None:
    golden, found = load(path)
    assert {name: found[name] for name in golden["expect"]} == golden["expect"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_counted_day_is_the_one_counted_by_hand(path: Path) -> None:
    golden, found = load(path)
    by_hand = [f"{month}-{int(day):02}" for month, days in golden["counted"].items() for day in days.split()]
    until = golden.get("listed_until", "9999")
    counted = [day for day in found["account"] if day["counted"] and day["on"] <= until]
    assert [day["on"] for day in counted] == by_hand
    assert [day["number"] for day in counted] == list(range(1, len(by_hand) + 1))
    assert all("第三十三条" in day["article"] for day in counted)


def test_there_are_more_than_a_dozen() -> None:
    assert len(CASES) >= 14
