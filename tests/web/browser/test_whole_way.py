"""From the clerk's upload of the broken table to the citizen who opens every file: nobody turns back."""

import csv
import io
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pypdfium2
import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from gongkai.web.common.audit import verify
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State
from tests.web.browser.conftest import SAMPLES, Site
from tests.web.reporting.people import work
from tests.web.sessions import totp_code

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
ROOT = SAMPLES.parent
#: 昆阳镇's table whose blank cells have moved to the ends of the rows: 21 received, the sums blank.
BROKEN = SAMPLES / "txt" / "kunyang-pipes-blanks-at-end.txt"
TOTAL, CARRIED_OUT = "applications.total.total", "applications.carried_out.total"
REASON = "报告正文写明“已办结20件（剩余1件答复中）”，据正文填写"
REPORT = "/agencies/kunyang/reports/2024/"


@dataclass
class Worker:
    """Somebody at work in their own window, with an authenticator."""

    site: Site
    username: str
    page: Page
    secret: str = ""

    def first_sign_in(self) -> None:
        """The first time, an authenticator is set up before anything else can be seen."""
        self.page.goto(f"{self.site.url}/admin/annual-reports/")
        self._name_and_password()
        expect(self.page.get_by_text("本系统要求两步验证")).to_be_visible()
        self.page.get_by_label("密码").fill(settings.DEMO_PASSWORD)
        self.page.locator("main button").last.click()
        self.secret = self.page.locator("main input[type=text][disabled], main input[readonly]").input_value()
        self.page.locator("main [name=code]").fill(totp_code(self.secret))
        with self.page.expect_navigation():
            self.page.locator("main button").last.click()
        assert "/2fa/" in self.page.url

    def sign_in(self) -> None:
        """Name, password, code; and then the page that was asked for."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.site.url}/admin/annual-reports/")
        self._name_and_password()
        self.page.locator("[name=code]").fill("000000")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_contain_text("代码")
        assert "/admin/" not in self.page.url.partition("?")[0]
        self.page.locator("[name=code]").fill(totp_code(self.secret, ahead=1))
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/admin/annual-reports/")

    def _name_and_password(self) -> None:
        self.page.get_by_label("用户名").fill(self.username)
        self.page.get_by_label("密码").fill(settings.DEMO_PASSWORD)
        self.page.get_by_role("button", name="登录").click()

    def dialog(self, link: Any, text: str, value: str = "") -> None:
        """Open the small form behind a link, fill it in, send it; the page comes anew."""
        link.click()
        dialog = self.page.locator("#rp-dialog")
        if value:
            dialog.locator("[name=value]").fill(value)
        if text:
            dialog.locator("textarea").fill(text)
        with self.page.expect_navigation():
            dialog.locator("button[type=submit]").click()
        self.page.locator("#rp-keys-button").wait_for()

    def finding(self, rule: str) -> Any:
        """A finding on the review page, by the code of its rule."""
        return self.page.locator(".findings li[data-n]").filter(has=self.page.get_by_text(rule, exact=True))

    def figure(self, path: str) -> Any:
        """A figure's cell on the review page."""
        return self.page.locator(f".reading [id='{path}']")


def at_work(site: Site, username: str) -> Worker:
    worker = Worker(site, username, site.page())
    worker.first_sign_in()
    worker.sign_in()
    return worker


def test_the_whole_way(site: Site, settings: Settings, tmp_path: Path) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    clerk = at_work(site, "kunyang-clerk")
    upload(clerk)
    look_at_findings(clerk)
    fill_in(clerk)
    deal_with_the_rest(clerk)
    sign(clerk)
    leader = at_work(site, "kunyang-leader")
    publish(leader)
    record = ReportRecord.objects.get()
    assert record.published_version is not None
    signers = [row.person.username for row in record.published_version.signatures.order_by("step")]
    assert signers == ["kunyang-clerk", "kunyang-leader"]
    assert verify() == []
    citizen = site.page()
    read(citizen, site.url)
    open_every_file(citizen, tmp_path)


