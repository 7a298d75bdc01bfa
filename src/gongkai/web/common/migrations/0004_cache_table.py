"""The table of the cache where there is no Redis: limits and used puzzles, for all processes together."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    """As Django's own command makes it; nothing where it is there."""
    del apps
    call_command("createcachetable", "gongkai_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0003_given_up"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
