import secrets
from typing import Any

from django.db import migrations, models


def first_mark(apps: Any, schema_editor: Any) -> None:
    apps.get_model("portal", "PublicState").objects.using(schema_editor.connection.alias).get_or_create(
        pk=1, defaults={"mark": secrets.token_hex(16)}
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PublicState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(max_length=32, verbose_name="标记")),
            ],
            options={
                "verbose_name": "公开内容的标记",
                "verbose_name_plural": "公开内容的标记",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(first_mark, migrations.RunPython.noop),
    ]
