"""Addresses the templates call by name: one that is missing would be an empty link."""

import re
from pathlib import Path

from gongkai.web import portal
from gongkai.web.portal import addresses

TEMPLATES = Path(portal.__file__).parent / "templates"


def test_every_address_the_templates_call_is_there() -> None:
    called = {
        name
        for template in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\{\{ ?to\.(\w+)", template.read_text(encoding="utf-8"))
    }
    assert len(called) > 5
    assert called <= addresses.fixed().keys()
    assert addresses.fixed()["apply"] == "/apply/"
