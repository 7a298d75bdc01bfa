"""What the back office's home page says: as whom one is here, and what waits."""

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from gongkai.web.agencies import desk
from gongkai.web.agencies.models import Leave, Person, Post, Role
from gongkai.web.agencies.permissions import standings
from gongkai.web.common.actor import Actor


class DeskPanel(Component):
    """What waits for one today, of every app."""

    name = "desk"
    template_name = "agencies/desk.html"
    order = 20

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The trays of all apps."""
        del parent_context
        return {"trays": desk.trays(Actor.of(self.person), timezone.localdate())}


class StandingPanel(Component):
    """As whom one is here today: own posts, and those one acts in for somebody."""

    name = "standing"
    template_name = "agencies/standing.html"
    order = 10

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Own posts by agency; whom one acts for, until when."""
        del parent_context
        today = timezone.localdate()
        posts = Post.objects.on(today).filter(person=self.person).select_related("agency")
        acting = Leave.objects.on(today).filter(deputy=self.person).select_related("person")
        roles: dict[int, list[str]] = {}
        for standing in standings(self.person.pk, today):
            if standing.person_id != self.person.pk:
                roles.setdefault(standing.person_id, []).append(Role(standing.role).label)
        return {
            "person": self.person,
            "posts": posts.order_by("agency_id", "role"),
            "acting": [(leave, "、".join(roles.get(leave.person_id, []))) for leave in acting],
        }
