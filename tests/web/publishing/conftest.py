"""A town with a catalogue, and a neighbour whose catalogue is not its business."""

from collections.abc import Callable
from datetime import date

import pytest

from gongkai.web.common.actor import Actor
from gongkai.web.publishing import entries
from gongkai.web.publishing.actions import AddItem
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.permissions import SETUP
from tests.web.reporting.conftest import town
from tests.web.reporting.people import Town

__all__ = ["town"]

Enter = Callable[..., Item]
SYSTEM = Actor.system(SETUP)


def entry(**changes: object) -> entries.Entry:
    given: dict[str, object] = {
        "index_number": "000014349/2024-00001",
        "title": "昆阳镇2024年高标准农田建设项目实施方案",
        "made_on": date(2024, 2, 26),
        "number": "昆政〔2024〕6号",
        "summary": "建设地点、面积和工期。",
        "published_on": date(2024, 3, 1),
        "url": "https://kunyang.example/1.html",
    }
    return entries.Entry(**{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture
def enter(town: Town) -> Enter:
    """Enters an item of the town, under an index number of its own."""
    numbers = iter(range(1, 1000))

    def run(title: str = "", **changes: object) -> Item:
        given = {"index_number": f"000014349/2024-{next(numbers):05d}", "number": "", **changes}
        if title:
            given["title"] = title
        agency = given.pop("agency", town.agency)
        return AddItem(SYSTEM, agency=agency, entry=entry(**given)).run()  # type: ignore[arg-type]

    return run
