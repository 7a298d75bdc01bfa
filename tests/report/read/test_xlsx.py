from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Border, Side

from gongkai.kernel import UnreadableError
from gongkai.report import api
from gongkai.report.read import read_document
from tests.report.read.support import code_of, packed, paragraphs, repacked, rows, spread, tables, unpacked


def saved(workbook: Any) -> bytes:
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def book(*sheets: list[list[object]]) -> Any:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, content in enumerate(sheets, 1):
        sheet = workbook.create_sheet(f"表{number}")
        for row in content:
            sheet.append(row)
    return workbook


def test_values_as_text() -> None:
    data = saved(
        book(
            [["甲", "乙", "丙", "丁"], [1, 2.0, 1.5, True], [0.1, "增15", None, "0"], [10**12, -3, 1e-7, "/"]]
        )
    )
    assert rows(tables(read_document(data))[0]) == [
        ["甲", "乙", "丙", "丁"],
        ["1", "2", "1.5", "TRUE"],
        ["0.1", "增15", "", "0"],
        ["1000000000000", "-3", "0.0000001", "/"],
    ]


def test_merged_cells() -> None:
    workbook = book(
        [["角", None, "头", None], [None, None, "甲", "乙"], ["三", "予", 1, 2], [None, "部", 3, 4]]
    )
    for area in ("A1:B2", "C1:D1", "A3:A4"):
        workbook["表1"].merge_cells(area)
    (table,) = tables(read_document(saved(workbook)))
    assert spread(table) == [
        ["角", "角", "头", "头"], ["角", "角", "甲", "乙"], ["三", "予", "1", "2"], ["三", "部", "3", "4"],
    ]  # fmt: skip
    assert table.cells[0].place.sheet == "表1"


def test_a_merged_cell_wider_than_the_values_keeps_its_width() -> None:
    workbook = book([["甲", "乙"], ["1", "2"], ["3", None]])
    workbook["表1"].merge_cells("B1:D1")
    (table,) = tables(read_document(saved(workbook)))
    assert table.n_cols == 4


def lined(workbook: Any, first: int, last: int, columns: int = 3) -> Any:
    """The workbook with lines around the cells of these rows of its first sheet."""
    line = Side(style="thin")
    for row in range(first, last + 1):
        for column in range(1, columns + 1):
            workbook["表1"].cell(row, column).border = Border(bottom=line, top=line)
    return workbook


HEADER: list[list[object]] = [["维持", "纠正", "总计"]]


def test_a_blank_row_that_is_drawn_below_a_table_is_a_row_of_it() -> None:
    (table,) = tables(read_document(saved(lined(book(HEADER), 1, 2))))
    assert rows(table) == [["维持", "纠正", "总计"], ["", "", ""]]
    noted = lined(book([*HEADER, [None], ["注：单位为件"]]), 1, 2)
    assert rows(tables(read_document(saved(noted)))[0]) == [["维持", "纠正", "总计"], ["", "", ""]]


def test_other_blank_rows_are_none() -> None:
    for workbook in (
        book(HEADER),
        lined(book(HEADER), 1, 1),
        lined(book(HEADER), 1, 3),
        lined(book(HEADER), 1, 2, 1),
    ):
        assert rows(tables(read_document(saved(workbook)))[0]) == [["维持", "纠正", "总计"]]


def test_a_report_on_one_sheet() -> None:
    data = saved(
        book(
            [
                ["某镇2024年政府信息公开工作年度报告"],
                ["一、总体情况"],
                ["2024年，我镇认真贯彻落实条例，主动公开信息12条。"],
                ["二、主动公开政府信息情况"],
                ["第二十条第（一）项"],
                ["信息内容", "制发", "废止", "有效"],
                ["规章", 0, 0, 0],
                ["第二十条第（五）项"],
                ["行政许可", 5],
                ["注：以上为年底数"],
                ["三、收到和处理政府信息公开申请情况"],
                ["项目", "自然人", "总计"],
                ["一、新收", 1, 1],
                ["二、结转", None, None],
                ["四、继续", 0, 0],
                [],
                ["五、存在的主要问题及改进情况"],
                ["存在不足。我镇将改进工作，加强培训。"],
            ]
        )
    )
    document = read_document(data)
    assert [rows(table)[0][0] for table in tables(document)] == ["信息内容", "项目"]
    assert [table.n_rows for table in tables(document)] == [4, 4]
    assert rows(tables(document)[1])[2] == ["二、结转", "", ""]
    assert paragraphs(document)[-1] == "存在不足。我镇将改进工作，加强培训。"
    assert document.blocks[0].place.row == 1


def test_formulas_without_results_and_errors_are_no_blanks() -> None:
    data = saved(book([["甲", 1, 2], ["乙", "=B1+C1", 3], ["丙", 4, 5]]))
    sheet = unpacked(data, "xl/worksheets/sheet1.xml").replace(
        '<c r="C3" t="n"><v>5</v></c>', '<c r="C3" t="e"><v>#REF!</v></c>'
    )
    document = read_document(repacked(data, {"xl/worksheets/sheet1.xml": sheet.encode()}))
    assert rows(tables(document)[0]) == [["甲", "1", "2"], ["乙", "=B1+C1", "3"], ["丙", "4", "#REF!"]]
    assert len(document.notes) == 1
    assert "B2" in document.notes[0]


