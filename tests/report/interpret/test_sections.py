"""The head note and the six sections: headings in all their forms, and the way back to the source."""

import pytest

from gongkai.kernel import Place
from gongkai.report import form
from gongkai.report.grid import Cell, Document, Paragraph, Table
from gongkai.report.interpret.readings import TextReading
from gongkai.report.interpret.text import read_text

TEXTS = {
    "overview": "全面贯彻上级要求，扎实做好公开工作，公开的数量和质量都有提高，群众的满意度也有所提高。",
    "proactive": "该部分以表格形式报告。",
    "applications": "本年度申请的情况见下表。",
    "disputes": "复议诉讼的具体情况见下表。",
    "problems": "存在解读形式单一的问题，下一步将增加图解和问答，并且每季度组织一次业务学习。",
    "others": "本年度没有需要报告的事项，也没有产生费用。",
}
STANDARD = {key: label for key, label in form.SECTIONS.items() if label}


def text_document(raw: str) -> Document:
    blocks, position = [], 0
    for line in raw.split("\n"):
        blocks.append(Paragraph(line, Place(start=position, end=position + len(line))))
        position += len(line) + 1
    return Document("text", tuple(blocks))


def read(*lines: str) -> TextReading:
    return read_text(text_document("\n".join(lines)), {})


def composed(headings: dict[str, str]) -> list[str]:
    return [line for key, heading in headings.items() for line in (heading, TEXTS[key])]


def check(found: TextReading, headings: dict[str, str] | None = None) -> None:
    got = {key: section.text for key, section in found.sections.items() if key != "head"}
    assert got == TEXTS
    if headings:
        assert {k: s.heading for k, s in found.sections.items() if k != "head"} == headings


VARIANTS = [
    {},
    {"problems": "五、存在问题及改进措施"},
    {"problems": "五、政府信息公开工作存在的主要问题及改进情况"},
    {"problems": "五、存在的主要问题和改进措施", "others": "六、其它需要报告的事项"},
    {"problems": "五、存在的问题及下一步工作打算", "others": "六、需要说明的其他事项"},
    {"proactive": "二、主动公开情况", "applications": "三、依申请公开情况"},
    {
        "applications": "三、收到和处理政府信息公开申请的情况",
        "disputes": ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    },
    {"disputes": "四、政府信息公开行政复议和行政诉讼情况"},
    {"disputes": "四、行政复议、行政诉讼情况"},
    {"overview": "一、总体工作情况"},
    {"overview": "一、政府信息公开工作总体情况"},
    {"overview": "第一部分 总体情况"},
    {"overview": "一 总体情况"},
    {"overview": "一．总体情况"},
    {"overview": "一、总 体 情 况"},
    {"applications": "三、收到和处理政府信息公开申清情况"},
    {"proactive": "二、主动公开政府信息情"},
    {
        "proactive": "一、主动公开政府信息情况",
        "applications": "二、收到和处理政府信息公开申请情况",
        "disputes": ("三、政府信息公开行政复议、行政诉讼情况"),
    },
]


@pytest.mark.parametrize("changed", VARIANTS)
def test_wordings(changed: dict[str, str]) -> None:
    headings = STANDARD | changed
    check(read("青禾县水利局2024年政府信息公开工作年度报告", *composed(headings)), headings)


@pytest.mark.parametrize("mark", ["# ", "## ", "      ", "\u3000\u3000", "**", "- "])
def test_marks_before_headings(mark: str) -> None:
    tail = "**" if mark == "**" else ""
    headings = {key: f"{mark}{label}{tail}" for key, label in STANDARD.items()}
    check(read("青禾县水利局2024年政府信息公开工作年度报告", *composed(headings)), STANDARD)


def test_headings_without_numbers() -> None:
    bare = {key: label.split("、", 1)[1] for key, label in STANDARD.items()}
    check(read(*composed(bare)), bare)


