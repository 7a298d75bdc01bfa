import django.db.models.deletion
from django.db import migrations, models

import gongkai.web.common.fields


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_applications"),
        ("portal", "0001_public_state"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", gongkai.web.common.fields.EncryptedTextField(verbose_name="电子邮箱")),
                (
                    "email_index",
                    gongkai.web.common.fields.BlindIndexField(
                        db_index=True,
                        editable=False,
                        max_length=100,
                        of="email",
                        unique=True,
                        verbose_name="邮箱摘要",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("signed_in_at", models.DateTimeField(db_index=True, verbose_name="最近登录")),
                ("warned_at", models.DateTimeField(null=True, verbose_name="删除提醒时间")),
            ],
            options={
                "verbose_name": "公众账号",
                "verbose_name_plural": "公众账号",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("browser_hash", models.CharField(max_length=64, unique=True, verbose_name="浏览器摘要")),
                ("email", gongkai.web.common.fields.EncryptedTextField(verbose_name="电子邮箱")),
                (
                    "email_index",
                    gongkai.web.common.fields.BlindIndexField(
                        db_index=True, editable=False, max_length=100, of="email", verbose_name="邮箱摘要"
                    ),
                ),
                ("code_hash", models.CharField(max_length=100, verbose_name="登录码摘要")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="已试次数")),
                ("created_at", models.DateTimeField(db_index=True, verbose_name="申请时间")),
            ],
            options={
                "verbose_name": "登录码",
                "verbose_name_plural": "登录码",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Particulars",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", gongkai.web.common.fields.EncryptedTextField(verbose_name="内容")),
                ("changed_at", models.DateTimeField(verbose_name="修改时间")),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="particulars",
                        to="portal.account",
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号中的个人资料",
                "verbose_name_plural": "账号中的个人资料",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SignedIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="标识摘要")),
                ("started_at", models.DateTimeField(db_index=True, verbose_name="登录时间")),
                ("seen_at", models.DateTimeField(db_index=True, verbose_name="最近使用")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="browsers",
                        to="portal.account",
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "已登录的浏览器",
                "verbose_name_plural": "已登录的浏览器",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ListedCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("proof", models.CharField(max_length=100, verbose_name="查询码证明")),
                ("added_at", models.DateTimeField(verbose_name="加入时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed",
                        to="portal.account",
                        verbose_name="账号",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applications.case",
                        verbose_name="申请",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号中的申请",
                "verbose_name_plural": "账号中的申请",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("account", "case"), name="case_listed_once")],
            },
        ),
    ]
