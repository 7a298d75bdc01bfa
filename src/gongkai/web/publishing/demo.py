"""The catalogue of the demo: what a town and two offices of a county that does not exist have published.

Their sites do not exist either: addresses end in ``.example``, which is nobody's.
"""

import csv
from collections.abc import Callable
from datetime import date
from importlib import resources
from io import StringIO
from pathlib import Path
from typing import Final

from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.common.actor import Actor
from gongkai.web.common.demo import Part
from gongkai.web.publishing import entries
from gongkai.web.publishing.actions import AddItem
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.permissions import SETUP

_TOWN: Final = "shili-qingshi"
_ACTOR: Final = Actor.system(SETUP)


def load(samples: Path, say: Callable[[str], None]) -> None:  # noqa: ARG001 - what every part takes
    """Enter the catalogues where there are none."""
    rows = _rows()
    wanted = Agency.objects.filter(slug__in={row["agency"] for row in rows})
    empty = {one.slug: one for one in wanted.exclude(pk__in=Item.objects.values("agency_id"))}
    if empty:
        say("正在载入公开目录……")
    for number, row in enumerate(rows, 1):
        if row["agency"] in empty:
            AddItem(_ACTOR, agency=empty[row["agency"]], entry=_entry(row, number)).run()


def _rows() -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("demo.csv").read_text("utf-8")
    return list(csv.DictReader(StringIO(text)))


def _entry(row: dict[str, str], number: int) -> entries.Entry:
    """Index numbers begin with 99, as the division code of the county, which no organisation's code does."""
    day = date.fromisoformat(row["made_on"])
    site = f"https://{row['agency'].removeprefix('shili-')}.shili.example"
    return entries.Entry(
        index_number=f"{row['code']}/{day.year}-{number:05d}",
        title=row["title"],
        made_on=day,
        number=row["number"],
        summary=row["summary"],
        published_on=day,
        url="" if row["place"] else f"{site}/zwgk/{day:%Y%m}/{number:05d}.html",
        place=row["place"],
    )


def pages(address: str) -> list[str]:
    """The town's catalogue, as the public sees it; where offers come from."""
    return [f"  公开目录　{address}{reverse('portal:catalogue', args=[_TOWN])}"]


def notes() -> list[str]:
    """What to ask for to be offered something."""
    if not Item.objects.filter(agency__slug=_TOWN).exists():
        return []
    return ["  向青石镇申请“2024年高标准农田建设项目”，提交前会提示已经公开的信息"]


PART: Final = Part(load, pages, notes)
