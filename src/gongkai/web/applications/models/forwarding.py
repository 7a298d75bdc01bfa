"""Applications that reached the wrong agency and went on to the right one (条例 36(5))."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField


class Forwarding(models.Model):
    """One case registered again at the agency that is in charge, with the applicant's consent.

    The first case stays its agency's and is ended there by its reply; each agency counts its own.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="forwarded", verbose_name="原申请")
    to = models.OneToOneField(Case, models.CASCADE, related_name="came_by", verbose_name="转办后的申请")
    consent = EncryptedTextField("申请人同意的方式和日期")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="转办人"
    )
    at = models.DateTimeField("转办时间")

    class Meta:
        verbose_name = "转办"
        verbose_name_plural = "转办"
        ordering: ClassVar = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case_id} {self.to_id}"
