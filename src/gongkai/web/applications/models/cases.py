"""Cases: one application each, with what its clock says kept beside it for lists."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.law.case import Channel
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models.shelves import OrNever, Shelf
from gongkai.web.common.fields import BlindIndexField, EncryptedTextField
from gongkai.web.common.typed import folded

_PERSON = settings.AUTH_USER_MODEL


class ApplicantKind(models.TextChoices):
    """The columns of table 3; the first is people, the other five are legal persons and other bodies."""

    NATURAL_PERSON = "natural_person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_WELFARE = "public_welfare", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER = "other", "其他"


#: How an application came (条例 31), for forms.
CHANNELS = [(one.value, one.word) for one in Channel]


class State(models.TextChoices):
    """What ``law.clock`` says of a case after its last event; ``overdue`` depends on the day, no state here.

    ``UNCONFIRMED`` is a running case whose day of receipt is still open.
    """

    UNCONFIRMED = "unconfirmed", "待确认收到"
    RUNNING = "running", "办理中"
    AWAITING_CORRECTION = "awaiting_correction", "等待补正"
    PAUSED = "paused", "征求意见中"
    AWAITING_PAYMENT = "awaiting_payment", "等待缴费"
    ANSWERED = "answered", "已答复"
    LAPSED = "lapsed", "逾期视为放弃"
    WITHDRAWN = "withdrawn", "已撤回"


#: A case in one of these is done; all others are open.
CLOSED = frozenset({State.ANSWERED, State.LAPSED, State.WITHDRAWN})
#: The others, for questions to the database: an index finds what is open, and not what is not closed.
OPEN = frozenset(State) - CLOSED

#: The Regulation is in force from this day (国务院令第492号): before it nobody could apply under it.
FIRST_DAY = date(2008, 5, 1)


class Origin(models.TextChoices):
    """Who wrote the application down."""

    CITIZEN = "citizen", "申请人网上提交"
    STAFF = "staff", "工作人员登记"
    SPLIT = "split", "由另一申请拆分"
    TAKEN_OVER = "taken_over", "由原系统转入"
    FORWARDED = "forwarded", "由其他机关转办"


class FormWanted(models.TextChoices):
    """In what form the information is wanted (条例 29(3), 40)."""

    ELECTRONIC = "electronic", "电子文档"
    PAPER = "paper", "纸质复制件"
    DISC = "disc", "光盘等存储介质"
    INSPECTION = "inspection", "现场查阅、抄录"


class WayWanted(models.TextChoices):
    """By which way it is wanted (条例 29(3))."""

    ONLINE = "online", "凭登记号和查询码在本网站下载"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    PICK_UP = "pick_up", "自行领取"


class Register(models.Model):
    """What one agency has set: numbers of applications and letters, the bodies its remedy clauses name.

    ``pattern`` takes ``{year}`` and ``{number}``, with a width as in ``{number:04d}``.
    """

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="register", verbose_name="机关")
    pattern = models.CharField("登记号格式", max_length=60, default="{year}-{number:04d}")
    mark = models.CharField("机关代字", max_length=20, blank=True, help_text="用于文书编号，如“昆公”")
    reconsideration_body = models.CharField(
        "行政复议机关", max_length=120, blank=True, help_text="写入救济途径，如“平阳县人民政府”"
    )
    court = models.CharField("有管辖权的人民法院", max_length=120, blank=True)
    confirm_at_once = models.BooleanField(
        "网上申请提交时即确认收到",
        default=False,
        help_text="条例第三十一条：自双方确认之日为收到之日；选用后不再逐件确认，对申请人更有利",
    )
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = "办理设置"
        verbose_name_plural = "办理设置"

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.pattern}"


class Counter(models.Model):
    """The last number given, per agency, year and series; locked while the next is taken."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    series = models.CharField("序列", max_length=30, help_text="case，或文书种类")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "series"], name="one_counter_per_series"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}/{self.series}: {self.last}"


