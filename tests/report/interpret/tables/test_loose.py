"""Table 3 from text: read where the layout keeps the columns, uncertain where it loses them."""

import random

import pytest

from gongkai.report import form
from gongkai.report.grid import Document
from gongkai.report.interpret.readings import TablesReading
from gongkai.report.interpret.tables import read_tables
from gongkai.report.model import Mark, TableState
from tests.report.interpret.tables.support import Figures, document, figures, full_grid, lines, loose, printed

KEYS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other", "total")


def read(*blocks: object) -> TablesReading:
    return read_tables(Document("text", tuple(blocks)))  # type: ignore[arg-type]


def row(reading: TablesReading, key: str) -> list[object]:
    return [reading.figures[f"applications.{key}.{column}"].value for column in KEYS]


def check_no_wrong_figure(reading: TablesReading, texts: Figures) -> None:
    """A figure that was read is the one that stands there."""
    for key, values in texts.items():
        for column, text in zip(KEYS, values, strict=True):
            value = reading.figures[f"applications.{key}.{column}"].value
            assert value is None or str(value) == text, (key, column)


def everything_read(reading: TablesReading, texts: Figures) -> None:
    for key, values in texts.items():
        assert row(reading, key) == [int(v) if v else None for v in values], key


FULL = figures(
    new="3 1 0 0 0 2 6", carried_in="1 0 0 0 0 0 1", granted="4 1 0 0 0 2 7", total="4 1 0 0 0 2 7"
)


def without_blanks(texts: Figures) -> list[list[str]]:
    """Merged cells dropped: group labels only where they begin."""
    return [[*fresh, r.label, *values] for r, fresh, values in printed(texts)]


def test_full_rows_are_read_whatever_their_columns() -> None:
    drifted = []
    for cells in without_blanks(FULL):
        labels = [cell for cell in cells if not cell.isdigit()]
        drifted.append([*labels, "", *cells[len(labels) :], ""])
    for rows in (full_grid(FULL), without_blanks(FULL), drifted):
        everything_read(read(loose(rows)), FULL)


BLANKS = figures(
    new="3 _ _ _ _ 2 5", granted="_ 5 _ _ _ _ 5", denied_by_law="_ _ _ _ _ _ _", total="3 _ _ _ _ 2 5"
)


def test_blanks_kept_in_place_are_read_in_place() -> None:
    everything_read(read(loose(full_grid(BLANKS))), BLANKS)
    everything_read(read(loose(without_blanks(BLANKS))), BLANKS)


def moved(rows: list[list[str]], width: int) -> list[list[str]]:
    kept = [[cell for cell in cells if cell] for cells in rows]
    return [[*cells, *[""] * (width - len(cells))] for cells in kept]


@pytest.mark.parametrize("width", [8, 9, 10])
def test_blanks_moved_to_the_end_lose_the_columns(width: int) -> None:
    texts = figures(**dict.fromkeys(figures(), "_ _ _ _ _ _ _"))
    texts["new"] = ["", "21", "", "", "", "", "21"]
    texts["granted"] = ["0", "", "", "20", "", "", "20"]
    reading = read(loose(moved(full_grid(texts), width)))
    check_no_wrong_figure(reading, texts)
    assert reading.uncertain["applications.new"].values == (21, 21)
    assert reading.figures["applications.new.business"].mark is Mark.UNCERTAIN
    assert reading.figures["applications.carried_in.total"].mark is Mark.BLANK
    assert reading.states["applications"] is TableState.UNCERTAIN


def test_random_rows_moved_to_the_end_never_give_a_wrong_figure() -> None:
    rng = random.Random(7)
    for _ in range(40):
        texts = figures()
        for key in texts:
            texts[key] = [str(rng.randint(0, 3)) if rng.random() < 0.6 else "" for _ in range(7)]
        for rows in (moved(full_grid(texts), 10), moved(without_blanks(texts), 8), full_grid(texts)):
            check_no_wrong_figure(read(loose(rows)), texts)


def test_one_cell_per_line() -> None:
    text = "\n".join("\n".join(cells) for cells in without_blanks(FULL))
    everything_read(read(*lines(text)), FULL)


def test_the_whole_table_on_one_line() -> None:
    text = "说明 " + " ".join(" ".join(cells) for cells in without_blanks(FULL)) + " 四、政府信息公开行政复议"
    everything_read(read(*lines(text)), FULL)
    glued = "".join(r.label + " ".join(v) for r, _, v in printed(FULL))
    everything_read(read(*lines(glued)), FULL)


def wrapped(texts: Figures, order: str) -> str:
    """As a PDF's text: a wrapped label's pieces with the figures before, between or after them."""
    out = []
    for r, fresh, values in printed(texts):
        out.extend(fresh)
        line = " ".join(values)
        if len(r.label) < 12:
            out.append(f"{r.label} {line}")
            continue
        cut = len(r.label) // 2
        pieces = [r.label[:cut], r.label[cut:]]
        position = {"before": 0, "between": 1, "after": 2}[order]
        pieces.insert(position, line)
        out.extend(pieces)
    return "\n".join(out)


