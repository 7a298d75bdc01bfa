"""Accounts nobody uses any more: their holders are told, then they are erased."""

from abc import ABC
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from gongkai.web.common import outbox
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import SITE
from gongkai.web.portal import identity
from gongkai.web.portal.accounts import permissions, selectors
from gongkai.web.portal.accounts.models import Account


@dataclass
class _OfForgotten(Action[None], ABC):
    """A change of an account nobody has signed in to for long."""

    permission: ClassVar = permissions.KEEP_ACCOUNTS

    actor: Actor
    _: KW_ONLY
    account_id: int
    account: Account = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The site's."""
        return SITE

    def check(self) -> None:
        """Still forgotten, now that it is locked: somebody may just have signed in."""
        forgotten = self.forgotten().select_for_update().filter(pk=self.account_id).first()
        if forgotten is None:
            raise ActionRefused("账号近期登录过，或已经处理", remedy="不用再处理", code="not-forgotten")
        self.account = forgotten

    def forgotten(self) -> Any:
        """The accounts this may be done to today."""
        raise NotImplementedError

    def audit_details(self) -> dict[str, Any]:
        """The account."""
        return {"account": self.account_id}


@dataclass
class WarnAccount(_OfForgotten):
    """Tell by mail that the account is going to be erased unless somebody signs in."""

    code: ClassVar = "portal.warn_account"

    def forgotten(self) -> Any:
        """Nearly due, and not told yet."""
        return selectors.to_warn(timezone.now())

    def apply(self) -> None:
        """The mail, and that it was written."""
        now = timezone.now()
        self.account.warned_at = now
        self.account.save(update_fields=["warned_at"])
        on = timezone.localdate(
            max(self.account.signed_in_at + settings.CITIZEN_KEEP, now + settings.CITIZEN_WARN)
        )
        outbox.post(self.account.email, "“我的申请”账号将被删除", _letter(on + timedelta(1)))


def _letter(on: date) -> str:
    return (
        f"您好：\n\n您在{settings.PORTAL_NAME or identity.site_name()}的“我的申请”账号很久没有登录。\n"
        f"{chinese(on)}以前不登录，账号将被删除，其中的申请列表和保存的个人资料一并删除。\n\n"
        f"要保留的，请登录一次：{settings.WAGTAILADMIN_BASE_URL}{reverse('portal:account')}\n"
        "不再需要的，不用理会。您提出的申请由受理机关保存，不受影响，凭登记号和查询码仍可查询。\n"
    )


@dataclass
class EraseAccount(_OfForgotten):
    """Erase an account whose holder was told in time and did not come back."""

    code: ClassVar = "portal.erase_account"

    def forgotten(self) -> Any:
        """Due, and told long enough ago."""
        return selectors.to_erase(timezone.now())

    def apply(self) -> None:
        """As if the holder had deleted it."""
        self.account.delete()
