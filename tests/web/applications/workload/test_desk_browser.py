"""The due list by keyboard, and new applications given out, in a browser."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.applications.models import Case
from tests.web.applications import test_routing
from tests.web.applications.at_desks import Desk
from tests.web.applications.test_routing import FOUND
from tests.web.applications.workload import test_due_list
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def overdue(town: Town) -> list[Case]:
    return test_due_list.played(town)


@pytest.fixture
def new(town: Town) -> list[Case]:
    return test_routing.arrived(town)


def test_the_due_list_by_keyboard(
    browser: Browser, live_server: LiveServer, town: Town, overdue: list[Case]
) -> None:
    desk = Desk(live_server.url, browser, town.clerk)
    page = desk.open("")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    expect(page.locator("tr.current th")).to_have_text(overdue[1].register_no)
    page.keyboard.press("x")
    expect(page.locator("tr.current input[type=checkbox]")).to_be_checked()
    page.keyboard.press("?")
    expect(page.locator("#ap-keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("按经办人、来件方式、到期日").click()
    page.locator("#id_q").fill("jo")
    expect(page.locator("tr.current th")).to_have_text(overdue[1].register_no)
    page.locator("tr.current th a").focus()
    page.keyboard.press("o")
    page.wait_for_url(f"**/applications/{overdue[1].pk}/")


def test_what_is_new_is_given_out_or_sent_on(
    browser: Browser, live_server: LiveServer, town: Town, new: list[Case]
) -> None:
    page = Desk(live_server.url, browser, town.head).open("")
    page.locator(".ap").get_by_role("link", name="待分办").click()
    page.get_by_label(f"选择{new[2].register_no}").check()
    page.get_by_label("把选中的分给").select_option(label="李四")
    page.get_by_role("button", name="分办").click()
    expect(page.get_by_text("已分办1件")).to_be_visible()
    page.get_by_label(f"选择{new[0].register_no}").check()
    page.get_by_label(f"选择{new[1].register_no}").check()
    page.get_by_text("不属于本机关：告知或转办").click()
    page.get_by_label("负责公开的机关").select_option(label=town.neighbour.full_name)
    page.get_by_label("查明的事实").fill(FOUND)
    page.get_by_role("button", name="拟答复书").click()
    expect(page.get_by_text("已拟出2份答复书")).to_be_visible()
    expect(page.get_by_text("没有待分办的申请")).to_be_visible()
