"""Signing out, here or everywhere, and deleting the account."""

from dataclasses import dataclass
from typing import Any, ClassVar

from gongkai.web.portal.accounts import selectors
from gongkai.web.portal.accounts.actions.base import AsHolder


@dataclass(kw_only=True)
class SignOut(AsHolder[None]):
    """End this browser's session, or those of every browser."""

    code: ClassVar = "portal.sign_out"

    everywhere: bool = False

    def apply(self) -> None:
        """What a browser still holds opens nothing any more."""
        if self.everywhere:
            self.account.browsers.all().delete()
            selectors.codes_of(self.account.email).delete()
            selectors.shared_of(self.account.email).delete()
        else:
            self.browser.delete()

    def audit_details(self) -> dict[str, Any]:
        """With how far."""
        return {**super().audit_details(), "everywhere": self.everywhere}


@dataclass(kw_only=True)
class DeleteAccount(AsHolder[None]):
    """Delete the account with its list, its particulars and its sessions on every device.

    The applications stay with the agencies: they are official files, and number and code still open them.
    """

    code: ClassVar = "portal.delete_account"

    def apply(self) -> None:
        """Everything that hangs on the account, and codes on their way to its address."""
        selectors.codes_of(self.account.email).delete()
        selectors.shared_of(self.account.email).delete()
        self.account.delete()
