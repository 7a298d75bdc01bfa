"""Reminders of telephone calls to make, for who has chosen already."""

from typing import Any, ClassVar

from django.db import migrations

_KIND = "calls"


def _add(apps: Any, _schema: Any) -> None:
    """A new kind of reminder is told by mail to who chose mails for others, as nobody has declined it; no
    message is sent that nobody asked for.
    """
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
    """The rows alone: the kinds are data."""

    dependencies: ClassVar = [("applications", "0032_search_patterns")]

    operations: ClassVar = [migrations.RunPython(_add, _remove, elidable=True)]
