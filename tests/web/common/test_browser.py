"""In a real browser: our page rules block nothing of ours, no other host is asked, axe is silent."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page

from tests.web.browsing import WCAG, audit, overflow

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PASSWORD = "昆阳-correct-horse"


@pytest.fixture
def page(browser: Browser) -> Page:
    opened = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800}).new_page()
    opened.complaints = []  # type: ignore[attr-defined]
    opened.hosts = set()  # type: ignore[attr-defined]
    opened.on("console", lambda told: told.type == "error" and opened.complaints.append(told.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("request", lambda asked: opened.hosts.add(asked.url.split("/")[2].split(":")[0]))
    return opened


def sign_in(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("用户名").fill("zhangsan")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


@pytest.fixture
def _person() -> None:
    get_user_model().objects.create_superuser("zhangsan", PASSWORD, name="张三")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.usefixtures("_person")
def test_own_pages_have_no_barriers(page: Page, live_server: Any, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in ("/accounts/login/", "/no-such-page", "/accounts/login/?next=/admin/"):
        page.goto(live_server.url + address)
        found[address] = audit(page, tags=WCAG)
    sign_in(page, live_server)
    for address in (
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/accounts/sessions/",
        "/accounts/logout/",
    ):
        page.goto(live_server.url + address)
        found[address] = audit(page, tags=WCAG)
    assert {address: barriers for address, barriers in found.items() if barriers} == {}


@pytest.mark.usefixtures("_person")
def test_setting_up_the_second_factor_shows_its_picture(page: Page, live_server: Any) -> None:
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/accounts/2fa/totp/activate/")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button").last.click()
    picture = page.locator("main img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 50
    assert audit(page, tags=WCAG) == []
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_person")
def test_the_back_office_works_under_our_rules_and_asks_no_other_host(page: Page, live_server: Any) -> None:
    sign_in(page, live_server)
    page.wait_for_load_state("networkidle")
    assert str(page.locator("html").get_attribute("lang")).lower() == "zh-hans"
    for address in ("/admin/", "/admin/account/"):
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
    assert page.complaints == []  # type: ignore[attr-defined]
    assert page.hosts == {"localhost"}  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_person")
def test_sign_in_fits_a_narrow_screen_and_works_without_scripts(browser: Browser, live_server: Any) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 600}).new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    assert overflow(page) <= 0
    page.get_by_label("用户名").fill("zhangsan")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/admin/")
