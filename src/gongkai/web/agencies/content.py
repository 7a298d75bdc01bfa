"""Each agency's own room in the CMS: a collection for documents and pictures, and the group that may use it.

Groups follow posts: they are worked out anew once a day and after every change of posts or leave, so that
they are never older than the first request of the day.
"""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission

from gongkai.web.agencies.models import Agency, Person
from gongkai.web.agencies.permissions import standings
from gongkai.web.agencies.selectors import agency_of

#: Whoever holds a post may enter the back office.
STAFF_GROUP = "agencies:staff"

#: What an agency's people may do with the documents and pictures of their own collection.
_COLLECTION_PERMISSIONS = (
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
    ("wagtailimages", ("add_image", "change_image", "choose_image")),
)


def ensure_space(agency: Agency) -> Agency:
    """Make the agency's collection and group where they are missing, with the permissions they need."""
    if agency.collection is None:
        agency.collection = _root().add_child(instance=Collection(name=agency.full_name))
    if agency.group is None:
        agency.group = Group.objects.create(name=f"agencies:{agency.pk}")
    Agency.objects.filter(pk=agency.pk).update(collection=agency.collection, group=agency.group)
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=agency.group, collection=agency.collection, permission=permission)
            for permission in _collection_permissions()
        ],
        ignore_conflicts=True,
    )
    return agency


def _collection_permissions() -> QuerySet[Permission]:
    wanted = Q(pk__in=())
    for app_label, codenames in _COLLECTION_PERMISSIONS:
        wanted |= Q(content_type__app_label=app_label, codename__in=codenames)
    return Permission.objects.filter(wanted)


def rename_space(agency: Agency) -> None:
    """Let the collection bear the agency's new name."""
    if agency.collection is not None:
        agency.collection.name = agency.full_name
        agency.collection.save()


def _root() -> Collection:
    root: Collection = Collection.get_first_root_node()
    return root


def staff_group() -> Group:
    """The group that may enter the back office and nothing else."""
    group, made = Group.objects.get_or_create(name=STAFF_GROUP)
    if made or not group.permissions.exists():
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return group


def sync_access(person: Person, day: date | None = None) -> None:
    """Put the person into the groups their standing of the day gives, and into no other."""
    today = day or timezone.localdate()
    with transaction.atomic():
        held = {standing.agency_id for standing in standings(person.pk, today)}
        # Of two first visits at once the second waits here, and finds the space made.
        bare = Agency.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=held, group=None)
        for agency in bare.select_related("collection").order_by("pk"):
            ensure_space(agency)
        groups = Group.objects.filter(agency__in=held)
        person.groups.set([*groups, staff_group()] if held else [])
        person.user_permissions.clear()
        Person.objects.filter(pk=person.pk).update(access_synced_on=today)
    person.access_synced_on = today
    _forget_permissions(person)


def _forget_permissions(person: Person) -> None:
    """Drop what Django and the CMS remembered of the person's permissions during this request."""
    for name in [name for name in vars(person) if name.endswith(("_perm_cache", "_permission_cache"))]:
        delattr(person, name)


def agency_of_object(instance: Model) -> int | None:
    """The agency whose log an edit in the CMS belongs to: the object's collection's, or the person's."""
    if isinstance(instance, Person):
        return agency_of(instance)
    collection = instance if isinstance(instance, Collection) else getattr(instance, "collection", None)
    if not isinstance(collection, Collection):
        return None
    return Agency.objects.filter(collection=collection).values_list("pk", flat=True).first()
