"""What became of a suggestion to publish what was asked for (条例 44)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.web.applications.models.work import Note
from gongkai.web.common.fields import EncryptedTextField


class PublishDecision(models.Model):
    """One decision on one suggestion. ``words``: where it was published, or why it is not."""

    class Result(models.TextChoices):
        """What was decided."""

        PUBLISHED = "published", "已经主动公开"
        KEPT = "kept", "不主动公开"

    note = models.OneToOneField(Note, models.CASCADE, related_name="decision", verbose_name="建议")
    result = models.CharField("审核结果", max_length=9, choices=Result.choices)
    words = EncryptedTextField("在哪里公开，或者不公开的理由")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审核人"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "主动公开建议的审核"
        verbose_name_plural = "主动公开建议的审核"
        ordering: ClassVar = ["-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.note_id} {self.result}"
