"""The shipped years against two independent packages, and what the calendar does at its edges."""

import pickle
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.arrangement import Arrangement, ArrangementError, Holiday
from gongkai.law.calendar import (
    FOLDER_VARIABLE,
    Calendar,
    CalendarNotPublished,
    imported_folder,
    published,
    shipped,
)

CALENDAR = shipped()
DAYS = st.dates(CALENDAR.first, CALENDAR.last)


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(1)


def test_the_years_from_the_regulation_to_the_last_notice_are_there() -> None:
    assert list(CALENDAR.years) == list(range(2019, 2027))


@pytest.mark.parametrize("year", CALENDAR.years)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    import chinese_calendar

    assert [
        day for day in days_of(year) if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)
    ] == []


@pytest.mark.parametrize("year", CALENDAR.years)
def test_every_day_agrees_with_holidays(year: int) -> None:
    import holidays

    china = holidays.country_holidays("CN", years=year)
    wrong = [day for day in days_of(year) if CALENDAR.is_working(day) != china.is_working_day(day)]
    assert wrong == []


def test_each_year_names_its_own_notice() -> None:
    notices = [arrangement.notice for arrangement in CALENDAR.arrangements]
    assert len(set(notices)) == len(CALENDAR.years)
    for arrangement in CALENDAR.arrangements:
        assert f"〔{arrangement.year - 1}〕" in arrangement.notice
        assert arrangement.source


def test_the_extended_spring_festival_of_2020_rests_on_its_own_notice() -> None:
    assert CALENDAR.look(date(2020, 1, 31)).notice == "国办发明电〔2020〕1号"
    assert not CALENDAR.is_working(date(2020, 2, 1))
    assert CALENDAR.is_working(date(2020, 2, 3))


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2027, 1, 1), date.min, date.max])
def test_outside_the_published_years_it_raises(day: date) -> None:
    with pytest.raises(CalendarNotPublished) as raised:
        CALENDAR.is_working(day)
    assert raised.value.year == day.year
    assert str(day.year) in str(raised.value)
    assert CALENDAR.look(day).working is None
    assert pickle.loads(pickle.dumps(raised.value)).year == day.year


def test_counting_over_the_edge_raises() -> None:
    with pytest.raises(CalendarNotPublished):
        CALENDAR.count(date(2026, 12, 1), date(2027, 1, 1))
    with pytest.raises(CalendarNotPublished):
        CALENDAR.count(date(2018, 12, 31), date(2019, 1, 4))
    with pytest.raises(CalendarNotPublished):
        CALENDAR.add(date(2026, 12, 31), 1)
    with pytest.raises(CalendarNotPublished):
        CALENDAR.add(date(2018, 12, 1), 40)


def test_a_day_beyond_the_edge_is_reached_over_mondays_to_fridays() -> None:
    assert CALENDAR.reach(date(2026, 12, 30), 1) == (date(2026, 12, 31), False)
    assert CALENDAR.reach(date(2026, 12, 30), 2) == (date(2027, 1, 1), True)
    assert CALENDAR.reach(date(2026, 12, 30), 3) == (date(2027, 1, 4), True)
    assert CALENDAR.reach(date(2027, 3, 5), 1) == (date(2027, 3, 8), True)


def test_a_term_without_a_day_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="positive"):
        CALENDAR.reach(date(2024, 1, 1), 0)


@given(DAYS, DAYS)
@settings(deadline=None)
def test_count_is_the_sum_of_the_days(start: date, end: date) -> None:
    start, end = min(start, end), min(max(start, end), min(start, end) + timedelta(60))
    step = (start + timedelta(n) for n in range((end - start).days + 1))
    assert CALENDAR.count(start, end) == sum(CALENDAR.is_working(day) for day in step)
    assert CALENDAR.count(end + timedelta(1), start) == 0


@given(st.dates(CALENDAR.first, date(2026, 8, 1)), st.integers(1, 60))
@settings(deadline=None)
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, workdays: int) -> None:
    reached = CALENDAR.add(day, workdays)
    assert CALENDAR.is_working(reached)
    assert CALENDAR.count(day + timedelta(1), reached) == workdays


def off(year: int, *days: date, make_up: tuple[date, ...] = ()) -> Arrangement:
    holidays = tuple(Holiday("", day, day, "国办发明电〔2026〕9号") for day in days)
    return Arrangement(year, "国办发明电〔2026〕9号", "测试", holidays, make_up)


def test_a_later_notice_may_move_days_of_the_december_before() -> None:
    assert CALENDAR.is_working(date(2026, 12, 31))
    assert not CALENDAR.is_working(date(2026, 12, 26))
    later = CALENDAR.with_year(off(2027, date(2026, 12, 31), make_up=(date(2026, 12, 26),)))
    assert not later.is_working(date(2026, 12, 31))
    assert later.is_working(date(2026, 12, 26))
    assert later.last == date(2027, 12, 31)


def test_the_years_are_without_a_gap() -> None:
    with pytest.raises(ArrangementError, match="2027"):
        CALENDAR.with_year(off(2028))
    with pytest.raises(ArrangementError, match="没有"):
        Calendar.of([])
    with pytest.raises(ArrangementError, match="每年一份"):
        Calendar.of([off(2027), off(2027)])


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(1, 40), st.data())
@settings(max_examples=50, deadline=None)
def test_one_more_day_off_never_brings_a_term_forward(day: date, workdays: int, data: st.DataObject) -> None:
    extra = data.draw(st.dates(day, day + timedelta(80)).filter(lambda found: found.year == 2024))
    row = next(row for row in CALENDAR.arrangements if row.year == 2024)
    others = tuple(found for found in row.make_up if found != extra)
    longer = Arrangement(
        2024, row.notice, row.source, (*row.holidays, Holiday("", extra, extra, row.notice)), others
    )
    assert CALENDAR.with_year(longer).add(day, workdays) >= CALENDAR.add(day, workdays)


def test_imported_years_lie_in_the_folder_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert imported_folder() == tmp_path
    assert published() is shipped()
    monkeypatch.delenv(FOLDER_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert imported_folder() == tmp_path / "gongkai" / "calendar"
