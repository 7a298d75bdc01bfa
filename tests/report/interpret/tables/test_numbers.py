"""What a cell says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.interpret.tables.numbers import parse_amount, parse_change, parse_count
from gongkai.report.model import Mark


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        (" 21 ", 21),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        ("3件", 3),
        ("12（含转办2件）", 12),
        ("5.0", 5),
        ("7\n", 7),
        ("\xa08\xa0", 8),
    ],
)
def test_counts(raw: str, value: int) -> None:
    assert parse_count(raw) == (value, Mark.NUMBER)


@pytest.mark.parametrize("raw", ["/", "／", "-", "—", "——", "无", "不适用", " / "])
def test_none_marks_are_zero_and_keep_their_mark(raw: str) -> None:
    assert parse_count(raw) == (0, Mark.NONE)


@pytest.mark.parametrize("raw", ["", " ", "\xa0", "\n\t", "\u3000", "\u200b"])
def test_blank_is_not_zero(raw: str) -> None:
    assert parse_count(raw) == (None, Mark.BLANK)


@pytest.mark.parametrize(
    "raw",
    ["1 2", "O", "l", "〇", "1O", "00", "007", "1.5", "-3", "约5", "12,34", "①", "3①", "1/2", "5%", "\ufffd"],
)
def test_what_is_not_a_count_is_not_read(raw: str) -> None:
    assert parse_count(raw) == (None, Mark.UNREADABLE)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("0", "0"), ("12.50", "12.50"), ("7545", "7545"), ("1,234.5万元", "1234.5"), ("0.3 ", "0.3")],
)
def test_amounts(raw: str, value: str) -> None:
    assert parse_amount(raw) == (Decimal(value), Mark.NUMBER)


@pytest.mark.parametrize("raw", ["125000元", "12 .5", "1.2.3", "约3", "-4"])
def test_amounts_in_another_unit_are_not_converted(raw: str) -> None:
    assert parse_amount(raw) == (None, Mark.UNREADABLE)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("增15", 15), ("减4", -4), ("+19", 19), ("-3", -3), ("7", 7), ("增加2项", 2), ("减少 6", -6)],
)
def test_changes(raw: str, value: int) -> None:
    assert parse_change(raw) == (value, Mark.NUMBER)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_every_printed_count_is_read_back(value: int) -> None:
    assert parse_count(str(value))[0] == value
    assert parse_count(f"{value:,}")[0] == value


@given(st.text(max_size=8))
def test_a_value_is_only_given_for_a_number_or_a_none_mark(raw: str) -> None:
    value, mark = parse_count(raw)
    assert (value is not None) == (mark in (Mark.NUMBER, Mark.NONE))
    if mark is Mark.NUMBER:
        assert any(character.isdigit() for character in raw)
