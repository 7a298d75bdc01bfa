"""The year 2024 of 昆阳镇 in a browser: citizens, clerk, section head, reviewer, leader; then its table 3."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import time_machine
from playwright.sync_api import Browser, Locator, Page, expect

from gongkai.web.applications.actions import RecordAssistance, RecordEvent
from gongkai.web.applications.models import Attachment, Case
from gongkai.web.common import audit
from tests.web.applications.asking import IDENTITY, PDF, request
from tests.web.applications.asking import submit as submit_by_action
from tests.web.applications.at_desks import Desk, apply, at, fill, send, submit, track
from tests.web.applications.test_kunyang_year import OUTCOMES, Office, workdays_after
from tests.web.applications.test_kunyang_year import on as on_day
from tests.web.browsing import audit as barriers
from tests.web.browsing import hold_still, in_scheme, new_page, overflow
from tests.web.reporting.people import Town

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
Key = tuple[str, str]
Chain = tuple[tuple[str, str], ...]
NOTICE: Chain = (("clerk", "拟稿"), ("head", "签发"))
EXTENSION: Chain = (("clerk", "拟稿"), ("head", "批准"))
REPLY: Chain = (("clerk", "拟稿"), ("head", "审核"), ("secrecy", "保密审查"), ("leader", "签发"))
#: What the browser plays; the rest of the year is played by actions.
IN_THE_BROWSER = ("third_party", "provided")


@pytest.fixture
def desks(town: Town, live_server: Any, browser: Browser) -> dict[str, Desk]:
    people = {name: getattr(town, name) for name, _ in REPLY}
    return {name: Desk(live_server.url, browser, person) for name, person in people.items()}


def signed(desks: dict[str, Desk], letter: str, chain: Chain) -> None:
    for name, step in chain:
        desks[name].sign(letter, step)


def sent(desks: dict[str, Desk], case: int, link: str, chain: Chain, **fields: str) -> None:
    """Drafted by the clerk, signed by everybody of the chain, handed over on the same day."""
    letter = desks["clerk"].draft(case, link, **fields)
    signed(desks, letter, chain)
    desks["clerk"].deliver(letter)


def fits(page: Page) -> None:
    """Nothing is dragged sideways."""
    assert overflow(page) <= 0, page.url


def whole(page: Page, *, public: bool = True) -> None:
    """What is shown fits a telephone and axe finds nothing, light and dark."""
    hold_still(page)
    size = page.viewport_size
    for scheme in ("dark", "light"):
        in_scheme(page, scheme)
        found = barriers(page, tags=() if public else ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"))
        assert not found, (page.url, scheme, found)
    page.set_viewport_size({"width": 320, "height": 800})
    fits(page)
    if size is not None:
        page.set_viewport_size(size)  # type: ignore[arg-type]


def refused_to_a_third_party(
    desks: dict[str, Desk], browser: Browser, travel: Callable[[date], None], folder: Path
) -> None:
    """The longest way: correction, third party, extension, a reply signed by four; the citizen rates it."""
    clerk, citizen = desks["clerk"], new_page(browser)
    travel(date(2024, 3, 4))
    identity = {"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": PDF}
    apply(citizen, clerk.url, "昆阳镇某地块补偿协议", identity=IDENTITY, files=[identity])
    whole(citizen)
    citizen.wait_for_function("document.querySelector('[name=altcha]').value !== ''", timeout=60_000)
    number, code = submit(citizen)
    whole(citizen)
    case = Case.objects.get(register_no=number)
    assert Attachment.objects.filter(case=case, purpose="identity").count() == 1
    track(citizen, clerk.url, number, code)
    expect(citizen.locator(".big")).to_contain_text("等待受理机关与您确认收到")
    clerk.act(case.pk, "与申请人确认收到", "确认收到")
    citizen.reload()
    expect(citizen.locator(".big")).to_contain_text("还有20个工作日，最晚2024年4月1日答复")

    corrected(desks, citizen, (number, code), case, travel)
    consulted_and_extended(desks, citizen, (number, code), case, travel)
    replied(desks, citizen, (number, code), case, travel)
    papers(citizen, folder, "平阳县昆阳镇人民政府")
    citizen.get_by_label("不满意", exact=True).check()
    citizen.get_by_role("button", name="提交评价").click()
    expect(citizen.get_by_role("button", name="提交评价")).to_have_count(0)
    whole(citizen)


def corrected(
    desks: dict[str, Desk], citizen: Page, key: Key, case: Case, travel: Callable[[date], None]
) -> None:
    """Asked for a correction, the applicant hands it in on the tracking page; the count starts anew."""
    clerk = desks["clerk"]
    travel(date(2024, 3, 6))
    sent(desks, case.pk, "拟补正告知书", NOTICE, 需要补正的事项="请写明地块的位置")
    track(citizen, clerk.url, *key)
    expect(citizen.locator(".big")).to_contain_text("等您补正，最晚2024年3月27日")
    whole(citizen)
    travel(date(2024, 3, 11))
    track(citizen, clerk.url, *key)
    citizen.get_by_label("补正内容").fill("昆阳镇人民路北侧2023年第3号地块")
    citizen.get_by_role("button", name="提交补正").click()
    expect(citizen.locator(".big")).to_contain_text("还有20个工作日，最晚2024年4月9日答复")


def consulted_and_extended(
    desks: dict[str, Desk], citizen: Page, key: Key, case: Case, travel: Callable[[date], None]
) -> None:
    """A third party is asked and objects; the reply is put off with the head's approval."""
    clerk = desks["clerk"]
    travel(date(2024, 3, 13))
    clerk.act(case.pk, "征求意见", name="某地产公司")
    letter = clerk.draft(case.pk, "拟征求意见书", 征求意见的信息="补偿协议", 涉及的权益="商业秘密")
    signed(desks, letter, NOTICE)
    clerk.deliver(letter)
    track(citizen, clerk.url, *key)
    expect(citizen.locator(".big")).to_contain_text("正在征求第三方")
    assert "某地产公司" not in citizen.locator("main").inner_text()
    travel(date(2024, 3, 20))
    clerk.act(case.pk, "登记意见", answer="objects", text="涉及商业秘密")
    sent(desks, case.pk, "拟延期答复告知书", EXTENSION, 延期的理由="案卷较多")
    travel(date(2024, 4, 15))
    track(citizen, clerk.url, *key)
    case.refresh_from_db()
    assert case.due == workdays_after(date(2024, 3, 11), 20 + 5 + 20)
    expect(citizen.locator(".big")).to_contain_text(
        f"最晚{case.due.year}年{case.due.month}月{case.due.day}日答复"
    )
    the_line_of_days(citizen)


