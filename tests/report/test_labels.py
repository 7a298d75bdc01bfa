"""Words for people have one source, and none of them is an inner name."""

import re
from pathlib import Path

import pytest

from gongkai.kernel import Level
from gongkai.report import api
from gongkai.report.check.catalogue import render
from gongkai.report.labels import how_read
from gongkai.report.model import Reading

SAMPLES = Path(__file__).parents[2] / "samples"


def test_levels_are_called_the_same_everywhere() -> None:
    words = [level.word for level in Level]
    assert words == ["错误", "提醒", "说明"]
    listed = re.findall(r"^\| \[[A-Z0-9-]+\]\(.*?\) \| .*? \| (.*?) \|", render(), re.MULTILINE)
    assert len(listed) == len(api.rules())
    assert set(listed) <= set(words)
    assert "警告" not in render()


@pytest.mark.parametrize(
    "path", sorted((SAMPLES / "txt").glob("*")) + sorted((SAMPLES / "html").glob("*")), ids=lambda p: p.name
)
def test_format_and_layout_are_told_in_chinese(path: Path) -> None:
    report = api.read_bytes(path.read_bytes())
    assert report.reading.layout, path
    assert re.fullmatch(r"(纯文本|网页)，[\u4e00-\u9fff]+", api.how_read(report))


def test_a_format_keeps_its_usual_name() -> None:
    assert how_read(Reading(format="docx", layout="ruled")) == "DOCX，有框线的表格"
    assert how_read(Reading(format="json")) == "JSON"
    assert how_read(Reading()) == ""
