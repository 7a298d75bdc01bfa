"""Documents that are no annual report are refused by name; reports never are."""

import pytest

from gongkai.kernel import UnreadableError
from gongkai.report import form
from gongkai.report.grid import Document, Paragraph
from gongkai.report.interpret.kind import reject_other_kinds
from gongkai.report.interpret.readings import TablesReading
from gongkai.report.interpret.text import read_text
from gongkai.report.model import Figure, Mark, TableState

TABLES = ("proactive", "applications", "disputes")
NO_TABLES = TablesReading(None, {}, dict.fromkeys(TABLES, TableState.MISSING))
READ = TablesReading(
    "2021",
    {path: Figure(0, "0") for path in form.all_paths("2021", False)},
    dict.fromkeys(TABLES, TableState.READ),
)
BLANK = TablesReading(
    "2021",
    {path: Figure(None, "", Mark.BLANK) for path in form.all_paths("2021", False)},
    dict.fromkeys(TABLES, TableState.READ),
)
PICTURES = TablesReading(None, {}, dict.fromkeys(TABLES, TableState.UNREADABLE))
PROSE = (
    "全面贯彻落实上级要求，扎实做好政府信息公开各项工作，公开的数量和质量都有提高，群众的满意度也有所提高。"
) * 3
REPORT = [
    "青禾县水利局2024年政府信息公开工作年度报告",
    *(line for key, label in form.SECTIONS.items() if key != "head" for line in (label, PROSE)),
]


def judge(lines: list[str], tables: TablesReading = NO_TABLES) -> None:
    document = Document("text", tuple(Paragraph(line) for line in lines))
    reject_other_kinds(document, read_text(document, {}), tables)


def refused(lines: list[str], tables: TablesReading = NO_TABLES) -> str:
    with pytest.raises(UnreadableError) as caught:
        judge(lines, tables)
    assert caught.value.remedy
    return caught.value.message


def test_a_report_is_read() -> None:
    judge(REPORT, READ)


def test_a_report_with_pictures_for_tables_is_read() -> None:
    judge(REPORT, PICTURES)
    judge(REPORT, NO_TABLES)


def test_tables_alone_are_read() -> None:
    judge([], READ)
    judge(["说明"], READ)


@pytest.mark.parametrize(
    "sentence",
    [
        "做好上半年政策解读和一图读懂，印发《关于编制年度报告的通知》。",
        "推进法治政府建设，公开部门决算和政府工作报告，编制政府网站工作年度报表。",
        "更新政府信息公开指南，处理404页面3个，用户登录异常1次。",
        "落实《2018年政务公开工作要点》和第一季度统计数据。",
        "公开方式见信息公开目录。",
    ],
)
def test_words_in_the_text_refuse_nothing(sentence: str) -> None:
    lines = list(REPORT)
    lines[2] = sentence + lines[2]
    judge(lines, READ)
    judge(lines, NO_TABLES)


@pytest.mark.parametrize("kind", ["政策解读", "年报解读：", "通知公告"])
def test_the_pages_own_words_refuse_nothing(kind: str) -> None:
    judge(["首页", kind, "当前位置：首页 > 政府信息公开指南 > 年报", *REPORT], READ)


@pytest.mark.parametrize(
    "title",
    [
        "青禾县水利局2024年政府信息公开工作年度报告解读",
        "关于《青禾县水利局2024年政府信息公开工作年度报告》的解读",
        "《青禾县水利局2024年政府信息公开年报》图文解读",
        "一图读懂青禾县水利局2024年政府信息公开工作年度报告",
    ],
)
def test_an_interpretation_is_none_even_with_every_table(title: str) -> None:
    assert "解读，不是年度报告本身" in refused([title, *REPORT[1:]], READ)


@pytest.mark.parametrize(
    "link", ["青禾县水利局2024年政府信息公开工作年度报告解读", "一图读懂2024年政府信息公开年报"]
)
def test_a_link_to_an_interpretation_refuses_no_report(link: str) -> None:
    judge([link, *REPORT], READ)
    judge([*REPORT, "相关链接", link], READ)


TRADITIONAL = (
    "2024年，我鎮按照條例的規定開展政府信息公開工作，發布規範性文件，辦理申請三件，已經辦結，沒有轉入下年度繼續辦理的。"
    "行政許可、行政處罰信息在機關網站公開，無復議、訴訟。"
)


