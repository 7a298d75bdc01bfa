"""Papers that came with an event and were kept as the agency's own are filed as what they are: evidence.

Which they are is not told by what was stored, but by the event they came with: whatever put a file on a case
held its lock to the end, so the next entry of the log about that case is the one that brought it.
"""

from datetime import timedelta
from typing import Final

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

#: By the kind of event, as papers that come with one are kept since.
_PURPOSES: Final = {"confirmed": "scan", "withdrawn": "scan", "reasons_given": "reasons"}
#: No change takes as long, however large its files.
_LONGEST: Final = timedelta(hours=1)


def file_as_evidence(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's own
    """What staff put on a case as an internal paper by itself stays one."""
    attachment, entry = apps.get_model("applications", "Attachment"), apps.get_model("common", "AuditEntry")
    kept = attachment.objects.filter(purpose="internal", added_by__isnull=False).select_related("case")
    for one in list(kept.order_by("pk")):
        after = entry.objects.filter(
            agency_id=one.case.agency_id,
            details__case=one.case_id,
            at__gte=one.added_at,
            at__lt=one.added_at + _LONGEST,
        )
        brought = after.order_by("number").first()
        if brought is None or brought.code != "applications.record_event":
            continue
        purpose = _PURPOSES.get(brought.details.get("kind", ""))
        if purpose is not None and brought.actor_id == one.added_by_id:
            attachment.objects.filter(pk=one.pk).update(purpose=purpose)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0025_letters_of_parts"),
        ("common", "0004_cache_table"),
    ]

    operations = [
        migrations.RunPython(file_as_evidence, migrations.RunPython.noop),
    ]
