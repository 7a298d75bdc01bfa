"""Lattices, cells, stitching and paragraphs, from characters and rules alone."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.grid import Paragraph, Table
from gongkai.report.read.pdf.lattice import Slot, find_lattices
from gongkai.report.read.pdf.layout import Box, Char, PageContent, build_blocks, read_layout
from gongkai.report.read.pdf.lines import LOST
from tests.report.read.support import rows, spread

SIZE = 10.0


def text(words: str, x: float, y: float, size: float = SIZE) -> list[Char]:
    """Words with the em's upper left corner at (x, y); Latin half as wide as Chinese."""
    chars = []
    for word in words:
        width = size / 2 if word.isascii() else size
        if word != " ":
            chars.append(Char(word, x, y, x + width, y + size))
        x += width
    return chars


def across(y: float, x0: float, x1: float) -> Box:
    return Box(x0, y, x1, y + 0.5)


def down(x: float, y0: float, y1: float) -> Box:
    return Box(x, y0, x + 0.5, y1)


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[Box]:
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def page(chars: list[Char], rules: Sequence[Box] = (), number: int = 1) -> PageContent:
    return PageContent(number, 595, 842, chars, rules)


def in_cells(cells: Sequence[Sequence[str]], xs: Sequence[float], top: float) -> list[Char]:
    return [
        char
        for r, row in enumerate(cells)
        for c, words in enumerate(row)
        for char in text(words, xs[c] + 3, top + r * 20 + 5)
    ]


def table_page(
    cells: Sequence[Sequence[str]], number: int, top: float = 100, left: float = 50
) -> PageContent:
    xs = [left, *(left + 180 + 60 * i for i in range(len(cells[0])))]
    ys = [top + 20 * i for i in range(len(cells) + 1)]
    return page(in_cells(cells, xs, top), ruled(xs, ys), number)


def only_table(pages: Sequence[PageContent]) -> Table:
    (block,) = build_blocks(pages)
    assert isinstance(block, Table)
    return block


def texts(pages: Sequence[PageContent]) -> list[str]:
    return [block.text for block in build_blocks(pages) if isinstance(block, Paragraph)]


# -- lattices --------------------------------------------------------------------------------------


@st.composite
def partitions(draw: st.DrawFn) -> tuple[list[float], list[float], list[Slot]]:
    """Column and row lines, and a division of the grid into rectangles."""
    widths = draw(st.lists(st.floats(10, 80), min_size=1, max_size=6))
    heights = draw(st.lists(st.floats(10, 40), min_size=2, max_size=8))
    free = {(r, c) for r in range(len(heights)) for c in range(len(widths))}
    slots = []
    while free:
        top, left = min(free)
        bottom, right = top + draw(st.integers(1, 3)), left + draw(st.integers(1, 3))
        area = [(r, c) for r in range(top, bottom) for c in range(left, right)]
        if not free.issuperset(area):
            area, bottom, right = [(top, left)], top + 1, left + 1
        slots.append(Slot(top, left, bottom, right))
        free -= set(area)
    xs = [50 + sum(widths[:i]) for i in range(len(widths) + 1)]
    ys = [80 + sum(heights[:i]) for i in range(len(heights) + 1)]
    return xs, ys, slots


def edges(xs: list[float], ys: list[float], slots: Sequence[Slot]) -> list[Box]:
    """The outlines of the slots, each drawn by itself as Word draws the edges of cells."""
    rules = []
    for top, left, bottom, right in slots:
        x0, y0, x1, y1 = xs[left], ys[top], xs[right], ys[bottom]
        rules += [across(y0, x0, x1), across(y1, x0, x1), down(x0, y0, y1), down(x1, y0, y1)]
    return rules


@given(partitions())
@settings(max_examples=150, deadline=None)
def test_merged_cells_are_found_from_their_outlines(
    grid: tuple[list[float], list[float], list[Slot]],
) -> None:
    xs, ys, slots = grid
    lattices = find_lattices(edges(xs, ys, slots))
    assert len(lattices) == 1
    assert [tuple(round(v, 2) for v in lattices[0].slot_box(i)) for i in range(len(slots))] == [
        tuple(round(v + 0.25, 2) for v in (xs[s.left], ys[s.top], xs[s.right], ys[s.bottom]))
        for s in sorted(slots)
    ]
    assert len(lattices[0].slots) == len(slots)


