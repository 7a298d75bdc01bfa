"""A supervisor's board; a file that is not what was chosen; no scripts, no mouse, 320 px, large print."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from gongkai.web.reporting.actions import Upload
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State
from tests.web.browser.conftest import SAMPLES, Site
from tests.web.browser.stock import BROKEN
from tests.web.browsing import overflow
from tests.web.portal.conftest import published
from tests.web.reporting.people import work

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
TOTAL = "applications.total.total"


@pytest.fixture(scope="module")
def filed(site: Site) -> Callable[..., ReportRecord]:
    """Files the broken table as a report, by the agency's clerk, and reads it."""
    data = (SAMPLES / BROKEN).read_bytes()

    def run(slug: str, year: int) -> ReportRecord:
        content = ContentFile(data, "年报.txt")
        actor, agency = site.actor(f"{slug}-clerk"), site.agencies[slug]
        version = Upload(actor, agency=agency, year=year, name="年报.txt", content=content).run()
        work()
        return ReportRecord.objects.get(pk=version.record_id)

    return run


@pytest.fixture(scope="module")
def public(site: Site) -> str:
    """The address of a published report with corrected figures."""
    published(site.agencies["dakou"], 2024, "html/kunyang.html", corrections={TOTAL: 20})
    return f"{site.url}/agencies/dakou/reports/2024/"


