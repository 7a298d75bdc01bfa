"""A citizen is shown what is already published, with scripts and without, and takes it or applies."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gongkai.web.applications.models import Case, Offering
from gongkai.web.publishing.actions import AddItem
from gongkai.web.publishing.models import Item
from tests.web.applications.asking import IDENTITY
from tests.web.applications.at_desks import Desk, apply
from tests.web.browsing import audit, hold_still, in_scheme, new_page, overflow
from tests.web.publishing.conftest import SYSTEM, entry
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
SUBJECT = "2024年高标准农田建设项目"
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")


@pytest.fixture
def item(town: Town) -> Item:
    return AddItem(SYSTEM, agency=town.agency, entry=entry()).run()


def whole(page: Page, *tags: str) -> None:
    """Nothing for axe to find, light and dark; it fits a telephone."""
    hold_still(page)
    for scheme in ("dark", "light"):
        in_scheme(page, scheme)
        assert audit(page, tags=tags) == [], (page.url, scheme)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0, (page.url, width)


def asked(browser: Browser, url: str) -> Page:
    page = new_page(browser)
    apply(page, url, SUBJECT, identity=IDENTITY)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator("h1")).to_have_text("核对申请")
    return page


def test_opened_and_taken(live_server: Any, browser: Browser, item: Item) -> None:
    page = asked(browser, live_server.url)
    whole(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=item.title).click()
    expect(opened.value.locator("h1")).to_have_text(item.title)
    whole(opened.value)
    offering = Offering.objects.get()
    assert (offering.opened, offering.answered) == (True, False), "to have looked is not to have found"
    page.get_by_role("button", name="这正是我要的，不再申请").click()
    expect(page.locator("h1")).to_have_text("不再申请")
    expect(page.get_by_role("link", name="https://kunyang.example/1.html")).to_be_visible()
    whole(page)
    assert Offering.objects.get().answered
    assert not Case.objects.exists()
    page.get_by_role("button", name="恢复，继续申请").click()
    expect(page.locator("h1")).to_have_text("核对申请")
    expect(page.locator("main")).to_contain_text("陈一心")
    assert not Offering.objects.get().answered
    page.get_by_role("button", name="这正是我要的，不再申请").click()
    page.get_by_role("button", name="清除填写的内容").click()
    expect(page.locator("h1")).to_have_text("依申请公开")
    assert not Case.objects.exists()


def test_not_what_was_wanted(live_server: Any, browser: Browser, item: Item) -> None:
    page = asked(browser, live_server.url)
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("h1")).to_have_text("申请回执")
    assert Case.objects.get().subject == SUBJECT
    assert not Offering.objects.get().answered


def test_without_scripts(town: Town, live_server: Any, browser: Browser, item: Item) -> None:
    page = new_page(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/apply/to/{town.agency.slug}/")
    page.get_by_label("姓名或单位名称").fill("陈一心")
    page.get_by_label("证件号码", exact=True).fill(IDENTITY)
    page.get_by_label("联系电话").fill("0577-63700000")
    page.get_by_label("所需政府信息的名称").fill(SUBJECT)
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="这正是我要的，不再申请").click()
    expect(page.locator("h1")).to_have_text("不再申请")
    assert Offering.objects.get().answered


def test_the_clerks_screens(town: Town, live_server: Any, browser: Browser, item: Item) -> None:
    desk = Desk(live_server.url, browser, town.clerk)
    for address in ("", "new/", "import/", "personal/", f"{item.pk}/", f"{item.pk}/withdraw/"):
        page = desk.open(f"../catalogue/{address}")
        expect(page.locator(".pb")).to_be_visible()
        whole(page, *WCAG)
    page.get_by_label("理由（留有记录）").fill("地点有误")
    page.get_by_role("button", name="撤下", exact=True).click()
    expect(page.get_by_text("已撤下，公众不再看到。")).to_be_visible()
    item.refresh_from_db()
    assert item.withdrawn_because == "地点有误"
