"""On time and working days used, in all and by each quality, beside a plain count over random cases."""

from datetime import date
from statistics import median

import pytest
from django.test.utils import CaptureQueriesContext

from gongkai.kernel.period import Period
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.statistics import pace
from tests.web.applications.statistics.test_figures import cases, counts
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

__all__ = ["cases"]


def same(found: pace.Pace, ended: list[Case]) -> None:
    answered = [case for case in ended if case.state == State.ANSWERED]
    used = [case.used_workdays for case in answered if case.used_workdays is not None]
    late = sum(case.late for case in answered)
    assert (found.closed, found.answered, found.late) == (len(ended), len(answered), late)
    assert found.rate == (pytest.approx(1 - late / len(answered)) if answered else None)
    assert found.median == (median(used) if used else None)
    assert found.uncounted == len(answered) - len(used)


def test_each_group_is_that_of_a_plain_count(town: Town, cases: list[Case]) -> None:
    ids = [town.agency.pk, town.county.pk]
    for period in (Period.of_year(2022), Period(date(2023, 3, 1), date(2023, 3, 31))):
        ended = [case for case in cases if case.agency_id in ids and counts(case, "total", period)]
        found = pace.paces(ids, period)
        same(found.whole, ended)
        for name, by in zip(("outcome", "channel", "applicant_kind"), found[1:], strict=True):
            assert set(by) == {getattr(case, name) for case in ended}
            for value, one in by.items():
                same(one, [case for case in ended if getattr(case, name) == value])
            assert sum(one.closed for one in by.values()) == len(ended)


def test_it_is_one_question(
    town: Town, cases: list[Case], django_assert_num_queries: CaptureQueriesContext
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        pace.paces([town.agency.pk], Period.of_year(2022))


def test_nothing_ended_is_no_rate_and_no_median(town: Town) -> None:
    found = pace.paces([town.agency.pk], Period.of_year(2023))
    assert (found.whole.closed, found.whole.rate, found.whole.median) == (0, None, None)
    assert found.whole.percent == "—"
    assert [group.rows for group in found.groups(str)] == [[], [], []]


@pytest.mark.parametrize(
    ("answered", "late", "told"),
    [(3, 0, "100%"), (3, 1, "66.6%"), (10_000, 1, "99.9%"), (4, 1, "75%"), (2, 2, "0%"), (0, 0, "—")],
)
def test_all_is_said_of_all_alone(answered: int, late: int, told: str) -> None:
    assert pace.Pace(answered, answered, late).percent == told


def test_the_page_says_of_what_each_figure_is(town: Town, cases: list[Case]) -> None:
    url = f"/admin/applications/figures/?agency={town.agency.pk}&year=2022"
    page = signed_in(town.clerk).get(url).content.decode()
    whole = pace.paces([town.agency.pk], Period.of_year(2022)).whole
    assert (
        f"办结{whole.closed}件；其中作出答复{whole.answered}件，按期{whole.on_time}件，按期率{whole.percent}"
        in page
    )
    assert f"每一组加起来都是{whole.closed}件" in page
    for words in ("按办理结果", "按来件方式", "按申请人类别", "互联网", "自然人", "工作日中位数"):
        assert words in page
