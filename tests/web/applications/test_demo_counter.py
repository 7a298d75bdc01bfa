"""The demo's counter: a scan to enter, somebody who waits for a signature."""

from datetime import date
from pathlib import Path

import pytest

from gongkai.law.calendar import published
from gongkai.web.agencies import demo as agencies_demo
from gongkai.web.applications import demo
from gongkai.web.applications.letters import signing
from gongkai.web.applications.models import IncomingScan, Letter
from gongkai.web.applications.receiving import scans
from tests.web.applications.playing import on
from tests.web.applications.reading import words


@pytest.mark.django_db
def test_a_scan_and_an_answer_wait_today() -> None:
    day = date(published().last.year, 3, 4)
    with on(day):
        agencies_demo.load()
        demo.load(Path(), lambda _: None)
        scan = IncomingScan.objects.get()
        assert scan.n_pages == 1
        (letter,) = scans.uploads_of(scan)
        assert "青石镇2025年农村公路养护计划" in words(letter.content)
        reply = Letter.objects.get(on_the_spot=True)
        step = signing.progress(reply, day).next_step
        assert step is not None
        assert (reply.state, step.name) == ("signing", "签发")
