"""The check page: every finding opens its place, with and without scripts."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import html as lxml_html

from gongkai.kernel import Finding, Level, Place
from gongkai.report import api, grid
from gongkai.report.model import Fact, Figure, Mark, Report, TableState, Uncertain
from gongkai.report.write import IndexEntry, PageImage, write_index_page
from gongkai.report.write.source_index import SourceIndex
from tests.report.strategies import random_report
from tests.report.write.sources import findings_on, with_source

PICTURE = "data:image/png;base64,iVBORw0KGgo="


def sample() -> tuple[Report, grid.Document]:
    report = random_report(Random(5), blanks=0.3, none_marks=0.05, largest=3000)
    figures = dict(report.figures)
    for path in figures:
        if path.startswith("applications.granted."):
            figures[path] = Figure(None, "12 9 21", Mark.UNCERTAIN)
    reading = replace(
        report.reading,
        source="文件/报告.docx",
        tables={"applications": TableState.UNCERTAIN, "proactive": TableState.READ},
        uncertain={"applications.granted": Uncertain((12, 9, 21), ("natural_person",))},
        notes=("第2页有一张图片，未读取",),
    )
    facts = (Fact("applications_received", 21, "共收到申请21件", section="overview"),)
    return with_source(replace(report, figures=figures, reading=reading, facts=facts))


def page_of(**options: Any) -> lxml_html.HtmlElement:
    report, document = sample()
    data = api.write(report, "check-html", findings=findings_on(report), source_document=document, **options)
    return lxml_html.fromstring(data.decode())


def test_every_link_leads_somewhere_on_the_page() -> None:
    page = page_of()
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href.removeprefix("#") for href in page.xpath("//a/@href")}
    assert targets <= set(ids)
    for number in range(1, 5):
        (item,) = page.xpath(f"//li[@id='f{number}']")
        assert item.xpath(".//a[text()='看读数']/@href")


def test_findings_come_gravest_first_with_word_and_shape() -> None:
    page = page_of()
    heads = [item.text_content() for item in page.xpath("//li//span[contains(@class,'level')]")]
    assert heads == ["■ 错误", "▲ 提醒", "▲ 提醒", "● 说明"]
    assert page.xpath("string(//p[@class='verdict'])") == "■ 错误 1▲ 提醒 2● 说明 1"
    assert "应为 21，现为 20" in page.xpath("string(//li[@id='f1'])")


def test_a_column_a_cell_and_words_light_up_in_reading_and_source() -> None:
    report, _ = sample()
    page = page_of()
    lit = page.xpath("//section[contains(@class,'reading')]//td[contains(@data-n,'1')]/@id")
    assert set(lit) >= {path for path in report.figures if path.endswith("applications.new.total")}
    column = {p for p in report.figures if p.startswith("applications.") and p.endswith(".total")}
    assert {i for i in lit if "1" in page.xpath(f"//td[@id='{i}']/@data-n")[0].split()} == column
    assert page.xpath("//section[contains(@class,'source')]//mark[@data-n='4']/text()") == ["主动公开"]
    css = page.xpath("string(//style)")
    assert ':root:has([data-n="4"]:target) [data-n~="4"]' in css


def test_a_pattern_with_cells_accuses_only_the_cells() -> None:
    report, document = sample()
    path = "applications.total.total"
    finding = Finding("T3-COLSUM", Level.ERROR, "applications.*.total", "合计空白", cells=(path,))
    data = api.write(report, "check-html", findings=[finding], source_document=document)
    page = lxml_html.fromstring(data.decode())
    marked = page.xpath("//section[contains(@class,'reading')]//*[@data-n]/@id")
    assert marked == [path]


def test_compared_figures_are_named_in_words() -> None:
    report, document = sample()
    paths = [f"applications.{row}.total" for row in ("new", "granted", "partial", "total")]
    finding = Finding("ROLLUP-SUM", Level.WARNING, "applications", "不一致", dict.fromkeys(paths, 7))
    data = api.write(report, "check-html", findings=[finding], source_document=document)
    (told,) = lxml_html.fromstring(data.decode()).xpath("//p[@class='compared']/text()")
    assert told.startswith(f"应为 {api.label(paths[0])} 7；")
    assert told.endswith("等 4 处")


def test_uncertain_blank_and_suggested_are_said_in_words() -> None:
    page = page_of()
    assert "部分数字所在的位置不能确定" in page.xpath("string(//header)")
    assert "原文依次为：12、9、21" in page.xpath("string(//section[contains(@class,'reading')])")
    cell = page.xpath("//td[@id='applications.granted.natural_person']")[0]
    assert "未定" in cell.text_content()
    assert page.xpath("//span[@class='suggested']/text()") == ["建议 1", "建议 1"]
    assert "共收到申请21件" in page.xpath("string(//table[@class='stated'])")


def test_a_page_without_source_or_findings_says_so() -> None:
    report = random_report(Random(6))
    page = lxml_html.fromstring(api.write(report, "check-html").decode())
    assert "没有发现问题" in page.xpath("string(//header)")
    assert not page.xpath("//section[contains(@class,'source')]")


def test_page_pictures_carry_a_box_for_each_place() -> None:
    report = random_report(Random(7))
    cell = grid.Cell("20", 0, 0, place=Place(page=1, table=1, row=1, cell=1, box=(50, 100, 100, 120)))
    document = grid.Document("pdf", (grid.Table((cell,), 1, 1, place=Place(page=1, table=1)),))
    found = Place(page=1, box=(55, 101, 70, 119))
    figures = {**report.figures, "applications.new.total": Figure(20, "20", place=found)}
    data = api.write(
        replace(report, figures=figures),
        "check-html",
        findings=[Finding("T3-ROWSUM", Level.ERROR, "applications.new.total", "不等", 21, 20)],
        source_document=document,
        page_images=[PageImage(PICTURE, 500, 1000)],
    )
    page = lxml_html.fromstring(data.decode())
    assert page.xpath("//img/@src") == [PICTURE]
    (box,) = page.xpath("//a[contains(@class,'box')]")
    rule = f"#{box.get('id')}{{left:10.00%;top:10.00%;width:10.00%;height:2.00%}}"
    assert rule in page.xpath("string(//style)")
    assert box.get("href") == "#applications.new.total"
    assert page.xpath("//li//a[starts-with(text(),'看原文')]/@href") == ["#s0-0"]


def test_places_in_plain_text_are_found_by_offset() -> None:
    document = grid.Document(
        "text",
        (
            grid.Paragraph("一、总体情况", Place(start=0, end=6)),
            grid.Paragraph("共收到申请21件。", Place(start=7, end=16)),
        ),
    )
    index = SourceIndex(document)
    assert index.find(Place(start=12, end=14)) == ("s1", 5, 7)
    assert index.find(Place(start=90, end=91)) is None
    assert index.find(Place(records=("a",))) is None
    assert index.find(None) is None


def test_the_list_of_files_puts_the_faulty_first_and_the_unreadable_last() -> None:
    report = random_report(Random(8))
    error = Finding("T4-SUM", Level.ERROR, "x", "y")
    data = write_index_page(
        [
            IndexEntry("坏.pdf", reason="文件已加密"),
            IndexEntry("好.docx", "good.html", report, ()),
            IndexEntry("错.docx", "bad.html", report, (error,)),
        ]
    )
    page = lxml_html.fromstring(data.decode())
    assert page.xpath("//span[@class='path']/text()") == ["错.docx", "好.docx", "坏.pdf"]
    assert page.xpath("//a/@href") == ["bad.html", "good.html"]
    assert "共 3 个文件：读出 2 个，其中 1 个有错误；1 个不能读取。" in page.text_content()
    assert "没有文件" in write_index_page([]).decode()


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_in_a_browser_a_finding_lights_up_its_places(tmp_path: Path, width: int, scheme: Any) -> None:
    from playwright.sync_api import sync_playwright

    report, document = sample()
    findings = findings_on(report)
    file = tmp_path / "check.html"
    file.write_bytes(api.write(report, "check-html", findings=findings, source_document=document))
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scripts in (True, False):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, java_script_enabled=scripts, color_scheme=scheme
            )
            page = context.new_page()
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text))  # noqa: B023
            page.on("request", lambda request: complaints.append(request.url))  # noqa: B023
            page.goto(file.as_uri())
            page.click("#f1 .open")
            cell = page.locator('[id="applications.carried_in.total"]')
            assert "2px" in cell.evaluate("e => getComputedStyle(e).outlineWidth")
            if scripts and width > 1000:
                assert page.locator('[id="applications.new.total"]').is_visible()
                page.keyboard.press("j")
                assert page.url.endswith("#f2")
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(over) == 0
            assert complaints == [file.as_uri()]
            context.close()
        browser.close()


@pytest.mark.chromium
@pytest.mark.parametrize("fmt", ["html", "check-html"])
def test_axe_finds_nothing(tmp_path: Path, fmt: str) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    report, document = sample()
    file = tmp_path / "page.html"
    file.write_bytes(api.write(report, fmt, findings=findings_on(report), source_document=document))
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        # The page's own policy forbids foreign scripts; the auditor's must run.
        page = browser.new_context(bypass_csp=True).new_page()
        page.goto(file.as_uri())
        result = Axe().run(page)
        violations = [(item["id"], item["nodes"][0]["html"][:200]) for item in result.response["violations"]]
        browser.close()
    assert violations == []
