"""SAME-TEXT: half the text or more as last year's or another agency's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import Level
from gongkai.report.check.similarity import reduced, shared_percent
from gongkai.report.model import Report
from tests.beside import needs_seeds
from tests.report.check.builders import findings, only, report
from tests.report.check.seeds import seed

OVERVIEW = (
    "（一）主动公开。围绕惠农补贴、危房改造和农村饮水三件事，在村口公告栏逐户张榜，同步上传专栏，全年上传{n}条，"
    "其中补贴发放清册{m}份。（二）依申请公开。由党政办统一登记，业务站所两日内提出初步意见，当面送达并录音留痕。"
    "（三）政府信息管理。每季度翻检一次旧稿，撤下失效公告，凡涉及户主姓名的一律隐去末字。"
    "（四）平台建设。请县融媒体中心重做手机页面，字号加大，老人不用放大也能看清。（五）监督保障。邀请十二名村民评议员打分。"
)
PROBLEMS = (
    "问题在于站所之间各记各账，同一笔补贴两处数字对不上；评议员多为退休教师，青年人参与少。"
    "改进办法是统一台账格式，由会计站每月核对一遍，再从返乡青年里补选评议员{n}名。"
)
OTHER_OVERVIEW = (
    "（一）主动公开。以行政审批和执法结果为重点，许可决定七日内上网，处罚决定附文书摘要。（二）依申请公开。"
    "对跨部门的申请先会商后答复，文书由法规科审定。（三）政府信息管理。起草文件时同步填写公开属性，未填的不予编号。"
    "（四）平台建设。专栏改为按事项编排，检索结果可以导出。（五）监督保障。纪检组抽查答复书十份，结果在局务会通报。"
)
OTHER_PROBLEMS = (
    "解读仍以文字为主，看的人不多；新进人员不熟悉时限。明年拍摄短片三部，并把时限测试列入上岗考试科目。"
)


def written(
    year: int, overview: str, problems: str, agency: str = "青禾县柳溪镇人民政府", **figures: int
) -> Report:
    numbers = {"n": 12, "m": 5, **figures}
    texts = {"overview": overview.format(**numbers), "problems": problems.format(**numbers)}
    return report(year=year, agency=agency, texts=texts)


def test_same_text_fires_where_only_figures_and_years_changed() -> None:
    now = written(2024, OVERVIEW, PROBLEMS)
    last = written(2023, OVERVIEW, PROBLEMS, n=99, m=7)
    finding = only(now, "SAME-TEXT", previous=last)
    assert finding.level is Level.WARNING
    assert finding.found >= 95
    assert finding.cells == ("sections.overview", "sections.problems")
    assert "2023年" in finding.message
    assert "全文" in finding.message


def test_same_text_fires_for_one_section_alone() -> None:
    now, last = written(2024, OTHER_OVERVIEW, PROBLEMS), written(2023, OVERVIEW, PROBLEMS)
    finding = only(now, "SAME-TEXT", previous=last)
    assert finding.where == "sections.problems"
    assert "“一、总体情况”" not in finding.message


def test_same_text_fires_for_another_agency_and_names_it() -> None:
    now = written(2024, OVERVIEW.replace("村民", "柳溪镇村民"), PROBLEMS)
    other = written(2024, OVERVIEW.replace("村民", "枫林乡村民"), PROBLEMS, "青禾县枫林乡人民政府")
    stranger = written(2024, OTHER_OVERVIEW, OTHER_PROBLEMS, "青禾县民政局")
    finding = only(now, "SAME-TEXT", others=[stranger, other])
    assert "青禾县枫林乡人民政府" in finding.message
    assert "民政局" not in finding.message


def test_same_text_fires_in_one_finding_for_many_agencies() -> None:
    now = written(2024, OVERVIEW, PROBLEMS)
    others = [written(2024, OVERVIEW, PROBLEMS, f"青禾县第{n}镇人民政府") for n in "一二三四五六七"]
    finding = only(now, "SAME-TEXT", others=others)
    assert "等7份" in finding.message


@pytest.mark.parametrize("share", [0.2, 0.8])
def test_same_text_knows_a_half(share: float) -> None:
    cut = int(len(OVERVIEW) * share)
    now = written(2024, OVERVIEW[:cut] + OTHER_OVERVIEW[: len(OVERVIEW) - cut], OTHER_PROBLEMS)
    found = findings(now, "SAME-TEXT", previous=written(2023, OVERVIEW, PROBLEMS))
    assert bool(found) is (share > 0.5)


def test_same_text_silent_with_nothing_to_compare() -> None:
    assert findings(written(2024, OVERVIEW, PROBLEMS), "SAME-TEXT") == []


def test_same_text_silent_on_different_texts() -> None:
    now, last = written(2024, OVERVIEW, PROBLEMS), written(2023, OTHER_OVERVIEW, OTHER_PROBLEMS)
    assert findings(now, "SAME-TEXT", previous=last, others=[replace(last, agency="青禾县民政局")]) == []


def test_same_text_silent_on_the_same_report_among_the_others() -> None:
    now = written(2024, OVERVIEW, PROBLEMS)
    assert (
        findings(now, "SAME-TEXT", others=[now, replace(now, reading=replace(now.reading, source="b"))]) == []
    )


def test_same_text_silent_on_words_every_report_has() -> None:
    common = (
        "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神。按照《中华人民共和国政府信息公开条例》"
        "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》要求，坚持以公开为常态、不公开为例外。"
    )
    now = report(texts={"overview": common, "problems": OTHER_PROBLEMS})
    last = report(year=2023, texts={"overview": common, "problems": PROBLEMS.format(n=1)})
    assert findings(now, "SAME-TEXT", previous=last) == []


def test_reduced_text_drops_names_and_figures() -> None:
    one = reduced("2024年，青禾县柳溪镇人民政府公开信息 12 条，柳溪镇共收到申请3件。", "青禾县柳溪镇人民政府")
    other = reduced(
        "2023年，青禾县枫林乡人民政府公开信息8条；枫林乡共收到申请 15 件。", "青禾县枫林乡人民政府"
    )
    assert one == other


@given(st.text("公开信息管理平台监督保障", max_size=80), st.text("公开信息管理平台监督保障", max_size=80))
def test_shared_percent_is_a_percentage_and_whole_of_itself(one: str, other: str) -> None:
    assert 0 <= shared_percent(one, other) <= 100
    assert shared_percent(one, one) == (100 if len(one) >= 10 else 0)


@needs_seeds
def test_same_text_silent_between_the_seeds() -> None:
    texts = [replace(seed(number), agency=f"机关{number}") for number in ("000", "001", "002", "003", "004")]
    for given_report in texts:
        assert findings(given_report, "SAME-TEXT", others=texts) == []
