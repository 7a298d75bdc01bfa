"""A split application on a telephone, and a name looked for at the clerk's desk, in a browser."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.applications.actions import RecordEvent, Split
from gongkai.web.applications.models import Case
from tests.web.applications.asking import request, requester, submit, today
from tests.web.applications.at_desks import Desk
from tests.web.browsing import audit, hold_still, new_page, overflow
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
SENT = "一、2024年人民路道路施工图纸；二、昆阳镇2024年财政预算；三、有关会议纪要"


@pytest.fixture
def whole(town: Town) -> Case:
    case = submit(town.agency, request(requester(email=""), subject=SENT)).case
    RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=today()).run()
    Split(town.as_clerk, case_id=case.pk, subjects=("道路施工图纸", "财政预算")).run()
    return Case.objects.get(pk=case.pk)


def test_from_the_whole_to_its_part_and_back(browser: Browser, live_server: LiveServer, whole: Case) -> None:
    part = Case.objects.get(split_from=whole)
    page = new_page(browser, 375, 800)
    page.goto(f"{live_server.url}/apply/track/")
    page.get_by_label("登记号").fill(whole.register_no)
    page.get_by_label("查询码").fill(whole.code)
    page.locator("main").get_by_role("button", name="查询").click()
    expect(page.locator("dl.facts").first).to_contain_text(SENT)
    expect(page.locator("#line + ol")).to_contain_text(f"按一事一申请拆分，另立{part.register_no}办理")
    hold_still(page)
    assert audit(page) == []
    assert overflow(page) <= 0
    page.get_by_role("button", name="查看办理情况").click()
    expect(page.locator("h1")).to_have_text(f"{part.register_no}号申请")
    hold_still(page)
    assert audit(page) == []
    page.get_by_role("button", name=f"返回{whole.register_no}号申请").click()
    expect(page.locator("h1")).to_have_text(f"{whole.register_no}号申请")


def test_a_name_is_looked_for_and_stands_in_no_address(
    browser: Browser, live_server: LiveServer, town: Town, whole: Case
) -> None:
    page = Desk(live_server.url, browser, town.clerk).open("")
    page.get_by_text("按经办人、来件方式、到期日").click()
    page.get_by_label("登记号、申请人全名、证件号或电话").fill("陈一心")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("[data-rows] tbody tr")).to_have_count(2)
    assert quote("陈一心") not in page.url
    assert "s=" in page.url
    expect(page.get_by_label("登记号、申请人全名、证件号或电话")).to_have_value("陈一心")
    page.get_by_role("link", name="到期日历").click()
    assert "s=" in page.url
