"""Particulars that somebody wants filled in for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils import timezone

from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal.accounts import particulars
from gongkai.web.portal.accounts.actions.base import AsHolder
from gongkai.web.portal.accounts.models import Particulars


@dataclass(kw_only=True)
class KeepParticulars(AsHolder[Particulars]):
    """Keep what was filled in, in place of what was kept; every field may stay empty."""

    code: ClassVar = "portal.keep_particulars"

    given: Mapping[str, str] = field(repr=False)

    def check(self) -> None:
        """Something is filled in, and nothing of it is wrong."""
        super().check()
        self._kept = particulars.filled(self.given)
        if not self._kept:
            raise ActionRefused("一项也没有填写", remedy="请填写要保存的内容；不想保存的，点“删除个人资料”")
        if wrong := particulars.faults(self._kept):
            raise ActionRefused("；".join(wrong.values()), remedy="请改正后再保存")

    def apply(self) -> Particulars:
        """One row, encrypted."""
        kept, _ = Particulars.objects.update_or_create(
            account=self.account,
            defaults={"content": particulars.written(self._kept), "changed_at": timezone.now()},
        )
        return kept


@dataclass(kw_only=True)
class DropParticulars(AsHolder[None]):
    """Delete what was kept."""

    code: ClassVar = "portal.drop_particulars"

    def apply(self) -> None:
        """The row goes; where there is none nothing happens."""
        Particulars.objects.filter(account=self.account).delete()
