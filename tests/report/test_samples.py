"""The sample reports, in every layout and format, against what their sources say."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.report.expectation import assert_as_expected

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = json.loads((ROOT / "samples" / "expected.json").read_text(encoding="utf-8"))["reports"]


@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if not e.get("ocr")])
def test_sample(samples: Path, name: str) -> None:
    assert_as_expected(samples / name, EXPECTED[name])


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
