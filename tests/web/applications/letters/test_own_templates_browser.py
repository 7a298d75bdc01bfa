"""A template that must not be used any more, as the head of the section and the clerk see it; replaced."""

from io import BytesIO
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from gongkai.web.applications.actions import DraftLetter
from gongkai.web.applications.letters import making, own_templates
from gongkai.web.applications.letters.kinds import kinds
from tests.web.applications.asking import register, today
from tests.web.applications.at_desks import Desk
from tests.web.applications.letters.templating import TYPED, kept_before_the_rule, without
from tests.web.browsing import WCAG, audit, hold_still, overflow
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def whole(page: Page) -> None:
    hold_still(page)
    assert audit(page, tags=WCAG) == [], page.url
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0, (page.url, width)


def test_it_is_told_and_replaced(town: Town, live_server: Any, browser: Browser) -> None:
    own_templates._verdict.cache_clear()
    kept_before_the_rule(town.agency, without("reply", "救济"))
    case = register(town.as_clerk, town.agency, today())
    letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=TYPED).run()
    page = Desk(live_server.url, browser, town.clerk).open(f"{case.pk}/letters/{letter.pk}/")
    expect(page.get_by_text("没有用本机关的模板“旧样式.docx”")).to_be_visible()
    whole(page)
    head = Desk(live_server.url, browser, town.head)
    page = head.open("../")
    page.get_by_role("link", name="政府信息公开申请答复书").click()
    expect(page.get_by_text("缺少必备的字段：救济")).to_be_visible()
    whole(page)
    start: Any = docx.Document(BytesIO(making.starting_template(kinds()["reply"])))
    changed = BytesIO()
    start.save(changed)
    file = {"name": "新样式.docx", "mimeType": making.DOCX_TYPE, "buffer": changed.getvalue()}
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="政府信息公开申请答复书"))
    row.get_by_label("政府信息公开申请答复书的模板").set_input_files(file)  # type: ignore[arg-type]
    row.get_by_role("button", name="上传").click()
    expect(page.get_by_text("模板已启用。")).to_be_visible()
    expect(page.get_by_text("缺少必备的字段：救济")).to_have_count(0)
    page = head.open("../")
    expect(page.get_by_text("待更换的模板")).to_have_count(0)
