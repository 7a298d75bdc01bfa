"""A partial release in a browser: its grounds are ticked, and it goes out online with what it promises."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.applications.asking import register, today
from tests.web.applications.at_desks import Desk, send
from tests.web.applications.test_browser import whole
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def test_the_grounds_of_a_part_are_ticked_and_online_needs_the_file(
    town: Town, live_server: Any, browser: Browser
) -> None:
    names = ("clerk", "head", "secrecy", "leader")
    desks = {name: Desk(live_server.url, browser, getattr(town, name)) for name in names}
    case = register(town.as_clerk, town.agency, today())
    typed = {"查明的事实": "查得一份。", "提供的方式": "在网上下载。"}
    letter = desks["clerk"].draft(case.pk, "拟答复书", "partial", **typed)
    page = desks["clerk"].page
    expect(page.locator(".ap-refused").first).to_contain_text("其余部分的依据")
    whole(page, public=False)
    page.get_by_label("属于四类过程性信息").check()
    page.get_by_label("保护第三方合法权益").check()
    page.locator("form.ap-form").get_by_label("理由").fill("其余部分是讨论记录和他人的身份证号码。")
    send(page, "保存修改")
    expect(page.get_by_label("属于四类过程性信息")).to_be_checked()
    expect(page.get_by_label("属于国家秘密")).not_to_be_checked()
    for name, step in zip(names, ("拟稿", "审核", "保密审查", "签发"), strict=True):
        desks[name].sign(letter, step)
    page = desks["clerk"].open(letter)
    page.get_by_role("link", name="登记送达").click()
    whole(page, public=False)
    page.get_by_label("送达方式").select_option("online")
    with page.expect_navigation():
        page.locator("form.ap-form").get_by_role("button", name="登记送达", exact=True).click()
    expect(page.locator(".ap-refused")).to_contain_text("没有添加提供给申请人的文件")
    page.get_by_label("网上送达而没有添加文件").check()
    send(page, "登记送达")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("answered", "partial")