@pytest.mark.parametrize("order", ["before", "between", "after"])
def test_wrapped_labels_of_a_pdf_text(order: str) -> None:
    everything_read(read(*lines(wrapped(FULL, order))), FULL)


@pytest.mark.parametrize("order", ["before", "between", "after"])
def test_a_row_short_of_figures_spoils_a_pdf_text(order: str) -> None:
    texts = {**FULL, "denied_third_party": ["0"] * 4, "unable_not_held": ["1", "0", "0"]}
    reading = read(*lines(wrapped(texts, order)))
    for key in ("denied_third_party", "unable_not_held"):
        assert row(reading, key) == [None] * 7
    for key, values in FULL.items():
        got = row(reading, key)
        assert got in ([None] * 7, [int(v) for v in values]) or key in (
            "denied_third_party",
            "unable_not_held",
        )


def test_page_numbers_between_the_rows_are_no_figures() -> None:
    cells = [" ".join(row) for row in without_blanks(FULL)]
    text = "\n".join([*cells[:9], "- 3 -", *cells[9:15], "— 4 —", *cells[15:]])
    everything_read(read(*lines(text)), FULL)


def test_repeated_lines_dropped_leave_nothing_to_place() -> None:
    seen: set[str] = set()
    kept = []
    for cells in without_blanks(figures()):
        for cell in cells:
            if cell not in seen:
                kept.append(cell)
                seen.add(cell)
    reading = read(*lines("\n".join(kept)))
    assert reading.states["applications"] is TableState.UNREADABLE
    assert {figure.value for path, figure in reading.figures.items() if "applications" in path} == {None}


def test_a_single_row_other_is_not_the_total() -> None:
    texts = figures(single_other=True, new="5 0 0 0 0 0 5", other="2 0 0 0 0 0 2", total="5 0 0 0 0 0 5")
    everything_read(read(loose(full_grid(texts))), texts)


def test_the_same_table_twice_is_read_and_two_different_ones_are_not() -> None:
    twice = read(loose(full_grid(FULL)), loose(full_grid(FULL)))
    everything_read(twice, FULL)
    other = figures(new="9 0 0 0 0 0 9")
    differing = read(loose(full_grid(FULL)), loose(full_grid(other)))
    assert differing.states["applications"] is TableState.UNREADABLE
    assert row(differing, "new") == [None] * 7
    assert "2张表三" in "".join(differing.notes)


def test_the_words_of_the_form_in_prose_are_no_table() -> None:
    text = "本年新收政府信息公开申请21件，予以公开20件。\n不予公开0件，其中属于国家秘密0件。"
    assert read(*lines(text)).states["applications"] is TableState.MISSING


def test_consumed_parts_are_told() -> None:
    text = "前言部分\n" + "\n".join(" ".join(cells) for cells in without_blanks(FULL)) + "\n后文部分"
    blocks = lines(text)
    reading = read_tables(document(*blocks))
    assert 0 not in reading.consumed
    assert len(blocks) - 1 not in reading.consumed
    assert all(reading.consumed[i] is None for i in range(1, len(blocks) - 1))


def partial_blanks() -> Figures:
    rng = random.Random(3)
    return {key: [str(rng.randint(0, 4)) if rng.random() < 0.6 else "" for _ in KEYS] for key in figures()}


@pytest.mark.parametrize(("cell", "between"), [("\n", "\n"), ("\n", "\n\n"), ("\n\n", "\n\n")])
def test_blank_cells_that_are_empty_lines(cell: str, between: str) -> None:
    texts = partial_blanks()
    text = between.join(cell.join(cells) for cells in without_blanks(texts))
    everything_read(read(*lines(text + "\n四、政府信息公开行政复议、行政诉讼情况")), texts)


def test_a_row_with_some_blanks_moved_is_not_read_beside_rows_with_blanks_in_place() -> None:
    texts = figures(new="5 _ _ _ _ _ 5", granted="3 _ 1 _ _ _ 4", partial="_ 1 _ _ _ _ 1")
    width = 10
    mixed = []
    for cells in without_blanks(texts):
        kept = [cell for i, cell in enumerate(cells) if cell or (i % 2 and "（一）予以公开" in cells)]
        mixed.append([*kept, *[""] * (width - len(kept))])
    check_no_wrong_figure(read(loose(mixed)), texts)


def test_a_whole_report_on_one_line_headers_and_all() -> None:
    header = f"{form.IDENTITY_NOTE} 申请人情况 自然人 法人或其他组织 总计 其他"
    body = " ".join(" ".join(cells) for cells in without_blanks(FULL))
    everything_read(
        read(*lines(f"总体情况 我镇2024年工作 {header} {body} 四、政府信息公开行政复议、行政诉讼情况")), FULL
    )
