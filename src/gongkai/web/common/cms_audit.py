"""The CMS's own edits enter the audit log.

Wagtail writes a log entry for every edit of a page, snippet, picture, file or person made in its screens;
each becomes an entry of our chain in the same transaction. Which agency an object belongs to is answered by
the functions in the registry ``cms_agency`` (object → agency id or None); what belongs to none is the site's.

Some of its screens log nothing: many files uploaded at once, their deletion, collections, a file made in a
chooser. So files and collections are recorded as they are saved and deleted while somebody works in the CMS,
once for each request.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.log_actions import get_active_log_context
from wagtail.models import BaseLogEntry, Collection, PageLogEntry

from gongkai.web.common import audit, permissions, registry
from gongkai.web.common.actor import Actor

_WATCHED: Final = (AbstractDocument, AbstractImage, Collection)
_CREATE, _EDIT, _DELETE = "wagtail.create", "wagtail.edit", "wagtail.delete"
#: What the CMS works out of a file and keeps beside it; nobody edited anything.
_DERIVED: Final = frozenset({"file_size", "file_hash"})


def agency_of(instance: models.Model | None) -> int:
    """The agency an object of the CMS belongs to, else the site."""
    if instance is not None:
        for find in registry.of("cms_agency"):
            agency = find(instance)
            if agency is not None:
                return int(agency)
    return permissions.SITE


@receiver(post_save, dispatch_uid="common.cms_audit")
def carry_over(
    sender: type[models.Model], instance: models.Model, *, created: bool, raw: bool, **_: Any
) -> None:
    """Record a new log entry of the CMS. Titles and comments stay behind: they may name people."""
    if raw or not created or not issubclass(sender, BaseLogEntry) or not isinstance(instance, BaseLogEntry):
        return
    subject = _object(instance)
    if isinstance(subject, _WATCHED) and not _is_first(subject, instance.action):
        return
    user = instance.user
    actor = Actor.of(user) if user is not None else Actor.system("cms")
    page = getattr(instance, "page_id", None) if isinstance(instance, PageLogEntry) else None
    details = {
        "entry": instance.pk,
        "type": instance.content_type.model if instance.content_type else "",
        "object": str(page if page is not None else getattr(instance, "object_id", "")),
        "revision": instance.revision_id,
        "deleted": instance.deleted,
    }
    with transaction.atomic():
        audit.record(actor, f"cms.{instance.action}", agency_of(subject), details)


@receiver(post_save, dispatch_uid="common.cms_audit.saved")
def saved(
    sender: type[models.Model],
    instance: models.Model,
    *,
    created: bool,
    raw: bool,
    update_fields: frozenset[str] | None = None,
    **_: Any,
) -> None:
    """Record a file or collection that somebody saved in the CMS."""
    if issubclass(sender, _WATCHED) and not raw and not (update_fields and update_fields <= _DERIVED):
        _record(instance, _CREATE if created else _EDIT)


@receiver(post_delete, dispatch_uid="common.cms_audit.deleted")
def deleted(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Record a file or collection that somebody deleted in the CMS."""
    if issubclass(sender, _WATCHED):
        _record(instance, _DELETE)


@hooks.register("after_bulk_action")
def moved_or_tagged(
    _request: HttpRequest, action_type: str, objects: Iterable[models.Model], _action: Any
) -> None:
    """Record files that were moved or tagged many at once: the database is told so without a word to us."""
    if action_type == "delete":
        return
    for instance in objects:
        if isinstance(instance, AbstractDocument | AbstractImage):
            instance.refresh_from_db()
            _record(instance, _EDIT)


def _record(instance: models.Model, action: str) -> None:
    user = get_active_log_context().user
    if user is None or not _is_first(instance, action):
        return
    details = {"type": instance._meta.model_name, "object": str(instance.pk), "deleted": action == _DELETE}
    with transaction.atomic():
        audit.record(Actor.of(user), f"cms.{action}", agency_of(instance), details)


def _is_first(instance: models.Model, action: str) -> bool:
    """Whether this is the first word of it in this request; what is being created is not edited besides."""
    context = get_active_log_context()
    if context.user is None:
        return True
    done: set[tuple[str, str, str]] = vars(context).setdefault("gongkai_recorded", set())
    this = (instance._meta.label, str(instance.pk))
    if (*this, action) in done or (action == _EDIT and (*this, _CREATE) in done):
        return False
    done.add((*this, action))
    return True


def _object(entry: Any) -> models.Model | None:
    """What a log entry is about, where it is still there."""
    if isinstance(entry, PageLogEntry):
        page: models.Model | None = getattr(entry, "page", None)
        return page
    model = entry.content_type.model_class() if entry.content_type else None
    return None if model is None else model._default_manager.filter(pk=entry.object_id).first()
