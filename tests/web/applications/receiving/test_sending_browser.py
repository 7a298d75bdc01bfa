"""In a browser, with scripts and without: large print loses nothing, Enter goes on, a reload keeps all."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gongkai.web.applications.models import Case
from tests.web.applications.asking import IDENTITY
from tests.web.applications.at_desks import apply
from tests.web.browsing import audit, new_page, overflow
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_form_in_large_print_to_the_receipt(
    town: Town, live_server: Any, browser: Browser, scripts: bool
) -> None:
    page = new_page(browser, 375, java_script_enabled=scripts)
    apply(page, live_server.url, "昆阳镇防汛预案", identity="123")
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html.large")).to_have_count(1)
    name = page.get_by_label("姓名或单位名称")
    expect(name).to_have_value("陈一心")
    name.press("Enter")  # goes on, and does not switch the print back
    expect(page.locator("html.large .wrong-box")).to_contain_text("有1处需要改正")
    page.get_by_label("证件号码", exact=True).fill(IDENTITY)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator("h1")).to_have_text("核对申请")
    page.get_by_role("link", name="标准字号").click()
    expect(page.locator("h1")).to_have_text("核对申请")
    page.get_by_role("button", name="返回修改").click()
    expect(page.get_by_label("姓名或单位名称")).to_have_value("陈一心")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="提交申请").click()
    code = page.locator(".code")
    expect(code).to_have_count(1)
    shown = code.inner_text()
    for again in (page.reload, page.get_by_role("link", name="大字版").click):
        again()
        expect(page.locator(".code")).to_have_text(shown)
        assert overflow(page) <= 0
    if scripts:
        assert audit(page) == []
    assert Case.objects.get().code == shown
    page.get_by_role("button", name="已记下，清除").click()
    expect(page.locator(".code")).to_have_count(0)
    page.wait_for_load_state()
    page.go_back()
    expect(page.locator("main")).not_to_contain_text(shown)
