"""Who may do what where: one table, and the resolver that reads it.

The table is data. A row names a permission; its columns are the holders and how far each one's permission
reaches. Other apps add their own rows at start-up, before anybody asks::

    permissions.extend({"reporting.publish": {Role.LEADER: Scope.OWN, system("reporting.reader"): Scope.ALL}})

What is not in the table is denied to everybody, the administrator of the site included.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies.models.agencies import Agency, AgencyQuerySet
from gongkai.web.agencies.models.people import Person
from gongkai.web.agencies.models.posts import Leave, Post, Role
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL, SITE, Visible


class Scope(Enum):
    """How far a permission reaches from the agency of the post that gives it."""

    OWN = "own"
    OWN_AND_BELOW = "own and below"
    BELOW = "below"
    ALL = "all"


#: Holders that are not roles.
SITE_ADMINISTRATOR: Final = "site administrator"
SYSTEM: Final = "system"
PUBLIC: Final = "public"


def system(name: str) -> str:
    """The holder that is one part of the system alone, by the name of its actor."""
    return f"{SYSTEM}:{name}"


Table = Mapping[str, Mapping[str, Scope]]

_STAFF: Final = (Role.CLERK, Role.SECTION_HEAD, Role.SECRECY_REVIEWER)
_SETUP: Final = system("agencies.setup")
_ADMINISTRATION: Final = {
    Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
    SITE_ADMINISTRATOR: Scope.ALL,
    _SETUP: Scope.ALL,
}

#: Whoever holds ``agencies.view`` in an agency sees its records.
VIEW: Final = "agencies.view"

_OWN_TABLE: Final[Table] = {
    VIEW: {
        **dict.fromkeys(_STAFF, Scope.OWN),
        Role.LEADER: Scope.OWN_AND_BELOW,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
        SYSTEM: Scope.ALL,
    },
    "agencies.view_log": {
        Role.LEADER: Scope.OWN,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
    },
    "agencies.create_administrator": {SITE_ADMINISTRATOR: Scope.ALL, _SETUP: Scope.ALL},
    "agencies.create_region": {SITE_ADMINISTRATOR: Scope.ALL, _SETUP: Scope.ALL},
    # A new agency belongs under one that is there; only the site's administrator begins a new tree.
    "agencies.create_agency": _ADMINISTRATION,
    "agencies.rename_agency": _ADMINISTRATION,
    "agencies.move_agency": {
        Role.ADMINISTRATOR: Scope.OWN_AND_BELOW,
        SITE_ADMINISTRATOR: Scope.ALL,
        _SETUP: Scope.ALL,
    },
    "agencies.abolish_agency": {Role.ADMINISTRATOR: Scope.BELOW, SITE_ADMINISTRATOR: Scope.ALL},
    "agencies.edit_agency": {
        **_ADMINISTRATION,
        Role.DISCLOSURE_OFFICE: Scope.OWN_AND_BELOW,
        Role.SECTION_HEAD: Scope.OWN,
    },
    "agencies.create_person": _ADMINISTRATION,
    "agencies.edit_person": _ADMINISTRATION,
    "agencies.reset_sign_in": {Role.ADMINISTRATOR: Scope.OWN_AND_BELOW, SITE_ADMINISTRATOR: Scope.ALL},
    "agencies.appoint": _ADMINISTRATION,
    "agencies.end_post": _ADMINISTRATION,
    # Everybody records their own leave; another's only whoever is answerable for the agency.
    "agencies.record_leave": {**dict.fromkeys(Role, Scope.OWN), **_ADMINISTRATION},
    "agencies.record_leave_of_others": {**_ADMINISTRATION, Role.LEADER: Scope.OWN},
    "agencies.hand_over": _ADMINISTRATION,
    # Of people who have gone, and only by whoever looks after every agency they worked in.
    "agencies.erase_person": _ADMINISTRATION,
    "agencies.set_office": _ADMINISTRATION,
    "agencies.set_chain": {**_ADMINISTRATION, Role.LEADER: Scope.OWN},
}

_table: dict[str, Mapping[str, Scope]] = dict(_OWN_TABLE)
#: Permissions that whoever works in the office of a government holds there too, and the roles they go with.
_by_office: set[str] = set()
_OFFICE_ROLES: Final = frozenset({*_STAFF, Role.LEADER})


def extend(rows: Table, *, by_office: bool = False) -> None:
    """Add the rows of another app. A permission is defined once; a holder that nobody knows is refused.

    ``by_office``: where an agency's ``handled_by`` names an office, the office's people hold them there too.
    """
    for permission, holders in rows.items():
        if permission in _table and _table[permission] != holders:
            message = f"permission {permission!r} is already defined"
            raise ValueError(message)
        strangers = [holder for holder in holders if not _is_holder(holder)]
        if strangers:
            message = f"{permission!r} is given to unknown holders {strangers}"
            raise ValueError(message)
        _table[permission] = dict(holders)
        if by_office:
            _by_office.add(permission)


def table() -> Table:
    """All rows in force, for the page and the test that show them."""
    return dict(_table)


def _is_holder(holder: str) -> bool:
    return (
        holder in Role.values
        or holder in {SITE_ADMINISTRATOR, SYSTEM, PUBLIC}
        or holder.startswith(f"{SYSTEM}:")
    )


class Standing(NamedTuple):
    """A role somebody may act in today: their own post, or one they act in for an absent person."""

    role: str
    agency_id: int
    lineage: str
    person_id: int


def standings(person_id: int, day: date) -> list[Standing]:
    """The roles a person may act in on a day: their own posts, and those of whoever they act for.

    Acting is not passed on: a deputy's deputy gets the deputy's own posts only. A person whose account is
    disabled has none.
    """
    absent = Leave.objects.on(day).filter(deputy_id=person_id, person__is_active=True).values("person_id")
    posts = (
        Post.objects.on(day)
        .filter(Q(person_id=person_id, person__is_active=True) | Q(person_id__in=absent))
        .values_list("role", "agency_id", "agency__lineage", "person_id")
        .order_by("id")
    )
    return [Standing(*row) for row in posts]


def _standings_for(permission: str, person_id: int) -> list[Standing]:
    """Today's standings that count for a permission: with those in agencies that the person's office handles.

    These have no lineage: the office acts for the government itself, not for whatever lies below it.
    """
    own = standings(person_id, timezone.localdate())
    offices = {one.agency_id for one in own if one.role in _OFFICE_ROLES}
    if permission not in _by_office or not offices:
        return own
    handled = _agencies().filter(handled_by_id__in=offices).values_list("pk", "handled_by_id")
    return own + [
        one._replace(agency_id=agency_id, lineage="")
        for agency_id, office_id in handled
        for one in own
        if one.agency_id == office_id and one.role in _OFFICE_ROLES
    ]


def _reaches(scope: Scope, standing: Standing, agency_id: int, lineage: str) -> bool:
    """Whether a permission held in one agency reaches another."""
    own = standing.agency_id == agency_id
    if scope is Scope.OWN:
        return own
    below = not own and bool(standing.lineage) and lineage.startswith(standing.lineage)
    if scope is Scope.BELOW:
        return below
    return scope is Scope.OWN_AND_BELOW and (own or below)


class PostResolver:
    """Answers from posts, leave and supervision as they are on the day of the question."""

    def allows(self, actor: Actor, permission: str, agency_id: int) -> bool:
        """Whether the actor holds the permission in the agency; ``SITE`` asks for the whole site."""
        holders = _table.get(permission)
        if not holders:
            return False
        if actor.kind != "person":
            return _everywhere(_titles(actor), holders) and _exists(agency_id)
        person = _active_person(actor)
        if person is None:
            return False
        if person.is_superuser and holders.get(SITE_ADMINISTRATOR) is Scope.ALL:
            return _exists(agency_id)
        lineage = None if agency_id == SITE else _lineage(agency_id)
        if lineage is None:
            return False
        return any(
            standing.role in holders and _reaches(holders[standing.role], standing, agency_id, lineage)
            for standing in _standings_for(permission, person.pk)
        )

    def visible(self, actor: Actor) -> Visible:
        """The agencies whose records the actor may see."""
        return self.where(actor, VIEW)

    def where(self, actor: Actor, permission: str) -> Visible:
        """All agencies in which the actor holds the permission: for lists, in place of many questions."""
        holders = _table.get(permission, {})
        if actor.kind != "person":
            return ALL if _everywhere(_titles(actor), holders) else frozenset()
        person = _active_person(actor)
        if person is None:
            return frozenset()
        if person.is_superuser and holders.get(SITE_ADMINISTRATOR) is Scope.ALL:
            return ALL
        found: set[int] = set()
        for standing in _standings_for(permission, person.pk):
            scope = holders.get(standing.role)
            if scope in {Scope.OWN, Scope.OWN_AND_BELOW}:
                found.add(standing.agency_id)
            if scope in {Scope.BELOW, Scope.OWN_AND_BELOW} and standing.lineage:
                below = _agencies().filter(lineage__startswith=standing.lineage)
                found.update(below.exclude(pk=standing.agency_id).values_list("pk", flat=True))
        return frozenset(found)


def where(actor: Actor | None, permission: str) -> Visible:
    """All agencies in which the actor holds the permission; none for no actor."""
    return PostResolver().where(actor, permission) if isinstance(actor, Actor) else frozenset()


def _titles(actor: Actor) -> tuple[str, ...]:
    """The holders a part of the system or a visitor is."""
    if actor.kind == "system":
        return SYSTEM, system(actor.label)
    return (PUBLIC,) if actor.kind == "public" else ()


def _everywhere(titles: Iterable[str], holders: Mapping[str, Scope]) -> bool:
    """Only ``ALL`` means anything for whoever has no post."""
    return any(holders.get(title) is Scope.ALL for title in titles)


def _agencies() -> AgencyQuerySet:
    return Agency.objects.all()


def _exists(agency_id: int) -> bool:
    return agency_id == SITE or _agencies().filter(pk=agency_id).exists()


def _lineage(agency_id: int) -> str | None:
    return _agencies().filter(pk=agency_id).values_list("lineage", flat=True).first()


class _Account(NamedTuple):
    pk: int
    is_superuser: bool


def _active_person(actor: Actor) -> _Account | None:
    row = (
        Person.objects.filter(pk=actor.person_id, is_active=True).values_list("pk", "is_superuser").first()
        if actor.person_id is not None
        else None
    )
    return _Account(*row) if row else None
