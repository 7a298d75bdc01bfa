"""Who left a telephone number alone is called: a duty of the handler's until the call is on record."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings

from gongkai.law.case import Channel
from gongkai.web.agencies import desk as desks
from gongkai.web.agencies import duties
from gongkai.web.agencies.models import Leave, Person
from gongkai.web.applications import clock, tasks
from gongkai.web.applications.actions import (
    DeliverLetter,
    HandInCorrection,
    MailAgain,
    NewCode,
    RecordCall,
    RecordEvent,
    SetReminders,
    Split,
    ToldOtherwise,
)
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.models import CallResult, Case, Letter, Note, Notice, ReminderKind
from gongkai.web.applications.receiving.codes import proof
from gongkai.web.applications.views import steps
from gongkai.web.applications.workload import next_step, reminders
from gongkai.web.applications.workload.waiting import waiting_for
from gongkai.web.common import audit
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import OutboxMail
from tests.web.applications.asking import register, request, requester, submit, today
from tests.web.applications.at_desks import Desk, fill, send
from tests.web.applications.playing import CHINA, START, Office, on, workdays_after
from tests.web.applications.workload.test_reminders_in_the_browser import whole
from tests.web.reporting.people import Town, work
from tests.web.sessions import signed_in

PHONE = "13800001234"
CORRECTION = {"补正事项": "请写明年度。", "期限": "5"}
LETTER_ON = date(2024, 3, 6)
CALLED_ON = date(2024, 3, 8)


@pytest.fixture
def case(town: Town) -> Case:
    """Sent over the internet with a telephone number alone, confirmed, handled by the clerk."""
    with on(START):
        made = submit(town.agency, request(requester(email="", phone=PHONE))).case
        RecordEvent(town.as_clerk, case_id=made.pk, kind="confirmed", on=START).run()
    Case.objects.filter(pk=made.pk).update(handler=town.clerk)
    return Case.objects.get(pk=made.pk)


@pytest.fixture
def waiting(office: Office, case: Case) -> Case:
    """A correction is wanted; the letter stands on the site and nobody has been told."""
    online(office, case, "correction", CORRECTION)
    return Case.objects.get(pk=case.pk)


def online(office: Office, case: Case, kind: str, typed: dict[str, str], way: str = "online") -> Letter:
    with on(LETTER_ON):
        letter = office.letter(case, kind, typed)
        given = {"way": way, "on": LETTER_ON, "tracking": "1234567890123" if way == "post" else ""}
        return DeliverLetter(office.town.as_clerk, case_id=case.pk, letter_id=letter.pk, **given).run()


def called(town: Town, case: Case, day: date = CALLED_ON, **more: Any) -> list[Notice]:
    given = {"result": CallResult.TOLD, "who": "申请人本人", "at": time(9, 30)} | more
    with on(day):
        return RecordCall(town.as_clerk, case_id=case.pk, on=day, **given).run()


def to_call(case: Case) -> list[str]:
    return [one.notice.about for one in undelivered.of_case(case) if one.notice.call_since]


# --- what asks for a call ----------------------------------------------------------------------------------
def test_a_letter_on_the_site_alone_is_told_by_telephone(town: Town, waiting: Case) -> None:
    assert to_call(waiting) == ["correct"]
    assert not OutboxMail.objects.exists()
    (one,) = undelivered.of_case(waiting)
    assert waiting.register_no in one.words
    assert "需要补正" in one.words
    assert waiting.code not in one.words


@pytest.mark.parametrize("way", ["hand", "post", "fax"])
def test_a_letter_that_comes_to_them_by_itself_asks_for_none(office: Office, case: Case, way: str) -> None:
    online(office, case, "correction", CORRECTION, way)
    assert to_call(case) == []


def test_who_gets_mail_is_not_called(town: Town, office: Office) -> None:
    with on(START):
        case = submit(town.agency).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
    online(office, case, "correction", CORRECTION)
    assert to_call(case) == []


def test_who_gets_messages_is_not_called(
    town: Town, office: Office, settings: Settings, tmp_path: Path
) -> None:
    gateway = "gongkai.web.common.sms.file_gateway.FileGateway"
    settings.SMS_GATEWAY = {"BACKEND": gateway, "OPTIONS": {"folder": str(tmp_path)}}
    with on(START):
        wanted = request(requester(email="", phone=PHONE), tell_by_sms=True)
        case = submit(town.agency, wanted).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
    online(office, case, "correction", CORRECTION)
    assert to_call(case) == []
    assert case.notices.filter(sms__isnull=False).count() == 2
    Split(town.as_clerk, case_id=submit(town.agency, wanted).case.pk, subjects=("甲", "乙")).run()
    assert not undelivered.waiting().exists()


def test_who_left_no_number_cannot_be_called(town: Town, office: Office) -> None:
    who = requester(email="", phone="", address="平阳县昆阳镇示例路1号")
    with on(START):
        case = register(town.as_clerk, town.agency, START, request(who, channel=Channel.SIGNED_MAIL))
    online(office, case, "correction", CORRECTION)
    assert to_call(case) == []


@pytest.mark.parametrize(
    ("channel", "wanted"),
    [("signed_mail", ["received"]), ("in_person", []), ("ordinary_mail", []), ("fax", [])],
)
def test_a_receipt_is_told_where_nobody_hands_it_over_or_confirms(
    town: Town, channel: str, wanted: list[str]
) -> None:
    case = register(
        town.as_clerk, town.agency, today(), request(requester(email=""), channel=Channel(channel))
    )
    assert to_call(case) == wanted


def test_who_sent_the_form_has_the_receipt_on_the_screen(town: Town) -> None:
    assert to_call(submit(town.agency, request(requester(email=""))).case) == []


def test_a_split_is_told_once_with_the_numbers_of_all_parts(town: Town, case: Case) -> None:
    with on(LETTER_ON):
        parts = Split(town.as_clerk, case_id=case.pk, subjects=("补偿方案", "安置方案", "评估报告")).run()
    assert to_call(case) == ["split"]
    assert [to_call(one) for one in parts] == [[], []]
    (one,) = undelivered.of_case(case)
    assert all(part.register_no in one.words for part in parts)


def test_a_code_that_was_replaced_is_told_to_who_may_not_have_asked(town: Town, case: Case) -> None:
    NewCode(town.as_clerk, case_id=case.pk, reason="遗失回执", identified="本人持身份证到场核对").run()
    assert to_call(case) == ["code"]
    (one,) = undelivered.of_case(case)
    assert "不是您本人" in one.words
    assert Case.objects.get(pk=case.pk).code not in one.words


# --- where it stands ---------------------------------------------------------------------------------------
def piles(who: Person) -> dict[str, int]:
    return {pile.label: pile.count for tray in desks.trays(Actor.of(who), today()) for pile in tray.piles}


def test_it_waits_for_the_handler_on_every_page_of_theirs(town: Town, waiting: Case) -> None:
    assert piles(town.clerk)["电话告知申请人"] == 1
    assert "电话告知申请人" not in piles(town.second_clerk) | piles(town.other_clerk)
    found = waiting_for(town.as_clerk, LETTER_ON)
    assert ([one.notice.case_id for one in found.calls], found.calls_count) == ([waiting.pk], 1)
    assert waiting_for(town.as_other_clerk, LETTER_ON).calls == []
    assert next_step.of([waiting], LETTER_ON) == {waiting.pk: "电话告知申请人"}
    assert next(steps.of(waiting)).name == "called"
    client = signed_in(town.clerk)
    listed = client.get(reverse("applications:undelivered"), {"calls": "1"}).content.decode()
    assert "补正告知的通知" in listed
    assert "补正告知的通知" not in client.get(reverse("applications:undelivered")).content.decode()
    assert PHONE not in listed


def test_the_number_is_masked_until_it_is_opened_with_a_reason(town: Town, waiting: Case) -> None:
    client, url = signed_in(town.clerk), reverse("applications:case", args=[waiting.pk])
    page = client.get(url).content.decode()
    assert "请电话告知申请人" in page
    assert "138****1234" in page
    assert PHONE not in page
    opened = client.post(reverse("applications:personal", args=[waiting.pk]), {"reason": "电话告知"})
    assert PHONE in opened.content.decode()
    assert waiting.openings.get().reason == "电话告知"


# --- the call ----------------------------------------------------------------------------------------------
def test_who_is_told_has_received_the_letter_on_that_day(town: Town, waiting: Case) -> None:
    with on(CALLED_ON):
        assert clock.account(waiting).terms[0].unreceived
    (notice,) = called(town, waiting)
    assert notice.called_at == datetime(2024, 3, 8, 9, 30, tzinfo=CHINA)
    assert notice.settled_by == town.clerk
    with on(CALLED_ON):
        assert clock.account(waiting).terms[0].until == workdays_after(CALLED_ON, 5)
        assert clock.unreceived(waiting) == []
    text = Note.objects.get(case=waiting).text
    assert "2024年3月8日 09:30致电申请人，接听人：申请人本人" in text
    assert "已告知申请人本人或者代理人" in text
    assert "补正告知的通知" in text
    assert to_call(waiting) == []
    assert "电话告知申请人" not in piles(town.clerk)
    entry = audit.AuditEntry.objects.get(code="applications.record_call")
    assert (entry.details["result"], entry.details["notices"]) == ("told", [notice.pk])
    assert "申请人本人" not in str(entry.details)
    with pytest.raises(ActionRefused, match="没有要电话告知的事项"):
        called(town, waiting)


@pytest.mark.parametrize(("result", "who"), [("no_answer", ""), ("wrong", ""), ("other", "申请人家属")])
def test_a_call_that_told_nobody_stays_on_record_and_waits_on(
    town: Town, waiting: Case, result: str, who: str
) -> None:
    assert called(town, waiting, result=result, who=who) == []
    assert CallResult(result).label in Note.objects.get(case=waiting).text
    assert to_call(waiting) == ["correct"]
    with on(CALLED_ON):
        assert clock.account(waiting).terms[0].unreceived


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"at": time(23, 0)}, "现在之后"),
        ({"who": " "}, "谁接听的"),
        ({"result": "other", "who": ""}, "谁接听的"),
        ({"result": "perhaps"}, "结果"),
    ],
)
def test_a_record_says_when_who_and_what(town: Town, waiting: Case, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ActionRefused, match=said):
        called(town, waiting, **wrong)
    assert not Note.objects.filter(case=waiting).exists()


def test_no_call_tells_of_a_letter_that_was_not_out_yet(town: Town, waiting: Case) -> None:
    with on(CALLED_ON), pytest.raises(ActionRefused, match="还没有要告知的事项"):
        RecordCall(
            town.as_clerk, case_id=waiting.pk, on=LETTER_ON - timedelta(1), at=time(9), result="told",
            who="申请人本人",
        ).run()  # fmt: skip


def test_strangers_record_no_call(town: Town, waiting: Case) -> None:
    with pytest.raises(Denied):
        RecordCall(
            town.as_other_clerk, case_id=waiting.pk, on=CALLED_ON, at=time(9), result="told", who="本人"
        ).run()


def test_one_call_tells_everything_that_waits(town: Town, office: Office, waiting: Case) -> None:
    with on(LETTER_ON):
        NewCode(town.as_clerk, case_id=waiting.pk, reason="遗失回执", identified="本人到场核对").run()
    assert len(called(town, waiting)) == 2
    assert to_call(waiting) == []


def test_a_call_also_tells_what_a_mail_did_not(town: Town, office: Office) -> None:
    with on(START):
        case = submit(town.agency).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
    letter = online(office, case, "correction", CORRECTION)
    with on(LETTER_ON):
        OutboxMail.objects.filter(notice__letter=letter).update(failed_at=datetime.now(CHINA))
    assert [one.notice.letter for one in undelivered.of_case(case)] == [letter]
    called(town, case)
    with on(CALLED_ON):
        assert clock.account(case).terms[0].until == workdays_after(CALLED_ON, 5)
    assert undelivered.of_case(case) == []


def test_told_by_another_way_it_is_done_with_too(town: Town, waiting: Case) -> None:
    (one,) = undelivered.of_case(waiting)
    given = {"case_id": waiting.pk, "notice_id": one.notice.pk}
    with pytest.raises(ActionRefused, match="没有留电子邮箱"):
        MailAgain(town.as_clerk, **given).run()
    ToldOtherwise(town.as_clerk, how="3月8日登门告知", **given).run()
    assert to_call(waiting) == []


def test_who_has_sent_the_correction_need_not_be_called_about_it(town: Town, waiting: Case) -> None:
    with on(CALLED_ON):
        HandInCorrection(
            Actor.of(None), case_id=waiting.pk, proof=proof(waiting.code), text="文号为5号"
        ).run()
    assert to_call(waiting) == []


def test_who_has_withdrawn_need_not_be_called(town: Town, waiting: Case) -> None:
    with on(CALLED_ON):
        RecordEvent(town.as_clerk, case_id=waiting.pk, kind="withdrawn", on=CALLED_ON).run()
    assert to_call(waiting) == []


def test_it_waits_for_who_acts_for_the_handler_too(town: Town, waiting: Case) -> None:
    assert "电话告知申请人" not in piles(town.second_clerk)
    Leave.objects.create(person=town.clerk, deputy=town.second_clerk, from_day=today(), until_day=today())
    assert piles(town.second_clerk)["电话告知申请人"] == 1


def reminded(day: date = CALLED_ON) -> dict[int, list[str]]:
    """By person what they would be reminded of on a day, of calls alone."""
    found = reminders.of_everybody(day)
    lines = {who: [one.line for one in ones if one.kind == ReminderKind.CALLS] for who, ones in found.items()}
    return {who: ones for who, ones in lines.items() if ones}


def test_who_handles_it_is_reminded_by_mail_without_a_word_about_anybody(town: Town, waiting: Case) -> None:
    Person.objects.filter(pk=town.clerk.pk).update(email="clerk@example.cn")
    assert reminded() == {town.clerk.pk: [f"{waiting.register_no}号　电话告知申请人：补正告知的通知"]}
    with on(CALLED_ON):
        tasks.remind()
        work()
    (message,) = [one for one in mail.outbox if one.to == ["clerk@example.cn"]]
    assert "电话告知申请人：补正告知的通知" in message.body
    assert not [
        one for one in (PHONE, PHONE[-4:], waiting.applicant.name, waiting.subject) if one in message.body
    ]
    called(town, waiting)
    assert reminded() == {}


def test_a_call_nobody_is_left_to_make_is_the_clerks(town: Town, waiting: Case) -> None:
    Case.objects.filter(pk=waiting.pk).update(handler=town.leader)
    assert reminded().keys() == {town.clerk.pk, town.second_clerk.pk}
    Case.objects.filter(pk=waiting.pk).update(handler=town.clerk)
    Leave.objects.create(person=town.clerk, deputy=town.head, from_day=CALLED_ON, until_day=CALLED_ON)
    assert reminded().keys() == {town.head.pk}


def test_whoever_wants_no_reminders_of_calls_gets_none_and_sees_them_at_home(
    town: Town, waiting: Case
) -> None:
    Person.objects.filter(pk=town.clerk.pk).update(email="clerk@example.cn")
    kinds = [kind for kind in ReminderKind.values if kind != ReminderKind.CALLS]
    SetReminders(
        town.as_clerk, agency=town.agency, site=[], mail=kinds, sms=[], ahead=3, rhythm="daily"
    ).run()
    with on(CALLED_ON):
        tasks.remind()
        work()
    assert [one for one in mail.outbox if "电话告知" in one.body] == []
    assert piles(town.clerk)["电话告知申请人"] == 1
    page = signed_in(town.clerk).get(reverse("applications:reminders")).content.decode()
    assert "电话告知申请人：系统首页" in page


def test_with_a_case_that_has_ended_it_passes_to_the_successor(
    town: Town, office: Office, case: Case
) -> None:
    with on(LETTER_ON):
        letter = office.letter(
            case, "reply", {"查明事实": "已检索档案", "提供方式": "见本答复书"}, outcome="provided"
        )
        given = {"way": "online", "on": LETTER_ON, "elsewhere": True}
        DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, **given).run()
    assert to_call(case) == ["replied"]
    (duty,) = duties.of_person(town.clerk.pk)
    assert "已答复，还没有告知申请人" in duty.label
    assert duties.reassign(town.clerk.pk, town.second_clerk.pk)["applications.cases"] == 1
    assert piles(town.second_clerk)["电话告知申请人"] == 1
    called(town, case)
    assert duties.of_person(town.second_clerk.pk) == []


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_by_hand_from_the_home_page_to_the_record(town: Town, live_server: Any, browser: Browser) -> None:
    wanted = request(requester(email="", phone=PHONE), channel=Channel.SIGNED_MAIL)
    case = register(town.as_clerk, town.agency, today() - timedelta(1), wanted, handler_id=town.clerk.pk)
    Notice.objects.update(call_since=datetime.now(CHINA) - timedelta(1))
    desk = Desk(live_server.url, browser, town.clerk)
    page = desk.open("desk/")
    whole(page)
    page.get_by_role("link", name=f"{case.register_no}号　收到申请的回执").click()
    region = page.get_by_role("region", name="请电话告知申请人")
    expect(region).to_contain_text("138****1234")
    whole(page)
    with page.expect_navigation():
        region.get_by_role("link", name="登记电话告知").click()
    whole(page)
    day = today() - timedelta(1)
    fill(page.locator("form.ap-form"), {"on": day.isoformat(), "at": "09:30", "who": "申请人本人"})
    send(page, "登记电话告知")
    expect(page.get_by_text("请电话告知申请人")).to_have_count(0)
    expect(page.locator("#main")).to_contain_text(f"{chinese(day)} 09:30致电申请人，接听人：申请人本人")
