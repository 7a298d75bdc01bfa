"""The texts of the five seed reports, split by their six headings without the reader."""

import re

import pytest

from gongkai.report.model import Report
from tests.beside import MISSING, SEEDS
from tests.report.check.builders import report

_HEADINGS = ("一、总体情况", "二、主动", "三、收到", "四、政府", "五、存在", "六、其他")
_KEYS = ("head", "overview", "proactive", "applications", "disputes", "problems", "others")
_TABLES = {"proactive", "applications", "disputes"}


def seed(number: str) -> Report:
    """A zero report of 2024 with the text of a seed; the test is skipped where the seeds are not there."""
    paths = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not paths:
        pytest.skip(MISSING)
    text = paths[0].read_text(encoding="utf-8")
    cuts, at = [0], 0
    for heading in _HEADINGS:
        found = re.compile(rf"^[ \t]*{heading}", re.MULTILINE).search(text, at)
        assert found
        cuts.append(found.start())
        at = found.end()
    pieces = [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    texts = {key: "" if key in _TABLES else piece for key, piece in zip(_KEYS, pieces, strict=True)}
    for key in ("overview", "problems", "others"):
        texts[key] = texts[key].split("\n", 1)[1].strip()
    return report(texts=texts)
