"""Titles, agencies and years."""

import pytest

from gongkai.report.grid import Cell, Document, Paragraph, Table
from gongkai.report.interpret.readings import TextReading
from gongkai.report.interpret.text import read_text


def reading(
    *paragraphs: str, meta: dict[str, str] | None = None, tables: tuple[Table, ...] = ()
) -> TextReading:
    blocks = (*tables, *(Paragraph(text) for text in paragraphs))
    return read_text(Document("text", blocks, meta=meta or {}), {})


BODY = ("一、总体情况", "全面贯彻落实上级要求，扎实做好各项公开工作，取得了一定的成效。")

TITLES = [
    ("青禾县柳溪镇人民政府2024年政府信息公开工作年度报告", "青禾县柳溪镇人民政府", 2024),
    ("2024年青禾县水利局政府信息公开工作年度报告", "青禾县水利局", 2024),
    ("青禾县水利局政府信息公开工作2024年度报告", "青禾县水利局", 2024),
    ("青禾县水利局 2023 年政府信息公开工作 年度报告", "青禾县水利局", 2023),
    ("青禾县水利局2022年政府信息公开年报", "青禾县水利局", 2022),
    ("青禾县水利局2021年度政府信息公开年度报告", "青禾县水利局", 2021),
    ("青禾县水利局关于2024年政府信息公开工作情况的报告", "青禾县水利局", 2024),
    ("青禾县水利局二〇二四年政府信息公开工作年度报告", "青禾县水利局", 2024),
    ("青禾县人民政府信息公开工作2024年度报告", "青禾县人民政府", 2024),
    ("《青禾县教育局2024年政府信息公开工作年度报告》", "青禾县教育局", 2024),
    ("青禾县教育局2024年度政府信息公开工作报告", "青禾县教育局", 2024),
    ("青禾县教育局2024年政务公开工作年度报告", "青禾县教育局", 2024),
    ("青禾县城市管理综合行政执法局2024年政府信息公开工作年度报告", "青禾县城市管理综合行政执法局", 2024),
    ("青禾县人力资源和社会保障局２０２４年政府信息公开工作年度报告", "青禾县人力资源和社会保障局", 2024),
    ("中国人民银行青禾县支行2024年政府信息公开工作年度报告", "中国人民银行青禾县支行", 2024),
    ("青禾县人民政府办公室2024年政府信息公开工作年度报告", "青禾县人民政府办公室", 2024),
    ("江北街道办事处2024年政府信息公开工作年度报告", "江北街道办事处", 2024),
    ("青禾经济开发区管理委员会2024年政府信息公开工作年度报告（2025年1月）", "青禾经济开发区管理委员会", 2024),
    ("青禾县卫生健康局政府信息公开工作年度报告(2024年度)", "青禾县卫生健康局", 2024),
    ("# 青禾县司法局2024年政府信息公开工作年度报告", "青禾县司法局", 2024),
    ("**青禾县司法局2024年政府信息公开工作年度报告**", "青禾县司法局", 2024),
]


@pytest.mark.parametrize(("title", "agency", "year"), TITLES)
def test_one_line(title: str, agency: str, year: int) -> None:
    found = reading(title, *BODY)
    assert (found.agency, found.year) == (agency, year)


@pytest.mark.parametrize(
    "lines",
    [
        ("重庆市綦江区三角镇人民政府", "2024年政府信息公开工作年度报告"),
        ("重庆市綦江区三角镇人民政府", "2024年", "政府信息公开工作年度报告"),
        ("重庆市綦江区三角镇人民政府2024年", "政府信息公开工作年度报告"),
        ("重庆市綦江区三角镇人民政府2024年政府信息公开", "工作年度报告"),
        ("重庆市綦江区三角镇人民政府", "2024年政府信息公开工作", "年度报告"),
        ("首页 > 政务公开", "字体：大 中 小", "重庆市綦江区三角镇人民政府", "2024年政府信息公开工作年度报告"),
    ],
)
def test_several_lines(lines: tuple[str, ...]) -> None:
    found = reading(*lines, *BODY)
    assert (found.agency, found.year) == ("重庆市綦江区三角镇人民政府", 2024)
    assert found.title == "重庆市綦江区三角镇人民政府2024年政府信息公开工作年度报告"


def test_the_page_repeats_the_title() -> None:
    title = "青禾县水利局2024年政府信息公开工作年度报告"
    found = reading(
        title, "首页", "当前位置：首页 > 年报", title, ("发布日期：2025-01-15 来源：青禾县水利局"), *BODY
    )
    assert found.title == title
    assert "head" not in found.sections
    assert str(found.published_on) == "2025-01-15"