def test_every_point_belongs_to_the_slot_around_it() -> None:
    (lattice,) = find_lattices(ruled([0, 50, 100], [0, 20, 40]))
    assert [lattice.slot_at(x, y) for y in (10, 30) for x in (25, 75)] == [0, 1, 2, 3]
    assert lattice.slot_at(-5, 10) is None


@pytest.mark.parametrize("gap", [1.0, 3.0])
def test_dashed_and_dotted_rules(gap: float) -> None:
    def dotted(rule: Box) -> list[Box]:
        x0, y0, x1, y1 = rule
        if x1 - x0 > y1 - y0:
            return [Box(x, y0, min(x + 1, x1), y1) for x in frange(x0, x1, 1 + gap)]
        return [Box(x0, y, x1, min(y + 1, y1)) for y in frange(y0, y1, 1 + gap)]

    dots = [dot for rule in ruled([50, 110, 170], [100, 120, 140]) for dot in dotted(rule)]
    table = only_table([page(in_cells([["甲", "1"], ["乙", "2"]], [50, 110], 100), dots)])
    assert rows(table) == [["甲", "1"], ["乙", "2"]]


def frange(start: float, stop: float, step: float) -> list[float]:
    return [start + i * step for i in range(int((stop - start) / step) + 1)]


def test_double_rules_are_one() -> None:
    rules = ruled([50, 110, 170], [100, 120, 140]) + ruled([53, 113, 173], [103, 123, 143])
    table = only_table([page(in_cells([["甲", "1"], ["乙", "2"]], [50, 110], 100), rules)])
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_open_sides_are_closed() -> None:
    rules = [across(y, 50, 170) for y in (100, 120, 140)] + [down(110, 100, 160)]
    table = only_table([page(in_cells([["甲", "1"], ["乙", "2"], ["丙", "3"]], [50, 110], 100), rules)])
    assert rows(table) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]


def test_page_border_is_no_table() -> None:
    frame = ruled([20, 575], [20, 822])
    inner = ruled([50, 110, 170], [100, 120, 140])
    chars = in_cells([["甲", "1"], ["乙", "2"]], [50, 110], 100) + text("框外的一段文字", 50, 300)
    blocks = build_blocks([page(chars, frame + inner)])
    assert [type(block) for block in blocks] == [Table, Paragraph]


def test_shaded_cells_make_a_table_where_there_are_no_rules() -> None:
    cells = [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]]
    shades = [Box(50 + 60 * c, 100 + 20 * r, 108 + 60 * c, 118 + 20 * r) for r in range(3) for c in range(3)]
    content = PageContent(1, 595, 842, in_cells(cells, [50, 110, 170], 100), (), shades)
    assert rows(only_table([content])) == cells


