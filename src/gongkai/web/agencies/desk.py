"""What waits for a person, on the back office's home page.

An app with such work registers a source under its name; the page shows what each gives, in their order::

    registry.of("desk").register("reporting", waiting, order=20)  # (actor, day) -> Tray or None

``duties`` is about what passes to a successor by name; here stands what somebody can do today by their posts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from gongkai.web.common import registry
from gongkai.web.common.actor import Actor

REGISTRY: Final = "desk"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a kind, named, with its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Everything of one kind that waits: how much, where all of it is, and the first few by name.

    ``urgent`` is what is late or stands still until somebody decides; ``at_least``: there may be more.
    """

    label: str
    count: int
    url: str
    items: Sequence[Item] = ()
    urgent: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Tray:
    """The work of one app; without piles nothing waits."""

    title: str
    url: str
    piles: Sequence[Pile]


class Source(Protocol):
    """What one app lays on the desk; None where the actor has nothing to do with it at all."""

    def __call__(self, actor: Actor, day: date) -> Tray | None:
        """Piles that are not empty, the most urgent first."""


def trays(actor: Actor, day: date) -> list[Tray]:
    """Everything that waits for the actor."""
    found = (source(actor, day) for source in registry.of(REGISTRY))
    return [tray for tray in found if tray is not None]
