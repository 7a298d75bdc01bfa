"""In a browser: when a posted letter was received, and an application that was entered with the wrong day."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gongkai.web.applications.actions import DeliverLetter
from gongkai.web.applications.models import Case
from tests.web.applications.asking import register
from tests.web.applications.at_desks import Desk, send
from tests.web.applications.playing import Office, on
from tests.web.applications.test_browser import whole
from tests.web.reporting.people import Town

TODAY = date(2024, 3, 11)
pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(town: Town, live_server: Any, browser: Browser) -> Desk:
    return Desk(live_server.url, browser, town.clerk)


@pytest.fixture(autouse=True)
def march() -> Iterator[None]:
    with on(TODAY):
        yield


def test_a_posted_letter_is_received_and_the_entry_put_right(town: Town, desk: Desk) -> None:
    case = register(town.as_clerk, town.agency, date(2024, 3, 5))
    letter = Office(town).letter(case, "correction", {"补正事项": "请写明年度", "期限": "10"})
    DeliverLetter(
        town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="post", on=TODAY, tracking="XA12345678933"
    ).run()
    page = desk.open(f"{case.pk}/")
    expect(page.locator("#main")).to_contain_text("还没有记录申请人收到的日期")
    page.get_by_role("navigation", name="下一步").get_by_role("link", name="登记补正告知书收到的日期").click()
    whole(page, public=False)
    send(page, "登记收到文书的日期")
    expect(page.locator("#main")).not_to_contain_text("还没有记录申请人收到的日期")
    expect(page.locator("#main")).to_contain_text("申请人收到补正告知书")
    page.get_by_role("link", name="更正收到日期、来件方式").click()
    page.get_by_label("收到日期").fill("2024-03-04")
    page.get_by_label("更正理由").fill("登记簿记载早一天")
    whole(page, public=False)
    send(page, "更正收到日期、来件方式")
    expect(page.locator("#main")).to_contain_text("已更正：登记簿记载早一天")
    whole(page, public=False)
    assert Case.objects.get(pk=case.pk).received_on == date(2024, 3, 4)
    page.get_by_role("link", name=re.compile("更正日期.*收到补正告知书")).click()
    page.get_by_label("实际的日期").fill("2024-03-11")
    page.get_by_label("更正理由").fill("看错")
    with page.expect_navigation():
        page.get_by_role("button", name="更正日期").click()
    expect(page.get_by_role("alert").first).to_contain_text("日期没有变")
    page.get_by_role("link", name="取消").click()
    page.get_by_role("link", name=re.compile("撤销.*收到补正告知书")).click()
    page.get_by_label("理由").fill("是另一件的回执")
    send(page, "撤销记录")
    expect(page.locator("#main")).to_contain_text("还没有记录申请人收到的日期")
