"""What every change of one's own account shares: the secret of the session proves whose it is."""

from abc import ABC
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar, TypeVar

from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import SITE
from gongkai.web.portal.accounts import permissions, signed_in
from gongkai.web.portal.accounts.models import Account, SignedIn

T = TypeVar("T")


@dataclass
class AsHolder(Action[T], ABC):
    """A change by whoever is signed in to an account; ``token`` is what the browser's cookie holds.

    No page tells an action whose account it is: a session that is over, ended elsewhere or made up by
    somebody changes nothing.
    """

    permission: ClassVar = permissions.OWN_ACCOUNT

    actor: Actor
    _: KW_ONLY
    token: str = field(repr=False)
    account: Account = field(init=False, repr=False)
    browser: SignedIn = field(init=False, repr=False)

    def agency_id(self) -> int:
        """The site's: an account belongs to no agency."""
        return SITE

    def check(self) -> None:
        """The session lasts; the account is locked."""
        browser = signed_in.alive(self.token)
        account = browser and Account.objects.select_for_update().filter(pk=browser.account_id).first()
        if not browser or not account:
            raise ActionRefused(
                "您没有登录，或登录已经结束，没有办理", remedy="请重新登录", code="signed-out"
            )
        self.browser, self.account = browser, account
        # What is told of afterwards, when an account that was deleted has no number any more.
        self._account_id = account.pk

    def audit_details(self) -> dict[str, Any]:
        """The account alone: which cases are one person's the log, which is never erased, does not tell."""
        return {"account": self._account_id}
