"""Which days the account lists."""

from datetime import date, timedelta

import pytest

from tests.law.cases import told


@pytest.mark.parametrize(
    ("received", "on"),
    [("2026-07-30", "2027-01-04"), ("2026-12-31", "2027-02-26"), ("2028-03-01", "2028-06-01")],
)
def test_each_day_is_listed_up_to_the_day_asked_for_also_where_nobody_knows_whether_it_counts(
    received: str, on: str
) -> None:
    start = date.fromisoformat(received)
    found = told(on, f"{received} received")
    assert [one.on for one in found.days] == [
        start + timedelta(step) for step in range((date.fromisoformat(on) - start).days + 1)
    ]
    assert {one.counted for one in found.days if one.on > max(date(2026, 12, 31), start)} == {None}
