"""Entries a part was given of the past of the whole name the letters they came with, as the whole's do.

Until now they did not: word of such a letter that was given up later was seen by the whole alone.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_letters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's own
    """Parts of parts come after what they were split from, and find its letter named."""
    event = apps.get_model("applications", "CaseEvent")
    told = event.objects.filter(case__split_from__isnull=False, letter=None, voids=None)
    for one in list(told.select_related("case").order_by("case_id", "number")):
        of_whole = event.objects.filter(
            case_id=one.case.split_from_id,
            kind=one.kind,
            on=one.on,
            letter__isnull=False,
            voids=None,
            recorded_at__lte=one.recorded_at,
        )
        letter = of_whole.order_by("number").values_list("letter_id", flat=True).first()
        if letter is not None:
            event.objects.filter(pk=one.pk).update(letter_id=letter)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0024_carried"),
    ]

    operations = [
        migrations.RunPython(name_letters, migrations.RunPython.noop),
    ]
