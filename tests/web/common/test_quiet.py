"""Quiet hours: their edges, midnight, days off; at any time what waits comes out when nobody sleeps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.common import registry, workdays
from gongkai.web.common.sms.quiet import Quiet

CHINA = ZoneInfo("Asia/Shanghai")
FIRST, LAST = datetime(2020, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 - the zone is added when drawn
NIGHT = Quiet.parse("21:00-08:00")


def always(_day: date) -> bool:
    return True


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2024-03-04 20:59:59.999999", None),
        ("2024-03-04 21:00", "2024-03-05 08:00"),
        ("2024-03-04 23:59:59", "2024-03-05 08:00"),
        ("2024-03-05 00:00", "2024-03-05 08:00"),
        ("2024-03-05 07:59:59.999999", "2024-03-05 08:00"),
        ("2024-03-05 08:00", None),
        ("2024-12-31 22:00", "2025-01-01 08:00"),
        ("2024-02-28 21:30", "2024-02-29 08:00"),
    ],
)
def test_the_night_of_the_default(now: str, until: str | None) -> None:
    assert NIGHT.until(at(now), always) == (at(until) if until else None)


def test_hours_are_hours_in_china() -> None:
    assert NIGHT.until(datetime(2024, 3, 4, 13, 0, tzinfo=UTC), always) == at("2024-03-05 08:00")
    assert NIGHT.until(datetime(2024, 3, 4, 12, 59, tzinfo=UTC), always) is None


@pytest.mark.parametrize(
    ("now", "until"),
    [("11:59", None), ("12:00", "14:00"), ("13:59", "14:00"), ("14:00", None), ("23:00", None)],
)
def test_hours_within_a_day(now: str, until: str | None) -> None:
    found = Quiet.parse("12:00-14:00").until(at(f"2024-03-04 {now}"), always)
    assert found == (at(f"2024-03-04 {until}") if until else None)


def test_days_off_are_quiet_to_the_morning_after_them() -> None:
    off = {date(2024, 3, 9), date(2024, 3, 10)}
    quiet = Quiet.parse("21:00-08:00", days_off=True)
    for now in ("2024-03-08 21:00", "2024-03-09 00:00", "2024-03-09 12:00", "2024-03-10 20:00"):
        assert quiet.until(at(now), lambda day: day not in off) == at("2024-03-11 08:00"), now
    assert quiet.until(at("2024-03-08 20:59"), lambda day: day not in off) is None
    without = Quiet.parse("none", days_off=True)
    assert without.until(at("2024-03-09 12:00"), lambda day: day not in off) == at("2024-03-11 00:00")
    assert Quiet.parse("none").until(at("2024-03-09 03:00"), always) is None


@given(
    now=st.datetimes(FIRST, LAST, timezones=st.just(CHINA)),
    start=st.times(),
    end=st.times(),
    off=st.sets(st.integers(0, 12)),
    days_off=st.booleans(),
)
def test_what_waits_comes_out_at_the_first_moment_that_is_not_quiet(
    now: datetime, start: time, end: time, off: set[int], days_off: bool
) -> None:
    def works(day: date) -> bool:
        return (day - now.date()).days not in off

    quiet = Quiet(start, end, days_off)
    until = quiet.until(now, works)
    if until is None:
        assert not asleep(quiet, now, works(now.date()))
        return
    assert until > now
    assert not asleep(quiet, until, works(until.date()))
    assert asleep(quiet, until - timedelta(microseconds=1), works((until - timedelta(microseconds=1)).date()))
    moment, step = now, (until - now) / 97
    while moment < until:
        assert asleep(quiet, moment, works(moment.date())), moment
        moment += max(step, timedelta(microseconds=1))


def asleep(quiet: Quiet, at: datetime, works: bool) -> bool:
    """The rule said once more, by minutes of the day alone."""
    clock = at.timetz().replace(tzinfo=None)
    if quiet.start <= quiet.end:
        night = quiet.start <= clock < quiet.end
    else:
        night = not quiet.end <= clock < quiet.start
    return night or (quiet.days_off and not works)


@pytest.mark.parametrize(
    "text", ["", "21:00", "21-08-00", "25:00-08:00", "08:00-08:00", "夜里", "21:00+01:00-08:00"]
)
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - Python says what it likes of a time
        Quiet.parse(text)


def test_the_calendar_of_the_law_tells_working_days() -> None:
    assert "law" in registry.of(workdays.REGISTRY)
    assert not workdays.works(date(2024, 10, 1))  # a Tuesday, 国庆节
    assert workdays.works(date(2024, 9, 29))  # a Sunday at work
    assert workdays.works(date(2099, 1, 1))  # a Thursday of a year nobody has published
    assert not workdays.works(date(2099, 1, 3))
