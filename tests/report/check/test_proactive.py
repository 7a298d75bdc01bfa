"""T2-STOCK: documents in force."""

import pytest

from gongkai.kernel import Level
from gongkai.report.model import Mark
from tests.report.check.builders import findings, only, report


@pytest.mark.parametrize("row", ["regulations", "normative_documents"])
def test_fewer_in_force_than_issued_this_year(row: str) -> None:
    given_report = report(
        {f"proactive.{row}.issued": 5, f"proactive.{row}.repealed": 1, f"proactive.{row}.in_force": 3}
    )
    finding = only(given_report, "T2-STOCK")
    assert finding.level is Level.WARNING
    assert finding.where == f"proactive.{row}.in_force"
    assert (finding.expected, finding.found) == (4, 3)


@pytest.mark.parametrize(("issued", "repealed", "in_force"), [(5, 1, 4), (0, 3, 0), (5, 0, 80), (0, 0, 0)])
def test_possible_stocks(issued: int, repealed: int, in_force: int) -> None:
    row = "proactive.normative_documents"
    given_report = report({f"{row}.issued": issued, f"{row}.repealed": repealed, f"{row}.in_force": in_force})
    assert findings(given_report, "T2-STOCK") == []


@pytest.mark.parametrize("column", ["issued", "repealed", "in_force"])
def test_silent_where_a_figure_is_not_read(column: str) -> None:
    row = "proactive.normative_documents"
    given_report = report({f"{row}.issued": 5, f"{row}.{column}": Mark.BLANK})
    assert findings(given_report, "T2-STOCK") == []


def test_the_form_of_2019_has_no_such_columns() -> None:
    given_report = report({"proactive.normative_documents.made": 5}, edition="2019")
    assert findings(given_report, "T2-STOCK") == []
