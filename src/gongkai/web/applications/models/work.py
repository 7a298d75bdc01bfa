"""What goes on around a case: notes, help from a section, requests for assistance, the applicant's rating."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField
from gongkai.web.common.once import form_key_field

_PERSON = settings.AUTH_USER_MODEL


class Note(models.Model):
    """A note on a case, the minutes of a joint meeting, or a suggestion to publish (条例 44)."""

    class Kind(models.TextChoices):
        """What is written down."""

        NOTE = "note", "办理记录"
        MEETING = "meeting", "联席会议记录"
        PUBLISH = "publish", "建议主动公开"

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes", verbose_name="申请")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices, default=Kind.NOTE)
    text = EncryptedTextField("内容")
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="记录人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering: ClassVar = ["case_id", "id"]
        default_permissions = ("view",)
        # A suggestion to publish is a rare thing among all that is written down.
        indexes: ClassVar = [models.Index(fields=["id"], name="note_publish", condition=Q(kind="publish"))]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Errand(models.Model):
    """Help asked of a section of the same agency (协办), with a day of its own; the clock does not stop.

    ``helper``: one of the section's people, where one was named, to be reminded of it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="errands", verbose_name="申请")
    section = models.CharField("协办科室", max_length=60)
    question = EncryptedTextField("协办事项")
    asked_on = models.DateField("交办日期")
    answer_by = models.DateField("反馈期限")
    answered_on = models.DateField("反馈日期", null=True)
    answer = EncryptedTextField("反馈意见", blank=True)
    asked_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="交办人")
    helper = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+", verbose_name="协办人")

    class Meta:
        verbose_name = "协办"
        verbose_name_plural = "协办"
        ordering: ClassVar = ["case_id", "id"]
        default_permissions = ("view",)
        # What is not answered by a day is found without looking at all cases of an agency.
        indexes: ClassVar = [models.Index(fields=["answered_on", "answer_by"], name="errand_waits")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.section}"


class AssistanceRequest(models.Model):
    """Another agency asks this one to look something up (协助查询). No application: it enters no table."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="assistance_requests", verbose_name="机关"
    )
    from_agency = models.CharField("来函机关", max_length=120)
    document_no = models.CharField("来函文号", max_length=60, blank=True)
    subject = EncryptedTextField("协助事项")
    received_on = models.DateField("收到日期")
    answer_by = models.DateField("要求反馈日期", null=True)
    answered_on = models.DateField("反馈日期", null=True)
    answer = EncryptedTextField("反馈内容", blank=True)
    recorded_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")
    purged_at = models.DateTimeField("清除时间", null=True)
    form_key = form_key_field()

    class Meta:
        verbose_name = "协助查询"
        verbose_name_plural = "协助查询"
        ordering: ClassVar = ["-received_on", "-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.from_agency} {self.received_on}"


class Rating(models.Model):
    """What the applicant says of the handling, once, after the end."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="rating", verbose_name="申请")
    stars = models.PositiveSmallIntegerField("评分", validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = EncryptedTextField("意见", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "评价"
        verbose_name_plural = "评价"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.stars}"
