"""A letter's term runs from its receipt; a wrong day is put right in its own place."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("applications", "0014_remedies")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="caseevent",
            name="from_receipt",
            field=models.BooleanField(default=False, verbose_name="期限自收到起算"),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="arrival_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="arrivals",
                to="applications.caseevent",
                verbose_name="收到的文书",
            ),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="in_place_of",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="代替的序号"),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                condition=Q(("arrival_of__isnull", False)), fields=["arrival_of"], name="event_arrival"
            ),
        ),
    ]
