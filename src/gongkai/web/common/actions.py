"""Every change is an action: required actor, permission, transition and audit entry in one transaction."""

from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Any, ClassVar, Final, Generic, TypeVar, final

from django.db import transaction

from gongkai.web.common import audit, permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import Outrun

T = TypeVar("T")
#: How often an action prepares itself anew where others were faster.
_TIMES: Final = 3


class Action(ABC, Generic[T]):
    """One change. Subclasses take what they change as keyword arguments and say the four things below.

    ``Publish(actor, version=version).run()`` asks the permission, then ``check``, then ``apply``, then writes
    the audit entry; where any of them fails nothing has happened. What takes its time is in ``prepare``.
    """

    code: ClassVar[str]
    permission: ClassVar[str]

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @abstractmethod
    def agency_id(self) -> int:
        """The agency whose matter this is; ``permissions.SITE`` for the whole site."""

    def prepare(self) -> None:
        """Make, before the transaction, what takes so long that no lock may be held over it.

        It writes no records, asks for the permission itself, and leaves what is wrong to ``check``. ``apply``
        raises ``Outrun`` where what was made no longer fits: it is made anew, three times at most.
        """

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
        for _ in range(_TIMES - 1):
            self.prepare()
            with suppress(Outrun):
                return self._in_one_transaction()
        self.prepare()
        return self._in_one_transaction()

    def _in_one_transaction(self) -> T:
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
