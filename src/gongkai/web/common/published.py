"""What is already published, asked for by what somebody is about to apply for (条例 36(1)).

An app that publishes registers a provider at start-up; the pages that ask know none of them::

    registry.of(published.PROVIDERS).register("publishing", find)

A provider that fails costs its own finds alone: nobody's application waits for a search.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, Protocol

from django.db import transaction

from gongkai.web.common import registry
from gongkai.web.common.days import chinese

PROVIDERS: Final = "published"
#: Offers on one page: who has to read more than a handful reads none.
MOST: Final = 5

_log = logging.getLogger(__name__)


class Wanted(NamedTuple):
    """What is asked for: its name, and whatever else is said of it (文号 or other features)."""

    subject: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One published thing that may be what is wanted.

    ``source`` and ``reference`` name it for good: the provider, and the thing with it. ``url`` is its page on
    this site, ``address`` what a letter states as the place where it is found. ``why`` says to a reader what
    matched; ``score`` is between 0 and 1, of an exact number 1.
    """

    source: str
    reference: str
    title: str
    url: str
    address: str
    why: str
    score: float
    number: str = ""
    index_number: str = ""
    summary: str = ""
    day: date | None = None

    @property
    def key(self) -> str:
        """Source and reference in one, for forms and addresses."""
        return f"{self.source}:{self.reference}"

    @property
    def told(self) -> str:
        """Where it is, in the words of a reply (条例 36(1)): name, numbers, day, address."""
        parts = [f"《{self.title}》"]
        parts += [f"文号：{self.number}"] if self.number else []
        parts += [f"索引号：{self.index_number}"] if self.index_number else []
        parts += [f"公开日期：{chinese(self.day)}"] if self.day else []
        return "，".join([*parts, f"获取途径：{self.address}"]) + "。"


class Provider(Protocol):
    """The published things of an agency that match, best first; none where nothing matches well enough."""

    def __call__(self, agency_id: int, wanted: Wanted, limit: int) -> Sequence[Offer]:
        """At most ``limit`` of them, and only what the public may see today."""


def search(agency_id: int, wanted: Wanted, limit: int = MOST) -> list[Offer]:
    """The best offers of all providers. Never raises: what fails is logged, without what was asked for."""
    found: list[Offer] = []
    for name, provider in registry.of(PROVIDERS).items():
        try:
            with transaction.atomic():  # a statement that failed would spoil the rest of the caller's own
                found += provider(agency_id, wanted, limit)
        except Exception:  # noqa: BLE001 - whatever goes wrong here, the application goes on
            _log.exception("searching what %s has published failed", name)
    return sorted(found, key=lambda offer: -offer.score)[:limit]


def by_key(offers: Sequence[Offer], key: str) -> Offer | None:
    """The offer of that key."""
    return next((one for one in offers if one.key == key), None)
