"""Table 3 and 4 where columns are known."""

import random

import pytest

from gongkai.report import form
from gongkai.report.grid import Cell, Document, Table
from gongkai.report.interpret.readings import TablesReading
from gongkai.report.interpret.tables import read_tables
from gongkai.report.model import Mark, TableState
from tests.report.interpret.tables.support import Figures, aligned, figures, full_grid, printed

KEYS = tuple(column.key for column in form.COLUMNS)


def read(*tables: Table) -> TablesReading:
    return read_tables(Document("html", tables))


def row(reading: TablesReading, key: str) -> list[object]:
    return [reading.figures[f"applications.{key}.{column}"].value for column in KEYS]


def everything_read(reading: TablesReading, texts: Figures) -> None:
    for key, values in texts.items():
        assert row(reading, key) == [int(v) if v else None for v in values], key


def some_blanks(seed: int) -> Figures:
    rng = random.Random(seed)
    texts = figures(single_other=bool(seed % 2))
    return {key: [str(rng.randint(0, 9)) if rng.random() < 0.7 else "" for _ in KEYS] for key in texts}


@pytest.mark.parametrize("seed", range(6))
def test_blank_cells_stay_blank_and_figures_stay_in_their_columns(seed: int) -> None:
    texts = some_blanks(seed)
    reading = read(aligned(full_grid(texts)))
    everything_read(reading, texts)
    blanks = [f for path, f in reading.figures.items() if "applications" in path and f.value is None]
    assert {figure.mark for figure in blanks} == {Mark.BLANK}


def test_a_place_is_kept_for_every_figure() -> None:
    reading = read(aligned(full_grid(figures())))
    place = reading.figures["applications.new.total"].place
    assert place is not None
    assert (place.table, place.row, place.cell) == (1, 3, 10)


@pytest.mark.parametrize("seed", range(8))
def test_a_row_that_lost_a_rowspan_is_never_read_in_the_wrong_columns(seed: int) -> None:
    texts = some_blanks(seed)
    rng = random.Random(seed)
    rows = full_grid(texts)
    drifted = rng.sample(range(len(rows)), 6)
    for index in drifted:
        while rows[index][0] == "":
            rows[index] = [*rows[index][1:], ""]
    reading = read(aligned(rows))
    for key, values in texts.items():
        for column, text in zip(KEYS, values, strict=True):
            value = reading.figures[f"applications.{key}.{column}"].value
            assert value is None or str(value) == text, (key, column)


def test_full_rows_that_drifted_are_read_by_order() -> None:
    texts = figures(granted="3 0 0 0 0 1 4", other_other="1 0 0 0 0 0 1")
    rows = [
        [*cells[i:], *[""] * i]
        for cells in full_grid(texts)
        for i in [next(j for j, c in enumerate(cells) if c)]
    ]
    everything_read(read(aligned(rows)), texts)


def test_pieces_without_header_after_a_page_break_follow_the_first() -> None:
    texts = some_blanks(2)
    rows = full_grid(texts)
    everything_read(read(aligned(rows[:9]), aligned(rows[9:], header=False)), texts)


def test_a_table_without_any_header_is_read_by_its_shape() -> None:
    texts = some_blanks(4)
    rows = [[r.label, *values] for r, _, values in printed(texts)]
    everything_read(read(aligned(rows, header=False)), texts)


def test_text_in_a_figure_cell_is_not_a_figure() -> None:
    rows = full_grid(figures())
    rows[0][3] = "O"
    reading = read(aligned(rows))
    assert reading.figures["applications.new.natural_person"].mark is Mark.UNREADABLE
    assert reading.figures["applications.new.total"].value == 0


def test_a_cell_over_two_columns_makes_the_row_uncertain() -> None:
    texts = figures(new="5 0 0 0 0 0 5")
    table = aligned(full_grid(texts))
    cells = []
    for cell in table.cells:
        wide = cell.row == 2 and cell.col == 4
        if cell.row != 2 or cell.col != 5:
            cells.append(cell._replace(colspan=2) if wide else cell)
    reading = read(Table(tuple(cells), table.n_rows, table.n_cols))
    assert row(reading, "new") == [None] * 7
    assert reading.uncertain["applications.new"].values == (5, 0, 0, 0, 0, 5)


def test_labels_that_deviate_are_told_once() -> None:
    rows = full_grid(figures())
    rows[5][2] = "2.其他法律行政止公开"
    reading = read(aligned(rows))
    assert [(item.path, item.found) for item in reading.labels] == [
        ("applications.denied_by_law", "2.其他法律行政止公开")
    ]


def disputes(values: list[str], header: list[list[str]] | None = None) -> Table:
    names = ["结果\n维持", "结果 纠正", "其他结果", "尚未审结", "总计"]
    head = header or [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*names, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *names, *names],
    ]
    cells = tuple(Cell(t, r, c) for r, line in enumerate([*head, values]) for c, t in enumerate(line))
    return Table(cells, len(head) + 1, 15)


def test_table_4_is_read_by_its_columns_blanks_included() -> None:
    values = ["1", "", "0", "/", "1", *["0"] * 5, "", "2", "", "", "2"]
    reading = read(disputes(values))
    got = [reading.figures[path].value for path in form.dispute_paths()]
    assert got == [1, None, 0, 0, 1, 0, 0, 0, 0, 0, None, 2, None, None, 2]
    assert reading.figures["disputes.reconsideration.pending"].mark is Mark.NONE


def test_table_4_with_its_blocks_in_another_order_is_not_read() -> None:
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    head = [
        ["行政诉讼", *[""] * 9, "行政复议", *[""] * 4],
        ["复议后起诉", *[""] * 4, "未经复议直接起诉", *[""] * 4, *names],
        [*names, *names, *[""] * 5],
    ]
    reading = read(disputes(["1"] * 15, head))
    assert reading.states["disputes"] is TableState.UNREADABLE
    assert {reading.figures[path].value for path in form.dispute_paths()} == {None}


def proactive(edition: str, values: dict[str, str], unit: str = "") -> Table:
    rows: list[list[str]] = []
    for block in form.EDITIONS[edition].proactive:
        rows.append([block.item, "", "", ""])
        labels = [column.label.replace("万元", unit) if unit else column.label for column in block.columns]
        rows.append(["信息内容", *labels, *[""] * (3 - len(labels))])
        for item in block.rows:
            texts = [values.get(f"{item.key}.{column.key}", "0") for column in block.columns]
            rows.append([item.label, *texts, *[""] * (3 - len(texts))])
    cells = tuple(Cell(t, r, c) for r, line in enumerate(rows) for c, t in enumerate(line))
    return Table(cells, len(rows), 4)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_table_2_of_both_editions(edition: str) -> None:
    values = {
        "regulations.issued": "3",
        "licences.decisions": "",
        "licences.change": "减4",
        "fees.amount_10k_yuan": "1.50",
    }
    reading = read(proactive(edition, values))
    assert reading.edition == edition
    assert set(reading.figures) == set(form.proactive_paths(edition))
    assert reading.figures["proactive.licences.decisions"].mark is Mark.BLANK
    if edition == "2021":
        assert reading.figures["proactive.regulations.issued"].value == 3
        assert str(reading.figures["proactive.fees.amount_10k_yuan"].value) == "1.50"
    else:
        assert reading.figures["proactive.licences.change"].value == -4


def test_fees_in_another_unit_are_not_read() -> None:
    reading = read(proactive("2021", {"fees.amount_10k_yuan": "125000"}, unit="元"))
    assert reading.figures["proactive.fees.amount_10k_yuan"].value is None
    assert "万元" in reading.uncertain["proactive.fees"].reason