class Case(models.Model):
    """One application to one agency.

    The events decide; ``state`` and the days beside it are what ``law.clock`` made of them, written anew
    with every event, so that lists need not ask it. ``due`` is null while no day is set (before receipt is
    confirmed, while a correction, payment or consultation is open, in a year without a published calendar);
    then ``not_before`` is the earliest day possible, provisional. ``revision`` grows with every change: of
    two people at one page only the first changes it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases", verbose_name="机关")
    year = models.PositiveSmallIntegerField("登记年度")
    number = models.PositiveIntegerField("登记序号")
    register_no = models.CharField("登记号", max_length=60)
    #: The number as it is looked for, however it is typed; capitals can be longer than what they stand for.
    register_key = models.CharField("登记号（比对用）", max_length=200, default="", editable=False)
    code = EncryptedTextField("查询码", editable=False)
    origin = models.CharField("来由", max_length=12, choices=Origin.choices)
    old_number = models.CharField("原系统编号", max_length=60, blank=True)
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="parts", verbose_name="拆分自", db_index=False
    )
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="alike",
        verbose_name="内容相同的首件",
        db_index=False,
    )

    channel = models.CharField("来件方式", max_length=16, choices=CHANNELS)
    spoken = models.BooleanField("口头申请", default=False, help_text="由工作人员记录（条例第二十九条）")
    applicant_kind = models.CharField("申请人类别", max_length=16, choices=ApplicantKind.choices)
    subject = EncryptedTextField("所需信息的名称")
    #: What the applicant asked for, where the case was split since and keeps only the first thing of it.
    asked_for = EncryptedTextField("拆分前的所需信息", blank=True)
    details = EncryptedTextField("文号或其他特征描述", blank=True)
    text_index = BlindIndexField("内容摘要", of="plain_text")
    form_wanted = models.CharField("获取形式", max_length=12, choices=FormWanted.choices)
    way_wanted = models.CharField("获取方式", max_length=12, choices=WayWanted.choices)

    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.UNCONFIRMED)
    submitted_at = models.DateTimeField("提交时间")
    received_on = models.DateField("收到日期", null=True)
    due = models.DateField("答复期限", null=True)
    not_before = models.DateField("最早期限（暂计）", null=True)
    closed_on = models.DateField("办结日期", null=True)
    outcome = models.CharField("办理结果", max_length=30, blank=True, help_text="table 3 row")
    late = models.BooleanField("逾期办结", default=False)
    used_workdays = models.PositiveSmallIntegerField("所用工作日", null=True)

    handler = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="cases", verbose_name="经办人"
    )
    revision = models.PositiveIntegerField("修改序号", default=0)
    changed_at = models.DateTimeField("最近变动", auto_now=True)
    purged_at = models.DateTimeField("个人信息清除时间", null=True)

    class Meta:
        verbose_name = "依申请公开"
        verbose_name_plural = "依申请公开"
        ordering: ClassVar = ["-year", "-number"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="one_case_per_number"),
            models.UniqueConstraint(fields=["register_no", "agency"], name="one_case_per_register_no"),
            # The figures of a period are counted from its results: no case may end before it came.
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(received_on=None) | Q(closed_on__gte=F("received_on")),
                name="case_ends_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=FIRST_DAY),
                name="case_under_the_regulation",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state"], name="case_state"),
            # The number first: who follows an application gives that alone.
            models.Index(fields=["register_key"], name="case_register_key"),
            models.Index(fields=["agency", "received_on", "applicant_kind"], name="case_received"),
            # Of one agency the same words, the last first.
            models.Index(fields=["agency", "text_index", "-year", "-number"], name="case_alike"),
            # Nearly no case has them: an index of the empty ones would look useless to the database.
            models.Index(fields=["split_from"], name="case_part", condition=Q(split_from__isnull=False)),
            models.Index(fields=["same_as"], name="case_same", condition=Q(same_as__isnull=False)),
            # These two hold all that ``figures.table3`` asks of a case, so that it need not look at the case:
            # what ended in a period, and what was open on a day.
            models.Index(
                fields=["agency", "closed_on", "outcome", "applicant_kind", "received_on"],
                name="case_result",
            ),
            models.Index(
                F("agency"),
                Shelf("received_on", "closed_on"),
                OrNever("closed_on"),
                F("applicant_kind"),
                F("received_on"),
                F("closed_on"),
                name="case_open_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_no}号"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the key of its number, which it is given once."""
        if self._state.adding:
            self.register_key = folded(self.register_no)
        super().save(*args, **kwargs)

    @property
    def plain_text(self) -> str:
        """What is asked for, without spaces: two that are equal here ask for the same."""
        return "".join(f"{self.subject}\n{self.details}".split())

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its end."""
        return self.state not in CLOSED
