"""Open duties of a person: what passes to a successor.

An app whose records wait for a person registers a source in ``registry.of("duties")``::

    registry.of("duties").register("reporting.reviews", ReviewDuties())

with the two methods of ``Source``. A source reassigns inside the transaction of the hand-over.
"""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Leave, SigningStep
from gongkai.web.agencies.selectors import agency_of
from gongkai.web.common import registry

REGISTRY = "duties"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that waits for a person: what, in which agency, where to see it."""

    label: str
    agency_id: int
    url: str = ""


class Source(Protocol):
    """One kind of open duties."""

    def open_duties(self, person_id: int) -> list[Duty]:
        """What waits for the person now."""

    def reassign(self, person_id: int, successor_id: int) -> int:
        """Let it all wait for the successor; how many it was."""


def of_person(person_id: int) -> list[Duty]:
    """All open duties of a person, of every kind."""
    return [duty for source in registry.of(REGISTRY) for duty in source.open_duties(person_id)]


def reassign(person_id: int, successor_id: int) -> dict[str, int]:
    """Pass all duties on; how many of each kind, by the key of its source."""
    return {key: source.reassign(person_id, successor_id) for key, source in registry.of(REGISTRY).items()}


class SigningDuties:
    """Steps of signing chains that name the person."""

    def open_duties(self, person_id: int) -> list[Duty]:
        """One for each step."""
        steps = SigningStep.objects.filter(person_id=person_id).select_related("chain__agency")
        return [
            Duty(f"{step.chain}：{step.name}（指定签批人）", step.chain.agency_id)
            for step in steps.order_by("chain_id", "number")
        ]

    def reassign(self, person_id: int, successor_id: int) -> int:
        """The successor is named instead; the chain's page says where that leaves one person alone."""
        return SigningStep.objects.filter(person_id=person_id).update(person_id=successor_id)


class DeputyDuties:
    """Days, now or to come, on which the person acts for somebody."""

    def open_duties(self, person_id: int) -> list[Duty]:
        """One for each leave."""
        leaves = self._open(person_id).select_related("person")
        return [
            Duty(
                f"代理{leave.person}（{leave.from_day:%Y-%m-%d}至{leave.until_day:%Y-%m-%d}）",
                agency_of(leave.person),
            )
            for leave in leaves
        ]

    def reassign(self, person_id: int, successor_id: int) -> int:
        """The successor acts; where the successor is the absent person, the leave is struck out."""
        mine = self._open(person_id)
        count = mine.count()
        mine.filter(person_id=successor_id).delete()
        for leave in mine:
            leave.deputy_id = successor_id
            leave.save()
        return count

    def _open(self, person_id: int) -> QuerySet[Leave]:
        return Leave.objects.filter(deputy_id=person_id, until_day__gte=timezone.localdate())


def register_own() -> None:
    """The duties this app knows of."""
    for key, source in (("agencies.signing", _SIGNING), ("agencies.deputy", _DEPUTY)):
        registry.of(REGISTRY).register(key, source)


_SIGNING = SigningDuties()
_DEPUTY = DeputyDuties()
