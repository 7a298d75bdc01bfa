"""The CMS's own edits enter the audit log.

Wagtail writes a log entry for every edit of a page, snippet, picture, file or person made in its screens;
each becomes an entry of our chain in the same transaction. Which agency an object belongs to is answered by
the functions in the registry ``cms_agency`` (object → agency id or None); what belongs to none is the site's.
"""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import BaseLogEntry, PageLogEntry

from gongkai.web.common import audit, permissions, registry
from gongkai.web.common.actor import Actor


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
    subject = getattr(instance, "page", None) if page is not None else _object(instance)
    with transaction.atomic():
        audit.record(actor, f"cms.{instance.action}", agency_of(subject), details)


def _object(entry: Any) -> models.Model | None:
    model = entry.content_type.model_class() if entry.content_type else None
    return None if model is None else model._default_manager.filter(pk=entry.object_id).first()
