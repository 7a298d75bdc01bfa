"""All rules together: order of findings, wire form, and reports in any state."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.kernel import Level
from gongkai.report import check as package
from gongkai.report import form
from gongkai.report.check import RULES
from gongkai.report.check.units import FEE
from gongkai.report.model import Figure, Mark, TableState, Uncertain
from tests.report.check.builders import TABLES, busy, codes, findings, report, with_figures

NUMBERS = (
    *("T3-BALANCE", "T3-ROWSUM", "T3-COLSUM", "T4-SUM", "T2-STOCK", "YOY-CARRY", "YOY-STOCK", "ROLLUP-SUM"),
    *("FORM-EDITION", "FORM-SECTION", "FORM-LABEL", "FORM-BLANK", "FORM-MARK", "UNIT-FEE"),
)


def test_the_rules_on_figures_and_form_are_registered() -> None:
    assert set(NUMBERS) <= set(RULES)


def test_every_module_with_a_rule_is_imported() -> None:
    folder = Path(str(package.__file__)).parent
    written = {path.stem for path in folder.glob("*.py") if "\n@rule(\n" in path.read_text("utf-8")}
    assert {"applications", "form_cells", "rollup"} <= written
    assert {f"{package.__name__}.{name}" for name in written} <= sys.modules.keys()


def test_a_report_without_fault() -> None:
    for edition in ("2019", "2021"):
        assert codes(report(edition=edition), *NUMBERS) == set()
        assert codes(busy(edition), *NUMBERS) == set()


def test_gravest_first() -> None:
    figures = {"disputes.reconsideration.total": 9, "disputes.direct_litigation.other": Mark.NONE, FEE: None}
    given_report = with_figures(busy(), figures)
    found = [f.level for f in findings(given_report) if f.rule in NUMBERS]
    assert found == [Level.ERROR, Level.WARNING, Level.INFO]


def test_a_finding_in_the_wire_form() -> None:
    given_report = with_figures(busy(), {"applications.granted.natural_person": 8})
    (found,) = findings(given_report, "T3-COLSUM")
    data = found.to_dict()
    assert data["level"] == "error"
    assert data["suggested"] == {"applications.granted.natural_person": 7}
    assert json.loads(json.dumps(data)) == data


@st.composite
def any_report(draw: st.DrawFn) -> Any:
    """A report in whatever state a reading may leave it."""
    edition = draw(st.sampled_from(("2019", "2021")))
    single = draw(st.booleans())
    paths = form.all_paths(edition, single)
    number = st.integers(0, 60).map(lambda value: Figure(value, str(value)))
    mark = st.sampled_from(Mark).map(lambda m: Figure(0 if m is Mark.NONE else None, "", m))
    figures = draw(st.dictionaries(st.sampled_from(paths), number | mark, max_size=60))
    figures = {path: f for path, f in figures.items() if not path.endswith("amount_10k_yuan")}
    states = draw(st.dictionaries(st.sampled_from(TABLES), st.sampled_from(TableState)))
    rows = draw(st.sets(st.sampled_from(form.application_rows(single)), max_size=3))
    uncertain = {f"applications.{row.key}": Uncertain((1,), ("natural_person", "business")) for row in rows}
    made = report(figures, edition=edition, single_other=single, tables=states, uncertain=uncertain)
    lost = draw(st.sets(st.sampled_from(paths), max_size=3))
    return replace(made, figures={path: f for path, f in made.figures.items() if path not in lost})


@settings(max_examples=80, deadline=None)
@given(any_report(), any_report(), any_report())
def test_no_report_breaks_a_rule(one: Any, other: Any, third: Any) -> None:
    for finding in findings(one, previous=other, subordinates=[other, third]):
        assert finding.message
        assert finding.law
        assert finding.where
        json.dumps(finding.to_dict(), allow_nan=False)
        assert len(set(finding.cells)) == len(finding.cells)
