"""Charts say what the figures say, and nothing where there is none."""

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from gongkai.web.agencies.models import Agency
from gongkai.web.portal import charts, selectors
from gongkai.web.portal.charts import Series
from tests.web.portal.conftest import MakeAgency, Publish

VALUES = st.lists(st.none() | st.integers(0, 10**12), min_size=2, max_size=8)


@given(VALUES)
def test_bars_are_in_proportion_begin_at_zero_and_stay_inside(values: list[int | None]) -> None:
    years = range(2017, 2017 + len(values))
    chart = charts.bar_chart("x", years, Series("新收申请", tuple(values)), unit="件", note="")
    high = max([1, *(value for value in values if value is not None)])
    for bar, value in zip(chart.bars, values, strict=True):
        assert bar.known is (value is not None)
        assert bar.y + bar.height == pytest.approx(chart.base)
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width
        assert 0 < bar.label_y < bar.y
        if value is None:
            assert (bar.height, bar.label) == (0, "无数据")
        else:
            assert bar.height == pytest.approx(value / high * 140, abs=0.06)
            assert bar.label == str(value)
    assert [row[1][0] for row in chart.rows] == ["" if value is None else str(value) for value in values]


@given(VALUES, st.data())
def test_lines_break_where_there_is_no_figure(values: list[int | None], data: st.DataObject) -> None:
    other = data.draw(st.lists(st.none() | st.integers(0, 10**6), min_size=len(values), max_size=len(values)))
    years = range(2017, 2017 + len(values))
    series = [Series("行政复议", tuple(values)), Series("行政诉讼", tuple(other))]
    chart = charts.line_chart("x", years, series, unit="件", note="")
    for line, one in zip(chart.lines, series, strict=True):
        assert len(line.points) == sum(value is not None for value in one.values)
        neighbours = sum(
            a is not None and b is not None for a, b in zip(one.values, one.values[1:], strict=False)
        )
        assert sum(len(piece.split()) - 1 for piece in line.pieces) == neighbours
        assert all(0 <= point.x <= chart.width and 0 < point.y <= chart.base for point in line.points)
    if all(line.points for line in chart.lines):
        first, second = chart.lines
        assert first.name_x != second.name_x or abs(first.name_y - second.name_y) >= 18


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ((12, 18, 36), "2022年至2024年，新收申请由12件增至36件"),
        ((36, None, 12), "2022年至2024年，新收申请由36件减至12件"),
        ((None, 3, None), "2023年，新收申请3件"),
        ((0, 5, 0), "2022年至2024年，新收申请首尾两年都是0件"),
        ((None, None, None), ""),
    ],
)
def test_the_title_is_the_answer(values: tuple[int | None, ...], title: str) -> None:
    chart = charts.bar_chart("x", (2022, 2023, 2024), Series("新收申请", values), unit="件", note="")
    assert chart.title == title


def test_the_span_of_years_is_said_once() -> None:
    series = [Series("行政复议", (0, 4)), Series("行政诉讼", (1, 2))]
    chart = charts.line_chart("x", (2023, 2024), series, unit="件", note="")
    assert chart.title == "2023年至2024年，行政复议由0件增至4件，行政诉讼由1件增至2件"


def test_two_values_in_one_place_have_one_label() -> None:
    series = [Series("行政复议", (0, 4)), Series("行政诉讼", (0, 2))]
    first, second = charts.line_chart("x", (2023, 2024), series, unit="件", note="").lines
    assert [point.label for point in first.points] == ["0", "4"]
    assert [point.label for point in second.points] == ["", "2"]


@pytest.mark.django_db
def test_shares_have_a_denominator_or_are_not_shown(invented: Agency) -> None:
    found = charts.over_the_years(selectors.of_agency(invented))
    (received, shares), (disputes,) = found["applications"], found["disputes"]
    assert received.rows == ((2021, ("12",)), (2022, ("18",)), (2023, ("",)), (2024, ("36",)))
    assert [row[1] for row in shares.rows] == [("81.8",), ("76.5",), ("81.8",), ("75.8",)]
    assert disputes.names == ("行政复议", "行政诉讼")


@pytest.mark.django_db
def test_one_year_is_no_chart(client: Client, kunyang: Agency) -> None:
    assert charts.over_the_years(selectors.of_agency(kunyang)) == {}
    assert b"<svg" not in client.get("/agencies/kunyang/reports/2024/").content


@pytest.mark.django_db
def test_nothing_received_is_no_share(client: Client, make_agency: MakeAgency, publish: Publish) -> None:
    agency = make_agency("a", "甲镇人民政府")
    for year in (2023, 2024):
        publish(agency, year)  # a sample in which every figure of table 3 is 0
    charted = charts.over_the_years(selectors.of_agency(agency))
    assert [chart.key for chart in charted["applications"]] == ["received"]
    tree = lxml_html.fromstring(client.get("/agencies/a/").content.decode())
    assert tree.xpath("//svg//text()[contains(., '无数据')]") == []


@pytest.mark.django_db
def test_the_drawing_has_its_text_as_text_and_a_table_beside_it(client: Client, invented: Agency) -> None:
    tree = lxml_html.fromstring(client.get("/agencies/yunxi/reports/2024/").content.decode())
    drawing, table = tree.xpath("//figure[@id='chart-received']/*[self::svg or self::table]")
    assert [text.text for text in drawing.xpath(".//text")] == [
        "12", "2021", "18", "2022", "无数据", "2023", "36", "2024",
    ]  # fmt: skip
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label").startswith("2021年至2024年，新收申请由12件增至36件")
    assert table.xpath(".//td[@class='blank']//text()") == ["空白或不能确定"]


def test_plain_numbers_have_no_exponent_and_no_useless_zeros() -> None:
    assert charts.plain(Decimal("1200.500000")) == "1200.5"
    assert charts.plain(Decimal("1E+3")) == "1000"
    assert charts.plain(None) == ""
    assert charts.plain(0) == "0"
