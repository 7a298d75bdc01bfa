"""A day at the counter in a browser: a letter is scanned and entered; somebody is answered at once."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from gongkai.web.agencies.models import Matter, Role, SigningChain
from gongkai.web.applications.models import Case
from tests.web.applications.asking import IDENTITY, today
from tests.web.applications.at_desks import Desk, fill, send
from tests.web.applications.receiving.scanning import picture
from tests.web.applications.test_browser import whole
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desks(town: Town, live_server: Any, browser: Browser) -> dict[str, Desk]:
    people = {name: getattr(town, name) for name in ("clerk", "head")}
    return {name: Desk(live_server.url, browser, person) for name, person in people.items()}


APPLICANT = {"姓名或单位名称": "陈一心", "identity_number": IDENTITY, "联系电话": "0577-63700000"}


def test_scanned_first_then_entered_beside_its_pages(desks: dict[str, Desk]) -> None:
    page = desks["clerk"].open("new/")
    page.get_by_role("link", name="先扫描").click()
    files = [{"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": picture()} for number in (1, 2)]
    page.locator("[name=scanned]").set_input_files(files)  # type: ignore[arg-type]
    page.get_by_label("来件方式").select_option("signed_mail")
    whole(page, public=False)
    send(page, "上传并登记")
    for number in (1, 2):
        shown = page.get_by_alt_text(f"扫描件第{number}页")
        shown.scroll_into_view_if_needed()
        assert shown.evaluate("one => one.decode().then(() => one.naturalHeight)") == 1754
    whole(page, public=False)
    form = page.locator("form.ap-form")
    assert form.locator("[name=came_by]").input_value() == "signed_mail"
    fill(form, {**APPLICANT, "所需政府信息的名称": "昆阳镇2023年财政决算"})
    send(page, "登记")
    case = Case.objects.get()
    expect(page.locator("body")).to_contain_text(case.code)
    assert [one.name for one in case.attachments.all()] == ["来件扫描件.pdf"]


def test_answered_at_the_counter(town: Town, desks: dict[str, Desk]) -> None:
    chain = SigningChain.objects.create(agency=town.agency, matter=Matter.ON_THE_SPOT)
    chain.steps.create(number=1, name="拟稿", role=Role.CLERK)
    chain.steps.create(number=2, name="签发", role=Role.SECTION_HEAD)
    page = desks["clerk"].open("new/")
    page.get_by_label("口头申请").check()
    fill(page.locator("form.ap-form"), {**APPLICANT, "所需政府信息的名称": "昆阳镇防汛预案"})
    send(page, "登记")
    case = Case.objects.get()
    whole(page, public=False)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="打印申请表").click()
    assert waiting.value.suggested_filename == f"政府信息公开申请表（{case.register_no}）.pdf"
    page.get_by_role("link", name="当场答复").click()
    whole(page, public=False)
    fill(page.locator("form.ap-form"), {"查明的事实": "已查阅档案室目录，查得该预案。"})
    send(page, "当场答复")
    expect(page.locator("body")).to_contain_text("您已签第一步")
    letter = page.url.partition("/admin/applications/")[2]
    desks["head"].sign(letter, "签发")
    page = desks["clerk"].open(letter)
    whole(page, public=False)
    with page.expect_navigation():
        page.get_by_role("button", name="当面交付，申请人已签收").click()
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.outcome) == ("answered", today(), "granted")
