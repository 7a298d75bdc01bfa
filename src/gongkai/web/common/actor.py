"""Who does something."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["person", "system", "public"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person signed in, a part of the system, or a visitor.

    ``label`` is shown on screens; for a person the audit log holds the id alone, so that the name can be
    erased without breaking it.
    """

    kind: Kind
    person_id: int | None
    label: str

    def __post_init__(self) -> None:
        if (self.kind == "person") != (self.person_id is not None):
            message = "a person, and only a person, has an id"
            raise ValueError(message)

    @classmethod
    def of(cls, user: Any) -> "Actor":
        """The person signed in as ``user`` (``request.user``), or a visitor where nobody is signed in."""
        if user is None or not user.is_authenticated or not user.is_active:
            return cls("public", None, "公众")
        full_name = getattr(user, "get_full_name", None)
        return cls("person", user.pk, (full_name() if full_name else "") or user.get_username())

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A part of the system, by its name, such as ``reporting.reader``."""
        return cls("system", None, name)
