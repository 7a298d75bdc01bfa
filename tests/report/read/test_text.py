from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.grid import Document, Paragraph, Table
from gongkai.report.read.text.document import blocks_of, read
from tests.report.read.support import code_of, paragraphs, rows, tables


def doc(text: str) -> Document:
    document = read(text.encode())
    for block in document.blocks:
        places = (
            [(block.text, block.place)]
            if isinstance(block, Paragraph)
            else [(cell.text, cell.place) for cell in block.cells]
        )
        for content, place in places:
            found = text[place.start : place.end]
            assert "".join(found.split()) == "".join(content.split())
    return document


def test_lines_become_paragraphs_with_their_offsets() -> None:
    document = doc("  某镇报告\r\n\r\n　　一、总体情况\n\n2024年，好。\n")
    assert paragraphs(document) == ["某镇报告", "一、总体情况", "2024年，好。"]
    assert document.blocks[0].place.start == 2


def test_tab_rows_keep_every_blank_cell() -> None:
    (table,) = tables(doc("前\n规章\t0\t\t5\n\t\t7\t\n后"))
    assert rows(table) == [["规章", "0", "", "5"], ["", "", "7", ""]]
    assert not table.aligned
    assert (table.cells[5].place.table, table.cells[5].place.row, table.cells[5].place.cell) == (1, 2, 2)


def test_a_heading_between_two_tables_parts_them() -> None:
    document = doc("规章\t0\t0\n许可\t1\t2\n三、收到和处理政府信息公开申请情况\n新收\t3\t4\n结转\t5\t6")
    assert [rows(table) for table in tables(document)] == [
        [["规章", "0", "0"], ["许可", "1", "2"]],
        [["新收", "3", "4"], ["结转", "5", "6"]],
    ]
    assert "三、收到和处理政府信息公开申请情况" in paragraphs(document)


def test_pipe_rows_with_and_without_outer_bars() -> None:
    wanted = [["规章", "0", "", "1"], ["许可", "", "", "2"]]
    for text in (
        "规章 | 0 | | 1\n许可 | | | 2",
        "| 规章 | 0 | | 1 |\n| 许可 | | | 2 |",
        "规章 | 0 | | 1 |\n许可 | | | 2 |",
        "|规章|0||1\n|许可|||2",
        "｜规章｜0｜｜1｜\n｜许可｜｜｜2｜",
        "│ 规章 │ 0 │  │ 1 │\n├───┼───┼───┼───┤\n│ 许可 │  │  │ 2 │",
    ):
        (table,) = tables(doc(text))
        assert rows(table) == wanted, text


def test_without_outer_bars_a_bar_at_an_end_is_a_blank_cell() -> None:
    (table,) = tables(doc("规章 | 0 | 1\n许可 | 2 | 3\n| 4 | 5\n处罚 | 6 |"))
    assert rows(table)[2:] == [["", "4", "5"], ["处罚", "6", ""]]


def test_the_rule_of_a_markdown_table_is_dropped_but_dashes_as_figures_are_kept() -> None:
    (table,) = tables(doc("| 名称 | 数 |\n|:---|---:|\n| 规章 | - |\n| 许可 | --- |"))
    assert rows(table) == [["名称", "数"], ["规章", "-"], ["许可", "---"]]


CELLS = ["新收", "1", "", "2", "", "结转", "3", "4", "", ""]


def test_one_cell_per_line_with_a_tab_before_it() -> None:
    text = "\t新收\n\t1\n\t\n\t2\n\t\n\n\t结转\n\t3\n\t4\n\t\n\t\n\n\n六、其他"
    (table,) = tables(doc(text))
    assert rows(table) == [CELLS[:5], CELLS[5:]]
    assert doc(text).layout == "lines"


@pytest.mark.parametrize("form", ["|{}", "{}|", "|{}|", "| {} |", "{} |"])
def test_one_cell_per_line_with_bars(form: str) -> None:
    text = "\n\n".join("\n".join(form.format(cell) for cell in part) for part in (CELLS[:5], CELLS[5:]))
    (table,) = tables(doc(text))
    assert rows(table) == [CELLS[:5], CELLS[5:]]


def test_a_wrapped_cell_belongs_to_the_cell_above() -> None:
    (table,) = tables(doc("\t商业\n企业\n\t科研\n机构\n\n\t1\n\t2\n"))
    assert rows(table) == [["商业\n企业", "科研\n机构"], ["1", "2"]]


def test_a_wrapped_cell_with_its_bar_behind_begins_before() -> None:
    (table,) = tables(doc("其他 |\n商业\n企业 |\n科研\n机构 |\n\n0 |\n1 |\n2 |\n"))
    assert rows(table) == [["其他", "商业\n企业", "科研\n机构"], ["0", "1", "2"]]


