"""Reads: what the public may see, and what staff may."""

from django.db.models import Q, QuerySet
from django.http import Http404

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.common import wording
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL
from gongkai.web.publishing import permissions
from gongkai.web.publishing.models import Item

PAGE = 50


def public(agency: Agency) -> QuerySet[Item]:
    """An agency's items that are not withdrawn, newest first."""
    return Item.objects.filter(agency=agency, withdrawn_on=None)


def with_items() -> QuerySet[Agency]:
    """Agencies with a public catalogue."""
    return Agency.objects.filter(pk__in=Item.objects.filter(withdrawn_on=None).values("agency_id"))


def listed() -> QuerySet[Item]:
    """All public items with no more than their addresses need, for the sitemap."""
    items = Item.objects.filter(withdrawn_on=None).select_related("agency")
    return items.only("changed_at", "agency__slug").order_by("pk")


def for_actor(actor: Actor) -> QuerySet[Item]:
    """The items of all agencies whose catalogue the actor may see."""
    ids = agency_permissions.where(actor, permissions.VIEW)
    items = Item.objects.select_related("agency")
    return items if ids is ALL else items.filter(agency_id__in=ids)


def one(actor: Actor, pk: int) -> Item:
    """An item; of an agency that is not the actor's it is as if it were not there."""
    found = for_actor(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def checked_for_persons(actor: Actor) -> QuerySet[Item] | None:
    """Public items the actor may have looked at for numbers of persons, in the order they are looked at.

    None for whoever may nowhere.
    """
    ids = agency_permissions.where(actor, permissions.CHECK_PERSONAL)
    if not ids:
        return None
    items = Item.objects.filter(withdrawn_on=None).select_related("agency").order_by("pk")
    return items if ids is ALL else items.filter(agency_id__in=ids)


def editable(actor: Actor) -> list[Agency]:
    """Agencies into whose catalogue the actor may enter."""
    ids = agency_permissions.where(actor, permissions.EDIT)
    agencies = Agency.objects.current().order_by("lineage")
    return list(agencies if ids is ALL else agencies.filter(pk__in=ids))


def containing(items: QuerySet[Item], text: str) -> QuerySet[Item]:
    """Items whose title holds each of the words of a text, or whose numbers it is."""
    given = text.split()
    if not given:
        return items
    in_title = Q()
    for word in given:
        in_title &= Q(title__icontains=word)
    number, index = wording.number_key(text), wording.index_key(text)
    return items.filter(in_title | Q(number_key=number) | Q(index_key=index))
