"""CITE-STALE and CITE-FORMAT: work plans and notices of other years, document numbers without 〔〕."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Level
from tests.report.check.builders import findings, only, report
from tests.report.check.seeds import seed


@pytest.mark.parametrize(
    "text",
    [
        "按照2021年政务公开工作要点推进各项工作。",
        "落实《国务院办公厅关于印发2021年政务公开工作要点的通知》要求。",
        "对照《2022年度青禾县政务公开工作要点》抓好落实。",
        "对照政务公开2023年工作要点抓好落实。",
        "落实《关于印发政务公开工作要点的通知》（国办发〔2021〕12号）。",
        "根据2023年政府信息公开重点工作安排开展工作。",
        "按照2025年政务公开工作要点，主动公开各类信息。",
    ],
)
def test_cite_stale_fires_on_a_plan_of_another_year(text: str) -> None:
    finding = only(report(texts={"overview": text}), "CITE-STALE")
    assert finding.level is Level.WARNING
    assert finding.where == "sections.overview"
    assert finding.expected == 2024
    assert "2024年的工作要点" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "按照2024年政务公开工作要点推进各项工作。",
        "对照上年《2023年政务公开工作要点》查漏补缺。",
        "对2023年政务公开工作要点落实情况开展评估。",
        "2019年条例修订后，政务公开重点工作稳步推进。",
        "落实政务公开工作要点和《办法》（国办函〔2020〕109号）。",
        "2021年、2024年政务公开工作要点均已落实。",
        "按照政务公开工作要点推进。",
        "2022年主动公开信息10条，政务公开工作要点见附件。",
    ],
)
def test_cite_stale_silent_on_this_years_plan_and_on_last_years_named_as_such(text: str) -> None:
    assert findings(report(texts={"overview": text}), "CITE-STALE") == []


def test_cite_stale_silent_on_next_years_plan_in_section_five() -> None:
    assert (
        findings(report(texts={"problems": "2025年，按照2025年政务公开工作要点改进。"}), "CITE-STALE") == []
    )


def test_cite_stale_silent_without_a_year() -> None:
    from dataclasses import replace

    given = replace(report(texts={"overview": "按照2021年政务公开工作要点。"}), year=None)
    assert findings(given, "CITE-STALE") == []


def test_cite_stale_gathers_all_plans_in_one_finding() -> None:
    text = "落实2021年政务公开工作要点。\n落实《2021年青禾县政务公开工作要点》。"
    finding = only(
        report(texts={"overview": text, "problems": "2022年政务公开工作要点未落实。"}), "CITE-STALE"
    )
    assert len(finding.found) == 3
    assert finding.cells == ("sections.overview", "sections.problems")


@pytest.mark.parametrize(
    "number",
    [
        "国办公开办函〔2019〕60号",
        "国办公开办函[2019]60号",
        "国办公开办函 （2019） 60 号",
        "国办公开办函201960号",
    ],
)
def test_cite_stale_fires_on_the_replaced_form_notice(number: str) -> None:
    head = f"本报告依据条例和《通知》（{number}）编制。联系电话：0571-60000001。"
    finding = only(report(texts={"head": head}), "CITE-STALE")
    assert finding.level is Level.WARNING
    assert finding.expected == "国办公开办函〔2021〕30号"
    assert finding.place is not None


@pytest.mark.parametrize(
    ("year", "fires"), [(2019, False), (2020, False), (2021, True), (2025, True), (2030, True)]
)
def test_cite_stale_follows_the_year_reported_on(year: int, fires: bool) -> None:
    edition = "2019" if year < 2021 else "2021"
    given = report(edition=edition, year=year, texts={"head": "依据国办公开办函〔2019〕60号编制。"})
    assert bool(findings(given, "CITE-STALE")) is fires


def test_cite_stale_silent_on_the_form_notice_in_force() -> None:
    assert findings(report(texts={"head": "依据国办公开办函〔2021〕30号编制。"}), "CITE-STALE") == []
    assert findings(report(texts={"head": "依据国办公开办函〔2019〕160号编制。"}), "CITE-STALE") == []


def test_cite_stale_is_information_where_both_notices_are_cited() -> None:
    head = "依据国办公开办函〔2019〕60号、国办公开办函〔2021〕30号编制。"
    assert only(report(texts={"head": head}), "CITE-STALE").level is Level.INFO


def test_cite_stale_knows_the_old_regulation() -> None:
    finding = only(report(texts={"head": "依据条例（国务院令第492号）编制。"}), "CITE-STALE")
    assert finding.expected == "国务院令第711号"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("国办函2020109号", "国办函〔2020〕109号"),
        ("国办函[2020]109号", "国办函〔2020〕109号"),
        ("国办函(2020)109号", "国办函〔2020〕109号"),
        ("国办函（2020）109号", "国办函〔2020〕109号"),
        ("国办函【2020】109号", "国办函〔2020〕109号"),
        ("国办函〔2020109号", "国办函〔2020〕109号"),
        ("国办函2020〕109号", "国办函〔2020〕109号"),
        ("国办函 2020 109 号", "国办函〔2020〕109号"),
        ("国办函2020年109号", "国办函〔2020〕109号"),
        ("青政办发[2024]第5号", "青政办发〔2024〕5号"),
        ("国办公开办函30号", "国办公开办函〔年份〕30号"),
    ],
)
def test_cite_format_fires_and_says_the_right_form(written: str, right: str) -> None:
    finding = only(
        report(texts={"others": f"按照《办法》的通知》{written}的规定，未收取处理费。"}), "CITE-FORMAT"
    )
    assert finding.level is Level.WARNING
    assert finding.expected == [right]
    assert right in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "国办函〔2020〕109号",
        "国办函﹝2020﹞109号",
        "国办函〔 2020 〕 109 号",
        "国务院令第711号",
        "国务院令（第711号）",
        "（2024）青01行终12号",
        "2024年第3号公告",
        "公告（2024）第3号",
        "GB/T 22239-2019",
        "柳溪路2024号",
        "2024年12月31日",
        "青禾县政府2024年3号楼",
        "收到2024001号申请",
    ],
)
def test_cite_format_silent_on_right_numbers_and_what_is_no_document_number(text: str) -> None:
    assert findings(report(texts={"others": f"处理费：{text}。"}), "CITE-FORMAT") == []


@given(
    st.integers(1949, 2035),
    st.integers(1, 9999),
    st.sampled_from(["国办发", "青政办函", "柳政发", "国办公开办函"]),
)
def test_cite_format_fires_on_any_number_stripped_of_its_brackets(year: int, serial: int, code: str) -> None:
    right = f"{code}〔{year}〕{serial}号"
    stripped = right.replace("〔", "").replace("〕", "")
    assert findings(report(texts={"others": f"处理费按{right}。"}), "CITE-FORMAT") == []
    assert only(report(texts={"others": f"处理费按《办法》{stripped}。"}), "CITE-FORMAT").expected == [right]


def test_the_seeds() -> None:
    assert [f.expected for f in findings(seed("001"), "CITE-STALE")] == [2024, "国办公开办函〔2021〕30号"]
    assert only(seed("002"), "CITE-FORMAT").expected == ["国办函〔2020〕109号"]
    for number in ("000", "001", "003", "004"):
        assert findings(seed(number), "CITE-FORMAT") == []
    for number in ("000", "002", "003", "004"):
        assert findings(seed(number), "CITE-STALE") == []
