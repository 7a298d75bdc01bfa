"""People: taken in with their first post, corrected."""

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar

from gongkai.web.agencies.actions.checks import everywhere, valid
from gongkai.web.agencies.actions.posts import Appoint
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.agencies.selectors import agency_of
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor


@dataclass
class CreatePerson(Action[Person]):
    """Take a person in, with a first post; ``ResetSignIn`` then gives them their first password."""

    code: ClassVar = "agencies.create_person"
    permission: ClassVar = "agencies.create_person"

    actor: Actor
    _: KW_ONLY
    agency: Agency
    username: str
    name: str
    role: str
    from_day: date
    title: str = ""
    email: str = ""
    phone: str = ""

    def agency_id(self) -> int:
        """The agency of the first post."""
        return self.agency.pk

    def check(self) -> None:
        """The sign-in name is free; what is asked of the post, ``Appoint`` asks."""
        self._person = Person(username=self.username, name=self.name, email=self.email, phone=self.phone)
        self._person.set_password(None)
        valid(self._person)

    def apply(self) -> Person:
        """Add the person and appoint them."""
        self._person.save()
        Appoint(
            self.actor, agency=self.agency, person=self._person, role=self.role, from_day=self.from_day,
            title=self.title,
        ).run()  # fmt: skip
        return self._person

    def audit_details(self) -> dict[str, Any]:
        """Who."""
        return {"person": self._person.pk}


@dataclass
class _PersonAction(Action[Person]):
    """An action on one person, allowed by every agency they work in."""

    actor: Actor
    _: KW_ONLY
    person: Person

    def agency_id(self) -> int:
        """The agency they work in."""
        return agency_of(self.person)

    def _lock(self) -> None:
        self.person = Person.objects.select_for_update().get(pk=self.person.pk)
        everywhere(self.actor, self.permission, self.person)


@dataclass(kw_only=True)
class EditPerson(_PersonAction):
    """Correct name and contacts."""

    code: ClassVar = "agencies.edit_person"
    permission: ClassVar = "agencies.edit_person"

    name: str
    email: str
    phone: str

    def check(self) -> None:
        """Well formed."""
        self._lock()
        wanted = {"name": self.name, "email": self.email, "phone": self.phone}
        self._changed = [field for field, value in wanted.items() if getattr(self.person, field) != value]
        for field in self._changed:
            setattr(self.person, field, wanted[field])
        valid(self.person)

    def apply(self) -> Person:
        """Save."""
        self.person.save()
        return self.person

    def audit_details(self) -> dict[str, Any]:
        """Whose, and the names of the fields that changed."""
        return {"person": self.person.pk, "fields": sorted(self._changed)}
