"""Corrections: what was read is kept, the findings follow, the wire carries both."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft202012Validator

from gongkai.kernel import GongkaiError
from gongkai.report import api
from gongkai.report.model import Figure, Mark, Report, Uncertain
from gongkai.report.worker import Original
from gongkai.report.write.schema import report_schema
from tests.report.strategies import random_report
from tests.report.write.sources import with_source

DAY = date(2025, 3, 1)
KUNYANG = Path(__file__).parents[2] / "samples" / "txt" / "kunyang-pipes-blanks-at-end.txt"
CLOSED = "applications.total.total"
OPEN = "applications.carried_out.total"


def kunyang() -> Report:
    return api.read_bytes(KUNYANG.read_bytes(), source=KUNYANG.name)


def corrected(report: Report, values: dict[str, int | None], reason: str = "按登记簿核对") -> Report:
    return api.correct(
        report, [api.correction_of(report, path, value, reason, DAY) for path, value in values.items()]
    )


def test_a_broken_table_is_filled_in_and_its_finding_goes() -> None:
    report = kunyang()
    assert "T3-COLSUM" in {finding.rule for finding in api.check(report)}
    right = corrected(report, {CLOSED: 20, OPEN: 1})
    assert right.value(CLOSED) == 20
    assert right.value(OPEN) == 1
    rules = {finding.rule for finding in api.check(right)}
    assert not rules & {"T3-COLSUM", "T3-BALANCE"}
    assert [(item.path, item.read, item.mark) for item in right.corrections] == [
        (CLOSED, None, Mark.BLANK),
        (OPEN, None, Mark.BLANK),
    ]
    assert right.figures[CLOSED].place == report.figures[CLOSED].place
    assert right.figures[CLOSED].raw == "20"
    assert api.as_read(right) == report


def test_a_second_correction_keeps_what_was_first_read() -> None:
    first = corrected(kunyang(), {CLOSED: 19})
    second = corrected(first, {CLOSED: 20}, "登记簿第20号")
    (item,) = second.corrections
    assert (item.read, item.value, item.reason) == (None, 20, "登记簿第20号")


def test_a_row_whose_figures_are_all_set_is_no_longer_uncertain() -> None:
    report = random_report(Random(4))
    row = [path for path in report.figures if path.startswith("applications.granted.")]
    figures = {**report.figures, **dict.fromkeys(row, Figure(None, "3", Mark.UNCERTAIN))}
    unsure = {"applications.granted": Uncertain((3,), ("natural_person",))}
    report = replace(report, figures=figures, reading=replace(report.reading, uncertain=unsure))
    assert corrected(report, dict.fromkeys(row[:-1], 0)).reading.uncertain == unsure
    assert corrected(report, dict.fromkeys(row, 0)).reading.uncertain == {}


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        (CLOSED, " １，２３４ ", 1234),
        (CLOSED, "", None),
        (CLOSED, "0", 0),
        ("proactive.fees.amount_10k_yuan", "12.50", Decimal("12.50")),
        ("proactive.fees.change", "-3", -3),
    ],
)
def test_what_is_typed_is_read_as_the_form_allows(path: str, text: str, value: object) -> None:
    assert api.parse_figure(path, text) == value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (CLOSED, "-1"),
        (CLOSED, "1.5"),
        (CLOSED, "二十"),
        (CLOSED, "1e3"),
        (CLOSED, "9" * 16),
        ("proactive.fees.amount_10k_yuan", "-1"),
        ("proactive.fees.amount_10k_yuan", "NaN"),
    ],
)
def test_what_is_no_figure_is_refused_with_the_place_and_what_to_do(path: str, text: str) -> None:
    with pytest.raises(GongkaiError) as caught:
        api.parse_figure(path, text)
    assert caught.value.place == api.label(path)
    assert caught.value.remedy


def test_a_correction_needs_a_known_path_a_reason_and_a_change() -> None:
    report = kunyang()
    for path, value, reason in (
        ("applications.nowhere.total", 1, "理由"),
        (CLOSED, 20, "  "),
        ("applications.new.total", 21, "理由"),
        (CLOSED, None, "理由"),
    ):
        with pytest.raises(GongkaiError):
            api.correction_of(report, path, value, reason, DAY)


def test_the_wire_carries_corrections_both_ways_and_is_of_the_schema() -> None:
    right = corrected(kunyang(), {CLOSED: 20, OPEN: 1})
    data = api.to_dict(right, cells=True)
    assert list(Draft202012Validator(report_schema()).iter_errors(data)) == []
    assert [item["reason"] for item in data["corrections"]] == ["按登记簿核对"] * 2
    back = api.from_dict(data)
    assert back.corrections == right.corrections
    assert dict(back.figures) == dict(right.figures)


def test_papers_say_what_was_corrected_and_why() -> None:
    right = corrected(kunyang(), {CLOSED: 20})
    page = api.write(right, "html").decode()
    assert "原为“空白”，2025年3月1日更正为20。理由：按登记簿核对。" in page


def test_many_figures_corrected_alike_share_one_note() -> None:
    report = kunyang()
    blank = [path for path, figure in report.figures.items() if figure.mark is Mark.BLANK][:9]
    page = api.write(corrected(report, dict.fromkeys(blank, 0), "没有发生"), "html").decode()
    assert page.count("更正说明：") == 1
    assert "等9格原为“空白”，2025年3月1日更正为0。理由：没有发生。" in page


def test_an_original_comes_back_complete() -> None:
    report, document = with_source(random_report(Random(8), blanks=0.2))
    original = Original(report, document)
    assert api.load_original(api.dump_original(original)) == original
    with pytest.raises(GongkaiError):
        api.load_original(b"\x00nothing")


def test_panes_hold_what_the_caller_adds_and_escape_its_text() -> None:
    original = Original(*api.open_bytes(KUNYANG.read_bytes()))
    findings = api.check(original.report)
    made = api.check_panes(
        original,
        findings,
        picture=lambda page: f"/page/{page}",
        finding_more=lambda number, finding: api.markup(f'<a href="#x">{number} {finding.rule}</a>'),
        figure_more=lambda path: f"<{path}>" if path == CLOSED else None,
    )
    assert f'<a href="#x">1 {findings[0].rule}</a>' in made.findings
    assert f"&lt;{CLOSED}&gt;" in made.reading
    assert 'id="s0"' in made.source
    assert '[data-n~="1"]' in made.css
