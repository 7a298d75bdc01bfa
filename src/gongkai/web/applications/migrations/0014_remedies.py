"""The remedies a signed reply tells, kept with it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """They are not typed, so they stay when what was typed is purged."""

    dependencies: ClassVar = [("applications", "0013_offers_opened")]

    operations: ClassVar = [
        migrations.AddField("letter", "remedies", models.JSONField("救济途径", default=list)),
    ]