def tab_to(page: Page, what: str, most: int = 80) -> None:
    """Go on with the tab key until what is focused fits."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    pytest.fail(f"{what} is not reached by the tab key")


def test_a_supervisor_sees_the_agencies_below_and_no_other(
    site: Site, filed: Callable[..., ReportRecord]
) -> None:
    filed("kunyang", 2024)
    foreign = filed("dakou", 2023)
    page = site.page_of("pingyang-office")
    page.goto(f"{site.url}/admin/annual-reports/?last=2024&first=2022")
    rows = page.locator(".rp-board tbody th[scope=row]").all_inner_texts()
    assert sorted(rows) == sorted(["平阳县人民政府", "平阳县昆阳镇人民政府"])
    expect(page.get_by_role("link", name="昆阳镇2024年度，待核查")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert not [name for name in ("大口镇", "三角镇", "湛河区", "示例县") if name in shown]
    answer = page.goto(f"{site.url}/admin/annual-reports/{foreign.pk}/")
    assert answer is not None
    assert answer.status == 404
    assert "大口" not in page.locator("body").inner_text()


def test_a_supervisor_reads_a_report_below_and_changes_no_figure(
    site: Site, filed: Callable[..., ReportRecord]
) -> None:
    record = ReportRecord.objects.filter(agency__slug="kunyang", year=2024).first() or filed("kunyang", 2024)
    page = site.page_of("pingyang-office")
    page.goto(f"{site.url}/admin/annual-reports/{record.pk}/")
    expect(page.locator(".findings li[data-n]").first).to_be_visible()
    assert page.locator(".reading a.edit, a[data-key=a], a[data-key=e]").count() == 0
    answer = page.goto(f"{site.url}/admin/annual-reports/{record.pk}/do/correct/?path={TOTAL}&value=20")
    if answer is not None and answer.status == 200:
        page.locator("#rp-reason").fill("代为更正")
        page.locator("main button[type=submit]").click()
        expect(page.locator("main")).to_contain_text("没有办理此事的权限")
    record.refresh_from_db()
    assert not record.current_version.corrections.exists()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("slug", "year", "said"),
    [
        ("sanjiao", 2024, "机关是“昆阳镇人民政府”"),
        ("kunyang", 2022, "年度是2024年"),
    ],
)
def test_a_file_that_names_another_agency_or_year_stops_and_asks(
    site: Site, slug: str, year: int, said: str
) -> None:
    page = site.page_of(f"{slug}-clerk")
    page.goto(f"{site.url}/admin/annual-reports/upload/")
    page.locator("[name=year]").select_option(str(year))
    page.locator("#rp-files").set_input_files(SAMPLES / BROKEN)
    page.locator("#rp-upload button[type=submit]").click()
    page.get_by_text("等待读取").wait_for()
    work()
    page.get_by_text("待确认").wait_for()
    page.locator(".rp-uploads a").click()
    asked = page.get_by_role("alert")
    expect(asked).to_contain_text(said)
    expect(asked).to_contain_text("不符")
    buttons = page.locator(".rp-buttons a").all_inner_texts()
    assert buttons[0] == "确认归属"
    assert "放弃这一版" in buttons
    assert not {"签批", "签发并发布"} & set(buttons)
    record = ReportRecord.objects.get(agency__slug=slug, year=year)
    assert record.state == State.CONFLICT
    page.get_by_role("link", name="确认归属").click()
    page.locator("#rp-dialog textarea").fill("文件抬头有误，已与办公室核实")
    with page.expect_navigation():
        page.locator("#rp-dialog button[type=submit]").click()
    expect(page.locator(".rp-top")).to_contain_text("待核查")
    expect(page.locator(".rp-top")).to_contain_text("已确认：文件抬头有误，已与办公室核实")


def test_a_clerk_corrects_without_scripts_at_320_pixels(
    site: Site, filed: Callable[..., ReportRecord]
) -> None:
    record = filed("yanshi-wenlv", 2024)
    page = site.page_of("yanshi-wenlv-clerk", 320, java_script_enabled=False)
    page.goto(f"{site.url}/admin/annual-reports/")
    page.get_by_role("link", name="偃师区文旅局2024年度").click()
    page.get_by_role("link", name="确认归属").click()
    page.locator("#rp-reason").fill("就是这份")
    page.locator("main button[type=submit]").click()
    page.get_by_role("link", name="更正为20").click()
    page.locator("main button[type=submit]").click()
    assert page.locator("#rp-reason").evaluate("field => field.matches(':invalid')")
    page.locator("#rp-reason").fill("正文写明")
    page.locator("main button[type=submit]").click()
    assert page.url.endswith(f"#{TOTAL}")
    summary = page.locator(f".reading [id='{TOTAL}'] summary")
    summary.click()
    expect(page.locator(f".reading [id='{TOTAL}'] .why")).to_contain_text("理由：正文写明")
    page.get_by_role("link", name="认可").first.click()
    page.locator("#rp-reason").fill("原报告如此")
    page.locator("main button[type=submit]").click()
    expect(page.locator(".accepted").first).to_contain_text("原报告如此")
    record.refresh_from_db()
    assert record.state == State.READ


def test_a_clerk_works_by_keyboard_alone(site: Site, filed: Callable[..., ReportRecord]) -> None:
    filed("zhanhe-xinfang", 2024)
    page = site.page_of("zhanhe-xinfang-clerk")
    page.goto(f"{site.url}/admin/annual-reports/")
    tab_to(page, "a.rp-cell")
    page.keyboard.press("Enter")
    page.locator(".rp-top").wait_for()
    tab_to(page, ".rp-buttons a[data-act]")
    page.keyboard.press("Enter")
    page.locator("#rp-dialog textarea").wait_for()
    page.keyboard.type("就是这份")
    tab_to(page, "#rp-dialog button[type=submit]", 5)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#rp-keys-button").wait_for()
    for key in ("j", "e"):
        page.keyboard.press(key)
    page.locator("#rp-value").wait_for()
    tab_to(page, "#rp-dialog textarea", 5)
    page.keyboard.type("正文写明")
    tab_to(page, "#rp-dialog button[type=submit]", 5)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#rp-keys-button").wait_for()
    tab_to(page, f".reading [id='{TOTAL}'] summary", 400)
    page.keyboard.press("Enter")
    expect(page.locator(f".reading [id='{TOTAL}'] .why")).to_contain_text("正文写明")
    page.keyboard.press("Escape")
    expect(page.locator(f".reading [id='{TOTAL}'] .why")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def focus_is_seen(page: Page) -> bool:
    """Whether what has the focus shows it, and is not hidden behind anything or outside the window."""
    seen: Any = page.evaluate(
        """() => {
            const one = document.activeElement, style = getComputedStyle(one);
            const box = one.getBoundingClientRect();
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                && box.bottom > 0 && box.top < innerHeight;
        }"""
    )
    return bool(seen)


def test_a_citizen_reads_by_keyboard_alone(site: Site, public: str) -> None:
    page = site.page()
    page.goto(public)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to(page, ".files a")
    assert focus_is_seen(page)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith("年政府信息公开工作年度报告.docx")
    tab_to(page, f"[id='{TOTAL}'] a.mark")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_contain_text("更正说明")
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_citizen_reads_without_scripts_in_large_print_at_320_pixels(site: Site, public: str) -> None:
    page = site.page(320, java_script_enabled=False)
    page.goto(site.url + "/")
    page.get_by_role("link", name="大字版").click()
    assert overflow(page) <= 0
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    page.get_by_role("link", name="偃师区大口镇人民政府2024年政府信息公开工作年度报告").first.click()
    assert overflow(page) <= 0
    page.locator(f"[id='{TOTAL}']").get_by_role("link", name="更正").click()
    expect(page.locator(":target")).to_contain_text("更正为20")
    page.locator("summary", has_text="菜单").click()
    page.locator("details[open] a", has_text="年报").first.click()
    assert overflow(page) <= 0
    expect(page.locator("h1")).to_contain_text("政府信息公开年报")
