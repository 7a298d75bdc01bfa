"""Taking an item down, and putting it back."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils import timezone

from gongkai.web.common.errors import ActionRefused
from gongkai.web.publishing import entries, permissions, personal
from gongkai.web.publishing.actions.base import ItemAction
from gongkai.web.publishing.models import Item


@dataclass(kw_only=True)
class WithdrawItem(ItemAction[Item]):
    """The public no longer sees it, and it is offered to nobody; day and reason stay on record."""

    code: ClassVar = "publishing.withdraw_item"
    permission: ClassVar = permissions.WITHDRAW

    reason: str

    def check(self) -> None:
        """Once, and with a reason."""
        super().check()
        self.reason = personal.reason(self.reason, "撤下的理由")
        if self.item.withdrawn_on is not None:
            raise ActionRefused(f"已于{self.item.withdrawn_on:%Y-%m-%d}撤下", place=str(self.item))

    def apply(self) -> Item:
        """As of today."""
        self.item.withdrawn_on = timezone.localdate()
        self.item.withdrawn_because = self.reason
        return self.save()


@dataclass(kw_only=True)
class RestoreItem(ItemAction[Item]):
    """What was taken down is public again, looked at as if it were entered anew.

    What it says may be the very reason why it was taken down: numbers of persons that were passed once are
    asked about once more.
    """

    code: ClassVar = "publishing.restore_item"
    permission: ClassVar = permissions.EDIT

    reason: str
    personal_because: str = ""
    _personal: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def check(self) -> None:
        """Only what was withdrawn, with a reason, and with one more for numbers of persons."""
        super().check()
        self.reason = personal.reason(self.reason, "恢复公开的理由")
        if self.item.withdrawn_on is None:
            raise ActionRefused("这条目录没有撤下", place=str(self.item))
        self._personal = personal.passed(entries.of(self.item), self.personal_because)

    def apply(self) -> Item:
        """As if it had never been taken down."""
        self.item.withdrawn_on = None
        self.item.withdrawn_because = ""
        return self.save()

    def audit_details(self) -> dict[str, Any]:
        """With the reason, which the item itself no longer holds; of numbers of persons field and kind."""
        return {**super().audit_details(), "reason": self.reason, **self._personal}
