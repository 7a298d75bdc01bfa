"""Reports: one record per agency and year, its versions, corrections, accepted findings and signatures.

A version's document (``gongkai.report/1`` with cells) is one JSON value; the totals that lists and charts ask
for stand beside it in indexed columns.
"""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.reporting.states import State

FIRST_YEAR = 2008  # the first version of the regulation came into force on 2008-05-01
LAST_YEAR = 2100

_PERSON = settings.AUTH_USER_MODEL


class SourceFile(models.Model):
    """A file as it was uploaded, under the hash of its content. The same content is stored once."""

    sha256 = models.CharField("内容摘要", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    path = models.CharField("存放位置", max_length=200)
    stored_at = models.DateTimeField("存入时间", auto_now_add=True)

    class Meta:
        verbose_name = "报告文件"
        verbose_name_plural = "报告文件"
        ordering: ClassVar = ["id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.sha256[:12]


class ReportRecord(models.Model):
    """The annual report of one agency for one year.

    ``state`` is that of ``current_version``, the one worked on; the public sees ``published_version``, which
    may be an earlier one. ``revision`` grows with every change, so that of two people who look at the same
    page only the first changes it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name="机关")
    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.EMPTY, db_index=True)
    revision = models.PositiveIntegerField("修改序号", default=0)
    current_version = models.ForeignKey(
        "ReportVersion", models.PROTECT, null=True, related_name="+", verbose_name="工作版本"
    )
    published_version = models.ForeignKey(
        "ReportVersion", models.PROTECT, null=True, related_name="+", verbose_name="公开版本"
    )
    published_at = models.DateTimeField("发布时间", null=True, db_index=True)
    withdrawal_reason = models.CharField("撤回理由", max_length=500, blank=True)
    withdrawal_asked_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="申请撤回人"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    changed_at = models.DateTimeField("最近变动", auto_now=True, db_index=True)

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        ordering: ClassVar = ["-year", "agency_id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_report_per_agency_and_year"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "state"], name="report_year_state"),
            models.Index(
                fields=["year", "-published_at", "id"],
                name="report_published_in_year",
                condition=Q(published_version__isnull=False),
            ),
            models.Index(
                fields=["-published_at", "id"],
                name="report_published",
                condition=Q(published_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.full_name}{self.year}年年度报告"

    @property
    def title(self) -> str:
        """The report's name, as an office writes it."""
        return f"{self.agency.full_name}{self.year}年政府信息公开工作年度报告"


class Origin(models.TextChoices):
    """Why there is a version."""

    UPLOAD = "upload", "上传"
    REPLACEMENT = "replacement", "更换文件"
    REREAD = "reread", "重新读取"
    AMENDMENT = "amendment", "修订"


class Outcome(models.TextChoices):
    """What became of reading a version's file."""

    WAITING = "waiting", "等待读取"
    READ = "read", "已读取"
    CONFLICT = "conflict", "机关或年度与所选不符"
    UNREADABLE = "unreadable", "无法读取"


class ReportVersion(models.Model):
    """One version of a report: a file, what an engine read from it, and what people made of that.

    ``document`` is the report with its corrections (each keeps what was read); ``findings`` are those on the
    document. ``before`` is the state the record was in when the version came, to go back to where the version
    is discarded. ``changes`` is what differs from the version before, by path.
    """

    record = models.ForeignKey(ReportRecord, models.CASCADE, related_name="versions", verbose_name="年度报告")
    number = models.PositiveIntegerField("版次")
    origin = models.CharField("来由", max_length=12, choices=Origin.choices)
    outcome = models.CharField("读取结果", max_length=12, choices=Outcome.choices, default=Outcome.WAITING)
    source = models.ForeignKey(SourceFile, models.PROTECT, related_name="versions", verbose_name="文件")
    source_name = models.CharField("文件名", max_length=255)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="上一版")
    before = models.CharField("此前状态", max_length=12, choices=State.choices, default=State.EMPTY)
    uploaded_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    discarded_at = models.DateTimeField("放弃时间", null=True)
    published_at = models.DateTimeField("发布时间", null=True)

    engine_version = models.CharField("程序版本", max_length=40, blank=True, db_index=True)
    read_at = models.DateTimeField("读取时间", null=True)
    error = models.JSONField("读取错误", default=dict, help_text="message、place、remedy、code")
    conflict = models.JSONField("不符之处", default=dict, help_text="文件写明的 agency、year")
    conflict_reason = models.CharField("确认理由", max_length=500, blank=True)
    conflict_confirmed_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    changes = models.JSONField("与上一版的不同", default=dict)
    rechecks = models.JSONField("重新核查", default=list, help_text="at、cause、gone、new；最近的在后")

    document = models.JSONField("报告", null=True)
    findings = models.JSONField("核查问题", default=list)
    edition = models.CharField("格式版本", max_length=4, blank=True)
    errors = models.PositiveIntegerField("错误", default=0, db_index=True)
    warnings = models.PositiveIntegerField("提醒", default=0)
    infos = models.PositiveIntegerField("说明", default=0)
    open_errors = models.PositiveIntegerField("未处理的错误", default=0, db_index=True)

    # The totals that lists, charts and feeds ask for; None is blank, missing or not certain, never 0.
    new = models.BigIntegerField("本年新收", null=True, db_index=True)
    carried_in = models.BigIntegerField("上年结转", null=True)
    total = models.BigIntegerField("办理结果总计", null=True, db_index=True)
    carried_out = models.BigIntegerField("结转下年", null=True)
    granted = models.BigIntegerField("予以公开", null=True)
    partial = models.BigIntegerField("部分公开", null=True)
    reconsideration = models.BigIntegerField("行政复议", null=True)
    litigation = models.BigIntegerField("行政诉讼", null=True)
    direct_litigation = models.BigIntegerField("未经复议直接起诉", null=True)
    litigation_after_reconsideration = models.BigIntegerField("复议后起诉", null=True)
    normative_in_force = models.BigIntegerField("现行有效规范性文件", null=True)
    licences = models.BigIntegerField("行政许可", null=True)
    penalties = models.BigIntegerField("行政处罚", null=True)
    coercive_measures = models.BigIntegerField("行政强制", null=True)
    fees_10k_yuan = models.DecimalField("行政事业性收费（万元）", max_digits=24, decimal_places=6, null=True)

    class Meta:
        verbose_name = "报告版本"
        verbose_name_plural = "报告版本"
        ordering: ClassVar = ["record_id", "-number"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} 第{self.number}版"


class Correction(models.Model):
    """A figure a person set in place of what was read. The first reading, and every later step, are kept.

    ``value`` and ``read_value`` are text as the wire has them (None: blank). ``superseded_at`` is set when a
    later correction of the same figure takes its place, or when it is undone; the row stays.
    """

    version = models.ForeignKey(
        ReportVersion, models.CASCADE, related_name="corrections", verbose_name="版本"
    )
    path = models.CharField("位置", max_length=120)
    read_value = models.CharField("读取的数字", max_length=40, null=True)
    read_raw = models.TextField("原文", blank=True)
    read_mark = models.CharField("原文情形", max_length=12)
    value = models.CharField("更正为", max_length=40, null=True)
    reason = models.CharField("理由", max_length=500)
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="更正人")
    at = models.DateTimeField("更正时间")
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name="沿用自"
    )
    superseded_at = models.DateTimeField("失效时间", null=True)
    undone_reason = models.CharField("撤销理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering: ClassVar = ["version_id", "id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "path"],
                condition=Q(superseded_at=None),
                name="one_correction_in_force_per_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.path}"


