"""What was refused is heard without scripts: in the title, by the focus, and at the fields it is about."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gongkai.web.applications.models import Case
from tests.web.applications.asking import today
from tests.web.applications.playing import Office, confirmed
from tests.web.browsing import new_page
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def test_a_form_with_errors_says_so_first(town: Town, live_server: Any, browser: Browser) -> None:
    page = new_page(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/apply/to/{town.agency.slug}/")
    for label in ("联系电话", "电子邮箱", "通信地址"):
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_accessible_description(re.compile("至少填一种"))
    page.get_by_role("button", name="下一步：核对").click()
    box = page.locator("#wrong")
    expect(box).to_be_focused()
    count = box.locator("li").count()
    assert count > 1
    assert page.title().startswith(f"有{count}处需要改正－")


def test_a_refused_step_of_a_case_does_too(
    town: Town, office: Office, live_server: Any, browser: Browser
) -> None:
    case = confirmed(town, today())
    office.send(case, "reasons", {"数量频次": "今年已提出30件", "期限": "7"}, today())
    case = Case.objects.get(pk=case.pk)
    page = new_page(browser, java_script_enabled=False)
    page.goto(f"{live_server.url}/apply/track/")
    page.fill("[name=number]", case.register_no)
    page.fill("[name=code]", case.code)
    page.locator("form.apply button").first.click()
    page.get_by_role("button", name="提交理由").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("没有办理－")
    page.get_by_label("申请的理由").fill("用于研究")
    page.get_by_role("button", name="提交理由").click()
    expect(page.get_by_text("说明的理由，由受理机关审查")).to_be_visible()
    assert page.title().startswith(f"{case.register_no}号申请")