def test_striped_rows_are_no_columns() -> None:
    cells = [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"], ["丁", "7", "8"]] * 3
    shades = [
        Box(50 + 60 * c, 100 + 20 * r, 110 + 60 * c, 120 + 20 * r) for r in range(0, 12, 2) for c in range(3)
    ]
    content = PageContent(1, 595, 842, in_cells(cells, [50, 110, 170], 100), (), shades)
    assert not [b for b in build_blocks([content]) if isinstance(b, Table)]


# -- cells -----------------------------------------------------------------------------------------


def test_wrapped_label_is_joined_without_spaces() -> None:
    chars = text("5.要求行政", 53, 103) + text("机关确认", 53, 114) + text("12", 120, 108)
    table = only_table([page(chars, ruled([50, 110, 170], [100, 128, 150]))])
    assert rows(table)[0] == ["5.要求行政机关确认", "12"]


def test_letters_one_below_the_other_read_downwards() -> None:
    chars = [c for i, word in enumerate("三、本年度办理结果") for c in text(word, 53, 102 + 11 * i)]
    table = only_table([page(chars + text("7", 75, 150), ruled([50, 66, 100], [100, 205, 225]))])
    assert rows(table)[0] == ["三、本年度办理结果", "7"]


def test_upright_letters_in_two_columns_read_from_the_right() -> None:
    right = [c for i, word in enumerate("三、本年度") for c in text(word, 65, 102 + 11 * i)]
    left = [c for i, word in enumerate("办理结果数") for c in text(word, 52, 102 + 11 * i)]
    chars = sorted(right + left, key=lambda c: (c.y0, c.x0))
    table = only_table([page(chars, ruled([50, 78, 100], [100, 160, 180]))])
    assert rows(table)[0][0] == "三、本年度办理结果数"


def test_number_across_a_rule_is_lost() -> None:
    table = only_table([page(text("12345", 100, 105), ruled([50, 112, 170], [100, 120, 140]))])
    assert rows(table)[0] == [LOST, LOST]


def test_text_that_juts_out_a_little_stays_in_its_cell() -> None:
    table = only_table([page(text("总计", 52, 111) + text("5", 120, 105), ruled([50, 110, 170], [100, 118]))])
    assert rows(table) == [["总计", "5"]]


# -- over the page ---------------------------------------------------------------------------------

HEAD = ["项目", "自然人", "总计"]


def test_table_goes_on_over_the_page_and_its_header_is_not_repeated() -> None:
    pages = [
        table_page([HEAD, ["1.属于国家秘密", "1", "2"]], 1, top=700),
        table_page([HEAD, ["2.重复申请", "3", "4"]], 2, left=80),
    ]
    pages[0].chars.extend(text("- 1 -", 280, 800))  # type: ignore[attr-defined]
    assert rows(only_table(pages)) == [HEAD, ["1.属于国家秘密", "1", "2"], ["2.重复申请", "3", "4"]]


def test_text_between_makes_two_tables() -> None:
    first, second = table_page([HEAD, ["甲", "1", "2"]], 1, top=700), table_page([HEAD, ["乙", "3", "4"]], 2)
    second.chars.extend(text("四、另一个表", 80, 60))  # type: ignore[attr-defined]
    assert [type(b) for b in build_blocks([first, second])] == [Table, Paragraph, Table]


def test_other_columns_make_another_table() -> None:
    first, second = table_page([HEAD], 1, top=700), table_page([[*HEAD, "其他"]], 2)
    assert len(build_blocks([first, second])) == 2


def test_row_cut_by_the_page_is_made_whole() -> None:
    label, rest = "5.要求行政机关确认或重新出具", "已获取信息"
    pages = [table_page([HEAD, [label, "7", ""]], 1, top=700), table_page([[rest, "", ""]], 2)]
    assert rows(only_table(pages)) == [HEAD, [label + rest, "7", ""]]


def test_figures_that_went_to_the_lower_half_of_a_cut_row() -> None:
    label, rest = "5.要求行政机关确认或重新出具", "已获取信息"
    pages = [table_page([HEAD, [label, "", ""]], 1, top=700), table_page([[rest, "7", "8"]], 2)]
    assert rows(only_table(pages)) == [HEAD, [label + rest, "7", "8"]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["重复申请", "", ""], ["3.要求提供公开出版物", "", ""]),  # a numbering token begins a label
        (["行政许可", "", ""], ["行政处罚", "", ""]),  # a known label
        (["甲", "1", ""], ["乙", "2", ""]),  # a figure would be overwritten
        (["自然人", "商业企业", "总计"], ["", "5", "7"]),  # figures under a header
        (["8.属于行政查询事项", "不适用", ""], ["1.本机关不掌握", "", "不适用"]),  # marks are no labels
        (["8.属于行政查询事项", "无", ""], ["1.本机关不掌握", "", "3件"]),
        (["2.重复申请", "", ""], ["要求提供公开出版物", "", ""]),  # the label above is one already
    ],
)
def test_rows_that_are_two_stay_two(above: list[str], below: list[str]) -> None:
    pages = [table_page([["信息", "本年", "合计"], above], 1, top=700), table_page([below], 2)]
    assert only_table(pages).n_rows == 3


@pytest.mark.parametrize("halves", [("（四）无", "法提供"), ("（四）无法提供", ""), ("", "（四）无法提供")])
def test_group_label_cut_by_the_page(halves: tuple[str, str]) -> None:
    xs = [50.0, 130.0, 230.0, 280.0]

    def part(
        number: int, top: float, group: str, labels: Sequence[str], figures: Sequence[str]
    ) -> PageContent:
        ys = [top + 20 * i for i in range(len(labels) + 1)]
        rules = [across(ys[0], 50, 280), across(ys[-1], 50, 280), *(across(y, 130, 280) for y in ys[1:-1])]
        rules += [down(x, ys[0], ys[-1]) for x in xs]
        chars = text(group, 53, top + 5)
        for i, (label, figure) in enumerate(zip(labels, figures, strict=True)):
            chars += text(label, 133, top + 5 + 20 * i) + text(figure, 235, top + 5 + 20 * i)
        return page(chars, rules, number)

    pages = [
        part(1, 700, halves[0], ["1.本机关不掌握", "2.没有现成信息"], ["1", "2"]),
        part(2, 100, halves[1], ["3.补正后仍不明确", "4.其他情形"], ["3", "4"]),
    ]
    table = only_table(pages)
    assert [row[0] for row in spread(table)] == ["（四）无法提供"] * 4
    assert [row[2] for row in spread(table)] == ["1", "2", "3", "4"]


