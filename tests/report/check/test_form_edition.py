"""FORM-EDITION: the form of the year."""

import pytest

from gongkai.kernel import Level
from tests.report.check.builders import codes, findings, only, report


@pytest.mark.parametrize(
    ("edition", "year"), [("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2025)]
)
def test_the_years_own_form_is_silent(edition: str, year: int) -> None:
    assert findings(report(edition=edition, year=year), "FORM-EDITION") == []


@pytest.mark.parametrize("single_other", [True, False])
def test_the_old_form_after_2020_is_said_once(single_other: bool) -> None:
    given_report = report(edition="2019", year=2022, single_other=single_other)
    finding = only(given_report, "FORM-EDITION")
    assert finding.level is Level.WARNING
    assert (finding.expected, finding.found) == ("2021", "2019")
    assert "2021年格式" in finding.message
    assert ("不属于同一格式" in finding.message) is not single_other


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_new_form_before_its_time(year: int) -> None:
    finding = only(report(year=year), "FORM-EDITION")
    assert (finding.expected, finding.found) == ("2019", "2021")


def test_the_single_other_row_in_the_new_form_is_one_deviation() -> None:
    given_report = report(single_other=True)
    finding = only(given_report, "FORM-EDITION")
    assert finding.where == "applications.other.*"
    assert codes(given_report, "FORM-", "T3-") == {"FORM-EDITION"}


def test_three_other_rows_in_the_old_form() -> None:
    finding = only(report(edition="2019", single_other=False), "FORM-EDITION")
    assert "三行" in finding.message


def test_no_year_no_verdict_on_it() -> None:
    from dataclasses import replace

    assert findings(replace(report(edition="2019"), year=None), "FORM-EDITION") == []
    assert findings(report(edition="2019", year=2018), "FORM-EDITION") == []
