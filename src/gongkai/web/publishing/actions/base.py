"""What every action on an item shares."""

from abc import ABC
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, TypeVar

from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.publishing import finding
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.signals import catalogue_changed

T = TypeVar("T")


@dataclass
class ItemAction(Action[T], ABC):
    """A change of one item. ``revision`` is that of the page the actor saw: later changes are kept."""

    actor: Actor
    _: KW_ONLY
    item_id: int
    revision: int | None = None
    item: Item = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency whose catalogue it is in."""
        found = Item.objects.filter(pk=self.item_id).values_list("agency_id", flat=True).first()
        if found is None:
            raise ActionRefused("没有这条目录", remedy="请从公开目录中打开")
        return int(found)

    def check(self) -> None:
        """Lock the item; refuse where it has changed since."""
        self.item = Item.objects.select_for_update().get(pk=self.item_id)
        if self.revision is not None and self.revision != self.item.revision:
            raise ActionRefused(
                "这条目录刚刚被其他人改动过，本次操作没有生效",
                place=str(self.item),
                remedy="请刷新页面，看过改动后再操作",
                code="stale",
            )

    def save(self) -> Item:
        """Save under a new revision, findable as it now is, and tell whoever shows it."""
        self.item.revision += 1
        self.item.save()
        finding.index([self.item])
        catalogue_changed.send(type(self))
        return self.item

    def audit_details(self) -> dict[str, Any]:
        """The item, its index number and revision."""
        return {"item": self.item.pk, "index": self.item.index_number, "revision": self.item.revision}