# -- paragraphs ------------------------------------------------------------------------------------

LONG = "坚持以公开为常态不公开为例外主动公开工作动态类信息三十六条"


def prose(*lines: tuple[str, float], top: float = 100) -> list[Char]:
    """Lines with their left edge, 18 points apart; the margins are 90 and 390."""
    return [char for i, (words, x) in enumerate(lines) for char in text(words, x, top + 18 * i)]


def test_lines_are_joined_and_indents_begin_paragraphs() -> None:
    chars = prose((LONG[:28], 110), (LONG[:30], 90), ("到此为止。", 90), (LONG[:28], 110), ("又一段。", 90))
    assert texts([page(chars)]) == [LONG[:28] + LONG[:30] + "到此为止。", LONG[:28] + "又一段。"]


def test_title_too_long_for_a_line_is_one_paragraph_and_two_titles_are_two() -> None:
    body = prose((LONG[:28], 110), (LONG[:30], 90), (LONG[:30], 90), ("完。", 90), top=200)
    wrapped = text(LONG[:18], 96, 100, 16) + text("年度报告", 208, 124, 16)
    assert texts([page(wrapped + body)])[0] == LONG[:18] + "年度报告"
    stacked = text("某县人民政府", 192, 100, 16) + text("年度报告", 208, 124, 16)
    assert texts([page(stacked + body)])[:2] == ["某县人民政府", "年度报告"]


def test_heading_on_its_own_line_is_its_own_paragraph() -> None:
    chars = prose((LONG[:28], 110), (LONG[:30], 90), ("一、总体情况", 110), (LONG[:28], 110), ("完。", 90))
    assert texts([page(chars)])[1] == "一、总体情况"


PROSE = LONG[:28] + "到此为止。"


def ended(*more: Char, number: int = 1) -> PageContent:
    """A page with one paragraph that ends on it."""
    return page([*prose((LONG[:28], 110), ("到此为止。", 90)), *more], number=number)


def test_sentence_goes_on_over_the_page_without_page_numbers() -> None:
    first = prose((LONG[:28], 110), (LONG[:30], 90), top=700) + text("— 1 —", 280, 800)
    second = prose((LONG[:30], 90), ("结束。", 90)) + text("— 2 —", 280, 800)
    assert texts([page(first), page(second, number=2)]) == [LONG[:28] + LONG[:30] * 2 + "结束。"]


@pytest.mark.parametrize("mark", ["- {} -", "— {} —", "{}", "第{}页 共3页", "{}/3", "Page {} of 3"])
def test_page_numbers_are_dropped(mark: str) -> None:
    pages = [ended(*text(mark.format(n), 280, 800), number=n) for n in (1, 2, 3)]
    assert texts(pages) == [PROSE] * 3


def test_running_header_is_dropped() -> None:
    pages = [ended(*text("某县人民政府公报", 250, 30), number=n) for n in (1, 2, 3)]
    assert texts(pages) == [PROSE] * 3


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert "3" in texts([ended(*text("3", 110, 400)), ended(number=2)])


def test_latin_words_keep_their_spaces_and_chinese_gets_none() -> None:
    chars = (
        text("按照", 90, 100) + text("Open Data", 115, 100) + text("要求", 165, 100) + text("2024", 190, 100)
    )
    assert texts([page(chars + text("年", 213, 100))]) == ["按照Open Data要求2024年"]


def test_places_tell_page_and_box() -> None:
    (block,) = build_blocks([page(text("总体情况", 90, 100), number=7)])
    assert block.place.page == 7
    assert block.place.box == (90, 100, 130, 110)


def test_layout_says_what_kind_of_tables() -> None:
    assert read_layout([page(text("没有表格", 90, 100))]).layout == "text"