def replied(
    desks: dict[str, Desk], citizen: Page, key: Key, case: Case, travel: Callable[[date], None]
) -> None:
    """Signed by four people in their order, handed over; the applicant reads what can be done against it."""
    clerk = desks["clerk"]
    travel(date(2024, 5, 6))
    reply = clerk.draft(
        case.pk,
        "拟答复书",
        outcome="third_party",
        查明的事实="本机关检索了档案室。",
        理由="第三方不同意公开。",
    )
    refused = desks["head"].open(reply)
    expect(refused.locator("main")).not_to_contain_text("签批：审核")  # the drafter signs first
    signed(desks, reply, REPLY)
    clerk.deliver(reply)
    whole(clerk.open(f"{case.pk}/"), public=False)
    travel(date(2024, 5, 7))
    track(citizen, clerk.url, *key)
    expect(citizen.locator(".big")).to_contain_text("已于2024年5月6日答复")
    expect(citizen.locator("main")).to_contain_text("申请行政复议：最晚2024年7月5日")


def the_line_of_days(citizen: Page) -> None:
    """Every run of days is reached by the tab key and says why it is counted or not."""
    runs = citizen.locator(".day-line[aria-label] li")
    said = runs.all_inner_texts()
    assert "3月14日至15日：不计，征求第三方（1）意见，所需时间不计" in said
    assert any("3月21日至22日：计入，第" in text for text in said)
    assert any("清明节放假" in text for text in said)
    paused = runs.filter(has_text="3月14日至15日")
    expect(paused.locator(".tip")).to_have_css("opacity", "0")
    runs.nth(said.index("3月14日至15日：不计，征求第三方（1）意见，所需时间不计") - 1).focus()
    citizen.keyboard.press("Tab")
    expect(paused.locator(".tip")).to_have_css("opacity", "1")


