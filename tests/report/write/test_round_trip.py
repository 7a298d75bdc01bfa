"""Write, then read: the same figures, texts, agency and year in every format."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.report import api, form
from gongkai.report.model import Figure, Mark, Report
from tests.report.strategies import random_report, reports

EXAMPLES = {"json": 60, "csv": 60, "html": 60, "xlsx": 20, "docx": 20, "pdf": 20}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def same(written: Report, read: Report) -> None:
    assert (read.agency, read.year, read.edition) == (written.agency, written.year, written.edition)
    assert read.single_other == written.single_other
    assert set(read.figures) == set(written.figures)
    for path, figure in written.figures.items():
        assert read.figures[path].value == figure.value, path
        assert read.figures[path].mark == figure.mark, path
    for key in form.SECTIONS:
        assert lines(read.text(key)) == lines(written.text(key)), key


@pytest.mark.parametrize("fmt", EXAMPLES)
def test_what_is_written_is_read_back(fmt: str) -> None:
    @settings(max_examples=EXAMPLES[fmt], deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(reports())
    def round_trip(report: Report) -> None:
        same(report, api.read_bytes(api.write(report, fmt)))

    round_trip()


@pytest.mark.parametrize("fmt", EXAMPLES)
@pytest.mark.parametrize("table", ["proactive", "disputes"])
def test_a_table_that_was_left_blank_stays_blank(fmt: str, table: str) -> None:
    report = random_report(Random(3))
    blank = {path: Figure(None, "", Mark.BLANK) for path in report.figures if path.startswith(table)}
    emptied = replace(report, figures={**report.figures, **blank})
    same(emptied, api.read_bytes(api.write(emptied, fmt)))
