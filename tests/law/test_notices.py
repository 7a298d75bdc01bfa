from datetime import date

import pytest

from gongkai.law.dated import NotCoveredError, rows
from gongkai.law.deadlines import report_deadline
from gongkai.law.notices import notice_for, notices, text_duty


@pytest.mark.parametrize(
    ("year", "number"),
    [
        (2019, "国办公开办函〔2019〕60号"),
        (2020, "国办公开办函〔2019〕60号"),
        (2021, "国办公开办函〔2021〕30号"),
        (2025, "国办公开办函〔2021〕30号"),
    ],
)
def test_form_notice_by_the_year_reported_on(year: int, number: str) -> None:
    assert notice_for("form", year).number == number


def test_a_year_without_a_form_raises() -> None:
    with pytest.raises(NotCoveredError, match="2018"):
        notice_for("form", 2018)
    with pytest.raises(NotCoveredError):
        notice_for("regulation", 2007)


def test_a_notice_once_replaced_stays_replaced() -> None:
    old = next(notice for notice in notices() if "60号" in notice.number)
    assert not old.replaced_for(2020)
    assert old.replaced_for(2021)
    assert old.replaced_for(2030)
    assert not notice_for("form", 2021).replaced_for(2030)


def test_regulation_changed_in_2019() -> None:
    assert notice_for("regulation", 2018).number == "国务院令第492号"
    assert notice_for("regulation", 2019).number == "国务院令第711号"


@pytest.mark.parametrize("kind", ["form", "regulation"])
def test_each_year_has_one_notice_of_a_kind(kind: str) -> None:
    for year in range(2019, 2027):
        assert sum(n.kind == kind and n.since <= year and not n.replaced_for(year) for n in notices()) == 1


def test_deadlines_of_article_49() -> None:
    assert report_deadline(2024, "department") == date(2025, 1, 31)
    assert report_deadline(2024, "government") == date(2025, 3, 31)
    with pytest.raises(NotCoveredError):
        report_deadline(2018, "department")


def test_fee_statement_is_owed_from_2021() -> None:
    assert not text_duty("fee_statement", 2020)
    assert text_duty("fee_statement", 2021)
    with pytest.raises(NotCoveredError):
        text_duty("poetry", 2021)


@pytest.mark.parametrize("name", ["form_notices", "report_deadlines", "text_duties"])
def test_every_row_names_its_time_and_source(name: str) -> None:
    for row in rows(name):
        assert row["from"] >= 2008
        assert len(row["source"]) > 10
