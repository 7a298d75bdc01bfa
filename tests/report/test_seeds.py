"""The five seed reports beside the repository, against what a careful reader gets."""

import json

import pytest

from gongkai.report import api
from gongkai.report.model import Mark
from tests.beside import SEEDS, needs_seeds
from tests.report.expectation import assert_as_expected, figures_by_path

pytestmark = needs_seeds
EXPECTED = (
    json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))["reports"] if SEEDS.is_dir() else {}
)


@pytest.mark.parametrize("name", EXPECTED)
def test_seed(name: str) -> None:
    report = assert_as_expected(SEEDS / f"{name}.txt", EXPECTED[name])
    assert len(report.figures) == 10 + 175 + 15


@pytest.mark.parametrize("name", EXPECTED)
def test_every_figure_leads_to_its_characters(name: str) -> None:
    data = (SEEDS / f"{name}.txt").read_bytes()
    text = data.decode()
    report = api.read_bytes(data)
    for path, value in figures_by_path(EXPECTED[name]).items():
        figure = report.figures[path]
        if value is None:
            assert figure.mark in {Mark.BLANK, Mark.UNCERTAIN}
            continue
        assert figure.place is not None
        start, end = figure.place.start, figure.place.end
        assert start is not None, path
        assert text[start:end].strip(" |\t\n") == figure.raw.strip(), path
