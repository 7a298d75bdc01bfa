"""Whoever joins a group late: in a browser, the answer that is there is looked at and relied on, with why."""

from datetime import date
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, expect

from gongkai.web.applications.models import Case
from tests.web.applications.alike.several import asked, group
from tests.web.applications.alike.test_asked_once import answer, sent
from tests.web.applications.alike.test_group_browser import press
from tests.web.applications.at_desks import Desk, at, fill
from tests.web.applications.playing import on
from tests.web.applications.test_browser import whole
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
DAY, ANSWERED, CAME = date(2024, 3, 6), date(2024, 3, 13), date(2024, 3, 14)


def test_an_answer_is_relied_on_from_the_page_of_the_late_case(
    town: Town, live_server: Any, browser: Browser
) -> None:
    with on(DAY):
        cases = [asked(town, number, DAY) for number in range(2)]
        group(town, *cases)
        first, _ = sent(town, cases)
    with on(ANSWERED):
        answer(town, first, "agrees")
    with on(CAME):
        late = asked(town, 2, CAME)
        group(town, cases[0], late)
    clerk = Desk(live_server.url, browser, town.clerk)
    with time_machine.travel(at(CAME)):
        page = clerk.open(f"{late.pk}/")
        whole(page, public=False)
        with page.expect_navigation():
            page.get_by_role("link", name="沿用已有的意见").click()
        whole(page, public=False)
        expect(page.locator("#main")).to_contain_text("2024年3月6日送达")
        expect(page.get_by_label(f"选择{late.register_no}")).not_to_be_checked()
        page.get_by_label(f"选择{late.register_no}").check()
        fill(page.locator("#main .ap-form"), {"沿用的理由": "信息内容没有变化"})
        press(page, "沿用已有的意见")
        expect(page.locator(".messages")).to_contain_text("已办理1件")
        whole(page, public=False)
        page = clerk.open(f"{late.pk}/")
        expect(page.locator("#main")).to_contain_text("沿用2024-0001号征求的意见（2024年3月6日送达）")
        whole(page, public=False)
    assert Case.objects.get(pk=late.pk).consultations.get().answer == "agrees"
