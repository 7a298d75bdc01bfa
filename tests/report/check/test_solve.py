"""The bounds that tables 3 and 4 put on cells that are not known."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.check.solve import UNBOUNDED, applications_system, bounds, disputes_system


def solve(values: dict[str, int | None], system: Any = None) -> Any:
    system = system or disputes_system()
    return bounds(system, values.get)


def block(**values: int | None) -> dict[str, int | None]:
    return {f"disputes.reconsideration.{key}": value for key, value in values.items()}


def test_nothing_known_nothing_bounded() -> None:
    limits = solve({})
    assert limits.determined() == {}
    assert limits.admits("disputes.reconsideration.total", 10**9)
    assert set(limits.high) == {UNBOUNDED}


def test_one_unknown_is_what_is_left() -> None:
    limits = solve(block(upheld=1, corrected=3, other=None, pending=0, total=6))
    assert limits.determined()["disputes.reconsideration.other"] == 2


def test_nothing_left_makes_zeros() -> None:
    determined = solve(block(upheld=4, total=4)).determined()
    assert {key.rpartition(".")[2]: value for key, value in determined.items()} == {
        "upheld": 4,
        "corrected": 0,
        "other": 0,
        "pending": 0,
        "total": 4,
    }


def test_what_is_left_bounds_each_of_several() -> None:
    limits = solve(block(upheld=1, corrected=2, total=6))
    assert limits.admits("disputes.reconsideration.other", 3)
    assert not limits.admits("disputes.reconsideration.other", 4)


def test_contradictions_have_no_bounds() -> None:
    assert solve(block(upheld=7, total=6)) is None
    assert solve(block(upheld=1, corrected=0, other=0, pending=0, total=6)) is None


def test_assumed_values_narrow_further_or_contradict() -> None:
    limits = solve(block(upheld=1, corrected=2, total=6))
    narrower = limits.given({"disputes.reconsideration.other": 1})
    assert narrower.determined()["disputes.reconsideration.pending"] == 2
    assert limits.given({"disputes.reconsideration.other": 4}) is None
    assert limits.given({"disputes.reconsideration.other": 2, "disputes.reconsideration.pending": 2}) is None
    assert limits.least("disputes.reconsideration.pending") == 0


def test_received_and_results_meet() -> None:
    """一 20, 二 0 and results of 20 leave nothing for 四 and for the blank results."""
    values: dict[str, int | None] = {
        "applications.new.total": 20,
        "applications.carried_in.total": 0,
        "applications.granted.total": 20,
    }
    determined = solve(values, applications_system(False)).determined()
    assert determined["applications.total.total"] == 20
    assert determined["applications.carried_out.total"] == 0
    assert determined["applications.partial.natural_person"] == 0


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(applications_system(True).paths), st.integers(0, 10**9), max_size=40))
def test_it_ends_whatever_the_figures(values: dict[str, int]) -> None:
    limits = solve(dict(values), applications_system(True))
    if limits is not None:
        assert all(low <= high for low, high in zip(limits.low, limits.high, strict=True))
