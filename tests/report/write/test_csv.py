"""CSV: the long form, safe in a spreadsheet, and back."""

import csv
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel import UnreadableError
from gongkai.report import api
from gongkai.report.model import Figure, Mark, Report, TableState, Uncertain
from gongkai.report.read.own_csv import is_own_csv
from gongkai.report.write.csv import guarded, write_csv
from tests.report.strategies import random_report, reports


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


@settings(max_examples=40, deadline=None)
@given(reports())
def test_what_is_written_is_read_back_with_marks_and_raw_text(report: Report) -> None:
    data = write_csv(report)
    assert is_own_csv(data)
    back = api.read_bytes(data)
    assert dict(back.figures) == dict(report.figures)
    assert {k: (s.heading, s.text) for k, s in back.sections.items()} == {
        k: (s.heading, s.text) for k, s in report.sections.items()
    }
    assert (back.agency, back.year, back.edition) == (report.agency, report.year, report.edition)
    assert back.reading.title == report.reading.title


def test_rows_whose_columns_are_lost_are_kept() -> None:
    """The case of 昆阳镇: 总计 is certain, the column of the other figure is lost."""
    report = random_report(Random(5))
    lost = {path for path in report.figures if path.startswith("applications.new.")} - {
        "applications.new.total"
    }
    figures = {
        path: Figure(None, "21", Mark.UNCERTAIN) if path in lost else figure
        for path, figure in report.figures.items()
    }
    uncertain = {
        "applications.new": Uncertain((21,), ("natural_person", "business"), "空白的格都移到了行末"),
        "proactive.fees": Uncertain((Decimal("1.50"),), ("amount_10k_yuan",)),
    }
    tables = {"proactive": TableState.READ, "applications": TableState.UNCERTAIN}
    reading = replace(report.reading, uncertain=uncertain, tables=tables)
    data = write_csv(replace(report, figures=figures, reading=reading))
    rows = {row[0]: row[1:] for row in rows_of(data)}
    assert rows["uncertain.applications.new"] == [
        "一、本年新收政府信息公开申请数量", "21", "natural_person business", "uncertain",
    ]  # fmt: skip
    back = api.read_bytes(data)
    assert back.reading.uncertain == uncertain
    assert back.reading.tables == tables
    assert dict(back.figures) == figures


@pytest.mark.parametrize("path", ["reason.applications.new", "unknown.row", "applications.new"])
def test_a_line_with_an_unknown_path_is_refused(path: str) -> None:
    data = write_csv(random_report(Random(5))) + f"{path},,1,,\r\n".encode()
    with pytest.raises(UnreadableError, match=f"的路径“{path}”不对"):
        api.read_bytes(data)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="'=+-@\t＝1.x中", max_size=8))
def test_text_that_looks_like_a_formula_comes_back_as_it_was(text: str) -> None:
    report = random_report(Random(9))
    section = replace(report.sections["others"], text=text)
    odd = replace(report, sections={**report.sections, "others": section})
    assert api.read_bytes(write_csv(odd)).text("others") == text


@pytest.mark.parametrize("text", ["=1+1", "@x", "+86", "-x", "\t=1", "＝A1", "-1-1", "-²"])
def test_nothing_begins_a_formula(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["-12", "-1.5", "12", "", "公开", "—", "/"])
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_excel_sees_the_encoding_and_a_blank_is_not_zero() -> None:
    report = random_report(Random(1), blanks=0.5)
    data = write_csv(report)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = {row[0]: row for row in rows_of(data)}
    blank = next(path for path, figure in report.figures.items() if figure.mark is Mark.BLANK)
    assert rows[blank][2:] == ["", "", "blank"]
    assert rows["applications.new.total"][1] == "一、本年新收政府信息公开申请数量，总计"
