"""That an offer was opened, of the offer and of the page it stood on; of those before nobody knows."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("applications", "0012_help")]

    operations: ClassVar = [
        migrations.AddField("offering", "opened", models.BooleanField("点开查看", default=False)),
        migrations.AddField("offereditem", "opened", models.BooleanField("点开查看", default=False)),
    ]
