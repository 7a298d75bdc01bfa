"""JSON and its published schemas."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from gongkai.kernel import Finding, Level, Place
from gongkai.report import wire
from gongkai.report.model import (
    Fact,
    Figure,
    LabelDeviation,
    Mark,
    Report,
    TableState,
    Uncertain,
)
from gongkai.report.write.json import write_json
from gongkai.report.write.schema import findings_schema, report_schema
from tests.report.strategies import random_report, reports
from tests.report.write.sources import findings_on, with_source

SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"


@pytest.mark.parametrize(
    ("name", "schema"),
    [("gongkai.report-1.json", report_schema()), ("gongkai.findings-1.json", findings_schema())],
)
def test_the_published_schema_is_the_one_the_code_builds(name: str, schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert json.loads((SCHEMAS / name).read_text(encoding="utf-8")) == schema


@settings(max_examples=40, deadline=None)
@given(reports())
def test_every_report_is_of_the_schema_and_comes_back_the_same(report: Report) -> None:
    placed, _ = with_source(report)
    data = json.loads(write_json(placed))
    assert list(Draft202012Validator(report_schema()).iter_errors(data)) == []
    back = wire.from_dict(data)
    assert dict(back.figures) == dict(placed.figures)
    assert {key: back.text(key) for key in back.sections} == {
        key: placed.text(key) for key in placed.sections
    }
    bare = wire.to_dict(report)
    assert list(Draft202012Validator(report_schema()).iter_errors(bare)) == []


def full_report() -> Report:
    report = random_report(Random(3), blanks=0.3)
    place = Place(page=2, table=1, row=1, cell=1, box=(0.0, 1.5, 20.0, 30.25))
    figures = {
        **report.figures,
        "applications.granted.other": Figure(None, "2 1", Mark.UNCERTAIN, place, ocr=True),
    }
    reading = replace(
        report.reading,
        source="a.pdf",
        format="pdf",
        tables={"applications": TableState.UNCERTAIN},
        uncertain={"applications.granted": Uncertain((2, 1), ("other", "total"), "列不能确定")},
        labels=(LabelDeviation("applications.total", "（七）总计", "（七）总汁", place),),
        notes=("第1页有图片",),
        ocr=True,
    )
    facts = (
        Fact("shares", {"公告": 40, "其他": 60}, "公告占40%", of=None, section="overview"),
        Fact("applications_received", 21, "收到21件", "收到", "overview", Place(paragraph=3, start=0, end=5)),
    )
    return replace(report, figures=figures, reading=reading, facts=facts)


def test_a_report_with_everything_uncertain_in_it_is_of_the_schema() -> None:
    data = json.loads(write_json(full_report()))
    assert list(Draft202012Validator(report_schema()).iter_errors(data)) == []
    back = wire.from_dict(data)
    assert back.facts == full_report().facts
    assert back.reading == replace(full_report().reading, published_on=None)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("applications", "new", "total"), -1),
        (("applications", "new", "total"), "1"),
        (("applications", "new"), {}),
        (("applications",), {}),
        (("proactive", "fees", "amount_10k_yuan"), 1.5),
        (("edition",), "2008"),
        (("sections",), {}),
        (("extra",), 1),
    ],
)
def test_the_schema_refuses_what_is_not_a_report(path: tuple[str, ...], value: object) -> None:
    data = wire.to_dict(random_report(Random(4)))
    part = data
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    assert not Draft202012Validator(report_schema()).is_valid(data)


def test_findings_are_of_their_schema() -> None:
    report, _ = with_source(random_report(Random(5), blanks=0.4))
    findings = (*findings_on(report), Finding("T4-SUM", Level.ERROR, "x", "y", place=Place(page=1)))
    data = json.loads(json.dumps(wire.findings_to_dict(report, findings), ensure_ascii=False))
    validator = Draft202012Validator(findings_schema())
    assert list(validator.iter_errors(data)) == []
    data["findings"][0]["level"] = "fatal"
    assert not validator.is_valid(data)
