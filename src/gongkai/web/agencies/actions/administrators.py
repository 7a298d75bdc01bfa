"""Administrators of the whole site: the first is made on the machine itself, others by one who is there."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from gongkai.web.agencies.actions.checks import valid
from gongkai.web.agencies.actions.sign_in import one_time_password
from gongkai.web.agencies.models import Person
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import SITE


@dataclass
class CreateAdministrator(Action[tuple[Person, str]]):
    """Take in an administrator of the whole site; gives the person and a one-time password.

    Such an administrator looks after agencies, people and the CMS, and signs nothing.
    """

    code: ClassVar = "agencies.create_administrator"
    permission: ClassVar = "agencies.create_administrator"

    actor: Actor
    _: KW_ONLY
    username: str
    name: str

    def agency_id(self) -> int:
        """The whole site."""
        return SITE

    def check(self) -> None:
        """The sign-in name is free."""
        self._person = Person(username=self.username, name=self.name, is_superuser=True)
        self._password = one_time_password()
        self._person.set_password(self._password)
        self._person.must_change_password = True
        valid(self._person)

    def apply(self) -> tuple[Person, str]:
        """Add the person."""
        self._person.save()
        return self._person, self._password

    def audit_details(self) -> dict[str, Any]:
        """Who."""
        return {"person": self._person.pk}
