"""Files of a case: stored encrypted, known by the hash of their content."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField


class Purpose(models.TextChoices):
    """What a file is for; identity proofs are purged first."""

    IDENTITY = "identity", "身份证明"
    AUTHORISATION = "authorisation", "授权委托书"
    REQUEST = "request", "申请附件"
    SCAN = "scan", "来件扫描件"
    CORRECTION = "correction", "补正材料"
    REASONS = "reasons", "说明理由的材料"
    ANSWER = "answer", "征求意见的回复"
    PROOF = "proof", "送达凭证"
    PAYMENT = "payment", "缴费凭证"
    DISCLOSED = "disclosed", "提供给申请人的信息"
    LETTER = "letter", "文书"
    INTERNAL = "internal", "内部材料"


class Attachment(models.Model):
    """One file. ``path`` leads to the encrypted content; after the purge it is empty and the row stays."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments", verbose_name="申请")
    purpose = models.CharField("用途", max_length=16, choices=Purpose.choices)
    name = EncryptedTextField("文件名")
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("内容摘要", max_length=64)
    path = models.CharField("存放位置", max_length=200, blank=True)
    scanned = models.CharField("查毒结果", max_length=40, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    added_at = models.DateTimeField("上传时间")
    purged_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering: ClassVar = ["case_id", "id"]
        default_permissions = ("view",)
        # What is known of a file goes when the last of its copies is erased.
        indexes: ClassVar = [models.Index(fields=["sha256"], name="attachment_sum")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sha256[:12]}"
