"""Events of a case: only ever appended. ``law.clock`` makes the account of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField


class CaseEvent(models.Model):
    """One event, with the fields ``law.clock`` knows it by, and who recorded it when.

    A wrong entry is not changed: a later row ``voids`` it, with the reason, and both stay.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="events", verbose_name="申请")
    number = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("事件", max_length=30)
    on = models.DateField("日期")
    workdays = models.PositiveSmallIntegerField("工作日数", null=True)
    party = models.CharField("征求对象", max_length=12, blank=True)
    ref = models.CharField("对象编号", max_length=20, blank=True)
    to = models.DateField("延至", null=True)
    excused = models.BooleanField("逾期有正当理由", default=False)
    outcome = models.CharField("办理结果", max_length=30, blank=True)
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="voided_by", verbose_name="更正的记录"
    )
    note = EncryptedTextField("说明", blank=True)
    letter = models.ForeignKey(
        "Letter", models.PROTECT, null=True, related_name="events", verbose_name="文书"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "事件"
        verbose_name_plural = "事件"
        ordering: ClassVar = ["case_id", "number"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_event_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.kind} {self.on}"
