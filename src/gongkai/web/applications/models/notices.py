"""What was sent to an applicant about a case, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.web.applications.models.cases import Case
from gongkai.web.applications.models.letters import Letter
from gongkai.web.common.models import OutboxMail, OutboxSms

_PERSON = settings.AUTH_USER_MODEL


class CallResult(models.TextChoices):
    """What came of a telephone call to an applicant. Only the first tells them."""

    TOLD = "told", "已告知申请人本人或者代理人"
    OTHER = "other", "他人接听，没有告知"
    NO_ANSWER = "no_answer", "无人接听"
    WRONG = "wrong", "空号、停机或者号码有误"


class Notice(models.Model):
    """A mail or a text message to the applicant, as it stands in its outbox, that alone holds what it says;
    or a telephone call to make, wanted since ``call_since``, to who can be reached by no other way.

    One that was given up, or a call, waits until staff have reached the applicant (``settled_at``);
    ``called_at``: by telephone. ``letter``: the one it tells of. ``again_at``: a mail that was given up was
    put into the queue once more.
    """

    class About(models.TextChoices):
        """What it tells."""

        RECEIVED = "received", "收到申请的回执"
        CORRECT = "correct", "补正告知的通知"
        PAY = "pay", "收费的通知"
        REPLIED = "replied", "答复的通知"
        LETTER = "letter", "新文书的通知"
        CODE = "code", "更换查询码的通知"
        SPLIT = "split", "拆分申请的通知"

    case = models.ForeignKey(Case, models.CASCADE, related_name="notices", verbose_name="申请")
    about = models.CharField("内容", max_length=10, choices=About.choices)
    mail = models.OneToOneField(
        OutboxMail, models.CASCADE, null=True, related_name="notice", verbose_name="邮件"
    )
    sms = models.OneToOneField(
        OutboxSms, models.CASCADE, null=True, related_name="notice", verbose_name="短信"
    )
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="notices", verbose_name="文书")
    call_since = models.DateTimeField("需要电话告知的时间", null=True)
    called_at = models.DateTimeField("电话告知的时间", null=True)
    again_at = models.DateTimeField("重新发送的时间", null=True)
    settled_at = models.DateTimeField("另行告知的时间", null=True)
    settled_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="另行告知人"
    )

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        default_permissions = ()
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(mail__isnull=False, sms=None, call_since=None)
                | Q(mail=None, sms__isnull=False, call_since=None)
                | Q(mail=None, sms=None, call_since__isnull=False),
                name="notice_is_a_mail_a_message_or_a_call",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["call_since"],
                condition=Q(call_since__isnull=False, settled_at=None),
                name="notice_calls",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.about}"