def test_headings_in_brackets() -> None:
    signs = dict(zip(STANDARD, "一二三四五六", strict=True))
    headings = {key: f"（{signs[key]}）{label.split('、', 1)[1]}" for key, label in STANDARD.items()}
    check(read(*composed(headings)))


def test_headings_that_run_into_the_text() -> None:
    check(read(*(f"{STANDARD[key]}：{TEXTS[key]}" for key in STANDARD)))
    check(read(*(f"{STANDARD[key]}。{TEXTS[key]}" for key in STANDARD)))
    check(read(*(f"{STANDARD[key]} {TEXTS[key]}" for key in STANDARD)))


def test_all_on_one_line() -> None:
    body = "".join(f"{STANDARD[key]} {TEXTS[key]} " for key in STANDARD)
    found = read(
        f"青禾县水利局2024年政府信息公开工作年度报告 根据《条例》编制本报告，请与办公室联系。 {body}"
    )
    check(found, STANDARD)
    assert found.sections["head"].text == "根据《条例》编制本报告，请与办公室联系。"


def test_all_on_one_line_without_blanks() -> None:
    body = "".join(f"{STANDARD[key]}{TEXTS[key]}" for key in STANDARD)
    check(read(f"青禾县水利局2024年政府信息公开工作年度报告根据《条例》编制本报告。{body}"), STANDARD)


def test_a_table_of_contents_is_none() -> None:
    check(read("目录", *STANDARD.values(), *composed(STANDARD)), STANDARD)
    check(read("目录 " + " ".join(STANDARD.values()), *composed(STANDARD)), STANDARD)


def test_a_list_in_the_head_note_is_none() -> None:
    listed = "、".join(STANDARD.values())
    found = read(f"本报告由{listed}等六部分组成，电子版可以下载。", *composed(STANDARD))
    check(found, STANDARD)
    assert found.sections["head"].text.startswith("本报告由")


def test_row_labels_are_no_headings() -> None:
    rows = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
    )
    lines = composed(STANDARD)
    at = lines.index(STANDARD["applications"]) + 1
    found = read(*lines[:at], *rows, *lines[at:])
    assert [found.sections[key].heading for key in STANDARD] == list(STANDARD.values())
    assert found.sections["disputes"].text == TEXTS["disputes"]


def test_parts_of_the_overview_are_no_sections() -> None:
    parts = (
        "（一）主动公开情况",
        "全年公开信息30条。",
        "（二）依申请公开情况",
        "全年收到申请2件。",
        "（三）政府信息管理情况",
        "1.主动公开政府信息情况。及时更新。",
        "一、主动公开，拓宽信息传播广度",
        "（五）监督保障",
        "存在的问题及时整改。",
    )
    lines = composed(STANDARD)
    found = read(*lines[:2], *parts, *lines[2:])
    assert found.sections["overview"].text == "\n".join((TEXTS["overview"], *parts))
    assert found.sections["proactive"].text == TEXTS["proactive"]


def test_a_missing_section_is_absent() -> None:
    without = {key: label for key, label in STANDARD.items() if key not in ("problems", "disputes")}
    assert set(read(*composed(without)).sections) == set(without)


def test_an_overview_without_its_heading() -> None:
    without = {key: label for key, label in STANDARD.items() if key != "overview"}
    found = read(
        "根据《条例》编制本报告，请与办公室联系。", ("（一）主动公开。全年公开信息30条。"), *composed(without)
    )
    assert found.sections["overview"].text == "（一）主动公开。全年公开信息30条。"
    assert found.sections["overview"].heading == ""
    assert found.sections["head"].text == "根据《条例》编制本报告，请与办公室联系。"


def test_no_headings_at_all() -> None:
    found = read("青禾县水利局2024年政府信息公开工作年度报告", "全年收到政府信息公开申请3件，均已答复。")
    assert set(found.sections) == {"head"}
    assert found.facts[0].value == 3


