"""The people applications can be given to: the agency's own, and those of the office that handles them."""

from collections.abc import Iterable
from datetime import date

from gongkai.web.agencies.models import Agency, Role
from gongkai.web.agencies.selectors import holders
from gongkai.web.applications import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import allowed


def handlers_of(agencies: Iterable[Agency], day: date) -> list[tuple[int, str]]:
    """Clerks and heads of some agencies on a day, by id and name; each once."""
    found = {
        person.pk: str(person)
        for agency in agencies
        for role in (Role.CLERK, Role.SECTION_HEAD)
        for person in holders(agency, role, day, with_office=True)
    }
    return sorted(found.items(), key=lambda row: row[1])


def clerks_and_handlers(agency: Agency, day: date) -> tuple[set[int], set[int]]:
    """The agency's clerks, and all who may handle a case; whose account is closed is neither."""
    clerks, heads = (
        set(holders(agency, role, day, with_office=True).values_list("pk", flat=True))
        for role in (Role.CLERK, Role.SECTION_HEAD)
    )
    return clerks, clerks | heads


def within_reach(actor: Actor, agencies: Iterable[Agency], day: date) -> list[tuple[int, str]]:
    """Those of them the actor can give a case to: in whose agency the actor gives out, all; else oneself."""
    given = list(agencies)
    people = dict(handlers_of(given, day))
    own = {actor.person_id: people[actor.person_id]} if actor.person_id in people else {}
    whole = handlers_of([one for one in given if allowed(actor, permissions.ASSIGN, one.pk)], day)
    return sorted({**own, **dict(whole)}.items(), key=lambda row: row[1])
