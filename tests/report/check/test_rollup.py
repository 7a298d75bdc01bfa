"""ROLLUP-SUM: a government's report against those it sums up."""

from dataclasses import replace

from gongkai.kernel import Level
from gongkai.report.model import Mark, Report
from tests.report.check.builders import busy, findings, only, report, with_figures

COUNTY = "青禾县人民政府"


def county(figures: dict[str, object] | None = None, **more: object) -> Report:
    return report(figures, agency=COUNTY, **more)  # type: ignore[arg-type]


def office(name: str, figures: dict[str, object], **more: object) -> Report:
    return report(figures, agency=name, **more)  # type: ignore[arg-type]


ONE = office("青禾县财政局", {"applications.new.total": 3, "proactive.fees.amount_10k_yuan": "1.5"})
TWO = office("柳溪镇人民政府", {"applications.new.total": 4, "proactive.fees.amount_10k_yuan": "0.25"})
SUM = {"applications.new.total": 7, "proactive.fees.amount_10k_yuan": "1.75"}


def test_the_sum_is_silent() -> None:
    assert findings(county(SUM), "ROLLUP-SUM", subordinates=[ONE, TWO]) == []


def test_nothing_given_is_silent() -> None:
    assert findings(county(SUM), "ROLLUP-SUM") == []


def test_one_cell_that_is_not_the_sum() -> None:
    given_report = county({**SUM, "applications.new.total": 8})
    finding = only(given_report, "ROLLUP-SUM", subordinates=[ONE, TWO])
    assert finding.level is Level.WARNING
    assert (finding.where, finding.expected, finding.found) == ("applications.new.total", 7, 8)


def test_many_cells_are_one_finding_per_table() -> None:
    given_report = county({"disputes.reconsideration.total": 1})
    found = findings(given_report, "ROLLUP-SUM", subordinates=[ONE, TWO])
    assert [f.where for f in found] == [
        "proactive.fees.amount_10k_yuan",
        "applications.new.total",
        "disputes.reconsideration.total",
    ]
    several = county({"applications.new.*": 9, "proactive.fees.amount_10k_yuan": "1.75"})
    finding = only(several, "ROLLUP-SUM", subordinates=[ONE, TWO])
    assert finding.where == "applications"
    assert len(finding.cells) == 7
    assert finding.expected["applications.new.total"] == 7
    assert finding.found["applications.new.total"] == 9


def test_the_governments_own_office_counts_but_the_report_itself_does_not() -> None:
    own = county({"applications.new.total": 5})
    given_report = county({**SUM, "applications.new.total": 12})
    assert findings(given_report, "ROLLUP-SUM", subordinates=[ONE, TWO, own]) == []
    assert findings(given_report, "ROLLUP-SUM", subordinates=[ONE, TWO, own, given_report]) == []


def test_doubles_and_other_years_are_left_out_and_named() -> None:
    old = office("青禾县教育局", {"applications.new.total": 9}, year=2023)
    finding = only(county(SUM), "ROLLUP-SUM", subordinates=[ONE, TWO, replace(TWO), old])
    assert finding.level is Level.INFO
    assert "柳溪镇人民政府（重复）" in finding.message
    assert "青禾县教育局（2023年）" in finding.message


def test_unknown_figures_are_information() -> None:
    unknown = with_figures(TWO, {"applications.new.total": Mark.UNCERTAIN})
    finding = only(county(SUM), "ROLLUP-SUM", subordinates=[ONE, unknown])
    assert finding.level is Level.INFO
    assert finding.cells == ("applications.new.total",)
    assert "柳溪镇人民政府" in finding.message


def test_blanks_that_mean_zero_are_silent() -> None:
    blank = with_figures(TWO, {"applications.granted.*": None})
    assert findings(county(SUM), "ROLLUP-SUM", subordinates=[ONE, blank]) == []


def test_known_figures_beyond_the_total_are_wrong_whatever_the_rest() -> None:
    unknown = with_figures(TWO, {"applications.new.total": Mark.BLANK})
    given_report = county({**SUM, "applications.new.total": 2})
    finding = only(given_report, "ROLLUP-SUM", subordinates=[ONE, unknown])
    assert finding.level is Level.WARNING
    assert "至少3" in finding.message


def test_cells_the_government_left_blank_are_not_compared() -> None:
    given_report = county({**SUM, "applications.new.total": None})
    assert findings(given_report, "ROLLUP-SUM", subordinates=[ONE, TWO]) == []


def test_a_single_other_row_takes_the_three_rows_together() -> None:
    new = {"applications.new.natural_person": 14}
    parts = busy(figures={**new, "applications.other_other.natural_person": 2})
    whole = busy(figures={**new, "applications.other.natural_person": 2}, single_other=True)
    given_report = replace(whole, agency=COUNTY)
    assert findings(given_report, "ROLLUP-SUM", subordinates=[parts]) == []
