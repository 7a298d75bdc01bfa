"""The pieces of a report's page: all of the report, corrections marked, identities that hold."""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from lxml import html as lxml_html

from gongkai.report import api, form
from gongkai.report.model import Figure, Mark, Report
from tests.report.strategies import random_report, reports


def known(values: dict[str, int]) -> Report:
    """A report all of whose figures are 0 but some."""
    report = random_report(Random(1))
    figures = {path: Figure(0, "0") for path in report.figures}
    return replace(report, figures=figures | {path: Figure(v, str(v)) for path, v in values.items()})


def identities(report: Report, key: str) -> tuple[str, ...]:
    return next(section.identities for section in api.page_parts(report).sections if section.key == key)


@settings(max_examples=20, deadline=None)
@given(reports())
def test_every_figure_of_the_form_stands_in_one_of_the_tables(report: Report) -> None:
    parts = api.page_parts(report)
    assert [section.key for section in parts.sections] == [key for key in form.SECTIONS if key != "head"]
    page = lxml_html.fromstring("<div>" + "".join(section.table for section in parts.sections) + "</div>")
    assert page.xpath("//td/@id") == list(form.all_paths(report.edition, report.single_other))


def test_an_identity_shows_its_figures_where_it_holds() -> None:
    rows = {"new": 21, "granted": 20, "total": 20, "carried_out": 1}
    report = known({f"applications.{row}.total": value for row, value in rows.items()})
    assert identities(report, "applications") == (
        "本年新收 21 ＋ 上年结转 0 ＝ 办理结果总计 20 ＋ 结转下年度 1",
        "各项办理结果之和 20 ＝ 办理结果总计 20",
    )


def test_an_identity_that_fails_or_is_not_known_is_words_alone() -> None:
    wrong = known({"applications.new.total": 21})
    words = "本年新收 ＋ 上年结转 ＝ 办理结果总计 ＋ 结转下年度"
    assert identities(wrong, "applications")[0] == words
    blank = known({})
    figures = {**blank.figures, "applications.carried_in.total": Figure(None, "", Mark.BLANK)}
    assert identities(replace(blank, figures=figures), "applications")[0] == words


def test_identities_of_disputes_name_their_block() -> None:
    report = known({"disputes.reconsideration.upheld": 1, "disputes.reconsideration.corrected": 3,
                    "disputes.reconsideration.total": 4})  # fmt: skip
    assert identities(report, "disputes")[0] == (
        "行政复议：结果维持 1 ＋ 结果纠正 3 ＋ 其他结果 0 ＋ 尚未审结 0 ＝ 总计 4"
    )


def test_a_corrected_figure_leads_to_what_was_read_and_why() -> None:
    path = "applications.total.total"
    figures = {**known({}).figures, path: Figure(None, "", Mark.BLANK)}
    blank = replace(known({}), figures=figures)
    fixed = api.correct(blank, [api.correction_of(blank, path, 20, "与台账核对<b>", date(2025, 1, 8))])
    section = next(one for one in api.page_parts(fixed).sections if one.key == "applications")
    ((anchor, note),) = section.corrections
    (cell,) = lxml_html.fromstring(section.table).xpath(f"//td[@id='{path}']")
    assert cell.text_content() == "20 更正"
    assert cell.xpath("a/@href") == [f"#{anchor}"]
    assert "原为“空白”，2025年1月8日更正为20。理由：与台账核对<b>。" in note


def test_figures_corrected_alike_lead_to_one_remark() -> None:
    paths = [f"applications.{row}.total" for row in ("total", "granted", "partial", "carried_out", "new")]
    figures = {**known({}).figures, **{path: Figure(None, "", Mark.BLANK) for path in paths}}
    blank = replace(known({}), figures=figures)
    fixed = api.correct(
        blank,
        [
            api.correction_of(blank, path, 0 if path != paths[0] else 20, "与台账核对", date(2025, 1, 8))
            for path in paths
        ],
    )
    section = next(one for one in api.page_parts(fixed).sections if one.key == "applications")
    (first, _), (second, note) = section.corrections
    page = lxml_html.fromstring(section.table)
    (named,) = page.xpath(f"//td[@id='{paths[0]}']/a/@href")
    assert named == f"#{first}"
    shared = [page.xpath(f"//td[@id='{path}']/a/@href") for path in paths[1:]]
    assert shared == [[f"#{second}"]] * 4
    assert "等4格原为“空白”，2025年1月8日更正为0。" in note
