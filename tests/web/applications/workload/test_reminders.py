"""Reminders: to whom, of what, by which way, how early, how often, and on which days."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from gongkai.law.calendar import published
from gongkai.web.agencies import desk, erasure
from gongkai.web.agencies.models import Leave, Person
from gongkai.web.applications import tasks
from gongkai.web.applications.actions import Assign, DraftLetter, SetReminders, SignLetter
from gongkai.web.applications.models import Case, ReminderKind, ReminderPlan
from gongkai.web.applications.workload import reminders
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import OutboxSms
from tests.web.applications.asking import submit
from tests.web.applications.playing import START, confirmed, on, workdays_after
from tests.web.reporting.people import Town, work
from tests.web.sessions import signed_in

ALL = list(ReminderKind.values)
DUE = workdays_after(START, 20)
MOBILE = "13800138000"


@pytest.fixture
def messages(settings: Settings, tmp_path: Path) -> None:
    settings.SMS_GATEWAY = {
        "BACKEND": "gongkai.web.common.sms.file_gateway.FileGateway",
        "OPTIONS": {"folder": str(tmp_path / "sms")},
    }


@pytest.fixture
def case(town: Town) -> Case:
    """Due on 1 April 2024, handled by the head, who alone has an address of mail."""
    Person.objects.filter(pk=town.head.pk).update(email="h@example.cn")
    found = confirmed(town)
    with on(START):
        Assign(town.as_head, case_id=found.pk, person_id=town.head.pk).run()
        work()
    mail.outbox.clear()
    found.refresh_from_db()
    return found


def choose(actor: Actor, town: Town, **changes: Any) -> ReminderPlan:
    chosen = {"site": ALL, "mail": ALL, "sms": [], "ahead": 3, "rhythm": "daily", **changes}
    return SetReminders(actor, agency=town.agency, **chosen).run()


def mails(day: date) -> list[str]:
    """The bodies of the mails of a morning."""
    with on(day):
        tasks.remind()
        work()
    bodies = [message.body for message in mail.outbox]
    mail.outbox.clear()
    return bodies


def backwards(day: date, workdays: int) -> date:
    while workdays:
        day -= timedelta(1)
        workdays -= published().is_working(day)
    return day


@pytest.mark.parametrize("ahead", [1, 3, 5, 10])
def test_as_early_as_was_chosen(town: Town, case: Case, ahead: int) -> None:
    assert case.due == DUE
    choose(town.as_head, town, ahead=ahead)
    first = backwards(DUE, ahead)
    assert mails(backwards(DUE, ahead + 1)) == []
    (body,) = mails(first)
    assert f"{case.register_no}号　剩{ahead}个工作日" in body
    assert "陈一心" not in body
    assert reverse("applications:reminders") in body


def test_the_same_morning_reminds_once_however_often_it_runs(town: Town, case: Case) -> None:
    assert len(mails(DUE)) == 1
    assert mails(DUE) == []
    assert len(mails(workdays_after(DUE, 1))) == 1


def test_daily_or_only_what_is_new_or_more_urgent(town: Town, case: Case) -> None:
    days = [backwards(DUE, 3), backwards(DUE, 2), backwards(DUE, 1), DUE, workdays_after(DUE, 1)]
    days.append(workdays_after(DUE, 2))
    assert [len(mails(day)) for day in days] == [1] * 6
    ReminderPlan.objects.all().delete()
    choose(town.as_head, town, rhythm="changes")
    assert [len(mails(day)) for day in days] == [1, 0, 0, 1, 1, 0]
    with on(days[-1]):
        another = submit(town.agency).case
        Case.objects.filter(pk=another.pk).update(handler=town.head)
        work()
    mail.outbox.clear()
    (body,) = mails(workdays_after(DUE, 3))
    assert "待与申请人确认收到" in body
    assert "逾期3个工作日" in body


def test_only_the_kinds_that_were_chosen(town: Town, case: Case) -> None:
    choose(town.as_head, town, mail=["soon"])
    assert len(mails(backwards(DUE, 1))) == 1
    assert mails(DUE) == []
    choose(town.as_head, town, mail=["urgent"])
    (body,) = mails(workdays_after(DUE, 1))
    assert "逾期1个工作日" in body


def test_days_off_wait_and_what_became_overdue_is_told_once(town: Town, case: Case) -> None:
    """Due on Monday 1 April; Thursday to Saturday 4 to 6 are 清明节, Sunday the 7th is worked."""
    friday, saturday, sunday = (DUE - timedelta(days) for days in (3, 2, 1))
    assert [len(mails(day)) for day in (friday, saturday, sunday, DUE)] == [1, 0, 0, 1]
    wednesday = date(2024, 4, 3)
    Case.objects.update(due=wednesday)
    assert len(mails(wednesday)) == 1
    (body,) = mails(date(2024, 4, 4))
    assert f"已过最后期限{chinese(wednesday)}" in body
    assert [len(mails(date(2024, 4, day))) for day in (5, 6, 7, 8)] == [0, 0, 1, 1]


def test_a_year_nobody_has_published_counts_mondays_to_fridays(town: Town, case: Case) -> None:
    last = published().last
    monday = last + timedelta(7 - last.weekday())
    assert [reminders.works(monday + timedelta(n)) for n in range(7)] == [True] * 5 + [False] * 2
    Case.objects.update(due=None, not_before=monday + timedelta(1))
    (body,) = mails(monday)
    assert f"期限待节假日安排公布后确定，暂计不早于{chinese(monday + timedelta(1))}" in body
    Case.objects.update(due=None, not_before=monday + timedelta(1))
    with on(monday + timedelta(5)):
        tasks.remind()
    assert [message.subject for message in mail.outbox] == []


def test_who_is_away_is_reminded_by_their_deputy(town: Town, case: Case) -> None:
    Person.objects.filter(pk=town.second_clerk.pk).update(email="deputy@example.cn")
    Leave.objects.create(person=town.head, deputy=town.second_clerk, from_day=DUE, until_day=DUE)
    with on(DUE):
        tasks.remind()
        work()
    assert [message.to for message in mail.outbox] == [["deputy@example.cn"]]


def test_whoever_signs_next_is_reminded_of_the_letter(town: Town, case: Case) -> None:
    Person.objects.filter(pk=town.leader.pk).update(email="leader@example.cn")
    typed = {"查明事实": "已检索档案", "提供方式": "随函附上"}
    with on(START + timedelta(1)):
        letter = DraftLetter(
            town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=typed
        ).run()
        for actor in (town.as_clerk, town.as_head, town.as_secrecy):
            SignLetter(actor, case_id=case.pk, letter_id=letter.pk).run()
        tasks.remind()
        work()
    (message,) = mail.outbox
    assert message.to == ["leader@example.cn"]
    assert "答复书等您签发" in message.body
    mail.outbox.clear()
    choose(town.as_leader, town, mail=["urgent"])
    assert mails(START + timedelta(2)) == []


@pytest.mark.usefixtures("messages")
def test_a_message_counts_and_names_nobody(town: Town, case: Case) -> None:
    choose(town.as_head, town, mail=[], sms=["urgent", "soon"], mobile="138 0013 8000")
    assert mails(DUE) == []
    sms = OutboxSms.objects.get()
    assert (sms.to, sms.template) == (MOBILE, "applications.remind")
    assert sms.values == {
        "count": "1", "urgent": "1", "number": case.register_no,
        "site": f"http://127.0.0.1:8000{reverse('applications:desk')}",
    }  # fmt: skip
    assert sms.sent_at is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM applications_reminderplan WHERE mobile <> ''")
        assert [MOBILE in row[0] for row in cursor.fetchall()] == [False]


def test_without_a_gateway_no_messages_and_the_choice_of_before_stays(
    town: Town, case: Case, settings: Settings, messages: None
) -> None:
    choose(town.as_head, town, sms=["urgent"], mobile=MOBILE)
    settings.SMS_GATEWAY = {}
    choose(town.as_head, town, ahead=5)
    mails(DUE)
    assert not OutboxSms.objects.exists()
    plan = ReminderPlan.objects.get(person=town.head)
    assert (plan.sms, plan.mobile, plan.ahead) == (["urgent"], MOBILE, 5)
    page = signed_in(town.head).get(reverse("applications:reminders")).content.decode()
    assert "本系统没有开通短信提醒" in page
    assert "手机号码" not in page


class TestTheHomePage:
    @staticmethod
    def piles(actor: Actor, day: date) -> list[tuple[str, int]]:
        with on(day):
            trays = desk.trays(actor, timezone.localdate())
        return [(pile.label, pile.count) for tray in trays for pile in tray.piles if "申请" in tray.title]

    def test_shows_as_early_as_was_chosen(self, town: Town, case: Case) -> None:
        early = backwards(DUE, 5)
        assert self.piles(town.as_head, early) == []
        choose(town.as_head, town, ahead=5)
        assert self.piles(town.as_head, early) == [("5个工作日内到期", 1)]
        with on(early):
            page = signed_in(town.head).get(reverse("applications:desk")).content.decode()
        assert "5个工作日内到期" in page
        assert case.register_no in page

    def test_always_shows_what_is_due_today_or_overdue(self, town: Town, case: Case) -> None:
        choose(town.as_head, town, site=[], mail=[])
        assert ReminderPlan.objects.get(person=town.head).site == ["urgent", "calls"]
        assert self.piles(town.as_head, backwards(DUE, 1)) == []
        assert self.piles(town.as_head, DUE) == [("今天到期", 1)]
        assert self.piles(town.as_head, workdays_after(DUE, 1)) == [("逾期未答复", 1)]

    def test_hides_what_was_not_chosen(self, town: Town) -> None:
        with on(START):
            submit(town.agency)
        assert self.piles(town.as_clerk, START) == [("待确认收到", 1), ("待分办", 1)]
        choose(town.as_clerk, town, site=["soon"])
        assert self.piles(town.as_clerk, START) == [("待分办", 1)], "what is nobody's yet is no reminder"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ahead": 0}, "1至10个工作日"),
        ({"ahead": 11}, "1至10个工作日"),
        ({"rhythm": "hourly"}, "频次"),
        ({"mail": ["x"]}, "没有这种提醒"),
        ({"sms": ["soon"]}, "没有填写手机号码"),
        ({"mobile": "0577-63700000"}, "应为11位"),
    ],
)
@pytest.mark.usefixtures("messages")
def test_what_cannot_be_chosen(town: Town, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ActionRefused, match=said):
        choose(town.as_clerk, town, **changes)
    assert not ReminderPlan.objects.exists()


@pytest.mark.usefixtures("messages")
def test_everybody_chooses_for_themselves_and_the_log_keeps_no_number(town: Town) -> None:
    choose(town.as_clerk, town, sms=["soon"], mobile=MOBILE)
    choose(town.as_head, town, ahead=7)
    plans = {plan.person_id: plan.ahead for plan in ReminderPlan.objects.all()}
    assert plans == {town.clerk.pk: 3, town.head.pk: 7}
    entry = audit.AuditEntry.objects.filter(code="applications.set_reminders").first()
    assert entry is not None
    assert entry.details["sms"] == ["soon"]
    assert MOBILE not in str(entry.details)
    with pytest.raises(Denied):
        choose(town.as_other_clerk, town)
    erasure.erase(town.clerk)
    assert [plan.person_id for plan in ReminderPlan.objects.all()] == [town.head.pk]


@given(
    st.lists(st.sampled_from(["overdue", "today", "soon", "unconfirmed"]), max_size=6),
    st.sets(st.integers(0, 5)),
    st.booleans(),
)
def test_of_changes_only_what_was_not_told_counts(stages: Sequence[str], told: set[int], daily: bool) -> None:
    entries = [reminders.Entry("soon", f"case:{n}:{stage}", f"{n}", "") for n, stage in enumerate(stages)]
    known = [one.key for n, one in enumerate(entries) if n in told]
    plan = ReminderPlan(rhythm="daily" if daily else "changes", told=known)
    new = [one for one in entries if one.key not in known]
    assert reminders._is_due(plan, entries) is bool(entries if daily else new)
