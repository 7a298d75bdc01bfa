"""FORM-DUTY: the five duties of section one, the fee statement, the period and the contact."""

import re
from dataclasses import replace

import pytest

from gongkai.kernel import Level
from gongkai.report.model import Report
from tests.report.check.builders import findings, only, report, section_texts
from tests.report.check.seeds import seed

LABELS = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]


def without_period(given: Report) -> Report:
    return replace(given, reading=replace(given.reading, period=None))


@pytest.mark.parametrize("number", range(5))
def test_form_duty_fires_for_each_missing_subheading(number: int) -> None:
    lines = section_texts("柳溪镇", 2024)["overview"].split("\n")
    del lines[1 + number]
    finding = only(report(texts={"overview": "\n".join(lines)}), "FORM-DUTY")
    assert finding.level is Level.WARNING
    assert finding.where == "sections.overview"
    assert finding.found == [LABELS[number]]
    assert LABELS[number] in finding.message


@pytest.mark.parametrize(
    "overview",
    [
        # reworded, merged or otherwise numbered
        "（一）主动公开情况。公开10条。（二）信息依申请公开。无。（三）信息审核发布。（四）新媒体和网站。（五）培训。",
        "一是推进主动公开。二是办好依申请公开。三是规范政府信息管理。四是加强平台建设。五是强化监督保障。",
        "1.主动公开。\n2.依申请公开。\n3.政府信息管理。\n4.公开平台。\n5.监督与考核。",
        "主动公开\n公开20条。\n依申请公开\n没有。\n政府信息管理\n有制度。\n平台建设\n有网站。\n监督保障\n有考核。",
        # no subheadings at all: it is enough to speak of each
        "全年主动公开信息20条，收到政府信息公开申请3件，落实保密审查制度，维护门户网站专栏，纳入年度考核。",
        # a lost first character
        "（一）主动公开。（二）依申请公开。（三）政府信息管理。（四）府信息公开平台建设情况。（五）监督保障。",
    ],
)
def test_form_duty_silent_where_the_duties_are_told_in_other_words(overview: str) -> None:
    assert findings(report(texts={"overview": overview}), "FORM-DUTY") == []


def test_form_duty_fires_for_a_text_without_subheadings() -> None:
    finding = only(report(texts={"overview": "全年主动公开信息20条，收到政府信息公开申请3件。"}), "FORM-DUTY")
    assert finding.found == LABELS[2:]


@pytest.mark.parametrize("others", ["无其他需要报告的事项。", "无。", "我镇扎实推进政务公开标准化规范化。"])
def test_form_duty_fires_without_the_fee_statement(others: str) -> None:
    finding = only(report(texts={"others": others}), "FORM-DUTY")
    assert finding.where == "sections.others"
    assert finding.found == ["信息处理费收取情况"]


@pytest.mark.parametrize(
    "others",
    ["未收取信息处理费。", "本年度未产生任何费用。", "发出收费通知1件，收费100元。", "尚未收取任何费。"],
)
def test_form_duty_silent_on_any_fee_statement(others: str) -> None:
    assert findings(report(texts={"others": others}), "FORM-DUTY") == []


def test_form_duty_silent_on_the_fee_before_2021() -> None:
    assert findings(report(edition="2019", texts={"others": "无其他需要报告的事项。"}), "FORM-DUTY") == []


def test_form_duty_silent_where_the_fee_stands_in_another_section() -> None:
    overview = section_texts("柳溪镇", 2024)["overview"] + "\n未收取信息处理费。"
    assert findings(report(texts={"others": "无。", "overview": overview}), "FORM-DUTY") == []


def test_form_duty_fires_once_without_a_head_note() -> None:
    finding = only(without_period(report(texts={"head": None})), "FORM-DUTY")
    assert finding.where == "sections.head"
    assert finding.found == ["数据统计期限", "联系方式"]


@pytest.mark.parametrize(
    "head",
    [
        "统计期限为2024年1月1日至12月31日。电话：0571-60000001。",
        "数据统计时限：2024年1月1日至2024年12月31日，地址：柳溪路1号，邮编：310000。",
        "所列数据的统计期间为2024年。如有疑问请与柳溪镇党政办联系。",
        "数据截止到2024年12月31日。邮箱：xxgk@qinghe.gov.cn。",
    ],
)
def test_form_duty_silent_on_any_period_and_contact(head: str) -> None:
    assert findings(without_period(report(texts={"head": head})), "FORM-DUTY") == []


def test_form_duty_silent_where_the_head_note_stands_in_section_one() -> None:
    texts = section_texts("柳溪镇", 2024)
    given = report(texts={"head": None, "overview": texts["head"] + "\n" + texts["overview"]})
    assert findings(without_period(given), "FORM-DUTY") == []


def test_form_duty_gathers_everything_in_one_finding() -> None:
    given = without_period(report(texts={"head": "", "others": "无。", "overview": "主动公开信息3条。"}))
    finding = only(given, "FORM-DUTY")
    assert finding.cells == ("sections.overview", "sections.others", "sections.head")
    assert len(finding.found) == 7


def test_form_duty_silent_on_missing_sections_and_on_tables_alone() -> None:
    assert findings(report(texts={"overview": None, "others": None}), "FORM-DUTY") == []
    bare = report(texts=dict.fromkeys(section_texts("x", 2024)))
    assert findings(without_period(bare), "FORM-DUTY") == []


def test_the_seeds() -> None:
    for number in ("001", "003"):
        assert findings(without_period(seed(number)), "FORM-DUTY") == []
    for number in ("000", "002", "004"):
        assert only(without_period(seed(number)), "FORM-DUTY").where == "sections.head"


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
@pytest.mark.parametrize("duty", range(1, 5))
def test_form_duty_fires_on_a_seed_that_lost_a_part(number: str, duty: int) -> None:
    given = seed(number)
    parts = re.split(r"\n(?=[（(][一二三四五][)）])", given.text("overview"))
    at = next(i for i, part in enumerate(parts) if re.match(rf"[（(]{'一二三四五'[duty]}[)）]", part))
    cut = "\n".join(parts[:at] + parts[at + 1 :])
    section = replace(given.sections["overview"], text=cut)
    finding = only(replace(given, sections={**given.sections, "overview": section}), "FORM-DUTY")
    assert [item for item in finding.found if item in LABELS] == [LABELS[duty]]
