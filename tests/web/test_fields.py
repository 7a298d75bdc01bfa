"""Fields of the back office's own templates, as the CMS draws them."""

import re
from pathlib import Path

import pytest

from gongkai import web

INPUT = re.compile(r"<input\b[^>]*>")
#: The public pages have a style sheet of their own.
TEMPLATES = sorted(
    path for path in Path(web.__file__).parent.glob("*/templates/**/*.html") if "portal" not in path.parts
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_an_input_says_its_type(path: Path) -> None:
    """The CMS gives a border to inputs by their type: one that names none cannot be seen."""
    assert [found for found in INPUT.findall(path.read_text(encoding="utf-8")) if "type=" not in found] == []
