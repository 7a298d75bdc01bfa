"""Events of a case: only ever appended. ``law.clock`` makes the account of them."""

from collections.abc import Mapping
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.law.case import Kind
from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField

#: The day a letter reached its addressee: no event of the law's own, its term runs from it.
ARRIVED: Final = "arrived"
#: By the event of a letter that sets a term, how its receipt is called.
ARRIVALS: Final[Mapping[str, str]] = {
    Kind.CORRECTION_REQUESTED: "申请人收到补正告知书",
    Kind.FEE_NOTIFIED: "申请人收到收费通知书",
    Kind.REASONS_REQUESTED: "申请人收到说明理由告知书",
    Kind.CONSULTATION_STARTED: "对方收到征求意见书",
}


class CaseEvent(models.Model):
    """One event, with the fields ``law.clock`` knows it by, and who recorded it when.

    A wrong entry is not changed: a later row ``voids`` it, with the reason, and both stay; one with the right
    day takes its place among those of one day (``in_place_of``, a number). ``from_receipt``: the term of the
    letter does not run before a row ``arrived`` tells of its receipt (``arrival_of``).
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
    from_receipt = models.BooleanField("期限自收到起算", default=False)
    arrival_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="arrivals", verbose_name="收到的文书", db_index=False
    )
    in_place_of = models.PositiveSmallIntegerField("代替的序号", null=True)
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
        indexes: ClassVar = [
            # Nearly no event has one.
            models.Index(fields=["arrival_of"], name="event_arrival", condition=Q(arrival_of__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.kind} {self.on}"

    @property
    def word(self) -> str:
        """What happened, in Chinese."""
        if self.kind == ARRIVED and self.arrival_of is not None:
            return ARRIVALS[self.arrival_of.kind]
        return Kind(self.kind).word
