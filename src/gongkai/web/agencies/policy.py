"""The CMS's way of asking, answered by our table."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from gongkai.web.agencies import permissions
from gongkai.web.agencies.models import Agency, Person
from gongkai.web.agencies.selectors import agencies_for, people_for
from gongkai.web.common.actor import Actor


class ActorPolicy(BasePermissionPolicy):
    """What the CMS's listings and menus ask about agencies or people; what is not named is denied."""

    def __init__(self, model: type[Agency] | type[Person], actions: dict[str, str]) -> None:
        super().__init__(model)
        self._actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may do it in any agency at all."""
        permission = self._actions.get(action)
        return permission is not None and bool(permissions.where(Actor.of(user), permission))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Whether the person may do it to this agency or person."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        """The agencies or people to which the person may do any of the actions."""
        read = agencies_for if self.model is Agency else people_for
        found = self.model._default_manager.none()
        for action in actions:
            permission = self._actions.get(action)
            if permission is not None:
                found = found | read(Actor.of(user), permission)
        return found.distinct()

    def users_with_any_permission(self, actions: Any) -> QuerySet[Person]:  # noqa: ARG002
        """Nobody: nothing is sent to “all who may”."""
        return Person.objects.none()


AGENCY_POLICY = ActorPolicy(
    Agency,
    {"view": permissions.VIEW, "add": "agencies.create_agency", "change": "agencies.edit_agency"},
)
PERSON_POLICY = ActorPolicy(
    Person,
    {"view": permissions.VIEW, "add": "agencies.create_person", "change": "agencies.edit_person"},
)
