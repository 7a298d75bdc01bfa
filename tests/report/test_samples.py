"""The sample reports, in every layout and format, against what their sources say."""

import json
import tomllib
from pathlib import Path

import pytest

from gongkai.report import api
from gongkai.report.model import Mark
from tests.report.expectation import assert_as_expected, figures_by_path

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = json.loads((ROOT / "samples" / "expected.json").read_text(encoding="utf-8"))["reports"]


@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if not e.get("ocr")])
def test_sample(samples: Path, name: str) -> None:
    assert_as_expected(samples / name, EXPECTED[name])


@pytest.mark.parametrize("name", [n for n in EXPECTED if n.endswith(".txt") and "gb18030" not in n])
def test_every_figure_leads_to_its_characters(samples: Path, name: str) -> None:
    data = (samples / name).read_bytes()
    text = data.decode("utf-8-sig")
    report = api.read_bytes(data)
    for path, value in figures_by_path(EXPECTED[name]).items():
        figure = report.figures[path]
        if value is None:
            assert figure.mark in {Mark.BLANK, Mark.UNCERTAIN}, path
            continue
        assert figure.place is not None, path
        assert figure.place.start is not None, path
        assert text[figure.place.start : figure.place.end].strip(" |\t\n") == figure.raw.strip(), path


def test_the_agencies_texts_are_not_called_alike(samples: Path) -> None:
    reports = [api.read(samples / name) for name in EXPECTED if name.endswith(".txt")]
    one_each = list({report.agency: report for report in reports}.values())
    assert len(one_each) == 5
    for report in one_each:
        alike = api.check(report, others=[other for other in one_each if other is not report])
        assert not [finding for finding in alike if finding.rule == "SAME-TEXT"]


@pytest.mark.ocr
@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if e.get("ocr")])
def test_scanned_sample(samples: Path, name: str) -> None:
    report = assert_as_expected(samples / name, EXPECTED[name])
    assert report.reading.ocr
    assert all(figure.ocr for figure in report.figures.values() if figure.value is not None)


def test_every_source_is_rendered(samples: Path) -> None:
    named = {
        file
        for path in (samples / "source").glob("*.toml")
        for file in tomllib.loads(path.read_text(encoding="utf-8"))["files"]
    }
    assert named == set(EXPECTED)
    assert all((samples / name).is_file() for name in named)


def test_samples_stay_small(samples: Path) -> None:
    assert sum(path.stat().st_size for path in samples.rglob("*") if path.is_file()) < 3_000_000


def test_every_format_has_a_sample() -> None:
    assert {name.rpartition(".")[2] for name in EXPECTED} >= {
        "txt", "html", "docx", "pdf", "xlsx", "json", "ofd", "png",
    }  # fmt: skip
