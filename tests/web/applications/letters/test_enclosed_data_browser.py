"""In a browser: a number that is only covered, and a scan, are settled one by one before anybody signs."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gongkai.web.applications.models import Clearance, Letter
from tests.report.read.exhaustive_cases import covered_pdf
from tests.report.read.pdf_bare import bare_pdf, show
from tests.web.applications.asking import register, today
from tests.web.applications.at_desks import Desk, send
from tests.web.applications.letters.test_enclosed_data import MOBILE, PICTURE
from tests.web.applications.test_browser import whole
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def add(desk: Desk, case: int, name: str, content: bytes) -> None:
    page = desk.open(f"{case}/do/file/")
    page.get_by_label("用途").select_option("disclosed")
    page.get_by_label("文件").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    send(page, "添加文件")


def test_a_covered_number_and_a_scan_are_settled_one_by_one(
    town: Town, live_server: Any, browser: Browser
) -> None:
    case = register(town.as_clerk, town.agency, today())
    desk = Desk(live_server.url, browser, town.clerk)
    add(desk, case.pk, "名单.pdf", covered_pdf(MOBILE))
    add(desk, case.pk, "盖章件.pdf", bare_pdf(show("a", 50, 60) + PICTURE))
    expect(desk.page.get_by_text("疑似个人信息1处")).to_be_visible()
    expect(desk.page.get_by_text("有不能检查的内容，须人工查看")).to_be_visible()
    whole(desk.page, public=False)
    letter = desk.draft(
        case.pk, "拟答复书", "provided", 查明的事实="查得名单。", 提供的方式或获取的途径="网上提供。"
    )
    page = desk.page
    told = page.locator(".ap-refused")
    expect(told).to_contain_text("文件“名单.pdf”第1页的手机号码（138****8000）")
    expect(told).to_contain_text("文件“盖章件.pdf”有不能检查的内容（第1页：有图片1幅）")
    expect(page.get_by_role("link", name="签批：")).to_have_count(0)
    whole(page, public=False)
    for ground, remains in (("行政机关的办公联系方式", 1), ("已由本人逐页查看", 0)):
        page.get_by_role("link", name="依法可以写入、提供的，逐处说明理由").click()
        page.get_by_label(ground).check()
        whole(page, public=False)
        send(page, "说明为什么可以写入或提供")
        desk.open(letter)
        expect(page.locator(".ap-refused li")).to_have_count(remains)
    desk.sign(letter, "拟稿")
    head = Desk(live_server.url, browser, town.head)
    page = head.open(letter)
    page.get_by_role("link", name="签批：").click()
    expect(page.locator(".ap-notice")).to_contain_text("盖章件.pdf")
    expect(page.locator(".ap-notice")).to_contain_text("已由本人逐页查看")
    whole(page, public=False)
    assert Letter.objects.get().state == "signing"
    assert Clearance.objects.count() == 2