def test_title_and_text_on_one_line() -> None:
    found = reading(
        "青禾县水利局2024年政府信息公开工作年度报告根据《中华人民共和国政府信息公开条例》编制本报告，"
        "所列数据统计期限自"
        "2024年1月1日起至2024年12月31日止。一、总体情况（一）主动公开。全年公开政府信息30条。"
    )
    assert (found.agency, found.year) == ("青禾县水利局", 2024)
    assert found.sections["head"].text.startswith("根据《")
    assert found.sections["overview"].text.startswith("（一）主动公开")


NOTE = (
    "本报告依据《中华人民共和国政府信息公开条例》(国务院令第711号)要求,由昆阳镇结合有关统计数据编制。"
    "本年度报告中所列数据的统计期限自"
    "2024年1月1日起至2024年12月31日止。"
    "如对本报告有任何疑问,请与昆阳镇信息公开办公室联系(地址:昆阳镇人民政府402办公室,电话:0577-63882668)。"
)


def test_without_a_title_the_foot_names_the_agency() -> None:
    found = reading(NOTE, *BODY, "六、其他需要报告的事项", "无。", "昆阳镇人民政府", "2025年1月10日")
    assert (found.agency, found.year, str(found.published_on)) == ("昆阳镇人民政府", 2024, "2025-01-10")
    assert found.sections["others"].text == "无。"


def test_without_a_title_and_foot_the_note_names_it() -> None:
    assert reading(NOTE, *BODY).agency == "昆阳镇人民政府"


def test_a_place_in_the_title_is_filled_up() -> None:
    found = reading("昆阳镇2024年政府信息公开工作年度报告", NOTE, *BODY)
    assert found.agency == "昆阳镇人民政府"


def test_this_agency_only() -> None:
    assert reading("2024年政府信息公开工作年度报告", *BODY).agency is None
    found = reading("2024年政府信息公开工作年度报告", *BODY, meta={"source": "青禾县水利局"})
    assert found.agency == "青禾县水利局"


def test_a_table_of_metadata_names_it() -> None:
    rows = (("索引号", "11330326/2025-00012"), ("发布机构", "青禾县水利局"), ("发布日期", "2025-01-20"))
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    found = reading("2024年政府信息公开工作年度报告", *BODY, tables=(Table(cells, 3, 2),))
    assert (found.agency, str(found.published_on)) == ("青禾县水利局", "2025-01-20")


def test_the_pages_own_title() -> None:
    found = reading(*BODY, meta={"title": "青禾县水利局2024年政府信息公开工作年度报告_青禾县人民政府网"})
    assert (found.agency, found.year) == ("青禾县水利局", 2024)


def test_the_year_is_never_that_of_a_cited_plan() -> None:
    text = (
        "认真落实《国务院办公厅关于印发2021年政务公开工作要点的通知》（国办发〔2021〕12号）。2023年，"
        "我局公开信息30条。"
    )
    found = reading("青禾县水利局政府信息公开工作年度报告", "一、总体情况", text)
    assert found.year == 2023


def test_the_year_of_the_period() -> None:
    found = reading(
        "青禾县水利局政府信息公开工作年度报告",
        NOTE,
        "一、总体情况",
        ("2021年印发工作要点。2021年以来持续推进。"),
    )
    assert found.year == 2024


def test_no_year_anywhere() -> None:
    assert reading("青禾县水利局政府信息公开工作年度报告", *BODY).year is None


PERIODS = [
    ("所列数据的统计期限自2024年1月1日起至2024年12月31日止。", ("2024-01-01", "2024-12-31")),
    ("数据统计期限为2024年1月1日至12月31日。", ("2024-01-01", "2024-12-31")),
    ("统计时限为 2024 年 1 月 1 日 — 2024 年 12 月 31 日。", ("2024-01-01", "2024-12-31")),
    ("本报告统计时间：2024.1.1-2024.12.31。", ("2024-01-01", "2024-12-31")),
    ("统计期限自２０２４年１月１日起至２０２４年１２月３１日止。", ("2024-01-01", "2024-12-31")),
    ("统计期限自2023年1月1日起至2023年12月31日止。", ("2023-01-01", "2023-12-31")),
    ("统计期限自2024 1 1 起至2024 12 31 止。", None),
    ("统计期限自2024年月日起至2024年月日止。", None),
    ("统计期限自年1月1日起至年12月31日止。", None),
    ("统计期限自2024年2月30日起至2024年12月31日止。", None),
    ("统计数据截至2024年12月31日。", None),
    ("国务院令第711号，自2019年5月15日起施行。", None),
]


