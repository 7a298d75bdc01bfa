"""Tables 2 and 4 from text."""

import pytest

from gongkai.report import form
from gongkai.report.interpret.readings import TablesReading
from gongkai.report.interpret.tables import read_tables
from gongkai.report.model import Mark, TableState
from tests.report.interpret.tables.support import document, lines, loose

OUTCOMES = [column.label for column in form.DISPUTE_COLUMNS]
HEAD = [["行政复议", "行政诉讼"], [*OUTCOMES, "未经复议直接起诉", "复议后起诉"], [*OUTCOMES, *OUTCOMES]]


def disputes(row: list[str], head: list[list[str]] = HEAD) -> TablesReading:
    return read_tables(document(loose([*head, row])))


def values(reading: TablesReading, paths: tuple[str, ...]) -> list[object]:
    return [reading.figures[path].value if path in reading.figures else "absent" for path in paths]


def test_fifteen_figures_are_read_in_order() -> None:
    reading = disputes([str(i) for i in range(15)])
    assert values(reading, form.dispute_paths()) == list(range(15))
    assert reading.states["disputes"] is TableState.READ


def test_blanks_in_place_among_fifteen_cells_are_read() -> None:
    row = ["", "2", *[""] * 3, *["0"] * 10]
    assert values(disputes(row), form.dispute_paths())[:5] == [None, 2, None, None, None]


@pytest.mark.parametrize("row", [["1", "2", *[""] * 13], ["1"] * 14, ["1"] * 16])
def test_one_figure_too_few_or_too_many_shifts_all(row: list[str]) -> None:
    reading = disputes(row)
    assert set(values(reading, form.dispute_paths())) == {None}
    assert reading.states["disputes"] is TableState.UNREADABLE
    assert reading.uncertain["disputes"].values == tuple(int(cell) for cell in row if cell)


def test_blocks_in_another_order_are_not_read() -> None:
    head = [["行政诉讼", "行政复议"], ["复议后起诉", "未经复议直接起诉", *OUTCOMES], [*OUTCOMES, *OUTCOMES]]
    assert set(values(disputes(["1"] * 15, head), form.dispute_paths())) == {None}


def test_an_empty_row_is_blank_and_a_header_alone_is_unreadable() -> None:
    blank = disputes([""] * 15)
    assert {blank.figures[path].mark for path in form.dispute_paths()} == {Mark.BLANK}
    alone = read_tables(document(loose(HEAD)))
    assert alone.states["disputes"] is TableState.UNREADABLE


PROACTIVE = """第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 3 1 12
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 174
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 517
行政强制 /
第二十条第（八）项
信息内容 本年收费金额（单位：万元）
行政事业性收费 12.50"""


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_table_2_from_lines_of_words_and_from_one_word_a_line(separator: str) -> None:
    reading = read_tables(document(*lines(PROACTIVE.replace(" ", separator))))
    assert reading.edition == "2021"
    assert values(reading, form.proactive_paths("2021"))[3:9] == [3, 1, 12, 174, 517, 0]
    assert str(reading.figures["proactive.fees.amount_10k_yuan"].value) == "12.50"
    assert reading.figures["proactive.coercive_measures.decisions"].mark is Mark.NONE


def test_a_short_row_of_table_2_is_uncertain() -> None:
    reading = read_tables(document(*lines(PROACTIVE.replace("3 1 12", "3 12"))))
    assert reading.uncertain["proactive.normative_documents"].values == (3, 12)
    assert reading.figures["proactive.normative_documents.issued"].value is None
    assert reading.figures["proactive.licences.decisions"].value == 174


def test_words_set_apart_within_a_label_are_one_label() -> None:
    reading = read_tables(document(*lines(PROACTIVE.replace("行政处罚", "行 政 处 罚"))))
    assert reading.figures["proactive.penalties.decisions"].value == 517


def test_the_labels_of_table_2_in_prose_are_no_table() -> None:
    reading = read_tables(document(*lines("全年办理行政许可174件，行政处罚517件，现行有效件数12件。")))
    assert reading.states["proactive"] is TableState.MISSING


MIXED = """第二十条第（一）项
信息内容 本年新制作数量 本年新公开数量 对外公开总数量
规章 0 0 0
规范性文件 1 2 3
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 174"""


def test_a_block_of_the_other_edition_is_read_by_the_column_it_has() -> None:
    reading = read_tables(document(*lines(MIXED)))
    assert reading.edition == "2019"
    assert reading.figures["proactive.licences.decisions"].value == 174
    assert reading.figures["proactive.licences.change"].mark is Mark.MISSING
    assert reading.figures["proactive.normative_documents.disclosed_total"].value == 3
