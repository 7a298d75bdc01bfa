"""The real report beside the repository: a PDF as published."""

import json

import pytest

from gongkai.kernel import Level
from gongkai.report import api
from tests.beside import REAL, needs_real
from tests.report.expectation import assert_as_expected

pytestmark = needs_real
EXPECTED = (
    json.loads((REAL / "expected.json").read_text(encoding="utf-8"))["reports"] if REAL.is_dir() else {}
)


@pytest.mark.parametrize("name", EXPECTED)
def test_real_report(name: str) -> None:
    report = assert_as_expected(REAL / f"{name}.pdf", EXPECTED[name])
    assert report.single_other
    for path, figure in report.figures.items():
        assert figure.place is not None, path
        assert figure.place.page is not None
        assert figure.place.box is not None


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_explained_is_information(name: str) -> None:
    findings = api.check(api.read_bytes((REAL / f"{name}.pdf").read_bytes()))
    for rule in EXPECTED[name].get("information", {}):
        levels = {finding.level for finding in findings if finding.rule == rule}
        assert levels <= {Level.INFO}
    assert not [finding for finding in findings if finding.level is Level.ERROR]