@pytest.mark.parametrize(("note", "period"), PERIODS)
def test_periods(note: str, period: tuple[str, str] | None) -> None:
    found = reading(
        "青禾县水利局2024年政府信息公开工作年度报告", (f"根据《条例》编制本报告。{note}"), *BODY
    ).period
    assert (found and (str(found.start), str(found.end))) == period


FEET = [
    (("青禾县水利局", "2025年1月10日"), "2025-01-10"),
    (("青禾县水利局（盖章）", "二〇二五年一月二十日"), "2025-01-20"),
    (("青禾县水利局 2025年1月8日",), "2025-01-08"),
    (("2025-01-09",), "2025-01-09"),
    (("发布时间：2025年1月12日",), "2025-01-12"),
    (("2025年1月",), None),
    (("2025年13月40日",), None),
]


@pytest.mark.parametrize(("foot", "day"), FEET)
def test_published(foot: tuple[str, ...], day: str | None) -> None:
    text = "按照《政府信息公开信息处理费管理办法》，2024年12月31日前未收费。"
    found = reading(
        "青禾县水利局2024年政府信息公开工作年度报告", *BODY, ("六、其他需要报告的事项"), text, *foot
    )
    assert (found.published_on and str(found.published_on)) == day
    assert found.sections["others"].text.startswith("按照")


@pytest.mark.parametrize(
    ("note", "agency", "year"),
    [
        (
            "按照要求，现公布《贵阳市柳溪区水利局2023年政府信息公开工作年度报告》。",
            "贵阳市柳溪区水利局",
            2023,
        ),
        ("现向社会公布2022年青禾县水利局政府信息公开工作年度报告。", "青禾县水利局", 2022),
        ("根据条例，青禾县水利局编制了2021年政府信息公开年度报告。", "青禾县水利局", 2021),
        ("编制形成2021年青禾县人民政府办公室政府信息公开年度报告。", "青禾县人民政府办公室", 2021),
        ("结合实际，青禾县水利局编制完成本报告。统计期限自2023年1月1日至12月31日。", "青禾县水利局", 2023),
        ("现将青禾县水利局(以下简称水利局)2023年信息公开年度报告公布如下。", "青禾县水利局", 2023),
        ("特向社会公布2023年度我局政府信息公开年度报告。请与青禾县水利局联系。", "青禾县水利局", 2023),
    ],
)
def test_the_note_names_the_report(note: str, agency: str, year: int) -> None:
    found = reading(note, *BODY)
    assert (found.agency, found.year) == (agency, year)


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("2023年，青禾县水利局坚持把公开工作抓在日常，稳步推进。", "青禾县水利局"),
        ("2023年度柳溪省人民政府办公厅立足实际，完善制度。", "柳溪省人民政府办公厅"),
        ("2023年，河西乡政府信息公开工作在县委领导下稳步推进。", "河西乡"),
        ("2023年，我局按照要求，结合全县政务公开工作要点，推进公开。", None),
        ("2023年，市教育局坚持公开透明。", None),
        ("2023年，对以县政府名义发布的文件进行全面梳理。", None),
    ],
)
def test_the_overview_opens_with_the_agency(opening: str, agency: str | None) -> None:
    assert reading("一、总体情况", opening).agency == agency


def test_the_report_named_outweighs_a_wrong_period() -> None:
    note = (
        "青禾县水利局编制了2023年政府信息公开工作年度报告。数据统计期限自2022年1月1日起至2022年12月31日止。"
    )
    assert reading(note, *BODY).year == 2023


def test_a_repeated_title_does_not_lose_the_agency() -> None:
    found = reading("青禾县河西乡", "2021年政府信息公开工作年度报告", "2021年政府信息公开工作年度报告", *BODY)
    assert found.agency == "青禾县河西乡"


def test_a_breadcrumb_is_no_title() -> None:
    found = reading(
        "首页 > 部门 > 水利局 > 信息公开年度报告", "现公布青禾县水利局2023年政府信息公开年度报告。", *BODY
    )
    assert (found.title, found.agency) == ("", "青禾县水利局")


def test_the_day_of_publication_comes_before_the_day_of_writing() -> None:
    found = reading(
        "青禾县水利局2022年政府信息公开工作年度报告", "成文日期 2023-01-16", "发布日期 2023-01-28", *BODY
    )
    assert str(found.published_on) == "2023-01-28"
