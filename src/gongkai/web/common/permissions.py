"""Who may do what in which agency. Fails closed: no resolver, no actor, no answer means no.

The agencies app knows posts, deputies and supervision; it registers a resolver at start-up
(``AppConfig.ready``). Everyone else asks here.
"""

from collections.abc import Set as AbstractSet
from typing import Final, Literal, Protocol

from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import Denied

#: Stands for every agency there is; compare with ``is``.
ALL: Final = "all"

#: The agency number of what belongs to the whole site.
SITE: Final = 0

Visible = AbstractSet[int] | Literal["all"]


class Resolver(Protocol):
    """What the agencies app answers."""

    def allows(self, actor: Actor, permission: str, agency_id: int) -> bool:
        """Whether the actor holds the permission in the agency; ``SITE`` for the whole site."""

    def visible(self, actor: Actor) -> Visible:
        """The agencies whose records the actor may see, or ``ALL``."""


_resolvers: list[Resolver] = []


def register_resolver(resolver: Resolver) -> None:
    """Put the resolver in force, in place of the one before."""
    _resolvers[:] = [resolver]


def allowed(actor: Actor | None, permission: str, agency_id: int) -> bool:
    """Whether the actor may do what ``permission`` names in the agency."""
    if not isinstance(actor, Actor) or not permission or not _resolvers:
        return False
    return _resolvers[0].allows(actor, permission, agency_id) is True


def require(actor: Actor | None, permission: str, agency_id: int) -> None:
    """Raise ``Denied`` unless the actor may."""
    if not allowed(actor, permission, agency_id):
        raise Denied("您没有办理此事的权限", remedy="如工作需要，请联系本单位系统管理员")


def visible_agencies(actor: Actor | None) -> Visible:
    """The agencies whose records the actor may see, or ``ALL``: a supervisor's own and those below, a clerk's
    own; none where nobody has said so.
    """
    if not isinstance(actor, Actor) or not _resolvers:
        return frozenset()
    return _resolvers[0].visible(actor)
