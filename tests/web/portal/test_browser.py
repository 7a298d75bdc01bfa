"""In a browser: axe finds nothing, nothing overflows, no outside request, no script needed."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from gongkai.web.agencies.models import Agency
from tests.web.browsing import audit, overflow

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/", "/agencies/", "/agencies/yunxi/", "/agencies/kunyang/", "/reports/", "/reports/2024/?q=x",
    "/agencies/kunyang/reports/2024/", "/agencies/yunxi/reports/2024/", "/compare/", "/compare/?a=x",
    "/compare/?a=yunxi&a_year=2023&b=yunxi&b_year=2024", "/search/?q=镇", "/search/?q=无", "/data/",
    "/nothing/", "/feedback/?page=/reports/", "/accessibility/",
]  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme", "large"), [(1280, "light", False), (320, "light", True), (375, "dark", False)]
)
def test_axe_finds_nothing_and_nothing_overflows(
    live_server: Any,
    browser: Browser,
    kunyang: Agency,
    invented: Agency,
    width: int,
    scheme: str,
    large: bool,
) -> None:
    # The pages' own rules forbid foreign scripts; the auditor's must run.
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    if large:
        context.add_cookies([{"name": "display", "value": "large", "url": live_server.url}])
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    complaints: list[tuple[str, str]] = []
    for address in PAGES:
        page.goto(live_server.url + address)
        for detail in page.locator("details").all():
            if detail.is_visible():
                detail.locator("summary").click()
        if over := overflow(page):
            complaints.append((address, f"{over} pixels too wide"))
        complaints += [(address, found) for found in audit(page)]
    context.close()
    assert complaints == []
    assert {url for url in asked if not url.startswith(live_server.url)} == set()


def test_a_reader_without_scripts_and_mouse(
    live_server: Any, browser: Browser, kunyang: Agency, invented: Agency
) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(live_server.url + "/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.locator("summary", has_text="菜单").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="2024年", exact=True).click()
    page.get_by_role("link", name="昆阳镇人民政府2024年政府信息公开工作年度报告").click()
    page.get_by_role("link", name="更正").first.click()
    assert page.locator(":target").inner_text().startswith("更正说明：")
    page.get_by_role("link", name="大字版").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    context.close()
    assert said == []


def test_on_paper_there_is_the_report_alone(live_server: Any, browser: Browser, kunyang: Agency) -> None:
    page = browser.new_page()
    page.goto(live_server.url + "/agencies/kunyang/reports/2024/")
    page.emulate_media(media="print")
    for hidden in (".main-menu", ".side", ".crumbs", ".files", ".search", ".display"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", "table.form.applications", ".foot p >> nth=0"):
        assert page.locator(shown).is_visible(), shown
