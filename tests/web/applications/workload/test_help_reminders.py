"""Reminders of help with a date: asked of a section for a case (协办), asked by another agency (协助查询)."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from gongkai.web.agencies import desk as desks
from gongkai.web.agencies.models import Leave, Person, Post
from gongkai.web.applications.actions import AnswerAssistance, AnswerErrand, AskSection, RecordAssistance
from gongkai.web.applications.models import AssistanceRequest, Case, Errand, ReminderPlan
from gongkai.web.applications.workload import helping
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.models import OutboxSms
from tests.web.applications.playing import START, Office, confirmed, on, workdays_after
from tests.web.applications.workload.test_reminders import MOBILE, backwards, choose, mails, messages
from tests.web.reporting.people import Town, work
from tests.web.sessions import signed_in

__all__ = ["messages"]

#: Long before the case itself is due.
BY = workdays_after(START, 8)


@pytest.fixture
def case(town: Town) -> Case:
    """Handled by the clerk; everybody has an address."""
    for who in (town.clerk, town.second_clerk, town.head, town.other_clerk):
        Person.objects.filter(pk=who.pk).update(email=f"{who.username}@example.cn")
    found = confirmed(town)
    Case.objects.filter(pk=found.pk).update(handler=town.clerk)
    with on(START):
        work()
    mail.outbox.clear()
    return Case.objects.get(pk=found.pk)


def asked(town: Town, case: Case, helper: Person | None = None) -> Errand:
    with on(START):
        return AskSection(
            town.as_clerk, case_id=case.pk, section="农业站", question="请提供台账", answer_by=BY,
            helper_id=helper.pk if helper else None,
        ).run()  # fmt: skip


def came(town: Town, by: date | None = BY) -> AssistanceRequest:
    with on(START):
        return RecordAssistance(
            town.as_clerk, agency=town.agency, from_agency="平阳县公安局", subject="查户籍",
            received_on=START, answer_by=by,
        ).run()  # fmt: skip


def told(day: date) -> dict[str, str]:
    """The bodies of the mails of a morning, by the receiver's sign-in name."""
    with on(day):
        from gongkai.web.applications import tasks

        tasks.remind()
        work()
    found = {one.to[0].partition("@")[0]: str(one.body) for one in mail.outbox}
    mail.outbox.clear()
    return found


def test_the_handler_and_whoever_helps_are_told_as_early_as_each_has_chosen(town: Town, case: Case) -> None:
    asked(town, case, town.head)
    choose(town.as_head, town, ahead=1)
    assert told(backwards(BY, 4)) == {}
    early = told(backwards(BY, 3))
    assert list(early) == [town.clerk.username]
    assert f"{case.register_no}号　农业站协办，剩3个工作日反馈" in early[town.clerk.username]
    late = told(backwards(BY, 1))
    assert set(late) == {town.clerk.username, town.head.username}
    assert "剩1个工作日反馈" in late[town.head.username]
    assert "今天应反馈" in told(BY)[town.head.username]
    assert "逾期1个工作日未反馈" in told(workdays_after(BY, 1))[town.clerk.username]


def test_once_it_is_answered_or_the_case_is_over_nobody_is_told(
    town: Town, case: Case, office: Office
) -> None:
    errand = asked(town, case, town.head)
    assert told(BY)
    with on(BY):
        AnswerErrand(town.as_clerk, case_id=case.pk, errand_id=errand.pk, text="已查").run()
    assert told(workdays_after(BY, 1)) == {}
    asked(town, case)
    office.reply(case, "provided", BY)
    work()
    mail.outbox.clear()
    assert told(workdays_after(BY, 2)) == {}


def test_a_request_of_another_agency_concerns_who_entered_it(town: Town, case: Case) -> None:
    request = came(town)
    came(town, None)  # without a day there is nothing to be late with
    body = told(BY)
    assert list(body) == [town.clerk.username]
    assert "\n平阳县公安局来函协助查询，今天应反馈\n" in body[town.clerk.username]
    assert "户籍" not in body[town.clerk.username], "what is asked stays in the register"
    with on(BY):
        AnswerAssistance(town.as_clerk, assistance_id=request.pk, answer="查无此人").run()
    assert told(workdays_after(BY, 1)) == {}


def test_of_who_has_left_the_clerks_are_told_and_for_who_is_away_the_deputy(town: Town, case: Case) -> None:
    asked(town, case, town.head)
    came(town)
    Leave.objects.create(person=town.head, deputy=town.other_clerk, from_day=BY, until_day=BY)
    Post.objects.filter(person=town.clerk).update(until_day=BY - timedelta(1))
    found = told(BY)
    assert set(found) == {town.second_clerk.username, town.other_clerk.username}
    assert "来函协助查询" in found[town.second_clerk.username]
    assert "来函协助查询" not in found[town.other_clerk.username], "a deputy of the helper, no more"