def papers(citizen: Page, folder: Path, agency: str) -> None:
    """The reply is downloaded as PDF and as DOCX; each bears the agency's name."""
    row = citizen.locator("#papers + ul li", has_text="答复书")
    for label, suffix in (("下载 PDF", ".pdf"), ("下载 DOCX", ".docx")):
        with citizen.expect_download() as waiting:
            row.get_by_role("link", name=label).click()
        path = folder / f"reply{suffix}"
        waiting.value.save_as(path)
        assert waiting.value.suggested_filename.endswith(suffix)
        if suffix == ".docx":
            text = "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
        else:
            with pypdfium2.PdfDocument(path) as document:
                text = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert agency in text


def provided_at_the_counter(desks: dict[str, Desk], travel: Callable[[date], None]) -> None:
    """Written down by the clerk, answered at the last day but one."""
    travel(date(2024, 6, 3))
    page = desks["clerk"].open("new/")
    whole(page, public=False)
    form = page.locator("form.ap-form")
    fill(form, {"姓名或单位名称": "陈一心", "identity_number": IDENTITY, "联系电话": "0577-63700000",
                "所需政府信息的名称": "昆阳镇防汛预案"})  # fmt: skip
    send(page, "登记")
    case = Case.objects.latest("pk")
    travel(date(2024, 6, 28))
    sent(
        desks,
        case.pk,
        "拟答复书",
        REPLY,
        outcome="provided",
        查明的事实="已查得预案。",
        提供的方式="随本答复书提供。",
    )
    case.refresh_from_db()
    assert (case.outcome, case.late) == ("granted", False)


def the_rest(town: Town) -> None:
    """Eighteen more, by actions; and nine of the ten requests for assistance."""
    office, day = Office(town), date(2024, 1, 8)
    planned = [code for code, (_, count) in OUTCOMES.items() for _ in range(count)]
    for code in IN_THE_BROWSER:
        planned.remove(code)
    for number, outcome in enumerate(planned):
        day = workdays_after(day, 8)
        with on_day(day):
            case = submit_by_action(town.agency, request(subject=f"昆阳镇第{number + 1}项政府信息")).case
            RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=day).run()
        office.reply(case, outcome, workdays_after(day, 12))
    with on_day(date(2024, 5, 6)):
        for number in range(9):
            RecordAssistance(
                town.as_clerk, agency=town.agency, from_agency="平阳县自然资源和规划局",
                subject=f"协助查询{number}", received_on=date(2024, 5, 6),
            ).run()  # fmt: skip


def one_stays_open(desks: dict[str, Desk], browser: Browser, travel: Callable[[date], None]) -> None:
    """The twenty-first comes in December from a telephone in large print, without scripts."""
    travel(date(2024, 12, 20))
    url = desks["clerk"].url
    citizen = new_page(browser, 320, java_script_enabled=False)
    citizen.goto(f"{url}/apply/")
    citizen.get_by_role("link", name="大字版").click()
    citizen.get_by_label("机关名称").last.fill("昆阳")
    citizen.locator("main").get_by_role("button", name="查找").click()
    fits(citizen)
    citizen.locator("main").get_by_role("link", name="平阳县昆阳镇人民政府").click()
    citizen.get_by_role("button", name="下一步：核对").click()
    expect(citizen.get_by_role("alert")).to_contain_text("需要改正")
    fits(citizen)
    apply(citizen, url, "昆阳镇2025年预算草案", identity=IDENTITY)
    fits(citizen)
    number, code = submit(citizen)
    fits(citizen)
    case = Case.objects.get(register_no=number)
    desks["clerk"].act(case.pk, "与申请人确认收到", "确认收到")
    track(citizen, url, number, code)
    fits(citizen)
    citizen.locator("summary", has_text="逐日列出").click()
    expect(citizen.locator("table.days")).to_contain_text("收到申请当日，自次日起计算")
    fits(citizen)
    reason = citizen.locator("table.days td:last-child").first.bounding_box()
    assert reason is not None
    assert reason["width"] > 200, "a reason is read in lines, not sign below sign"


