"""The demo of ``make run``: each app registers what it loads and what there is to see.

``registry.of(demo.PARTS).register("agencies", "gongkai.web.agencies.demo_part.PART", order=10)`` gives the
part's dotted name, so that nothing of a demo is imported where there is none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from django.utils import timezone
from django.utils.module_loading import import_string

from gongkai.web.common import registry

PARTS: Final = "demo"
Say = Callable[[str], None]


class Part(NamedTuple):
    """One app's share. ``load`` takes the folder of the samples, says how far it is, and loads what is
    missing; ``pages`` takes the site's address and gives a line for each page to look at; ``notes`` gives the
    lines about who can sign in and what there is to do.
    """

    load: Callable[[Path, Say], None]
    pages: Callable[[str], list[str]]
    notes: Callable[[], list[str]]


def parts() -> list[Part]:
    """All shares in the order in which they are loaded and shown."""
    return [import_string(name) for name in registry.of(PARTS)]


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the site's clock begin again at a moment, for what a demo plays of the days before it is started.

    Everything that asks what time it is, asks Django: what people did then is recorded with that time, and a
    letter bears the day on which it went out. Outside the demo nothing sets a clock.
    """
    now, began = timezone.now, timezone.now()
    timezone.now = lambda: moment + (now() - began)
    try:
        yield
    finally:
        timezone.now = now