def test_what_became_late_over_days_off_is_told_once(town: Town, case: Case) -> None:
    """Asked until Friday 15 March: nothing new on that weekend but that it is over, once."""
    friday = date(2024, 3, 15)
    Errand.objects.filter(pk=asked(town, case).pk).update(answer_by=friday)
    assert len(mails(friday)) == 1
    (body,) = mails(friday + timedelta(1))
    assert f"已过{chinese(friday)}未反馈" in body
    assert [len(mails(friday + timedelta(days))) for days in (1, 2, 3)] == [0, 0, 1]


def test_only_where_it_was_chosen_and_of_changes_only_what_changed(town: Town, case: Case) -> None:
    asked(town, case)
    choose(town.as_clerk, town, mail=["urgent", "soon"], site=["urgent"])
    assert told(BY) == {}
    assert piles(town.as_clerk, BY) == []
    choose(town.as_clerk, town, mail=["help"], site=["urgent", "help"], rhythm="changes")
    days = [backwards(BY, 2), backwards(BY, 1), BY, workdays_after(BY, 1), workdays_after(BY, 2)]
    ReminderPlan.objects.update(told=[], told_on=None)
    assert [len(told(day)) for day in days] == [1, 0, 1, 1, 0]


@pytest.mark.usefixtures("messages")
def test_a_message_names_no_agency(town: Town, case: Case) -> None:
    came(town)
    choose(town.as_clerk, town, mail=[], sms=["help"], mobile=MOBILE)
    told(BY)
    values = OutboxSms.objects.get().values
    assert (values["count"], values["urgent"], values["number"]) == ("1", "1", "见系统")


def piles(actor: Actor, day: date) -> list[tuple[str, int, bool]]:
    with on(day):
        trays = desks.trays(actor, day)
    found = [pile for tray in trays for pile in tray.piles if "协办" in pile.label]
    return [(pile.label, pile.count, pile.urgent) for pile in found]


def test_the_home_page_and_the_list_of_what_waits_show_both(town: Town, case: Case) -> None:
    asked(town, case, town.head)
    came(town)
    assert piles(town.as_clerk, backwards(BY, 4)) == []
    assert piles(town.as_clerk, backwards(BY, 3)) == [("协办、协助查询待反馈", 2, False)]
    assert piles(town.as_head, workdays_after(BY, 1)) == [("协办、协助查询待反馈", 1, True)]
    assert piles(town.as_second_clerk, BY) == []
    with on(BY):
        page = signed_in(town.clerk).get(reverse("applications:desk")).content.decode()
        assert "平阳县公安局来函协助查询" in page
        assert "农业站协办" in page
        assert signed_in(town.clerk).get("/admin/").content.decode().count("今天应反馈") == 2
        assert helping.of(town.as_other_clerk, BY, BY) == [], "another agency's"


def test_who_helps_is_chosen_from_the_agency_s_people(town: Town, case: Case) -> None:
    with on(START):
        clerk, url = signed_in(town.clerk), reverse("applications:act", args=[case.pk, "errand"])
        names = dict(clerk.get(url).context["form"].fields["helper_id"].choices)
        assert town.head.pk in names
        assert town.other_clerk.pk not in names
        given = {"section": "农业站", "question": "台账", "answer_by": BY, "revision": case.revision}
        assert clerk.post(url, given | {"helper_id": town.head.pk}).status_code == 302
        assert Errand.objects.get().helper_id == town.head.pk
        with pytest.raises(ActionRefused, match="不是本机关"):
            AskSection(
                town.as_clerk, case_id=case.pk, section="农业站", question="x", answer_by=BY,
                helper_id=town.other_clerk.pk,
            ).run()  # fmt: skip


def test_nobody_asks_for_an_answer_before_they_asked(town: Town) -> None:
    asked = {"agency": town.agency, "from_agency": "示例县人民法院", "subject": "承包合同"}
    with pytest.raises(ActionRefused, match="早于收到日期"):
        RecordAssistance(
            town.as_clerk, **asked, received_on=date(2024, 3, 5), answer_by=date(2024, 3, 4)
        ).run()
    RecordAssistance(town.as_clerk, **asked, received_on=date(2024, 3, 5), answer_by=date(2024, 3, 5)).run()
