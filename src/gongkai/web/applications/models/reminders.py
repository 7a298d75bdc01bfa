"""How each member of staff wants to be reminded, and what they were told last."""

from typing import ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from gongkai.web.common.fields import EncryptedTextField


class ReminderKind(models.TextChoices):
    """What one can be reminded of."""

    URGENT = "urgent", "今天到期和逾期"
    SOON = "soon", "即将到期"
    UNCONFIRMED = "unconfirmed", "待与申请人确认收到"
    SIGNING = "signing", "待我签批的文书"
    HELP = "help", "协办和协助查询的反馈期限"
    CALLS = "calls", "电话告知申请人"


#: What the site always shows its people, whatever they choose.
ALWAYS_SHOWN: Final = frozenset({ReminderKind.URGENT, ReminderKind.CALLS})


def every_kind() -> list[str]:
    """All kinds: what mail and site tell who has chosen nothing."""
    return list(ReminderKind.values)


class ReminderPlan(models.Model):
    """One person's choice; who has no row has chosen nothing and gets what the fields begin with.

    ``site``, ``mail``, ``sms``: the kinds told by each way; the site always shows ``ALWAYS_SHOWN``.
    ``ahead``: working days before the last day. ``told``: what the last reminder held, as keys of cases,
    letters, help and calls; ``told_on`` its day, so that a task that runs twice reminds once.
    """

    LEAST: ClassVar = 1
    MOST: ClassVar = 10

    class Rhythm(models.TextChoices):
        """When mail and messages come."""

        DAILY = "daily", "每个工作日一次，直到办完"
        CHANGES = "changes", "只在有新的事项或变得更急时"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_plan", verbose_name="人员"
    )
    site = models.JSONField("系统首页", default=every_kind)
    mail = models.JSONField("邮件", default=every_kind)
    sms = models.JSONField("短信", default=list)
    ahead = models.PositiveSmallIntegerField(
        "提前工作日数", default=3, validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)]
    )
    rhythm = models.CharField("频次", max_length=8, choices=Rhythm.choices, default=Rhythm.DAILY)
    mobile = EncryptedTextField("手机号码", blank=True)
    told = models.JSONField("上次提醒的事项", default=list)
    told_on = models.DateField("上次提醒日期", null=True)

    class Meta:
        verbose_name = "提醒方式"
        verbose_name_plural = "提醒方式"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person_id}"
