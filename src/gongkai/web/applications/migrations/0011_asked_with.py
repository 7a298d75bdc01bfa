"""One letter can ask a third party for several cases: the others name the consultation that has it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_form_keys")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="asked_with",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="shared",
                to="applications.consultation",
                verbose_name="同一份意见书",
            ),
        ),
    ]