def test_formulas_with_results_are_their_results() -> None:
    data = saved(book([["甲", 1, 2], ["乙", "=B1+C1", 3]]))
    sheet = (
        unpacked(data, "xl/worksheets/sheet1.xml").replace("<v></v>", "<v>3</v>").replace("<v />", "<v>3</v>")
    )
    document = read_document(repacked(data, {"xl/worksheets/sheet1.xml": sheet.encode()}))
    assert rows(tables(document)[0])[1] == ["乙", "3", "3"]
    assert document.notes == ()


def test_a_hidden_sheet_is_left_out_and_said_so() -> None:
    workbook = book([["甲", 1], ["乙", 2]], [["丙", 3], ["丁", 4]])
    workbook["表2"].sheet_state = "hidden"
    document = read_document(saved(workbook))
    assert len(tables(document)) == 1
    assert document.notes == ("工作表“表2”是隐藏的，没有读取",)


def test_tables_are_numbered_over_all_sheets() -> None:
    document = read_document(
        saved(book([["甲", 1], ["乙", 2], [], ["丙", 1], ["丁", 2]], [["戊", 3], ["己", 4]]))
    )
    assert [(t.place.table, t.place.sheet) for t in tables(document)] == [(1, "表1"), (2, "表1"), (3, "表2")]


def test_an_absurdly_large_sheet_is_refused() -> None:
    workbook = book([["甲", 1]])
    workbook["表1"]["XFD1048576"] = 1
    assert code_of(saved(workbook)) == "too-large"


def test_empty_and_broken_workbooks_are_refused() -> None:
    assert code_of(saved(book([]))) == "empty"
    data = saved(book([["甲", 1]]))
    assert code_of(data[: len(data) // 2]) == "truncated"
    assert code_of(repacked(data, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})) in (
        "xml",
        "truncated",
    )


def test_csv_keeps_its_columns() -> None:
    text = "名称,制发,废止,有效\n规章,0,,3\n规范性文件,1,0,2\n许可,5,,\n处罚,6,,\n强制,7,,\n"
    for data in (text.encode(), text.encode("gb18030"), text.replace("\n", "\r\n").encode("utf-8-sig")):
        document = read_document(data)
        assert rows(tables(document)[0])[1] == ["规章", "0", "", "3"]
        assert tables(document)[0].aligned
        assert document.layout == "csv"


def test_csv_with_quotes() -> None:
    lines = ["名称,值,注", *[f'"甲,{n}","一\n二",' for n in range(6)]]
    (table,) = tables(read_document("\n".join(lines).encode()))
    assert rows(table)[1] == ["甲,0", "一\n二", ""]


def test_prose_with_commas_is_no_csv() -> None:
    text = "一、总体情况\n" + "2024年,我镇认真落实,公开信息12条,成效明显.\n我镇加强领导,完善制度.\n" * 5
    assert tables(read_document(text.encode())) == []


@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_part_is_missing(name: str) -> None:
    data = saved(book([["甲", 1], ["乙", 2]]))
    parts = {
        part: unpacked(data, part).encode()
        for part in (
            "xl/worksheets/sheet1.xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "_rels/.rels",
        )
    }
    del parts[name]
    assert code_of(packed(parts)) in ("truncated", "format", "xml")


_values = st.one_of(st.none(), st.integers(-(10**9), 10**12), st.sampled_from(["甲", "0", "/", "增3"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_values, min_size=3, max_size=3), min_size=2, max_size=12))
def test_every_value_is_found_again(content: list[list[object]]) -> None:
    content = [["名", *row] for row in content]
    document = read_document(saved(book([["头", "甲", "乙", "丙"], *content])))
    (table,) = tables(document)
    wanted = [["" if value is None else str(value) for value in row] for row in content]
    alone = 0
    while alone < len(wanted) and not any(any(row[1:]) for row in wanted[len(wanted) - 1 - alone :]):
        alone += 1
    assert rows(table)[1 : len(wanted) + 1] == wanted


def test_the_rows_of_the_first_sheet_for_lists_that_are_no_reports() -> None:
    workbook = book([["隐藏"]], [["索引号", "生成日期"], ["99/1", date(2024, 3, 5)]], [["第二张"]])
    workbook["表1"].sheet_state = "hidden"
    workbook["表2"]["C4"] = "=1/0"
    assert api.workbook_rows(saved(workbook)) == [
        ["索引号", "生成日期", ""],
        ["99/1", "2024-03-05", ""],
        ["", "", ""],
        ["", "", "=1/0"],
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_no_workbook_has_no_rows(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        api.workbook_rows(data)


def test_a_sheet_with_a_cell_at_its_far_end_is_refused_before_it_is_unfolded() -> None:
    workbook = book([["甲"]])
    workbook["表1"]["XFD1048576"] = "乙"
    with pytest.raises(UnreadableError) as refused:
        api.workbook_rows(saved(workbook))
    assert refused.value.code == "too-large"
