"""The account in a browser, with and without scripts: signing in, the list, particulars, leaving."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from gongkai.web.portal.accounts.models import Account
from tests.web.applications.asking import IDENTITY
from tests.web.applications.asking import submit as submit_by_action
from tests.web.applications.at_desks import apply, submit
from tests.web.browsing import audit, hold_still, in_scheme, new_page, overflow
from tests.web.portal.accounts.holder import last_code
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def whole(page: Page) -> None:
    """axe finds nothing, light and dark, and nothing overflows on a narrow telephone, in large print too."""
    hold_still(page)
    for scheme in ("dark", "light"):
        in_scheme(page, scheme)
        assert not audit(page), (page.url, scheme)
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_load_state()
    assert overflow(page) <= 0, page.url
    page.evaluate("document.documentElement.classList.add('large')")
    assert overflow(page) <= 0, page.url
    page.evaluate("document.documentElement.classList.remove('large')")
    if size is not None:
        page.set_viewport_size(size)


def ask(page: Page, url: str) -> str:
    """Ask for a code by the quiet link of the application pages; the code that was mailed."""
    page.goto(f"{url}/apply/")
    page.locator("header").get_by_role("link", name="我的申请").click()
    whole(page)
    page.get_by_label("电子邮箱").fill("chen@example.cn")
    page.get_by_role("button", name="获取登录码").click()
    expect(page.locator("h1")).to_have_text("输入登录码")
    expect(page.locator("main")).to_contain_text("c***@example.cn")
    return last_code()


def test_a_citizen_with_an_account_from_the_first_sign_in_to_the_last(
    town: Town, live_server: Any, browser: Browser
) -> None:
    page, url = new_page(browser), live_server.url
    code = ask(page, url)
    whole(page)
    elsewhere = new_page(browser)  # the link of the mail, in another browser
    elsewhere.goto(f"{url}/apply/mine/code/?code={code}")
    expect(elsewhere.get_by_role("alert")).to_contain_text("不是在这个浏览器里申请的")
    whole(elsewhere)
    page.get_by_label("登录码").fill("2222-2222")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("还可以试4次")
    page.goto(f"{url}/apply/mine/code/?code={code}")
    page.get_by_role("button", name="登录").click()
    expect(page.locator("main")).to_contain_text("列表中还没有申请")
    whole(page)
    keep_particulars(page)
    number = applied(page, url)
    old = submit_by_action(town.neighbour)
    page.get_by_label("登记号").fill(old.case.register_no)
    page.get_by_label("查询码").fill(old.code)
    page.get_by_role("button", name="加入列表").click()
    expect(page.locator(".my-cases > li")).to_have_count(2)
    whole(page)
    of_case(page, number, "移出列表").first.click()
    expect(page.locator(".my-cases > li")).to_have_count(1)
    deleted(page)


def of_case(page: Page, number: str, button: str) -> Locator:
    """A button beside a case on the list."""
    return page.locator(".my-cases > li").filter(has_text=number).get_by_role("button", name=button)


def keep_particulars(page: Page) -> None:
    page.get_by_role("link", name="个人资料").click()
    whole(page)
    page.get_by_label("姓名或单位名称").fill("陈一心")
    page.get_by_label("证件号码", exact=True).fill("110105194912310021")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("校验码不符")
    whole(page)
    page.get_by_label("证件号码", exact=True).fill(IDENTITY)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已保存")


def applied(page: Page, url: str) -> str:
    """An application that is filled in by the account, and opened from the list without its code."""
    page.goto(f"{url}/apply/to/kunyang/")
    expect(page.get_by_label("证件号码", exact=True)).to_have_value(IDENTITY)
    apply(page, url, "昆阳镇2023年征地方案", identity=IDENTITY)
    number, _ = submit(page)
    page.locator("main").get_by_role("link", name="我的申请").click()
    expect(page.locator(".my-cases")).to_contain_text(f"{number}平阳县昆阳镇人民政府")
    of_case(page, number, "查看办理情况").click()
    expect(page.locator("h1")).to_have_text(f"{number}号申请")
    page.locator("header").get_by_role("link", name="我的申请").click()
    return number


def deleted(page: Page) -> None:
    page.get_by_role("link", name="删除账号").click()
    whole(page)
    page.get_by_label("确认删除账号").check()
    page.get_by_role("button", name="删除账号").click()
    expect(page.get_by_role("status")).to_contain_text("账号已删除")
    assert Account.objects.count() == 0


def test_the_same_doors_without_a_line_of_script(town: Town, live_server: Any, browser: Browser) -> None:
    page, url = new_page(browser, java_script_enabled=False), live_server.url
    page.goto(f"{url}/apply/mine/")
    page.get_by_label("电子邮箱").fill("chen@example.cn")
    page.get_by_role("button", name="获取登录码").click()
    page.get_by_label("登录码").fill(last_code())
    page.get_by_role("button", name="登录").click()
    sent = submit_by_action(town.agency)
    page.get_by_label("登记号").fill(sent.case.register_no)
    page.get_by_label("查询码").fill(sent.code)
    page.get_by_role("button", name="加入列表").click()
    page.get_by_role("button", name="查看办理情况").click()
    expect(page.locator("h1")).to_have_text(f"{sent.case.register_no}号申请")
    page.goto(f"{url}/apply/mine/")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("status")).to_have_text("已退出登录。")
    page.goto(f"{url}/apply/case/")
    expect(page.locator("h1")).to_have_text("查询办理进度")  # what was opened from the list has closed
