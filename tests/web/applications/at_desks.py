"""People at their browsers: the citizen on the public pages, the staff of the town at the workbench."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from gongkai.web.agencies.models import Person
from tests.web.browsing import new_page

CHINA = ZoneInfo("Asia/Shanghai")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def at(day: date, hour: int = 10) -> datetime:
    """A time in office hours."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


@dataclass
class Desk:
    """One member of staff at the workbench."""

    url: str
    browser: Browser
    person: Person

    def __post_init__(self) -> None:
        self.page = new_page(self.browser)

    def open(self, address: str) -> Page:
        """A page of the workbench, signed in on the day that is now."""
        client = Client()
        client.force_login(self.person, backend=BACKEND)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.url}]
        )
        self.page.goto(f"{self.url}/admin/applications/{address}")
        return self.page

    def act(self, case: int, link: str, button: str = "", **fields: str) -> None:
        """Take a step of the case page by its link, fill in its form, send it."""
        page = self.open(f"{case}/")
        step = page.locator("#main").get_by_role("link", name=link).last
        if not step.is_visible():
            page.get_by_text("全部步骤，以及现在不能办理的原因").click()
        step.click()
        fill(page.locator("form.ap-form"), fields)
        send(page, button or link)

    def draft(self, case: int, link: str, outcome: str = "", **fields: str) -> str:
        """Draft a letter by the case page's link; its address on the workbench."""
        page = self.open(f"{case}/")
        step = page.locator("#main").get_by_role("link", name=link).last
        if not step.is_visible():
            page.get_by_text("全部步骤，以及现在不能办理的原因").click()
        step.click()
        if outcome:
            page.get_by_label("办理结果", exact=True).select_option(outcome)
        fill(page.locator("form.ap-form"), fields)
        send(page, "保存草稿并预览")
        expect(page.locator("img.ap-paper")).to_be_visible()
        assert page.locator("img.ap-paper").evaluate(
            "one => one.decode().then(() => one.naturalHeight > 900)"
        )
        return page.url.partition("/admin/applications/")[2]

    def sign(self, letter: str, step: str) -> None:
        """Sign a letter at the step named."""
        page = self.open(letter)
        page.get_by_role("link", name=f"签批：{step}").click()
        send(page, "签批")

    def deliver(self, letter: str, way: str = "hand") -> None:
        """Note that a signed letter has been handed over."""
        page = self.open(letter)
        page.get_by_role("link", name="登记送达").click()
        page.get_by_label("送达方式").select_option(way)
        send(page, "登记送达")


def fill(form: Locator, fields: dict[str, str]) -> None:
    """Fields by their names or the words of their labels."""
    for label, value in fields.items():
        field: Any = form.locator(f"[name={label}]") if label.isascii() else form.get_by_label(label)
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)


def send(page: Page, button: str) -> None:
    """Send the form; what is refused fails the test with what was said."""
    with page.expect_navigation():
        page.locator("form.ap-form").get_by_role("button", name=button, exact=True).click()
    said = page.locator(".ap-refused[role=alert], .ap-field .error")
    assert said.count() == 0, said.all_inner_texts()


def apply(page: Page, url: str, subject: str, *, identity: str, files: list[Any] | None = None) -> None:
    """Fill in the form of 昆阳镇, as far as the summary."""
    page.goto(f"{url}/apply/to/kunyang/")
    page.get_by_label("姓名或单位名称").fill("陈一心")
    page.get_by_label("证件号码", exact=True).fill(identity)
    page.get_by_label("联系电话").fill("0577-63700000")
    page.get_by_label("所需政府信息的名称").fill(subject)
    if files:
        page.get_by_label("身份证明（照片或扫描件）").set_input_files(files)
        expect(page.locator(".file-field-said").first).to_have_text(files[0]["name"])


def submit(page: Page) -> tuple[str, str]:
    """From the filled form through the summary to the receipt: number and code."""
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator("h1")).to_have_text("核对申请")
    expect(page.locator("main")).to_contain_text("还没有提交")
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("h1")).to_have_text("申请回执")
    number, code = page.locator(".receipt strong").all_inner_texts()
    return number, code


def track(page: Page, url: str, number: str, code: str) -> None:
    """Open the case with number and code."""
    page.goto(f"{url}/apply/track/")
    page.get_by_label("登记号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator("h1")).to_contain_text(number)
