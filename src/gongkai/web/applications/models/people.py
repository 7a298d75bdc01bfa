"""Applicants: personal data, encrypted, and the log of who opened it and why."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import BlindIndexField, EncryptedTextField


class IdentityKind(models.TextChoices):
    """What proves who asks (条例 29(1)); the first two carry check digits."""

    IDENTITY_CARD = "identity_card", "居民身份证"
    CREDIT_CODE = "credit_code", "统一社会信用代码证书"
    PASSPORT = "passport", "护照"
    PERMIT = "permit", "港澳台居民来往内地（大陆）通行证或居住证"
    OTHER = "other", "其他有效证件"


class Applicant(models.Model):
    """Who asks, one row per case: name, proof of identity, contact, and the agent who acts for them.

    What is purged is emptied here; the case, its events and its figures stay.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="applicant", verbose_name="申请")
    name = EncryptedTextField("姓名或名称")
    name_index = BlindIndexField("姓名摘要", of="name")
    identity_kind = models.CharField("证件种类", max_length=16, choices=IdentityKind.choices)
    identity_number = EncryptedTextField("证件号码", blank=True)
    identity_index = BlindIndexField("证件号码摘要", of="identity_number")
    contact_name = EncryptedTextField("联系人", blank=True)
    phone = EncryptedTextField("联系电话", blank=True)
    phone_index = BlindIndexField("电话摘要", of="phone")
    tell_by_sms = models.BooleanField("用短信通知", default=False)
    email = EncryptedTextField("电子邮箱", blank=True)
    address = EncryptedTextField("通信地址", blank=True)
    postcode = EncryptedTextField("邮政编码", blank=True)
    agent_name = EncryptedTextField("代理人姓名", blank=True)
    agent_identity = EncryptedTextField("代理人证件号码", blank=True)
    needs_help = EncryptedTextField("需要的协助", blank=True)

    class Meta:
        verbose_name = "申请人"
        verbose_name_plural = "申请人"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case_id}"


class Opening(models.Model):
    """Somebody opened personal data of a case, and said why. Rows are added, never changed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="openings", verbose_name="申请")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查看人"
    )
    reason = EncryptedTextField("理由")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查看记录"
        verbose_name_plural = "查看记录"
        ordering: ClassVar = ["case_id", "id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"