TABLE3 = ".ap-table3:not(.ap-pace)"


def the_figures(desks: dict[str, Desk]) -> None:
    """21, 20, 20 and 1 in 自然人 and 总计, zero elsewhere; each figure opens the list of its cases."""
    page = desks["leader"].open("figures/?year=2024")
    expected = {"一、本年新收": 21, "二、上年结转": 0, "（七）总计": 20, "四、结转下年度": 1}
    outcomes = dict(OUTCOMES.values())
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    assert page.locator(f"{TABLE3} thead th").all_inner_texts()[1:] == names
    rows = page.locator(f"{TABLE3} tbody tr")
    shown = {rows.nth(n).locator("th").inner_text(): rows.nth(n).locator("td").all_inner_texts()
             for n in range(rows.count())}  # fmt: skip
    for label, cells in shown.items():
        assert cells[0] == cells[6], label
        assert cells[1:6] == ["0"] * 5, label
    for label, count in expected.items():
        assert [cells[6] for name, cells in shown.items() if label in name] == [str(count)], label
    assert sorted(cells[6] for cells in shown.values()) == sorted(
        map(str, [*expected.values(), *outcomes.values(), *[0] * (len(shown) - 4 - len(outcomes))])
    )
    whole(page, public=False)
    links = page.locator(f"{TABLE3} a").evaluate_all("all => all.map(one => [one.href, one.innerText])")
    assert len(links) == 2 * (3 + len(outcomes))
    for address, count in links:
        page.goto(address)
        expect(page.locator("main h2").first).to_contain_text(f"：{count}件")
        assert page.locator("main tbody tr").count() == int(count)


def test_the_year_in_the_browser(
    town: Town, desks: dict[str, Desk], browser: Browser, tmp_path: Path
) -> None:
    the_rest(town)
    with time_machine.travel(at(date(2024, 1, 2))) as traveller:

        def travel(day: date) -> None:
            traveller.move_to(at(day))

        refused_to_a_third_party(desks, browser, travel, tmp_path)
        provided_at_the_counter(desks, travel)
        travel(date(2024, 7, 1))
        page = desks["clerk"].open("assistance/")
        fill(page.locator("form.ap-form"), {"来函机关": "平阳县公安局", "协助事项": "协助查询户籍档案"})
        send(page, "登记")
        one_stays_open(desks, browser, travel)
        travel(date(2025, 1, 6))
        the_figures(desks)
    assert audit.verify() == []


def test_a_citizen_applies_by_keyboard_alone(town: Town, live_server: Any, browser: Browser) -> None:
    page = new_page(browser)
    page.goto(f"{live_server.url}/apply/to/kunyang/")
    for label, text in (
        ("姓名或单位名称", "陈一心"), ("证件号码", IDENTITY), ("联系电话", "0577-63700000"),
        ("所需政府信息的名称", "昆阳镇防汛预案"),
    ):  # fmt: skip
        tab_to(page, page.get_by_label(label, exact=True))
        page.keyboard.type(text)
    tab_to(page, page.get_by_role("button", name="下一步：核对"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("核对申请")
    tab_to(page, page.get_by_role("button", name="提交申请"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("申请回执")
    assert Case.objects.get().register_no in page.locator("main").inner_text()


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with the tab key until it is focused; the focus is seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            assert wanted.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
            return
    pytest.fail("the tab key does not lead there")
