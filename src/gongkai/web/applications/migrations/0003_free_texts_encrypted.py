"""What people write freely, and what tells of an applicant's needs, is personal data: encrypted from here on."""

from typing import Any

from django.db import migrations
from django.db.models import CharField
from django.db.models.functions import Cast

import gongkai.web.common.fields

_TEXTS = {
    "Applicant": ("needs_help", "postcode"),
    "CaseEvent": ("note",),
    "Letter": ("dropped_reason",),
    "LetterSignature": ("opinion", "void_reason"),
    "Opening": ("reason",),
}


def encrypt(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - as migrations call it
    """Write anew what is still plain; read past the field, which would try to decrypt it."""
    for name, fields in _TEXTS.items():
        rows = apps.get_model("applications", name)._default_manager
        for field in fields:
            plain = rows.exclude(**{f"{field}__isnull": True}).annotate(_plain=Cast(field, CharField()))
            for pk, text in plain.values_list("pk", "_plain").iterator():
                if text:
                    rows.filter(pk=pk).update(**{field: text})


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_saved_views"),
    ]

    operations = [
        migrations.AlterField(
            model_name="applicant",
            name="needs_help",
            field=gongkai.web.common.fields.EncryptedTextField(blank=True, verbose_name="需要的协助"),
        ),
        migrations.AlterField(
            model_name="applicant",
            name="postcode",
            field=gongkai.web.common.fields.EncryptedTextField(blank=True, verbose_name="邮政编码"),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="note",
            field=gongkai.web.common.fields.EncryptedTextField(blank=True, verbose_name="说明"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="dropped_reason",
            field=gongkai.web.common.fields.EncryptedTextField(blank=True, verbose_name="作废理由"),
        ),
        migrations.AlterField(
            model_name="lettersignature",
            name="opinion",
            field=gongkai.web.common.fields.EncryptedTextField(blank=True, verbose_name="意见"),
        ),
        migrations.AlterField(
            model_name="lettersignature",
            name="void_reason",
            field=gongkai.web.common.fields.EncryptedTextField(blank=True, verbose_name="退回理由"),
        ),
        migrations.AlterField(
            model_name="opening",
            name="reason",
            field=gongkai.web.common.fields.EncryptedTextField(verbose_name="理由"),
        ),
        migrations.RunPython(encrypt, migrations.RunPython.noop, elidable=True),
    ]
