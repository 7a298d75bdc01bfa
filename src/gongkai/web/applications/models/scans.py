"""Scanned mail that waits to be entered: its pages are seen beside the form, then they join the case."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField
from gongkai.web.common.once import form_key_field

_PERSON = settings.AUTH_USER_MODEL


class IncomingScan(models.Model):
    """A letter, fax or form as scanned: ``content`` is JSON, encrypted, of its files and pictures of pages.

    It waits until somebody enters it (``case``) or drops it with a reason; time alone takes nothing away.
    ``recognised`` is what a program made of the pages: an aid to copy from, never an entry.
    """

    class Reading(models.TextChoices):
        """Whether the text was recognised."""

        NONE = "none", "未识别"
        ASKED = "asked", "正在识别"
        DONE = "done", "已识别"
        FAILED = "failed", "没有识别出来"

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="incoming_scans", verbose_name="机关")
    content = EncryptedTextField("内容")
    n_pages = models.PositiveSmallIntegerField("页数")
    uploaded_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="扫描人")
    uploaded_at = models.DateTimeField("扫描时间")
    reading = models.CharField("文字识别", max_length=8, choices=Reading.choices, default=Reading.NONE)
    recognised = EncryptedTextField("识别的文字", blank=True)
    case = models.OneToOneField(
        Case, models.CASCADE, null=True, related_name="incoming_scan", verbose_name="申请"
    )
    dropped_at = models.DateTimeField("作废时间", null=True)
    dropped_reason = EncryptedTextField("作废理由", blank=True)
    form_key = form_key_field()

    class Meta:
        verbose_name = "来件扫描"
        verbose_name_plural = "来件扫描"
        ordering: ClassVar = ["id"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "id"], name="scan_waiting", condition=Q(case=None, dropped_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.uploaded_at:%Y-%m-%d %H:%M}"
