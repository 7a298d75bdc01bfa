"""One item, entered or changed by hand."""

from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.publishing import entries, finding, permissions, personal
from gongkai.web.publishing.actions.base import ItemAction
from gongkai.web.publishing.models import Item
from gongkai.web.publishing.signals import catalogue_changed


def _refuse_faults(entry: entries.Entry) -> None:
    wrong = entries.faults(entry, timezone.localdate())
    if wrong:
        told = "；".join(f"{entries.LABELS[name]}：{fault}" for name, fault in wrong.items())
        raise ActionRefused(told, place=entry.index_number, remedy="请改正后重新保存")


def _refuse_double(agency_id: int, entry: entries.Entry, but: int = 0) -> None:
    same = Item.objects.filter(agency_id=agency_id, index_key=entry.index_key).exclude(pk=but).first()
    if same is not None:
        raise ActionRefused(
            "索引号已经用在另一条目录上", place=str(same), remedy="索引号一经编定不再变动，请核对后另编"
        )


@dataclass
class AddItem(Action[Item]):
    """Enter an item."""

    code: ClassVar = "publishing.add_item"
    permission: ClassVar = permissions.EDIT

    actor: Actor
    _: KW_ONLY
    agency: Agency
    entry: entries.Entry
    personal_because: str = ""
    item: Item = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The agency whose catalogue it is."""
        return self.agency.pk

    def check(self) -> None:
        """Whole and sound, and its index number is not taken."""
        # Two that enter the same number wait for each other here.
        Agency.objects.select_for_update().get(pk=self.agency.pk)
        _refuse_faults(self.entry)
        _refuse_double(self.agency.pk, self.entry)
        self._personal = personal.passed(self.entry, self.personal_because)

    def apply(self) -> Item:
        """Keep it, findable."""
        self.item = entries.fill(Item(agency=self.agency), self.entry)
        self.item.save()
        finding.index([self.item])
        catalogue_changed.send(type(self))
        return self.item

    def audit_details(self) -> dict[str, Any]:
        """The item and its index number; of numbers of persons field and kind, and why they are public."""
        return {"item": self.item.pk, "index": self.item.index_number, **self._personal}


@dataclass(kw_only=True)
class ChangeItem(ItemAction[Item]):
    """Correct what is entered of an item."""

    code: ClassVar = "publishing.change_item"
    permission: ClassVar = permissions.EDIT

    entry: entries.Entry
    personal_because: str = ""

    def check(self) -> None:
        """Whole and sound, its index number nobody else's. One that was withdrawn stays so, put right."""
        Agency.objects.select_for_update().get(pk=self.agency_id())
        super().check()
        _refuse_faults(self.entry)
        _refuse_double(self.item.agency_id, self.entry, but=self.item.pk)
        self._personal = personal.passed(self.entry, self.personal_because, self.item)
        self._changed = [
            name for name in entries.NAMES if getattr(self.item, name) != getattr(self.entry, name)
        ]

    def apply(self) -> Item:
        """Save it."""
        entries.fill(self.item, self.entry)
        return self.save()

    def audit_details(self) -> dict[str, Any]:
        """Which fields; of numbers of persons field and kind, and why they are public."""
        return {**super().audit_details(), "changed": self._changed, **self._personal}
