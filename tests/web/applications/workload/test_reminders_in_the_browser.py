"""Choosing one's reminders, and messages on the application form, by hand and without scripts."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from gongkai.web.applications.models import Applicant, Case, ReminderPlan
from gongkai.web.common.models import OutboxSms
from tests.web.applications.asking import IDENTITY
from tests.web.applications.at_desks import Desk, submit, track
from tests.web.browsing import WCAG, audit, hold_still, in_scheme, new_page, overflow
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def messages(settings: Settings, tmp_path: Path) -> None:
    settings.SMS_GATEWAY = {
        "BACKEND": "gongkai.web.common.sms.file_gateway.FileGateway",
        "OPTIONS": {"folder": str(tmp_path / "sms")},
    }


@pytest.fixture
def head(town: Town, live_server: Any, browser: Browser) -> Desk:
    return Desk(live_server.url, browser, town.head)


def whole(page: Page, *tags: str) -> None:
    """axe finds nothing in light and dark; it fits a telephone, every way beside the other."""
    hold_still(page)
    for scheme in ("dark", "light"):
        in_scheme(page, scheme)
        assert audit(page, tags=tags) == [], (page.url, scheme)
    page.set_viewport_size({"width": 375, "height": 800})
    assert overflow(page) <= 0, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.usefixtures("messages")
def test_reminders_are_chosen_on_one_page(town: Town, head: Desk) -> None:
    page = head.open("reminders/")
    always = page.get_by_label("今天到期和逾期：系统首页")
    expect(always).to_be_checked()
    expect(always).to_be_disabled()
    page.get_by_label("即将到期：邮件").uncheck()
    page.get_by_label("待我签批的文书：短信").check()
    page.get_by_label("提前几个工作日算作即将到期").select_option("5")
    page.get_by_label("只在有新的事项或变得更急时").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".ap-refused")).to_contain_text("没有填写手机号码")
    expect(page.get_by_label("待我签批的文书：短信")).to_be_checked()
    page.get_by_label("接收短信的手机号码").fill("138 0013 8000")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messages")).to_contain_text("已保存提醒方式")
    plan = ReminderPlan.objects.get()
    assert (plan.person_id, plan.ahead, plan.rhythm) == (town.head.pk, 5, "changes")
    assert (plan.mail, plan.sms) == (["urgent", "unconfirmed", "signing", "help", "calls"], ["signing"])
    assert (plan.site, plan.mobile) == (
        ["urgent", "soon", "unconfirmed", "signing", "help", "calls"],
        "13800138000",
    )
    expect(page.get_by_label("即将到期：邮件")).not_to_be_checked()
    expect(page.get_by_label("接收短信的手机号码")).to_have_value("13800138000")
    page.reload()
    whole(page, *WCAG)
    page.set_viewport_size({"width": 375, "height": 800})
    frame = page.locator(".ap-frame")
    assert frame.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    page.goto(f"{head.url}/admin/account/")
    page.get_by_role("tab", name="更多动作").click()
    expect(page.get_by_role("link", name="提醒方式")).to_be_visible()


def test_without_a_gateway_the_page_says_so(head: Desk) -> None:
    page = head.open("reminders/")
    expect(page.locator("main")).to_contain_text("没有开通短信提醒")
    expect(page.get_by_role("checkbox")).to_have_count(12)
    whole(page, *WCAG)


@pytest.mark.usefixtures("messages")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_citizen_asks_for_messages_and_ends_them(
    town: Town, live_server: Any, browser: Browser, scripts: bool
) -> None:
    page = new_page(browser, java_script_enabled=scripts)
    page.goto(live_server.url + reverse("portal:apply_to", args=[town.agency.slug]))
    page.get_by_label("姓名或单位名称").fill("陈一心")
    page.get_by_label("证件号码", exact=True).fill(IDENTITY)
    page.get_by_label("联系电话").fill("0577-63700000")
    expect(page.get_by_label("用短信通知办理进展")).not_to_be_checked()
    page.get_by_label("用短信通知办理进展").check()
    page.get_by_label("所需政府信息的名称").fill("昆阳镇人民路改造方案")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator("#wrong")).to_contain_text("短信只能发到手机")
    expect(page.get_by_label("用短信通知办理进展")).to_be_checked()
    if scripts:
        whole(page)
    page.get_by_label("联系电话").fill("13800138000")
    number, code = submit(page)
    case = Case.objects.get(register_no=number)
    assert Applicant.objects.get(case=case).tell_by_sms
    assert [sms.values["number"] for sms in OutboxSms.objects.all()] == [number]
    track(page, live_server.url, number, code)
    expect(page.locator("main")).to_contain_text("有新的文书时发短信到138****8000")
    if scripts:
        whole(page)
    page.get_by_role("button", name="不再用短信通知").click()
    expect(page.get_by_role("button", name="用短信通知", exact=True)).to_be_visible()
    assert not Applicant.objects.get(case=case).tell_by_sms