def upload(clerk: Worker) -> None:
    """The file is sent, read by the worker, and its page opened."""
    page = clerk.page
    page.get_by_role("link", name="上传报告").first.click()
    page.locator("[name=year]").select_option("2024")
    page.locator("#rp-files").set_input_files(BROKEN)
    page.locator("#rp-upload button[type=submit]").click()
    page.get_by_text("等待读取").wait_for()
    work()
    page.get_by_text("待核查").wait_for()
    page.locator(".rp-uploads a").click()
    page.locator("#rp-keys-button").wait_for()


def look_at_findings(clerk: Worker) -> None:
    """Each finding leads to its place in the source and in the reading, and the place leads back."""
    page = clerk.page
    for rule in ("T3-COLSUM", "TEXT-LITIGATION", "FORM-BLANK"):
        assert clerk.finding(rule).count() == 1, rule
    expect(clerk.figure("applications.new.total")).to_contain_text("21")
    links = clerk.finding("T3-COLSUM").locator(".links a")
    links.filter(has_text="看原文").click()
    place = page.locator(":target")
    assert place.evaluate("cell => cell.closest('.source') !== null")
    row = place.locator("xpath=ancestor::tr")
    expect(row).to_contain_text("总计")
    expect(place).to_be_in_viewport()
    links.filter(has_text="看读数").click()
    assert page.evaluate("location.hash") == f"#{TOTAL}"
    expect(clerk.figure(TOTAL)).to_be_in_viewport()
    litigation = clerk.finding("TEXT-LITIGATION")
    litigation.locator(".links a").filter(has_text="看原文").click()
    expect(page.locator(":target")).to_contain_text("122件")
    expect(page.locator(":target")).to_be_in_viewport()
    clerk.figure("applications.new.total").locator("a:not(.edit):not(.flag)").click()
    source = page.locator(":target")
    assert source.inner_text().strip() == "21"
    source.locator("a").click()
    assert page.evaluate("location.hash") == "#applications.new.total"


def fill_in(clerk: Worker) -> None:
    """20 and 1, each with a reason; without one nothing happens."""
    page = clerk.page
    clerk.finding("T3-COLSUM").get_by_role("link", name="更正为20").click()
    dialog = page.locator("#rp-dialog")
    dialog.locator("button[type=submit]").click()
    assert dialog.locator("textarea").evaluate("field => field.validity.valueMissing")
    page.keyboard.press("Escape")
    clerk.dialog(clerk.finding("T3-COLSUM").get_by_role("link", name="更正为20"), REASON)
    clerk.figure(CARRIED_OUT).hover()
    clerk.dialog(clerk.figure(CARRIED_OUT).locator("a.edit"), REASON, value="1")
    assert clerk.finding("T3-COLSUM").count() == 0
    for path, value in ((TOTAL, "20"), (CARRIED_OUT, "1")):
        expect(clerk.figure(path)).to_contain_text(value)
        clerk.figure(path).locator("summary").click()
        why = clerk.figure(path).locator(".why")
        for said in ("原文：空白", f"更正为：{value}", REASON, "昆阳镇经办人"):
            expect(why).to_contain_text(said)
        page.keyboard.press("Escape")
        expect(why).to_be_hidden()


def deal_with_the_rest(clerk: Worker) -> None:
    """What is left stands as it is, with a reason."""
    rest = clerk.page.locator(".findings li[data-n] a[data-key=a]")
    for number in range(rest.count(), 0, -1):
        assert rest.count() == number
        clerk.dialog(rest.first, "原报告如此，已向原单位核实")
    assert rest.count() == 0


def sign(clerk: Worker) -> None:
    """The clerk signs the first step, and cannot sign the second."""
    clerk.dialog(clerk.page.locator(".rp-buttons > a").first, "")
    expect(clerk.page.locator(".rp-top")).to_contain_text("待签发")
    offered = clerk.page.locator(".rp-buttons a").all_inner_texts()
    assert "签发并发布" not in offered
    assert "签批" not in offered


def publish(leader: Worker) -> None:
    """The leader finds it on the board and publishes it."""
    page = leader.page
    page.get_by_role("link", name="昆阳镇2024年度，待签发").click()
    page.locator("#rp-keys-button").wait_for()
    leader.dialog(page.get_by_role("link", name="签发并发布"), "同意")
    expect(page.locator(".rp-top")).to_contain_text("已发布")
    assert ReportRecord.objects.get().state == State.PUBLISHED


