"""A mail or message that was given up is told where people look, until the applicant was told otherwise."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings

from gongkai.web.agencies import desk as desks
from gongkai.web.agencies.models import Person, Role
from gongkai.web.applications.actions import MailAgain, NewCode, Purge, ToldOtherwise
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.models import Case, Note, Notice
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.common import audit, outbox
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import OutboxMail, OutboxSms, QueuedTask
from gongkai.web.common.sms.client import NotSent, Unclear
from gongkai.web.common.sms.file_gateway import FileGateway
from gongkai.web.common.tidy import tidy
from tests.web.applications.asking import request, requester, submit, today
from tests.web.applications.at_desks import Desk, fill, send
from tests.web.applications.playing import START, Office, confirmed, on
from tests.web.applications.workload.test_reminders_in_the_browser import whole
from tests.web.common.test_outbox import Server, server
from tests.web.reporting.people import Town, person, work
from tests.web.sessions import signed_in

__all__ = ["server"]

ADDRESS = "chen@example.cn"


def to_the_last_try() -> None:
    """What is in the queue is tried once more, for the last time."""
    QueuedTask.objects.filter(state="waiting").update(attempts=F("attempts_allowed") - 1)
    work()


@pytest.fixture
def refused(town: Town, server: Server) -> Case:
    """A citizen's case whose receipt the mail server has refused to the last; handled by the clerk."""
    server.unknown = True
    case = submit(town.agency).case
    to_the_last_try()
    Case.objects.filter(pk=case.pk).update(handler=town.clerk)
    return Case.objects.get(pk=case.pk)


def case_page(who: Person, case: Case) -> str:
    return str(signed_in(who).get(reverse("applications:case", args=[case.pk])).content.decode())


def piles(who: Person) -> list[tuple[str, int]]:
    trays = desks.trays(Actor.of(who), today())
    return [(pile.label, pile.count) for tray in trays for pile in tray.piles if "发" in pile.label]


def test_a_mail_that_was_refused_is_told_on_the_case_and_on_the_home_page(town: Town, refused: Case) -> None:
    page = case_page(town.clerk, refused)
    assert "有通知没有发到申请人" in page
    assert "收到申请的回执：邮件没有发出" in page
    assert ADDRESS not in page
    assert piles(town.clerk) == [("通知没有发到申请人", 1)]
    assert piles(town.second_clerk) == piles(town.other_clerk) == [], "another handles it; another agency's"
    assert refused.register_no in signed_in(town.clerk).get("/admin/").content.decode()


def test_as_long_as_it_is_tried_nothing_is_said(town: Town, server: Server) -> None:
    server.away = True
    case = submit(town.agency).case
    work()
    assert OutboxMail.objects.get().failed_at is None
    assert "没有发到申请人" not in case_page(town.clerk, case)


def test_told_otherwise_it_is_done_with_and_the_file_says_how(town: Town, refused: Case) -> None:
    (one,) = undelivered.of_case(refused)
    given = {"case_id": refused.pk, "notice_id": one.notice.pk}
    with pytest.raises(ActionRefused, match="怎样告知"):
        ToldOtherwise(town.as_clerk, how=" ", **given).run()
    with pytest.raises(Denied):
        ToldOtherwise(town.as_other_clerk, how="电话", **given).run()
    ToldOtherwise(town.as_clerk, how="当日电话告知申请人本人", **given).run()
    assert "另行告知：当日电话告知申请人本人" in Note.objects.get().text
    assert "没有发到申请人" not in case_page(town.clerk, refused)
    assert piles(town.clerk) == []
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.body) == ("", "")
    assert mail.erased_at is not None
    with pytest.raises(ActionRefused, match="已登记另行告知"):
        MailAgain(town.as_clerk, **given).run()
    assert audit.verify() == []
    assert "电话" not in str(list(audit.AuditEntry.objects.values_list("details", flat=True)))


def test_sent_again_it_arrives_or_is_told_again(town: Town, refused: Case, server: Server) -> None:
    (one,) = undelivered.of_case(refused)
    MailAgain(town.as_clerk, case_id=refused.pk, notice_id=one.notice.pk).run()
    assert undelivered.of_case(refused) == []
    to_the_last_try()
    (again,) = undelivered.of_case(refused)
    assert again.notice == one.notice
    server.unknown = False
    MailAgain(town.as_clerk, case_id=refused.pk, notice_id=one.notice.pk).run()
    work()
    assert undelivered.of_case(refused) == []
    assert [mail["To"] for mail in server.mails] == [ADDRESS]


def test_whose_text_is_kept_no_longer_waits_to_be_told_otherwise(town: Town, refused: Case) -> None:
    OutboxMail.objects.update(failed_at=timezone.now() - timedelta(days=31))
    tidy()
    (one,) = undelivered.of_case(refused)
    assert "重新发送" not in case_page(town.clerk, refused)
    given = {"case_id": refused.pk, "notice_id": one.notice.pk}
    with pytest.raises(ActionRefused, match="按保存期限清除"):
        MailAgain(town.as_clerk, **given).run()
    ToldOtherwise(town.as_clerk, how="当日电话告知申请人本人", **given).run()
    assert undelivered.of_case(refused) == []


