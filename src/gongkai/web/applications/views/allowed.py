"""What somebody may do, by the permission each action declares: pages show by it, forms open by it."""

from typing import Any, Final

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Role
from gongkai.web.applications import actions
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case
from gongkai.web.applications.views.acts import ACTS
from gongkai.web.common.actions import Action
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import Denied
from gongkai.web.common.permissions import allowed

#: What has a page of its own, by the name a template asks for it.
_OTHERS: Final[dict[str, type[Action[Any]]]] = {
    "on_the_spot": actions.AnswerOnTheSpot,
    "letter": actions.DraftLetter,
    "edit_letter": actions.EditLetter,
    "copy": actions.CopyLetter,
    "new_code": actions.NewCode,
    "group": actions.GroupCases,
    "join": actions.JoinConsultation,
    "rely": actions.RelyOnAnswer,
    "personal": actions.OpenPersonal,
    "set_up": actions.SetTemplate,
}


def action_of(name: str) -> type[Action[Any]]:
    """The action behind an act, a kind of letter or another page. Raises KeyError for a name nobody knows."""
    act = name.replace("_", "-")
    if act in ACTS:
        return ACTS[act].action
    return actions.DraftLetter if name in kinds() else _OTHERS[name]


class May:
    """What an actor may do with the cases of an agency; ``may.assign`` in a template."""

    def __init__(self, actor: Actor, agency_id: int) -> None:
        self._actor, self._agency_id = actor, agency_id
        self._known: dict[str, bool] = {}

    def __getitem__(self, name: str) -> bool:
        """Whether the actor holds what the action of that name declares."""
        permission = action_of(name).permission
        if permission not in self._known:
            self._known[permission] = allowed(self._actor, permission, self._agency_id)
        return self._known[permission]


def anywhere(actor: Actor, action: type[Action[Any]]) -> bool:
    """Whether there is an agency for which the actor may."""
    return bool(agency_permissions.where(actor, action.permission))


def require(actor: Actor, action: type[Action[Any]], case: Case, title: str) -> None:
    """Refuse a form that the actor could not send, before it is filled in. Says who can."""
    if not allowed(actor, action.permission, case.agency_id):
        raise Denied(
            f"您没有办理“{title}”的权限", place=str(case), remedy=f"请由本机关的{_roles(action)}办理"
        )


def _roles(action: type[Action[Any]]) -> str:
    holders = agency_permissions.table().get(action.permission, {})
    return "、".join(str(role.label) for role in Role if role in holders)
