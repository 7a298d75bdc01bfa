"""Why a number may stand in a letter is kept beside it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.web.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0018_register_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=120, verbose_name="内容摘要")),
                ("words", gongkai.web.common.fields.EncryptedTextField(verbose_name="所指")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("account", "收取信息处理费的单位账户"),
                            ("office", "行政机关的办公联系方式"),
                            ("public", "本人同意公开，或者法律、法规规定应当公开"),
                        ],
                        max_length=8,
                        verbose_name="理由",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clearances",
                        to="applications.letter",
                        verbose_name="文书",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人信息说明",
                "verbose_name_plural": "个人信息说明",
                "ordering": ["letter_id", "id"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "digest"), name="one_clearance_per_number")
                ],
            },
        ),
    ]
