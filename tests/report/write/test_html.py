"""The report page: form, accessibility, nothing fetched, nothing executed."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from gongkai.report import api, form
from gongkai.report.model import Mark, Report
from gongkai.report.write.html import write_html
from gongkai.report.write.markup import el
from tests.report.strategies import random_report, reports


def tree(data: bytes) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(data.decode())


@settings(max_examples=30, deadline=None)
@given(reports())
def test_ids_are_unique_and_each_figure_names_its_headers(report: Report) -> None:
    page = tree(write_html(report))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(report.figures) <= set(ids)
    known = set(page.xpath("//th[@scope]/@id"))
    for path in report.figures:
        (cell,) = page.xpath(f"//td[@id='{path}']")
        headers = cell.get("headers").split()
        assert headers
        assert set(headers) <= known


def test_blank_cells_are_empty_and_said_to_be_blank() -> None:
    report = random_report(Random(2), blanks=0.5, none_marks=0.2)
    page = tree(write_html(report))
    for path, figure in report.figures.items():
        (cell,) = page.xpath(f"//td[@id='{path}']")
        if figure.mark is Mark.BLANK:
            assert (cell.text_content(), cell.get("aria-label")) == ("", "空白")
        else:
            assert cell.text_content() == figure.raw
            assert cell.get("aria-label") is None


def test_six_sections_in_order_each_with_its_table() -> None:
    page = tree(write_html(random_report(Random(3))))
    assert page.get("lang") == "zh-CN"
    assert page.xpath("//main//h2/text()") == [heading for heading in form.SECTIONS.values() if heading]
    assert page.xpath("//section[@id='sections.applications']//table/@id") == ["table-applications"]
    assert len(page.xpath("//table/caption")) == 3


@pytest.mark.parametrize("fmt", ["html", "check-html"])
def test_nothing_of_the_report_is_markup_and_nothing_is_fetched(fmt: str) -> None:
    hostile = '<script>alert(1)</script><img src="http://x/">"\' onload=x &amp; \x00\x1b'
    report = random_report(Random(4))
    section = replace(report.sections["overview"], text=hostile, heading=hostile)
    reading = replace(report.reading, title=hostile, notes=(hostile,), source=hostile)
    bad = replace(report, agency=hostile, sections={**report.sections, "overview": section}, reading=reading)
    data = api.write(bad, fmt)
    page = tree(data)
    assert [s for s in page.xpath("//script/text()") if "alert" in s] == []
    assert page.xpath("//img | //link | //iframe | //object | //*[@onload]") == []
    assert page.xpath("//@src | //@href[not(starts-with(., '#'))]") == []
    assert b"url(" not in data
    assert b"@import" not in data
    assert hostile.split("<img", maxsplit=1)[0] in page.xpath("//title")[0].text_content()


def test_attributes_are_quoted() -> None:
    assert el("a", "<", title='"<', class_="x", hidden=True, id=None) == (
        '<a title="&quot;&lt;" class="x" hidden>&lt;</a>'
    )
