"""The harder puzzle in a browser: it is solved, the form goes by itself, and the code comes."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings

from gongkai.web.portal.applications import challenge
from tests.web.browsing import audit, hold_still, new_page, overflow
from tests.web.portal.accounts.holder import mails

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def test_a_used_up_network_waits_a_moment_and_is_not_refused(
    town: Any, live_server: Any, browser: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenge, "_HASHES", 50)
    none = {"account_mail": "0/h/ip", "account_mail_without_scripts": "0/h/ip"}
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | none
    page = new_page(browser)
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{live_server.url}/apply/mine/")
    page.get_by_label("电子邮箱").fill("chen@example.cn")
    page.get_by_role("button", name="获取登录码").click()
    expect(page.get_by_role("alert")).to_contain_text("这次没有寄出")
    assert mails() == 0
    hold_still(page)
    assert audit(page) == []
    assert overflow(page) <= 0
    page.get_by_role("button", name="获取登录码").click()
    expect(page.locator("h1")).to_have_text("输入登录码")
    assert mails() == 1
