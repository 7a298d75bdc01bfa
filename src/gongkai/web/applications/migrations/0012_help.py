"""Who helps with an errand, and reminders of help that has a date, for who has chosen already."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_KIND = "help"


def _add(apps: Any, _schema: Any) -> None:
    """A new kind of reminder is told by the ways a person has chosen for others: nobody has declined it."""
    for plan in apps.get_model("applications", "ReminderPlan").objects.all():
        plan.site = [*plan.site, _KIND]
        plan.mail = [*plan.mail, _KIND] if plan.mail else plan.mail
        plan.save(update_fields=["site", "mail"])


def _remove(apps: Any, _schema: Any) -> None:
    for plan in apps.get_model("applications", "ReminderPlan").objects.all():
        for way in ("site", "mail", "sms"):
            setattr(plan, way, [kind for kind in getattr(plan, way) if kind != _KIND])
        plan.save(update_fields=["site", "mail", "sms"])


class Migration(migrations.Migration):
    """A field, then the rows."""

    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("applications", "0011_asked_with"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            "errand",
            "helper",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, null=True, related_name="+",
                verbose_name="协办人",
            ),
        ),
        migrations.RunPython(_add, _remove, elidable=True),
    ]  # fmt: skip
