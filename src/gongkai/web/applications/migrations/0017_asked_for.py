from django.db import migrations

import gongkai.web.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0016_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="asked_for",
            field=gongkai.web.common.fields.EncryptedTextField(blank=True, verbose_name="拆分前的所需信息"),
        ),
    ]
