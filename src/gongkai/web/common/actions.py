"""Every change is an action: required actor, permission, transition and audit entry in one transaction."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar, final

from django.db import transaction

from gongkai.web.common import audit, permissions
from gongkai.web.common.actor import Actor

T = TypeVar("T")


class Action(ABC, Generic[T]):
    """One change. Subclasses take what they change as keyword arguments and say the four things below.

    ``Publish(actor, version=version).run()`` asks the permission, then ``check``, then ``apply``, then writes
    the audit entry; where any of them fails nothing has happened.
    """

    code: ClassVar[str]
    permission: ClassVar[str]

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @abstractmethod
    def agency_id(self) -> int:
        """The agency whose matter this is; ``permissions.SITE`` for the whole site."""

    @abstractmethod
    def check(self) -> None:
        """Raise ``ActionRefused``, in Chinese, where the change is not possible now.

        Runs inside the transaction: rows that decide are locked here (``select_for_update``).
        """

    @abstractmethod
    def apply(self) -> T:
        """Change the records."""

    @abstractmethod
    def audit_details(self) -> dict[str, Any]:
        """What was changed: ids and keyed hashes, never personal data. Asked after ``apply``."""

    @final
    def run(self) -> T:
        """Do it, or raise ``Denied`` or ``ActionRefused`` and leave everything as it was."""
        with transaction.atomic():
            agency = self.agency_id()
            permissions.require(self.actor, self.permission, agency)
            self.check()
            result = self.apply()
            audit.record(self.actor, self.code, agency, self.audit_details())
        return result

    def may(self) -> bool:
        """Whether the actor holds the permission; what a page asks before it shows a button."""
        return permissions.allowed(self.actor, self.permission, self.agency_id())