def test_a_report_in_traditional_script_is_refused_by_that_name() -> None:
    lines = ["青禾縣水利局2024年政府信息公開工作年度報告", *(TRADITIONAL for _ in range(6))]
    for tables in (NO_TABLES, READ):
        assert "繁体字" in refused(lines, tables)
    assert "繁体字" in refused(
        ["本年收費機關", "行政處罰", "現行有效件數", "本年廢止件數", "處理決定數量"], READ
    )


def test_traditional_characters_in_a_report_refuse_nothing() -> None:
    judge(["繁體版 | 無障礙", *REPORT, "轉發《關於開展臺灣居民辦事服務的報導》，乾隆、後裔、機關報"], READ)


OTHERS = [
    (
        [
            "青禾县2024年上半年政府信息公开统计数据",
            "2024年上半年，全县共受理政府信息公开申请30件，答复28件。",
        ],
        ("半年"),
    ),
    (["2024年第一季度政府信息公开情况统计", "主动公开政府信息30条。"], "季度"),
    (["2024年3月份政府信息公开工作情况统计", "主动公开政府信息30条。"], "月度"),
    (["《青禾县2024年政府信息公开工作年度报告》解读", "一、编制背景", PROSE, "二、主要内容", PROSE], "解读"),
    (["一图读懂青禾县2024年政府信息公开工作年度报告", PROSE], "解读"),
    (["关于做好2024年政府信息公开工作年度报告编制发布工作的通知", "各乡镇人民政府：", PROSE], "通知"),
    (["青禾县人民政府办公室关于编制2024年政府信息公开工作年度报告的通知", "县直各单位：", PROSE], "通知"),
    (["青禾县水利局2024年法治政府建设年度报告", PROSE, PROSE], "法治政府"),
    (["政府网站工作年度报表", "（2024年度）", "网站名称", "独立用户访问总量"], "网站"),
    (["青禾县水利局2024年度部门决算", "第一部分 部门概况", PROSE], "决算"),
    (["政府工作报告", "——2025年1月8日在青禾县第十七届人民代表大会上", PROSE], "政府工作报告"),
    (["青禾县水利局政府信息公开指南", "一、公开范围", PROSE, "二、申请方式", PROSE], "指南"),
    (
        ["青禾县水利局2017年政府信息公开工作年度报告", "一、概述", PROSE, "二、主动公开政府信息情况", PROSE],
        ("2017年度"),
    ),
    (["青禾县2013年政府信息公开工作年度报告", "一、总体情况", PROSE, "二、主动公开情况", PROSE], "2013年度"),
    (["404 Not Found", "nginx"], "出错"),
    (["对不起，您访问的页面不存在或已被删除！", "返回首页"], "出错"),
    (["用户登录", "用户名", "密码", "验证码"], "登录"),
    (["柳溪镇新闻", "今日，柳溪镇召开春季植树动员会。" * 20], "不像"),
    (["青禾县水利局2024年政府信息公开工作年度报告", "附件：2024年年报.pdf"], "标题"),
    ([], "没有文字"),
]


@pytest.mark.parametrize(("lines", "word"), OTHERS)
def test_others_are_named(lines: list[str], word: str) -> None:
    assert word in refused(lines)


def test_a_page_of_links_is_named() -> None:
    lines = [
        f"青禾县{name}局{year}年政府信息公开工作年度报告"
        for name in ("水利", "教育", ("司法"))
        for year in (2022, 2023, 2024)
    ]
    assert "目录" in refused(["首页", *lines, "下一页"])


def test_a_blank_form_is_named() -> None:
    assert "空白" in refused(["（单位全称）2024年政府信息公开工作年度报告", *form.SECTIONS.values()], BLANK)
    assert "空白" in refused([], BLANK)


def test_a_notice_with_the_blank_form_is_named() -> None:
    lines = [
        "关于做好2024年政府信息公开工作年度报告编制工作的通知",
        ("各科室："),
        PROSE,
        *form.SECTIONS.values(),
    ]
    assert "通知" in refused(lines, BLANK)


def test_a_report_whose_cells_are_all_blank_is_read() -> None:
    judge(REPORT, BLANK)


def test_a_wrong_year_in_a_report_of_the_form_is_no_old_report() -> None:
    lines = ["青禾县水利局2014年政府信息公开工作年度报告", *REPORT[1:]]
    judge(lines, READ)
