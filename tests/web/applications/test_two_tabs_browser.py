"""Two tabs of one browser, each with a case of its own."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gongkai.web.applications.models import Case
from tests.web.applications.asking import submit
from tests.web.browsing import audit, hold_still, in_scheme, new_page, overflow
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def follow(page: Page, url: str, case: Case) -> None:
    page.goto(f"{url}/apply/track/")
    page.get_by_label("登记号").fill(case.register_no)
    page.get_by_label("查询码").fill(case.code)
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator("h1")).to_have_text(f"{case.register_no}号申请")


def test_the_tab_of_one_case_does_nothing_to_the_other(
    town: Town, live_server: Any, browser: Browser
) -> None:
    first, second = submit(town.agency).case, submit(town.agency).case
    one = new_page(browser)
    two = one.context.new_page()
    follow(one, live_server.url, first)
    follow(two, live_server.url, second)
    one.get_by_text("撤回申请").first.click()
    one.get_by_label(f"确认撤回{first.register_no}号申请").check()
    one.get_by_role("button", name="撤回申请").click()
    expect(one.get_by_role("alert")).to_contain_text(
        f"没有办理：这个浏览器后来打开了另一件申请（{second.register_no}）"
    )
    assert not Case.objects.filter(state="withdrawn").exists()
    hold_still(one)
    for scheme in ("dark", "light"):
        in_scheme(one, scheme)
        assert audit(one) == [], scheme
    one.set_viewport_size({"width": 320, "height": 800})
    assert overflow(one) <= 0
    one.get_by_label("查询码").fill(first.code)
    one.get_by_role("button", name="查询", exact=True).click()
    one.get_by_text("撤回申请").first.click()
    one.get_by_label(f"确认撤回{first.register_no}号申请").check()
    one.get_by_role("button", name="撤回申请").click()
    expect(one.locator("main")).to_contain_text("您已于")
    assert list(Case.objects.filter(state="withdrawn")) == [first]
