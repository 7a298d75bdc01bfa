"""Numbers of persons in what is public already: what the rules of today find in the catalogue as it stands.

Rules grow stricter, and what was entered before was not asked about. A catalogue of a hundred thousand items
is looked at in slices, so that each page answers at once.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.common.models import AuditEntry
from gongkai.web.publishing import entries, personal
from gongkai.web.publishing.models import Item

#: Items of one slice: about a second.
SLICE: Final = 10_000


class Hit(NamedTuple):
    """An item with numbers of persons: by the label of the field what is in it, masked.

    ``passed_on``: when somebody gave a reason for one of its numbers, None where the log knows of none.
    """

    item: Item
    found: Mapping[str, str]
    passed_on: date | None

    @property
    def name(self) -> str:
        """What the item is called in the list: its index number, unless that is what holds a number."""
        return self.item.index_number if entries.LABELS["index_number"] not in self.found else "（索引号）"


class Slice(NamedTuple):
    """What a slice gave: how many items were looked at so far, and how many there are.

    ``then``: the id after which the next slice begins; None where this was the last.
    """

    hits: list[Hit]
    looked_at: int
    total: int
    then: int | None


def of_slice(items: QuerySet[Item], after: int, size: int = SLICE) -> Slice:
    """Look at the items with ids above ``after``; ``items`` are in the order of their ids."""
    looked: list[Item] = list(items.filter(pk__gt=after)[:size])
    found = [(item, personal.found_in(entries.of(item))) for item in looked]
    with_numbers = [(item, hits) for item, hits in found if hits]
    passed = _passed(item for item, _ in with_numbers)
    hits = [Hit(item, personal.labelled(found), passed.get(item.pk)) for item, found in with_numbers]
    last = looked[-1].pk if looked else after
    return Slice(
        sorted(hits, key=lambda hit: hit.passed_on is not None),
        items.filter(pk__lte=last).count(),
        items.count(),
        last if len(looked) == size and items.filter(pk__gt=last).exists() else None,
    )


def _passed(items: Iterable[Item]) -> dict[int, date]:
    """By item the last day on which it was passed for a reason, as the log has it."""
    agencies = {item.agency_id for item in items}
    entries_of_log = AuditEntry.objects.filter(
        agency_id__in=agencies, code__startswith="publishing.", details__has_key="personal"
    )
    found: dict[int, date] = {}
    for entry in entries_of_log.order_by("at").iterator():
        for pk in entry.details.get("items", [entry.details.get("item")]):
            found[pk] = timezone.localtime(entry.at).date()
    return found
