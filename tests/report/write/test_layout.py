"""The tables as the form prints them."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from gongkai.report import form
from gongkai.report.model import Figure, Mark, Uncertain
from gongkai.report.write import layout
from tests.report.strategies import random_report

FORMS = [("2021", False), ("2021", True), ("2019", True)]


@pytest.mark.parametrize(("edition", "single"), FORMS)
def test_cells_tile_the_table_and_hold_every_figure_once(edition: str, single: bool) -> None:
    paths: list[str] = []
    for table in layout.tables(edition, single):
        places = [
            (row, col)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        ]
        assert sorted(places) == [(r, c) for r in range(table.n_rows) for c in range(table.n_cols)]
        paths += [cell.path for cell in table.cells if cell.path]
        corners = {(cell.row, cell.col): cell for cell in table.cells}
        for cell in table.cells:
            assert all(corners[position].scope for position in cell.headers)
    assert sorted(paths) == sorted(form.all_paths(edition, single))
    assert len(paths) == len(set(paths))


def spans(table: layout.FormTable, text: str) -> list[tuple[int, int]]:
    return [(cell.rowspan, cell.colspan) for cell in table.cells if cell.text == text]


@pytest.mark.parametrize(("single", "results", "other"), [(False, 22, (3, 1)), (True, 20, (1, 2))])
def test_merged_cells_of_table_three(single: bool, results: int, other: tuple[int, int]) -> None:
    table = layout.applications_table(single)
    assert spans(table, form.IDENTITY_NOTE) == [(3, 3)]
    assert spans(table, "申请人情况") == [(1, 7)]
    assert spans(table, "法人或其他组织") == [(1, 5)]
    assert spans(table, "自然人") == spans(table, "总计") == [(2, 1)]
    assert spans(table, "一、本年新收政府信息公开申请数量") == [(1, 3)]
    assert spans(table, "三、本年度办理结果") == [(results, 1)]
    assert spans(table, "（一）予以公开") == spans(table, "（七）总计") == [(1, 2)]
    assert spans(table, "（三）不予公开") == [(8, 1)]
    assert spans(table, "（四）无法提供") == [(3, 1)]
    assert spans(table, "（五）不予处理") == [(5, 1)]
    assert spans(table, "（六）其他处理") == [other]


def test_merged_cells_of_tables_two_and_four() -> None:
    two = layout.proactive_table("2021")
    assert spans(two, "第二十条第（一）项") == [(1, 4)]
    assert spans(two, "本年处理决定数量") == [(1, 3), (1, 3)]
    assert spans(two, "本年收费金额（单位：万元）") == [(1, 3)]
    assert spans(layout.proactive_table("2019"), "采购总金额") == [(1, 2)]
    four = layout.disputes_table()
    assert spans(four, "行政复议") == [(1, 5)]
    assert spans(four, "行政诉讼") == [(1, 10)]
    assert spans(four, "结果维持") == [(2, 1), (1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(0, "0"), "0"),
        (Figure(12, "12件"), "12"),
        (Figure(Decimal("0.50"), "0.50"), "0.50"),
        (Figure(Decimal("1E+3"), "1000"), "1000"),
        (Figure(None, "", Mark.BLANK), ""),
        (Figure(None, "", Mark.MISSING), ""),
        (Figure(None, "3 4", Mark.UNCERTAIN), ""),
        (Figure(None, "若干", Mark.UNREADABLE), "若干"),
        (Figure(0, "/", Mark.NONE), "/"),
        (None, ""),
    ],
)
def test_only_a_number_is_printed_as_one(figure: Figure | None, text: str) -> None:
    assert layout.printed(figure) == text


def test_uncertain_rows_are_named_with_their_values() -> None:
    report = random_report(Random(1))
    uncertain = {
        "applications.granted": Uncertain((12, 21), ()),
        "disputes.reconsideration": Uncertain((3,), ()),
    }
    doubtful = replace(report, reading=replace(report.reading, uncertain=uncertain))
    assert layout.uncertain_notes(doubtful, "applications") == [
        "读取说明：“三、本年度办理结果（一）予以公开”一行的数字所在的列不能确定，原文依次为：12、21。"
    ]
    assert layout.uncertain_notes(doubtful, "disputes") == [
        "读取说明：“行政复议”一行的数字所在的列不能确定，原文依次为：3。"
    ]
    assert layout.uncertain_notes(doubtful, "proactive") == []


def test_title_without_agency_or_year_is_still_a_title() -> None:
    report = random_report(Random(1))
    bare = replace(report, agency=None, year=None, reading=replace(report.reading, title=""))
    assert layout.title_of(bare) == "政府信息公开工作年度报告"
