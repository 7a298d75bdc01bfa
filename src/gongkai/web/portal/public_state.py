"""When what the public may see has changed: a new mark, in the transaction of the change."""

import secrets
from typing import Any

from django.db import connection
from django.db.models.signals import post_delete, post_save

from gongkai.web.agencies.models import Agency, AgencyName, Region
from gongkai.web.portal.models import PublicState
from gongkai.web.publishing.signals import catalogue_changed
from gongkai.web.reporting.models import ReportRecord, ReportVersion

_ROW = 1


def mark() -> str | None:
    """The mark now in force; None where nothing was ever made public."""
    table = connection.ops.quote_name(PublicState._meta.db_table)
    with connection.cursor() as cursor:  # asked with every page that is given again: no model is made for it
        cursor.execute(f"SELECT mark FROM {table} WHERE id = %s", [_ROW])  # noqa: S608 - our own name
        row = cursor.fetchone()
    return row[0] if row else None


def changed() -> None:
    """Draw a new mark. Pages kept under the one before are not given again once this is committed."""
    new = secrets.token_hex(16)
    if not PublicState.objects.filter(pk=_ROW).update(mark=new):
        PublicState.objects.update_or_create(pk=_ROW, defaults={"mark": new})


def _always(**_: Any) -> None:
    changed()


def _once_published(instance: ReportRecord | ReportVersion, **_: Any) -> None:
    """A report that never was published is on no page. ``published_at`` stays where one is withdrawn."""
    if instance.published_at is not None:
        changed()


def connect() -> None:
    """Listen to every model that a kept page shows; called once at start-up."""
    catalogue_changed.connect(_always, dispatch_uid="portal.catalogue")
    for signal in (post_save, post_delete):
        for model in (Agency, AgencyName, Region):
            signal.connect(_always, sender=model, dispatch_uid=f"portal.{model.__name__}.{id(signal)}")
        for report in (ReportRecord, ReportVersion):
            signal.connect(
                _once_published, sender=report, dispatch_uid=f"portal.{report.__name__}.{id(signal)}"
            )
