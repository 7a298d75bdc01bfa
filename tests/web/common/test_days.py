"""Days in sentences: 2024年3月4日, without noughts before; none is empty."""

from datetime import UTC, date, datetime

from gongkai.web.common.days import chinese, chinese_moment


def test_a_day_is_written_as_people_write_it() -> None:
    assert chinese(date(2024, 3, 4)) == "2024年3月4日"
    assert chinese(date(2024, 12, 31)) == "2024年12月31日"
    assert chinese(None) == ""


def test_a_moment_is_told_in_the_time_of_the_site() -> None:
    assert chinese_moment(datetime(2024, 3, 4, 17, 5, tzinfo=UTC)) == "2024年3月5日 01:05"