def test_a_blank_line_between_all_cells_parts_no_rows() -> None:
    (table,) = tables(doc("\n\n".join(f"\t{cell}" for cell in CELLS)))
    assert rows(table) == [CELLS[:5], CELLS[5:]]


def test_wider_gaps_part_rows_where_every_cell_has_a_gap() -> None:
    text = (
        "\n\n".join(f"\t{cell}" for cell in CELLS[:5]) + "\n\n\n" + "\n\n".join(f"\t{c}" for c in CELLS[5:])
    )
    assert rows(tables(doc(text))[0]) == [CELLS[:5], CELLS[5:]]


def test_blank_lines_are_blank_cells_where_they_part_no_rows() -> None:
    text = "".join(
        f"\t{c}\n" if c else "\n" for c in ["甲", "1", "", "", "2", "乙", "", "3", "4", "丙", "5", "丁", "6"]
    )
    (table,) = tables(doc(text))
    assert rows(table) == [["甲", "1", "", "", "2"], ["乙", "", "3", "4"], ["丙", "5"], ["丁", "6"]]


@pytest.mark.parametrize(
    "text",
    [
        "\t2024年，我镇认真贯彻落实条例，扎实推进公开。\n\t一是加强领导，二是强化监督，三是主动接受评议。",
        "\t\t某镇2024年政府信息公开工作年度报告",
        "某镇 | 2024年政府信息公开工作年度报告",
        "一、总体情况\t",
        "\t一、加强组织领导\n\t二、完善制度\n\t三、强化监督",
        "规章 0 0 0\n许可 1 2 3",
        "\t\n\t\n正文",
    ],
)
def test_indented_prose_titles_and_loose_figures_are_no_table(text: str) -> None:
    document = doc(text)
    assert tables(document) == []
    assert "".join(paragraphs(document)).replace("\t", "") == "".join(text.split("\n")).replace("\t", "")


def test_a_whole_report_on_one_line_stays_prose() -> None:
    line = "一、总体情况 2024年我镇收到申请1件，均已在法定期限内答复办结。\t二、主动公开\t规章\t0\t0\t0"
    assert paragraphs(doc(line)) == [line]


def test_rows_parted_by_blank_lines_are_one_table_and_two_tables_stay_two() -> None:
    one = doc("甲\t1\t2\n\n乙\t3\t4\n\n丙\t5\t6")
    assert [table.n_rows for table in tables(one)] == [3]
    two = doc("甲\t1\t2\n乙\t3\t4\n\n丙\t5\t6\n丁\t7\t8")
    assert [table.n_rows for table in tables(two)] == [2, 2]


def test_a_page_number_between_rows_does_not_part_the_table() -> None:
    (table,) = tables(doc("甲\t1\t2\n— 3 —\n乙\t3\t4"))
    assert rows(table) == [["甲", "1", "2"], ["— 3 —"], ["乙", "3", "4"]]


def test_the_seeds_give_their_three_tables(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = doc(path.read_text(encoding="utf-8"))
        shapes = [(table.n_rows, table.n_cols) for table in tables(document)]
        assert shapes == [(14, 4), (28, 10), (4, 15)], path.name


def test_the_seed_with_moved_blanks_keeps_them_where_they_stand(shared: Path) -> None:
    text = (shared / "seeds" / "001_f9092eeee61093b7.txt").read_text(encoding="utf-8")
    new = rows(tables(doc(text))[1])[3]
    assert new == ["一、本年新收政府信息公开申请数量", "21", "21", *[""] * 7]


def test_no_text_is_refused() -> None:
    assert code_of(b"") == "empty"
    assert code_of(b" \r\n\t \n") == "empty"
    assert code_of("\u3000\n\u3000".encode()) == "empty"


PIECES = ["甲", "1", "22", "|", "\t", "\n", "。", "一、", "-", "无", "|\n", "\t\n", "\n\n", "\t1\n", "|2\n"]


@given(st.lists(st.sampled_from([*PIECES, "长长的一句话，有二十多个字，所以不是单元格。"]), max_size=60))
def test_nothing_that_is_seen_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    blocks, _ = blocks_of(text)
    kept = ""
    for block in blocks:
        kept += "".join(c.text for c in block.cells) if isinstance(block, Table) else block.text
    drop = str.maketrans("", "", "\t\n| ")
    # Only the rule of a Markdown table may go.
    assert kept.translate(drop) == text.translate(drop) or "-" in text


@pytest.mark.parametrize("data", [b"\t1" * 300_000, b"|\n" * 300_000, b"a b\n" * 2_000_000])
def test_a_text_beyond_any_report_is_refused(data: bytes) -> None:
    assert code_of(data) == "too-large"
