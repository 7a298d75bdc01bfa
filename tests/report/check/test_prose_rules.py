"""All rules on the text together: they never raise, never hang, and find nothing in an honest report."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.check.registry import RULES, Context
from gongkai.report.model import Report
from tests.report.check.builders import codes, report, section_texts

ON_TEXT = tuple(
    code
    for code in sorted(RULES)
    if code.startswith(("FORM-DUTY", "CITE-", "DATE-", "LANG-", "PII-", "SAME-"))
)
PIECES = (
    *("公开", "信息", "条", "件", "收到", "申请", "共", "诉", "占", "%", "____", "（一）", "一、", "1."),
    *("，", "。", "；", "（", "）", "《", "》", "“", "”", ",", ".", "(", ")", "<", ">", "\n", " "),
    *("2023年", "2024年", "1月1日", "年月日", "国办函", "〔2020〕", "[2020]", "109号", "政务公开工作要点"),
    *("and", "APP", "www.a.cn", "a@b.cn", "13800138000", "0571-60000001", "申请人", "李小明", "处理费"),
)


def run_all(given_report: Report, **context: Report) -> None:
    for code in ON_TEXT:
        list(RULES[code].function(Context(given_report, **context)))  # type: ignore[arg-type]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_text_makes_a_rule_raise(one: list[str], other: list[str]) -> None:
    made = report(
        texts={"overview": "".join(one), "problems": "".join(other), "others": "".join(other + one)}
    )
    run_all(made, previous=report(year=2023, texts={"overview": "".join(other)}))


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_no_characters_make_a_rule_raise(text: str) -> None:
    run_all(report(texts={"head": text, "overview": text, "others": text}))


@pytest.mark.parametrize(
    "text",
    [
        "A" * 100_000,
        "a.b" * 30_000,
        "a@" * 50_000,
        "1" * 100_000,
        "1 2-" * 25_000,
        "（" * 50_000 + "》" * 50_000,
        "“《（" * 30_000,
        "共" * 100_000 + "条。",
        "2023年" * 20_000,
        "公开" * 50_000,
        "党的学习贯彻" * 15_000,
        "申请人李" * 25_000,
        "诉" * 100_000,
        "一、" * 50_000,
        "\n" * 100_000,
        "<" * 100_000,
        "号" * 100_000,
        "政务公开工作要点" * 10_000,
        "www." * 25_000,
        "010" + " " * 100_000,
        "〔2023" + " " * 50_000 + "年" + " " * 50_000 + "号",
        ("2023年" + " " * 3_000 + "号") * 30,
        "1" + " " * 50_000 + "月" + " " * 50_000 + "1",
    ],
    ids=lambda text: text[:8],
)
def test_no_hostile_text_keeps_the_rules_busy(text: str) -> None:
    made = report(texts={"head": text, "overview": text, "others": text})
    started = time.process_time()
    run_all(made)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "agency", ["青禾县柳溪镇人民政府", "青禾县教育局", "青禾县人民政府", "青禾县市场监督管理局"]
)
@pytest.mark.parametrize("year", [2021, 2023, 2025])
def test_an_honest_report_is_clean(agency: str, year: int) -> None:
    assert (
        codes(report(agency=agency, year=year), "FORM-DUTY", "CITE-", "DATE-", "LANG-", "PII-", "SAME-")
        == set()
    )


def test_a_long_honest_text_is_clean() -> None:
    overview = section_texts("柳溪镇", 2024)["overview"] + (
        "\n我镇坚持“应公开尽公开”，依托县政府门户网站（http://www.qinghe.gov.cn/lx/）、“柳溪发布”微信公众号和村务公开栏，"
        "全年发布信息312条，其中政策文件6件、财政信息18条、工作动态288条；制作H5、短视频等解读作品7部，开展在线访谈2期。"
        "办理县12345热线转办件47件，办结率100%，群众满意率98.9%。\n"
        "对依申请公开件，严格落实登记、审核、办理、答复、归档五个环节，逐件留痕，疑难件由司法所会商，未发生逾期答复。\n"
        "2023年评估反馈的4项问题已整改到位。邀请县政务公开办授课2次，参训60余人次。落实《2024年青禾县政务公开工作要点》"
        "（青政办发〔2024〕15号），逐条对账销号。根据机构改革安排，2024年3月起新增“一老一小”栏目，每周一8:30前更新。"
    )
    problems = (
        "一是解读形式偏少。二是个别站所报送不及时，存在“等、靠、要”思想。2025年，我镇将按照县里统一部署，"
        "一要按2025年政务公开工作要点提前谋划；二要每季度开展一次自查，建立问题台账。"
    )
    made = report(texts={"overview": overview, "problems": problems})
    assert codes(made, "FORM-DUTY", "CITE-", "DATE-", "LANG-", "PII-", "SAME-") == set()
