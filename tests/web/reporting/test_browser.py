"""In a real browser: upload the broken table, go through its findings by keyboard, fill in, accept, sign."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gongkai.web.reporting.models import ReportRecord
from tests.web.browsing import WCAG, audit, overflow
from tests.web.reporting.people import KUNYANG, Town, work

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
CLOSED = "applications.total.total"
PASSWORD = "zhengfu-xinxi-2025"


def opened(browser: Browser, site: Any, username: str, **options: Any) -> Page:
    page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, **options).new_page()
    page.goto(f"{site.url}/accounts/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return page


def send(page: Page, reason: str) -> None:
    """Fill in the dialog's reason and send it."""
    page.locator("#rp-dialog textarea").fill(reason)
    page.locator("#rp-dialog button[type=submit]").click()


def ready(page: Page) -> None:
    """Wait for the review page's script: it shows the button of its keys."""
    page.locator("#rp-keys-button").wait_for()


def test_many_files_are_sent_and_followed_until_they_are_read(
    town: Town, live_server: Any, browser: Browser
) -> None:
    page = opened(browser, live_server, town.clerk.username)
    board = f"{live_server.url}/admin/annual-reports/"
    page.goto(f"{board}upload/")
    assert audit(page, tags=WCAG) == []
    page.locator("[name=year]").select_option("2024")
    other = {"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    report = {"name": KUNYANG.name, "mimeType": "text/plain", "buffer": KUNYANG.read_bytes()}
    page.locator("#rp-files").set_input_files([report, other])
    page.locator("#rp-upload button[type=submit]").click()
    page.get_by_text("等待读取").wait_for()
    assert "不能读取“.exe”的文件" in page.locator(".rp-uploads").inner_text()
    work()
    page.get_by_text("待核查").wait_for()
    assert "共2个文件，完成2个，其中1个没有归档" in page.locator("#rp-total").inner_text()
    page.goto(board)
    assert audit(page, tags=WCAG) == []


def test_a_file_that_does_not_say_whose_it_is_is_asked_about_and_filed(
    town: Town, live_server: Any, browser: Browser
) -> None:
    page = opened(browser, live_server, town.office.username)
    page.goto(f"{live_server.url}/admin/annual-reports/upload/")
    text = KUNYANG.read_text(encoding="utf-8")
    files = [("附件1.txt", text), ("附件2.txt", text.replace("昆阳镇", "灵溪镇"))]
    page.locator("#rp-files").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": said.encode()} for name, said in files]
    )
    assert page.get_by_text("已选2个文件").is_visible()
    page.locator("#rp-upload button[type=submit]").click()
    page.get_by_text("正在识别机关和年度").nth(1).wait_for()
    work()
    asked = page.locator(".rp-uploads li", has_text="附件2.txt")
    asked.get_by_text("不在您可以上传的机关中").wait_for()
    page.get_by_text("待核查").wait_for()
    filed = page.locator(".rp-uploads li", has_text="附件1.txt")
    assert filed.get_by_text(town.agency.full_name).is_visible()
    assert audit(page, tags=WCAG) == []
    assert asked.get_by_label("年度").input_value() == "2024"
    asked.get_by_role("button", name="归档").click()
    assert asked.get_by_role("button", name="归档").is_visible(), "an agency must be chosen first"
    asked.get_by_label("机关").select_option(label=town.neighbour.full_name)
    asked.get_by_role("button", name="归档").click()
    asked.get_by_text("等待读取").wait_for()
    work()
    asked.get_by_text("待确认").wait_for()
    assert ReportRecord.objects.get(agency=town.neighbour).year == 2024


def test_findings_are_worked_through_by_keyboard(town: Town, live_server: Any, browser: Browser) -> None:
    record = town.read()
    page = opened(browser, live_server, town.clerk.username)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    address = f"{live_server.url}/admin/annual-reports/{record.pk}/"
    page.goto(address)
    ready(page)
    assert audit(page, tags=WCAG) == []
    page.keyboard.press("j")
    assert page.evaluate("location.hash") == "#f1"
    page.keyboard.press("o")
    page.wait_for_function("location.hash.startsWith('#s')")
    page.keyboard.press("e")
    page.locator("#rp-value").wait_for()
    assert page.locator("#rp-value").input_value() == "20"
    assert audit(page, tags=WCAG) == []
    send(page, "正文写明已办结20件")
    page.locator(f"[id='{CLOSED}'] summary").click()
    assert page.evaluate("location.hash") == f"#{CLOSED}"
    assert page.locator(f"[id='{CLOSED}'] .why").is_visible()
    assert complaints == []
    version = ReportRecord.objects.get().current_version
    assert version is not None
    assert version.total == 20


def test_errors_are_accepted_and_the_report_signed_by_keyboard_and_button(
    town: Town, live_server: Any, browser: Browser
) -> None:
    record = town.read()
    page = opened(browser, live_server, town.clerk.username)
    page.goto(f"{live_server.url}/admin/annual-reports/{record.pk}/")
    for number in (1, 2):
        ready(page)
        page.keyboard.press("j")
        assert page.evaluate("location.hash") == f"#f{number}"
        page.keyboard.press("a")
        page.locator("#rp-reason").wait_for()
        send(page, f"原文如此，已核实{number}")
        page.locator(".accepted").nth(number - 1).wait_for()
    ready(page)
    page.keyboard.press("?")
    assert page.locator("#rp-keys").is_visible()
    page.keyboard.press("Escape")
    page.locator(".rp-buttons > a").first.click()
    page.locator("#rp-dialog button[type=submit]").wait_for()
    page.locator("#rp-dialog button[type=submit]").click()
    page.locator(".rp-top").get_by_text("签批中").wait_for()


def test_a_figure_leads_to_its_place_and_back(town: Town, live_server: Any, browser: Browser) -> None:
    record = town.read()
    page = opened(browser, live_server, town.clerk.username)
    page.goto(f"{live_server.url}/admin/annual-reports/{record.pk}/")
    ready(page)
    page.locator("[id='applications.new.total'] > a:not(.edit)").click()
    place = page.evaluate("location.hash")
    cell = page.locator(place)
    assert cell.inner_text().strip() == "21"
    assert cell.evaluate("cell => cell.matches(':target')")
    cell.locator("a").click()
    assert page.evaluate("location.hash") == "#applications.new.total"


def test_everything_works_without_scripts(town: Town, live_server: Any, browser: Browser) -> None:
    record = town.read()
    page = opened(browser, live_server, town.clerk.username, java_script_enabled=False)
    page.goto(f"{live_server.url}/admin/annual-reports/{record.pk}/")
    page.get_by_role("link", name="更正为20").first.click()
    page.locator("#rp-reason").fill("正文写明")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**#{CLOSED}")
    expect(page.locator(f"[id='{CLOSED}'] details")).to_have_count(1)


def test_nothing_is_wider_than_a_phone(town: Town, live_server: Any, browser: Browser) -> None:
    record = town.read()
    page = opened(browser, live_server, town.clerk.username)
    page.set_viewport_size({"width": 375, "height": 800})
    for address in ("", "upload/", f"{record.pk}/", f"{record.pk}/versions/"):
        page.goto(f"{live_server.url}/admin/annual-reports/{address}")
        assert overflow(page) <= 0, address
