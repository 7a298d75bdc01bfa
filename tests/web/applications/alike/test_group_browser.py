"""Three people ask for the same: grouped, answered, signed and delivered together in a browser."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from gongkai.web.applications.models import Case, LetterState
from gongkai.web.common import audit
from tests.web.applications.alike.several import asked
from tests.web.applications.at_desks import Desk, at, fill, send
from tests.web.applications.test_browser import REPLY, whole
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
DAY = date(2024, 3, 6)


def press(page: Page, button: str) -> None:
    """Send the form of the page and wait for what is said."""
    with page.expect_navigation():
        page.locator("#main").get_by_role("button", name=button, exact=True).click()


def together(desk: Desk, case: Case, link: str, button: str, **fields: str) -> Page:
    """From the group's page by a link to a step, done for all that can be chosen."""
    page = desk.open(f"{case.pk}/group/")
    page.get_by_role("link", name=link).click()
    whole(page, public=False)
    fill(page.locator("#main .ap-form"), fields)
    press(page, button)
    return page


def one_leaves_and_comes_back(clerk: Desk, one: Case, two: Case) -> None:
    """Taken out with a reason, suggested again, grouped again."""
    page = clerk.open(f"{one.pk}/group/")
    page.locator("#main tr", has_text=two.register_no).get_by_role("link", name="移出").click()
    page.locator("form.ap-form").get_by_label("理由").fill("申请人另有要求")
    send(page, "移出同文组")
    assert page.url.endswith(reverse("applications:case", args=[two.pk]))
    expect(page.locator("#main")).to_contain_text("申请人另有要求")
    page = clerk.open(f"{one.pk}/group/")
    expect(page.locator("#main")).to_contain_text("本组2件")
    page.get_by_label("归组理由").fill("已与申请人核对，要求相同")
    press(page, "归为一组")
    expect(page.locator("#main")).to_contain_text("本组3件")


def test_a_group_is_answered_together(town: Town, live_server: Any, browser: Browser) -> None:
    desks = {name: Desk(live_server.url, browser, getattr(town, name)) for name, _ in REPLY}
    clerk = desks["clerk"]
    with time_machine.travel(at(DAY)):
        one, two, three = (asked(town, number, date(2024, 3, 4)) for number in range(3))
        again = asked(town, 0)
        page = clerk.open("")
        expect(page.get_by_role("link", name="同文4件")).to_have_count(4)
        page = clerk.open(f"{one.pk}/")
        expect(page.locator("#main")).to_contain_text("还有2件未办结的申请所需信息相同、申请人不同")
        expect(page.locator("#main")).to_contain_text("同一申请人还提出过相同的申请")
        page.get_by_role("link", name="归为一组").click()
        whole(page, public=False)
        expect(page.get_by_role("checkbox")).to_have_count(2)
        page.get_by_label("归组理由").fill("所需信息相同，申请人不同")
        press(page, "归为一组")
        expect(page.locator("#main")).to_contain_text("本组3件")
        whole(page, public=False)
        one_leaves_and_comes_back(clerk, one, two)

        clerk.draft(
            one.pk,
            "拟答复书",
            outcome="provided",
            查明的事实="检索了档案，查得方案一份。",
            提供的方式="随本答复书提供。",
        )
        page = together(clerk, one, "照此给其他件各拟一份", "照样拟文书")
        expect(page.locator(".messages")).to_contain_text("已办理2件")
        for name, step in REPLY:
            page = together(desks[name], one, "一起签批", "签批")
            expect(page.locator(".messages"), step).to_contain_text("已办理3件")
        expect(page.locator("#main")).to_contain_text("已签发3件")
        page = together(clerk, one, "一起登记送达", "登记送达", 送达方式="hand")
        expect(page.locator(".messages")).to_contain_text("已办理3件")

        assert [Case.objects.get(pk=case.pk).state for case in (one, two, three)] == ["answered"] * 3
        assert Case.objects.get(pk=again.pk).is_open
        papers = [case.letters.get() for case in (one, two, three)]
        assert {one.state for one in papers} == {LetterState.DELIVERED}
        assert len({one.document_no for one in papers}) == 3
        page = clerk.open(f"{three.pk}/")
        expect(page.locator("#main")).to_contain_text("归为一组")
        page = clerk.open(f"{again.pk}/")
        expect(page.locator("#main")).to_contain_text("可以告知不予重复处理")
    assert audit.verify() == []
