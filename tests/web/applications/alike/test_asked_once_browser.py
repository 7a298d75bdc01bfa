"""Three ask for the same, a third party is written to once: in a browser, from the party to the decision."""

from datetime import date
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, expect

from gongkai.web.applications.models import Case, Letter
from gongkai.web.common import audit
from tests.web.applications.alike.several import asked, group
from tests.web.applications.alike.test_group_browser import together
from tests.web.applications.at_desks import Desk, at, fill, send
from tests.web.applications.test_browser import whole
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
DAY, LATER = date(2024, 3, 6), date(2024, 3, 13)


def letter_for_all(clerk: Desk, head: Desk, one: Case) -> str:
    """The party named in one case, the others put to its letter, the letter signed; its address."""
    page = clerk.open(f"{one.pk}/group/")
    page.get_by_role("link", name="登记征求意见的对象").click()
    fill(page.locator("form.ap-form"), {"party": "third_party", "名称或姓名": "某地产公司"})
    send(page, "征求意见")
    page = together(clerk, one, "其他件一并征求", "一并征求意见")
    expect(page.locator(".messages")).to_contain_text("已办理2件")
    whole(page, public=False)
    page.get_by_role("link", name="拟征求意见书").click()
    fill(page.locator("form.ap-form"), {"征求意见的信息": "补偿协议", "涉及的权益": "商业秘密"})
    send(page, "保存草稿并预览")
    letter = page.url.partition("/admin/applications/")[2]
    clerk.sign(letter, "拟稿")
    head.sign(letter, "签发")
    return letter


def test_a_third_party_is_asked_once_for_three(town: Town, live_server: Any, browser: Browser) -> None:
    clerk, head = (Desk(live_server.url, browser, person) for person in (town.clerk, town.head))
    with time_machine.travel(at(DAY)):
        one, two, three = cases = [asked(town, number, date(2024, 3, 4)) for number in range(3)]
        group(town, one, two, three)
        letter = letter_for_all(clerk, head, one)
        page = clerk.open(letter)
        page.get_by_role("link", name="登记送达").click()
        expect(page.locator("#main")).to_contain_text("同时征求本组3件申请的意见")
        whole(page, public=False)
        send(page, "登记送达")
        expect(page.locator(".messages")).to_contain_text("其他2件一并记录")
        assert [Case.objects.get(pk=case.pk).state for case in cases] == ["paused"] * 3
        assert Letter.objects.count() == 1

        clerk.draft(one.pk, "拟征求意见告知书", 原因="涉及第三方的商业秘密")
        page = together(clerk, one, "照此给其他件各拟一份", "照样拟文书")
        expect(page.locator(".messages")).to_contain_text("已办理2件")
    with time_machine.travel(at(LATER)):
        page = clerk.open(f"{three.pk}/group/")
        expect(page.locator("#main")).to_contain_text("一份意见书征求3件")
        page.get_by_role("link", name="登记意见").click()
        fill(page.locator("form.ap-form"), {"对方意见": "agrees"})
        send(page, "登记意见")
        page = clerk.open(f"{two.pk}/")
        whole(page, public=False)
        expect(page.locator("#main")).to_contain_text("同意公开（2024年3月13日）")
        page.get_by_role("link", name="作出决定").click()
        fill(page.locator("form.ap-form"), {"本机关决定": "disclose", "理由": "第三方同意"})
        send(page, "作出决定")
        assert [Case.objects.get(pk=case.pk).state for case in cases] == ["running"] * 3
        assert {case.consultations.get().decision for case in cases} == {"disclose"}
    assert audit.verify() == []
