"""Templates of their own that are not used any more, on the home page of whoever sets their agencies up."""

from datetime import date
from typing import Final

from django.urls import reverse

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.desk import Item, Pile, Tray
from gongkai.web.applications import permissions
from gongkai.web.applications.letters import own_templates
from gongkai.web.applications.papers import templates
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL

#: How many are named.
_NAMED: Final = 5


def waiting(actor: Actor, day: date) -> Tray | None:  # noqa: ARG001 - what every source is asked with
    """The templates the actor has to replace; None where there are none."""
    ids = agency_permissions.where(actor, permissions.SET_UP) if actor.person_id else frozenset()
    if not ids:
        return None
    kept = own_templates.kept()
    mine = kept if ids is ALL else kept.filter(agency_id__in=ids)
    unfit = [one for one in templates.judged(mine) if one.faults]
    if not unfit:
        return None
    items = [
        Item(f"{one.template.agency.short_name} {one.kind.name}", _settings(one)) for one in unfit[:_NAMED]
    ]
    pile = Pile("文书模板不合格，现用通用文本", len(unfit), items[0].url, items)
    return Tray("依申请公开：待更换的模板", items[0].url, [pile])


def _settings(one: own_templates.Stored) -> str:
    return reverse("applications:settings", args=[one.template.agency_id])
