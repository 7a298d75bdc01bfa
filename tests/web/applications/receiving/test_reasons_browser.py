"""In a browser: a reason opens a paper as it came, and a reason lets a number stand in a letter."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gongkai.law.case import Channel
from gongkai.web.applications.actions import AddFile, DeliverLetter
from gongkai.web.applications.models import Letter, Opening, Purpose
from gongkai.web.applications.receiving import intake
from tests.web.applications.asking import PDF, register, request, today
from tests.web.applications.at_desks import Desk, send
from tests.web.applications.playing import Office
from tests.web.applications.test_browser import whole
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def test_a_scan_opens_after_its_reason(town: Town, live_server: Any, browser: Browser) -> None:
    case = register(town.as_clerk, town.agency, today(), request(channel=Channel.SIGNED_MAIL))
    upload = intake.Upload(Purpose.SCAN, "陈一心申请表.pdf", PDF)
    AddFile(town.as_clerk, case_id=case.pk, purpose=Purpose.SCAN, upload=upload).run()
    office = Office(town)
    letter = office.letter(case, "receipt", {})
    DeliverLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, way="fax", on=today()).run()
    desk = Desk(live_server.url, browser, town.clerk)
    page = desk.open(f"{case.pk}/")
    expect(page.get_by_text("没有送达凭证（传真发送成功的报告）")).to_be_visible()
    page.get_by_role("link", name="来件扫描件.pdf").click()
    expect(page.get_by_text("来件扫描件上可能有证件号码")).to_be_visible()
    reason = page.get_by_label("查看理由（留有记录）")
    expect(reason).to_be_visible()
    whole(page, public=False)
    reason.fill("核对申请表")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_role("link", name="陈一心申请表.pdf")).to_be_visible()
    assert Opening.objects.get().reason == "核对申请表"
    page.get_by_role("link", name="补传").click()
    expect(page.get_by_label("送达凭证：传真发送成功的报告")).to_be_visible()
    whole(page, public=False)
    page.locator("input[type=file]").set_input_files(
        {"name": "报告.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    send(page, "补传送达凭证")
    expect(page.get_by_text("没有送达凭证")).to_have_count(0)


def test_an_account_number_stands_in_a_fee_notice_with_its_reason(
    town: Town, live_server: Any, browser: Browser
) -> None:
    case = register(town.as_clerk, town.agency, today())
    desk = Desk(live_server.url, browser, town.clerk)
    typed = {"页数": "40", "缴纳方式": "汇入本机关账户6228480402564890018"}
    page = desk.open(f"{case.pk}/letters/new/fee/")
    page.get_by_label("计收方式").select_option("按量")
    for label, text in typed.items():
        page.get_by_label(label).fill(text)
    send(page, "保存草稿并预览")
    address = page.url.partition("/admin/applications/")[2]
    expect(page.locator(".ap-refused")).to_contain_text("“缴纳方式”中的银行卡号（***************0018）")
    whole(page, public=False)
    page.get_by_role("link", name="依法可以写入、提供的，逐处说明理由").click()
    page.get_by_label("收取信息处理费的单位账户").check()
    whole(page, public=False)
    send(page, "说明为什么可以写入或提供")
    page = desk.open(address)
    expect(page.get_by_text("收取信息处理费的单位账户（张三")).to_be_visible()
    whole(page, public=False)
    desk.sign(address, "拟稿")
    assert Letter.objects.get().state == "signing"
