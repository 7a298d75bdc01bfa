"""Register numbers are found however they are typed."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.web.common.typed import folded

_AT_ONCE = 2000


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's own
    """The key of each number that was given before."""
    case = apps.get_model("applications", "Case")
    rows = case.objects.order_by("pk").only("pk", "register_no")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        for one in some:
            one.register_key = folded(one.register_no)
        case.objects.bulk_update(some, ["register_key"])
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0017_asked_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="register_key",
            field=models.CharField(
                default="", editable=False, max_length=200, verbose_name="登记号（比对用）"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["register_key"], name="case_register_key"),
        ),
    ]