def test_nothing() -> None:
    found = read_text(Document("text", ()), {})
    assert (found.title, found.agency, found.year, dict(found.sections), found.facts) == (
        "",
        None,
        None,
        {},
        (),
    )


def test_the_pages_own_words_are_no_part() -> None:
    before = (
        "首页",
        "政务公开",
        "当前位置：首页 > 政务公开 > 年报",
        "青禾县水利局2024年政府信息公开工作年度报告",
        ("发布日期：2025-01-10 浏览次数：35 字体：[大 中 小]"),
    )
    after = (
        "青禾县水利局",
        "2025年1月10日",
        "扫一扫在手机打开当前页",
        "上一篇：没有了",
        "版权所有：青禾县人民政府",
        ("浙ICP备12345号"),
    )
    check(read(*before, *composed(STANDARD), *after), STANDARD)


def test_converter_marks_are_no_text() -> None:
    lines = composed(STANDARD)
    lines[1] = "[bookmark: _GoBack]" + lines[1][:10] + "**" + lines[1][10:] + "**"
    check(read(*lines), STANDARD)


def test_what_the_tables_took_is_no_text() -> None:
    lines = [STANDARD["proactive"], "规章\t0\t0\t0", STANDARD["applications"] + "\t自然人\t0", "说明：无。"]
    document = text_document("\n".join(lines))
    cut = len(STANDARD["applications"])
    found = read_text(document, {1: None, 2: ((cut, len(lines[2])),)})
    assert found.sections["proactive"].text == ""
    assert found.sections["applications"].heading == STANDARD["applications"]
    assert found.sections["applications"].text == "说明：无。"


def test_a_layout_table_holds_the_text() -> None:
    cell = Cell("\n".join(composed(STANDARD)), 0, 0, place=Place(table=1, row=1, cell=1))
    small = Cell("栏目导航", 0, 1)
    found = read_text(Document("html", (Table((cell, small), 1, 2),)), {})
    check(found, STANDARD)


def test_hard_wrapped_lines_are_joined() -> None:
    text = "2024年，我镇共收到公民、法人和其他组织提出的政府信息公开申请12件，均已按期答复。" * 6
    wrapped = [text[i : i + 30] for i in range(0, len(text), 30)]
    found = read("一、总体情况", *wrapped, "二、主动公开政府信息情况")
    assert found.sections["overview"].text == text
    assert found.facts[0].value == 12


def test_places_lead_back_to_the_source() -> None:
    lines = [
        "  # " + STANDARD["overview"],
        "\u3000\u3000甲乙**丙丁**戊己，[bookmark: x]庚辛。",
        (" 末行。"),
        *composed(STANDARD)[2:],
    ]
    raw = "\n".join(lines)
    section = read_text(text_document(raw), {}).sections["overview"]
    assert section.text == "甲乙丙丁戊己，庚辛。\n末行。"
    for word in ("甲", "丙", "戊", "庚", "末行"):
        start = section.text.index(word)
        place = section.locate(start, start + len(word))
        assert place is not None
        assert raw[place.start : place.end] == word


def test_places_in_paragraphs() -> None:
    document = Document(
        "docx",
        (
            Paragraph("一、总体情况", Place(page=1, paragraph=1)),
            Paragraph("全年收到政府信息公开申请3件。", Place(page=1, paragraph=2)),
        ),
    )
    (fact,) = read_text(document, {}).facts
    assert fact.place == Place(page=1, paragraph=2, start=0, end=14)


def test_hostile_lengths_take_no_time() -> None:
    import time

    started = time.perf_counter()
    for text in (
        "共计" * 20000,
        "一、" * 20000,
        "的" * 50000,
        "1,234," * 20000,
        "未收到申请、" * 8000,
        "主动公开" * 10000,
        "（" * 50000,
        ("5件") * 20000,
    ):
        read("一、总体情况", text)
        read(*([text[:60]] * 500))
    assert time.perf_counter() - started < 8
