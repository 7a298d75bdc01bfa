"""Suggestions to publish what was asked for (条例 44), and those of them that wait for a decision."""

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.desk import Item, Pile
from gongkai.web.applications import permissions
from gongkai.web.applications.models import Note
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL


def of_actor(actor: Actor, permission: str = permissions.VIEW) -> QuerySet[Note]:
    """The suggestions of the agencies for which the actor holds a permission, the last first."""
    ids = agency_permissions.where(actor, permission)
    kept = Note.objects.filter(kind=Note.Kind.PUBLISH, case__purged_at=None)
    found = kept if ids is ALL else kept.filter(case__agency_id__in=ids)
    about = ("case__agency", "case__applicant", "person", "decision__person")
    return found.select_related(*about).order_by("-id")


def waiting(actor: Actor) -> QuerySet[Note]:
    """Those the actor may decide on, and nobody has."""
    return of_actor(actor, permissions.DECIDE_PUBLISHING).filter(decision=None)


def pile(actor: Actor, most: int) -> Pile | None:
    """They on the home page, ``most`` of them named; None where there are none."""
    found = waiting(actor)
    if not (count := found.count()):
        return None
    items = [Item(one.case.register_no, _decide(one)) for one in found[:most]]
    return Pile("主动公开的建议待审核", count, reverse("applications:suggestions"), items)


def _decide(note: Note) -> str:
    return reverse("applications:act_on", args=[note.case_id, "decide-publishing", note.pk])
