"""Applications that are filled in and not yet sent: shown once more, then sent or forgotten."""

from typing import ClassVar

from django.db import models

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField


class Draft(models.Model):
    """A checked application that waits for its sender's last word.

    It is known by the hash of a token that only the sender's page has. Once it is sent, ``case`` is set: sent
    again (a double click, an answer that got lost), the same receipt comes back and no second case is made.
    """

    token_hash = models.CharField("标识摘要", max_length=64, unique=True)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name="机关")
    content = EncryptedTextField("内容")
    created_at = models.DateTimeField("填写时间", db_index=True)
    case = models.OneToOneField(Case, models.CASCADE, null=True, related_name="+", verbose_name="申请")

    class Meta:
        verbose_name = "待提交的申请"
        verbose_name_plural = "待提交的申请"
        default_permissions = ()
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.created_at:%Y-%m-%d %H:%M}"
