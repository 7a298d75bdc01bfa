"""What can be done where no reply came, or a term was let lapse: with its last day, on the case's page."""

from datetime import date, timedelta

import pytest

from gongkai.law.case import State
from gongkai.web.applications import clock
from gongkai.web.applications.models import Case
from gongkai.web.portal.applications import standing
from tests.web.applications.playing import Office, confirmed, on
from tests.web.applications.test_portal_guidance import followed
from tests.web.reporting.people import Town

DAY = date(2025, 3, 3)


def told(case: Case, day: date) -> list[str]:
    return standing.without_reply(clock.account(Case.objects.get(pk=case.pk), day))[1]


def test_an_overdue_reply_may_be_contested_from_the_day_it_was_due(town: Town) -> None:
    case = confirmed(town, DAY)
    due = clock.account(case, DAY).due
    assert due == date(2025, 3, 31)
    assert told(case, due) == []
    expected = ["申请行政复议：最晚2025年5月30日", "或者直接提起行政诉讼：最晚2025年9月30日"]
    assert told(case, date(2025, 4, 1)) == expected
    assert told(case, date(2025, 6, 3))[0] == "申请行政复议：最晚2025年5月30日（已过）"
    with on(date(2025, 4, 1)):
        _, page = followed(case)
    assert '<h2 id="without-reply">逾期没有答复怎么办</h2>' in page
    assert all(f"<li>{text}</li>" in page for text in expected)


def test_silence_goes_to_reconsideration_first_since_2026_07(town: Town) -> None:
    case = confirmed(town, date(2026, 7, 6))
    first, second = told(case, date(2026, 8, 20))
    assert first == "申请行政复议：最晚2026年10月8日"
    assert second.endswith("不能直接起诉")


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("correction", {"补正事项": "名称", "期限": "10"}),
        ("fee", {"计收方式": "按量", "数量": "40", "缴纳方式": "到镇便民服务中心缴纳"}),
    ],
)
def test_a_term_that_was_let_lapse_may_be_contested_directly(
    town: Town, office: Office, kind: str, typed: dict[str, str]
) -> None:
    case = confirmed(town, DAY)
    office.send(case, kind, typed, DAY)
    day = date(2025, 6, 20)
    closed = clock.account(case, day)
    assert closed.state is State.LAPSED
    assert closed.closed_on is not None
    reconsider, suit = told(case, day)
    assert reconsider.startswith("申请行政复议：知道不再办理之日起60日内；从期限届满次日起算到2025年")
    assert suit.startswith("或者直接提起行政诉讼：知道不再办理之日起6个月内；")
    with on(day):
        _, page = followed(case)
    assert "对视为放弃申请不服怎么办" in page
    last = closed.closed_on - timedelta(1)
    what = "补正" if kind == "correction" else "缴费"
    assert f"{what}期限已于{last.year}年{last.month}月{last.day}日届满" in page


def test_nothing_to_contest_is_told_while_it_runs(town: Town) -> None:
    case = confirmed(town, DAY)
    with on(DAY):
        _, page = followed(case)
    assert 'id="without-reply"' not in page