def test_a_code_that_was_replaced_is_not_mailed_again(town: Town, refused: Case, server: Server) -> None:
    (one,) = undelivered.of_case(refused)
    NewCode(town.as_clerk, case_id=refused.pk, reason="遗失", identified="本人到场", by_mail=True).run()
    again = {"case_id": refused.pk, "notice_id": one.notice.pk}
    with pytest.raises(ActionRefused, match="查询码已经更换"):
        MailAgain(town.as_clerk, **again).run()
    to_the_last_try()
    (newest, _) = undelivered.of_case(refused)
    server.unknown = False
    MailAgain(town.as_clerk, case_id=refused.pk, notice_id=newest.notice.pk).run()
    work()
    assert [mail["To"] for mail in server.mails] == [ADDRESS]
    ToldOtherwise(town.as_clerk, how="当日电话告知申请人本人", **again).run()
    assert undelivered.of_case(refused) == []


def test_the_notice_of_the_reply_and_of_a_new_code_are_told_as_such(
    town: Town, office: Office, server: Server
) -> None:
    case = confirmed(town)
    work()
    server.unknown = True
    office.reply(case, "provided", START)
    with on(START):
        NewCode(town.as_clerk, case_id=case.pk, reason="遗失", identified="本人到场").run()
        to_the_last_try()
    said = [one.said for one in undelivered.of_case(case)]
    assert sorted(text.partition("：")[0] for text in said) == ["更换查询码的通知", "答复的通知"]
    with on(START):
        Purge(Actor.system(TIDIER), case_id=case.pk, whole=True).run()
    assert undelivered.of_case(case) == [], "of a purged case nobody can be told any more"


@pytest.mark.parametrize(
    ("error", "said"),
    [(NotSent("isv.BUSINESS_LIMIT"), "短信没有发出"), (Unclear("timeout"), "不能确定是否发到")],
)
def test_a_message_that_was_given_up_is_told_with_what_is_known(
    town: Town,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: Exception,
    said: str,
) -> None:
    settings.SMS_GATEWAY = {
        "BACKEND": "gongkai.web.common.sms.file_gateway.FileGateway",
        "OPTIONS": {"folder": str(tmp_path)},
    }

    def refuse(*_: object, **__: object) -> str:
        raise error

    monkeypatch.setattr(FileGateway, "send", refuse)
    monkeypatch.setattr(FileGateway, "once", False)
    settings.SMS_QUIET, settings.SMS_QUIET_DAYS_OFF = "none", False
    who = requester(phone="138 0013 8000", email="")
    case = submit(town.agency, request(who, tell_by_sms=True)).case
    to_the_last_try()
    assert OutboxSms.objects.get().failed_at is not None
    page = case_page(town.clerk, case)
    assert said in page
    assert "13800138000" not in page
    assert "重新发送邮件" not in page
    with pytest.raises(ActionRefused, match="短信不能重发"):
        MailAgain(town.as_clerk, case_id=case.pk, notice_id=Notice.objects.get().pk).run()


def test_the_administrator_finds_them_on_a_screen_of_their_own(town: Town, refused: Case) -> None:
    root = Person.objects.create_superuser("root", "correct-horse-battery", name="全站管理员")
    admin = person("kunyang-admin", "管理员", town.agency, Role.ADMINISTRATOR)
    other = person("other-admin", "管理员", town.neighbour, Role.ADMINISTRATOR)
    outbox.post("somebody@example.cn", "登录码", "x")
    to_the_last_try()
    url = reverse("applications:undelivered")
    page = signed_in(admin).get(url).content.decode()
    assert refused.register_no in page
    assert reverse("applications:case", args=[refused.pk]) not in page, "the administrator sees no case"
    assert "其他邮件和短信" not in page
    assert piles(admin) == [("通知没有发到申请人", 1)]
    assert piles(other) == []
    assert refused.register_no not in signed_in(other).get(url).content.decode()
    page = signed_in(root).get(url).content.decode()
    assert "邮件：SMTPRecipientsRefused 550 <b>1</b>件" in page
    assert "somebody" not in page
    assert piles(root) == [("通知没有发到申请人", 1), ("其他邮件和短信没有发出", 1)]
    assert refused.register_no in signed_in(town.clerk).get(url).content.decode()
    nobody = person("nobody", "无岗位")
    assert signed_in(nobody).get(url).status_code in {302, 403}


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_by_hand_from_the_home_page_to_told_otherwise(
    town: Town, refused: Case, live_server: Any, browser: Browser
) -> None:
    desk = Desk(live_server.url, browser, town.clerk)
    page = desk.open("undelivered/")
    whole(page)
    page.get_by_role("link", name=refused.register_no).click()
    missed = page.get_by_role("region", name="有通知没有发到申请人")
    expect(missed).to_contain_text("收到申请的回执：邮件没有发出")
    whole(page)
    page.get_by_role("link", name="登记另行告知").click()
    fill(page.locator("form.ap-form"), {"how": "当日电话告知申请人本人"})
    send(page, "登记另行告知")
    expect(page.get_by_text("有通知没有发到申请人")).to_have_count(0)
    expect(page.locator("#main")).to_contain_text("另行告知：当日电话告知申请人本人")
