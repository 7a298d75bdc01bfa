"""Regions, agencies, posts, leave, hand-overs, signing chains."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.web.agencies.models.regions


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_people"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="移交日期")),
                ("duties", models.JSONField(default=dict, verbose_name="移交事项")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_over",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交人",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_over",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作移交",
                "verbose_name_plural": "工作移交",
                "ordering": ["-day", "id"],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=12,
                        unique=True,
                        validators=[gongkai.web.agencies.models.regions.validate_code],
                        verbose_name="行政区划代码",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agencies.region",
                        verbose_name="上级区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政区划",
                "verbose_name_plural": "行政区划",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="统一社会信用代码，或本平台自编的代码；设定后不变",
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-Za-z-]+$", "只能用字母、数字和连字符"
                            )
                        ],
                        verbose_name="机构代码",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("government", "县级以上人民政府"),
                            ("town", "乡镇人民政府"),
                            ("subdistrict", "街道办事处"),
                            ("department", "政府工作部门"),
                            ("vertical", "垂直管理机构"),
                            ("outpost", "派出机构"),
                            ("authorised", "法律、法规授权的组织"),
                            ("public_service", "公共企事业单位"),
                        ],
                        max_length=20,
                        verbose_name="机关类别",
                    ),
                ),
                ("short_name", models.CharField(max_length=60, verbose_name="简称")),
                ("full_name", models.CharField(max_length=120, unique=True, verbose_name="全称")),
                (
                    "slug",
                    models.SlugField(
                        help_text="用于网址，小写字母、数字和连字符",
                        max_length=60,
                        unique=True,
                        verbose_name="网址名",
                    ),
                ),
                (
                    "lineage",
                    models.CharField(
                        db_index=True, default="", editable=False, max_length=200, verbose_name="隶属路径"
                    ),
                ),
                (
                    "is_government",
                    models.BooleanField(default=False, editable=False, verbose_name="是否人民政府"),
                ),
                (
                    "invented",
                    models.BooleanField(
                        default=False, help_text="只用于演示，公开页面上均有标明", verbose_name="虚构示例"
                    ),
                ),
                ("abolished_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "site_code",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(\\d{10}|bm\\d{8})$", "标识码为10位数字，或bm加8位数字"
                            )
                        ],
                        verbose_name="网站标识码",
                    ),
                ),
                ("icp", models.CharField(blank=True, max_length=40, verbose_name="ICP备案号")),
                ("police_record", models.CharField(blank=True, max_length=40, verbose_name="公安机关备案号")),
                ("website", models.URLField(blank=True, verbose_name="网站地址")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="办公地址")),
                (
                    "postcode",
                    models.CharField(
                        blank=True,
                        max_length=6,
                        validators=[django.core.validators.RegexValidator("^\\d{6}$", "邮政编码应为6位数字")],
                        verbose_name="邮政编码",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="联系电话")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("office_hours", models.CharField(blank=True, max_length=100, verbose_name="办公时间")),
                ("office", models.CharField(blank=True, max_length=60, verbose_name="政府信息公开工作机构")),
                (
                    "collection",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency",
                        to="wagtailcore.collection",
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency",
                        to="auth.group",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervised",
                        to="agencies.agency",
                        verbose_name="上级主管",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agencies",
                        to="agencies.region",
                        verbose_name="所在区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "机关",
                "verbose_name_plural": "机关",
                "ordering": ["region__code", "code"],
            },
        ),
        migrations.CreateModel(
            name="SigningChain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("report", "年度报告"),
                            ("publication", "主动公开信息"),
                            ("reply", "依申请公开答复"),
                        ],
                        max_length=20,
                        verbose_name="事项",
                    ),
                ),
                ("set_at", models.DateTimeField(auto_now=True, verbose_name="设定时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chains",
                        to="agencies.agency",
                        verbose_name="机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "签批流程",
                "verbose_name_plural": "签批流程",
                "ordering": ["agency_id", "matter"],
            },
        ),
        migrations.CreateModel(
            name="SigningStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="顺序"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="如：拟稿、审核、保密审查、签发", max_length=20, verbose_name="步骤"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "经办人"),
                            ("section_head", "科室负责人"),
                            ("leader", "分管负责人"),
                            ("secrecy_reviewer", "保密审查人"),
                            ("disclosure_office", "政府信息公开主管人员"),
                            ("administrator", "系统管理员"),
                        ],
                        max_length=20,
                        verbose_name="岗位",
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="agencies.signingchain",
                        verbose_name="流程",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="不指定则该岗位的人员均可签批",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_steps",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "签批步骤",
                "verbose_name_plural": "签批步骤",
                "ordering": ["chain_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="AgencyName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("full_name", models.CharField(db_index=True, max_length=120, verbose_name="曾用全称")),
                ("short_name", models.CharField(max_length=60, verbose_name="曾用简称")),
                ("from_day", models.DateField(blank=True, null=True, verbose_name="起用日期")),
                ("until_day", models.DateField(help_text="使用该名称的最后一天", verbose_name="停用日期")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="agencies.agency",
                        verbose_name="机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "曾用名",
                "verbose_name_plural": "曾用名",
                "ordering": ["-until_day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_day", None), ("until_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="agency_name_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_day", models.DateField(verbose_name="开始日期")),
                ("until_day", models.DateField(verbose_name="结束日期")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputising",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代理人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="请假人",
                    ),
                ),
            ],
            options={
                "verbose_name": "请假",
                "verbose_name_plural": "请假",
                "ordering": ["-from_day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_day__gte", models.F("from_day"))),
                        name="leave_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("deputy")), _negated=True),
                        name="leave_deputy_is_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "经办人"),
                            ("section_head", "科室负责人"),
                            ("leader", "分管负责人"),
                            ("secrecy_reviewer", "保密审查人"),
                            ("disclosure_office", "政府信息公开主管人员"),
                            ("administrator", "系统管理员"),
                        ],
                        max_length=20,
                        verbose_name="岗位",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="如：党政办公室主任", max_length=60, verbose_name="职务"
                    ),
                ),
                ("from_day", models.DateField(verbose_name="任职日期")),
                (
                    "until_day",
                    models.DateField(
                        blank=True, help_text="任职的最后一天；在任不填", null=True, verbose_name="离任日期"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="agencies.agency",
                        verbose_name="机关",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["agency_id", "role", "from_day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_day", None), ("until_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="post_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("supervisor", models.F("id")), _negated=True),
                name="agency_not_its_own_supervisor",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingchain",
            constraint=models.UniqueConstraint(
                fields=("agency", "matter"), name="one_chain_per_agency_and_matter"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingstep",
            constraint=models.UniqueConstraint(fields=("chain", "number"), name="one_step_per_number"),
        ),
    ]