class Acceptance(models.Model):
    """A finding that a person looked at and lets stand, and why.

    ``key`` is the finding's own: one that changes is to be looked at again.
    """

    version = models.ForeignKey(
        ReportVersion, models.CASCADE, related_name="acceptances", verbose_name="版本"
    )
    key = models.CharField("问题标识", max_length=32)
    rule = models.CharField("规则", max_length=40)
    where = models.CharField("位置", max_length=120)
    reason = models.CharField("理由", max_length=500)
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="认可人")
    at = models.DateTimeField("认可时间")
    withdrawn_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        verbose_name = "认可的问题"
        verbose_name_plural = "认可的问题"
        ordering: ClassVar = ["version_id", "id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "key"], condition=Q(withdrawn_at=None), name="one_acceptance_per_finding"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.rule}"


class Signature(models.Model):
    """A step of the signing chain, signed over the hash of the document. A returned report's are void."""

    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="signatures", verbose_name="版本")
    step = models.PositiveSmallIntegerField("顺序")
    step_name = models.CharField("步骤", max_length=20)
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="签批人")
    opinion = models.CharField("意见", max_length=500, blank=True)
    content_sha256 = models.CharField("签批内容摘要", max_length=64)
    at = models.DateTimeField("签批时间")
    void_at = models.DateTimeField("失效时间", null=True)
    void_reason = models.CharField("退回理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "签批"
        verbose_name_plural = "签批"
        ordering: ClassVar = ["version_id", "id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "step"], condition=Q(void_at=None), name="one_signature_per_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.step_name}"


class Intake(models.Model):
    """A file whose agency or year is looked for in the file itself, until it is filed as a version.

    ``agency`` and ``year`` are what was chosen, or found; ``question`` what its uploader is asked, and why.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", "正在识别机关和年度"
        ASKING = "asking", "待选择机关和年度"
        FILED = "filed", "已归档"

    source = models.ForeignKey(SourceFile, models.PROTECT, related_name="intakes", verbose_name="文件")
    source_name = models.CharField("文件名", max_length=255)
    uploaded_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度", null=True)
    question = models.JSONField("询问", default=dict, help_text="message、remedy")
    version = models.OneToOneField(
        ReportVersion, models.SET_NULL, null=True, related_name="intake", verbose_name="版本"
    )

    class Meta:
        verbose_name = "待归档的文件"
        verbose_name_plural = "待归档的文件"
        ordering: ClassVar = ["id"]
        default_permissions = ("view",)
        indexes: ClassVar = [
            models.Index(fields=["uploaded_by"], name="intake_asking", condition=Q(state="asking")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