def read(citizen: Page, url: str) -> None:
    """From the front page to the report; the corrected figures say when, why and by which office."""
    citizen.goto(url)
    citizen.get_by_role("link", name="平阳县昆阳镇人民政府2024年政府信息公开工作年度报告").click()
    for path, value in ((TOTAL, "20"), (CARRIED_OUT, "1")):
        cell = citizen.locator(f"[id='{path}']")
        assert re.sub(r"\s", "", cell.inner_text()) == f"{value}更正"
        cell.get_by_role("link", name="更正").click()
        note = citizen.locator(":target")
        expect(note).to_be_in_viewport()
        for said in ("原为“空白”", f"更正为{value}", REASON, "更正单位：平阳县昆阳镇人民政府"):
            expect(note).to_contain_text(said)
        assert re.search(r"20\d\d年\d{1,2}月\d{1,2}日更正为", note.inner_text())
    shown = citizen.locator("body").inner_text()
    for staff in ("经办人（演示）", "kunyang-clerk", "T3-COLSUM", "核查问题", "已认可", "原报告如此"):
        assert staff not in shown


def open_every_file(citizen: Page, folder: Path) -> None:
    """Each download is what its name says and holds the figures."""
    links = citizen.locator(".files a")
    names: dict[str, Path] = {}
    for number in range(links.count()):
        with citizen.expect_download() as waiting:
            links.nth(number).click()
        got = waiting.value
        assert got.suggested_filename.startswith("平阳县昆阳镇人民政府2024年政府信息公开工作年度报告")
        label = links.nth(number).inner_text()
        names[label] = folder / f"{number}{Path(got.suggested_filename).suffix}"
        got.save_as(names[label])
    assert set(names) == {"Word 文档", "PDF 文件", "Excel 表格", "JSON 数据", "CSV 数据", "原件（TXT）"}
    for label, opened in (("Word 文档", in_docx), ("PDF 文件", in_pdf), ("Excel 表格", in_xlsx),
                          ("JSON 数据", in_json), ("CSV 数据", in_csv)):  # fmt: skip
        opened(names[label])
    assert names["原件（TXT）"].read_bytes() == BROKEN.read_bytes()


def _closing(rows: list[list[str]]) -> None:
    """Of table 3, the rows 总计 and 结转下年度 end with 20 and 1, the first row with 21."""
    ends = {}
    for cells in rows:
        label = "".join(text for text in cells if text and not text.isdecimal())
        for wanted in ("一、本年新收", "（七）总计", "结转下年度"):
            if wanted in label:
                ends[wanted] = next((text for text in reversed(cells) if text.strip()), "")
    assert ends == {"一、本年新收": "21", "（七）总计": "20", "结转下年度": "1"}


def in_docx(path: Path) -> None:
    document = docx.Document(str(path))
    rows = [[cell.text.strip() for cell in row.cells] for table in document.tables for row in table.rows]
    _closing(rows)
    assert REASON in "\n".join(paragraph.text for paragraph in document.paragraphs)


def in_pdf(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    squeezed = re.sub(r"\s", "", text)
    assert REASON in squeezed
    assert "更正为20" in squeezed
    laid_out = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    for start, value in (("（七）总计", "20"), ("一、本年新收", "21")):
        lines = [line for line in laid_out.splitlines() if start in line]
        assert any(line.split()[-1] == value for line in lines), lines


def in_xlsx(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]
    _closing(rows)


def in_json(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    schema = json.loads((ROOT / "docs/schema/gongkai.report-1.json").read_text("utf-8"))
    jsonschema.validate(data, schema)
    assert data["applications"]["total"]["total"] == 20
    assert data["applications"]["carried_out"]["total"] == 1
    assert data["applications"]["new"]["total"] == 21
    corrections = {item["path"]: item for item in data["corrections"]}
    assert set(corrections) == {TOTAL, CARRIED_OUT}
    assert all(item["read"] is None and item["reason"] == REASON for item in corrections.values())


def in_csv(path: Path) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    wanted = {TOTAL: "20", CARRIED_OUT: "1", "applications.new.total": "21"}
    values = {cell: set(row) & {"20", "1", "21"} for row in rows for cell in row if cell in wanted}
    assert values == {path: {value} for path, value in wanted.items()}
