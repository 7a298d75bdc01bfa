"""Promises about the rules: all there, each tested both ways, each in the catalogue."""

import re
from pathlib import Path

import pytest

from gongkai.report.check import run
from gongkai.report.check.catalogue import render
from gongkai.report.check.registry import RULES, Context
from tests.report.check.cases import CASES, Case

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests" / "report" / "check"
REQUIRED = frozenset(
    {
        "T3-BALANCE",
        "T3-ROWSUM",
        "T3-COLSUM",
        "T4-SUM",
        "T2-STOCK",
        "YOY-CARRY",
        "YOY-STOCK",
        "ROLLUP-SUM",
        "TEXT-APPLICATIONS",
        "TEXT-COMPLETED",
        "TEXT-CARRY",
        "TEXT-RECONSIDERATION",
        "TEXT-LITIGATION",
        "TEXT-SHARES",
        "TEXT-SUM",
        "TEXT-PROACTIVE",
        "TEXT-FEE",
        "FORM-EDITION",
        "FORM-SECTION",
        "FORM-LABEL",
        "FORM-BLANK",
        "FORM-MARK",
        "FORM-DUTY",
        "UNIT-FEE",
        "CITE-STALE",
        "CITE-FORMAT",
        "DATE-PERIOD",
        "DATE-LATE",
        "LANG-LATIN",
        "LANG-PUNCT",
        "LANG-LOST",
        "PII-LEAK",
        "SAME-TEXT",
    }
)
WRITTEN = ROOT / "docs" / "rules.md"


def fired(code: str, case: Case) -> bool:
    return any(finding.rule == code for finding in run(Context(case.report, **case.context)))


def test_every_rule_that_must_exist_does() -> None:
    assert REQUIRED - RULES.keys() == set()


def test_every_rule_has_its_cases_and_every_case_its_rule() -> None:
    assert CASES.keys() == RULES.keys()


@pytest.mark.parametrize("code", sorted(REQUIRED | RULES.keys()))
def test_a_rule_fires_on_its_case_and_not_on_the_near_miss(code: str) -> None:
    assert fired(code, CASES[code].fires())
    assert not fired(code, CASES[code].silent())


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_is_spoken_of_in_a_test_of_its_own(code: str) -> None:
    assert any(code in path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py"))


@pytest.mark.parametrize("code", sorted(RULES))
def test_what_the_catalogue_says_of_a_rule_is_complete_and_chinese(code: str) -> None:
    rule = RULES[code]
    assert re.fullmatch(r"[A-Z0-9]+-[A-Z]+", code)
    for text in (rule.title, rule.fires):
        assert re.search("[\u4e00-\u9fff]{2}", text)
    assert rule.law.document
    assert set(rule.editions) <= {"2019", "2021"}
    assert rule.editions


def test_the_catalogue_is_what_the_registry_says() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == render(), "run: make docs"


@pytest.mark.parametrize("code", sorted(RULES))
def test_findings_are_in_chinese_and_say_where(code: str) -> None:
    case = CASES[code].fires()
    for finding in run(Context(case.report, **case.context)):
        if finding.rule == code:
            assert re.search("[\u4e00-\u9fff]{4}", finding.message)
            assert re.fullmatch(r"[a-z_.*0-9]+", finding.where), finding.where
            assert finding.law
