"""The demo holds something in every state, and something urgent, whatever the day it is started."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from gongkai.law.calendar import published
from gongkai.web.agencies import demo as agencies_demo
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.applications import demo, selectors
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.demo import enclosed
from gongkai.web.applications.letters import check
from gongkai.web.applications.models import Case, LetterState, State
from gongkai.web.applications.workload import helping
from gongkai.web.applications.workload.waiting import waiting_for
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.worker import Worker
from tests.web.applications.playing import on

_LAST = published().last.year
#: A working day, a Sunday, days within long holidays, a working Saturday, the end of the published years.
DAYS = [
    date(_LAST, 3, 4), date(_LAST, 11, 22), date(_LAST, 1, 1), date(_LAST, 2, 19), date(_LAST, 10, 4),
    date(_LAST, 10, 10), date(_LAST, 12, 24), date(_LAST, 12, 31), date(_LAST + 1, 1, 1),
    date(_LAST + 1, 1, 5), date(_LAST + 1, 2, 9),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_state_on_any_day(day: date) -> None:
    with on(day):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
        town = Agency.objects.get(slug="shili-qingshi")
        assert set(Case.objects.filter(agency=town).values_list("state", flat=True)) == set(State)
        head = Actor.of(Person.objects.get(username="shili-qingshi-head"))
        found = selectors.due_list(head, selectors.Wanted(), day)
        assert found.counts["overdue"] >= 1
        assert all(found.counts[name] for name in ("unconfirmed", "waiting", "all"))
        assert all(found.handlers[name] for name in ("me", "none"))
        if day.year <= _LAST:
            assert found.counts["today"] + found.counts["soon"] >= 1
        if day == date(_LAST, 3, 4):
            assert found.counts["today"] == 1
        county = Actor.of(Person.objects.get(username="shili-ban-clerk"))
        assert [case.agency.slug for case in selectors.due_cases(county, selectors.Wanted(), day)] == [
            "shili"
        ]


#: The letter that each state and each decision of the demo rests on.
_LETTERS = {
    "青石镇财政决算": "correction", "青石镇供水管网图": "correction", "某地块出让合同": "consult_third_party",
    "青石镇历年农村宅基地审批数据": "fee", "青石镇行政执法案卷目录": "extension",
    "青石镇敬老院建设资金来源": "reply", "青石镇招商引资协议": "reply", "青石镇水库移民台账": "reply",
}  # fmt: skip


@pytest.mark.django_db
def test_each_step_has_its_letter_of_its_day() -> None:
    """Whatever a page of a case speaks of can be opened: the notice, the reply with its remedy, the file."""
    with on(DAYS[1]):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
    town = Agency.objects.get(slug="shili-qingshi")
    for subject, kind in _LETTERS.items():
        case = next(one for one in Case.objects.filter(agency=town) if one.subject == subject)
        letter = case.letters.get(kind=kind)
        assert letter.state == LetterState.DELIVERED
        assert letter.pdf is not None
        event = case.events.get(letter=letter)
        assert letter.dated == letter.delivery.on == event.on < DAYS[1]
        assert timezone.localdate(event.recorded_at) == event.on
        assert {one.person.username.rpartition("-")[2] for one in letter.signatures.all()} == {
            "clerk", "head", "secrecy", "leader",
        }  # fmt: skip
    answered = Case.objects.filter(agency=town, state=State.ANSWERED)
    assert all(case.letters.filter(kind="reply", state=LetterState.DELIVERED).exists() for case in answered)
    given_out = next(one for one in answered if one.outcome == "granted" and one.attachments.exists())
    assert given_out.attachments.filter(purpose="disclosed").count() == 1
    assert audit.verify() == []


@pytest.mark.django_db
def test_a_reply_waits_for_what_is_in_its_files() -> None:
    with on(DAYS[1]):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
        town = Agency.objects.get(slug="shili-qingshi")
        case = next(one for one in Case.objects.filter(agency=town) if one.subject == enclosed.SUBJECT)
        told = check.problems(case.letters.get(kind="reply"), DAYS[1])
    assert [one.partition("（")[0] for one in told] == [
        "文件“窗口值班安排.txt”第3行的手机号码",
        "文件“申请表样",
    ]


@pytest.mark.django_db
def test_a_reply_waits_for_the_leader() -> None:
    with on(DAYS[1]):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
        leader = Actor.of(Person.objects.get(username="shili-qingshi-leader"))
        papers = waiting_for(leader, DAYS[1]).papers
    assert [(one.step, one.says) for one in papers] == [("签发", "予以公开")]


@pytest.mark.django_db
def test_the_forms_are_dated_when_they_were_sent() -> None:
    with on(DAYS[1]):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
    for case in Case.objects.filter(agency__slug="shili-qingshi", channel="internet"):
        first = case.events.order_by("number")[0]
        assert timezone.localdate(case.submitted_at) == first.on
        assert case.received_on is None or case.received_on >= first.on


@pytest.mark.django_db
def test_the_people_of_the_demo_are_reminded_of_help_and_told_of_a_mail_that_was_refused() -> None:
    with on(DAYS[1]):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
        clerk, head = (
            Actor.of(Person.objects.get(username=f"shili-qingshi-{one}")) for one in ("clerk", "head")
        )
        until = DAYS[1] + timedelta(10)
        assert [one.number == "" for one in helping.of(clerk, DAYS[1], until)].count(True) == 1
        assert any("示例农业服务中心协办" in one.words for one in helping.of(head, DAYS[1], until))
        calls = undelivered.told(undelivered.handled(clerk).filter(undelivered.CALLS))
        assert {one.notice.about for one in calls} == {"correct", "split"}, "all others were called"
        (missed,) = undelivered.told(undelivered.for_actor(head).exclude(undelivered.CALLS))
        assert missed.said.startswith("收到申请的回执：邮件没有发出")
        Worker(renew=False).drain()
        waiting = undelivered.waiting().exclude(undelivered.CALLS)
        assert [one.notice for one in undelivered.told(waiting)] == [missed.notice]
