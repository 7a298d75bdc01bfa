"""What was already published when somebody was about to apply, and whether that was what they wanted.

Nothing here says who asked or for what: which published things, on which day, and how it ended.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.models.drafts import Draft


class Offering(models.Model):
    """One summary page with offers on it (条例 36(1): what is public is told of, not applied for).

    ``draft`` makes each application count once, however often its page is sent; it goes with the draft,
    within days, and nothing is left to tell whose it was.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    on = models.DateField("日期")
    draft = models.OneToOneField(
        Draft, models.SET_NULL, null=True, related_name="offering", verbose_name="待提交的申请"
    )
    opened = models.BooleanField("点开查看", default=False)
    answered = models.BooleanField("不再申请", default=False)

    class Meta:
        verbose_name = "已公开信息的提示"
        verbose_name_plural = "已公开信息的提示"
        default_permissions = ()
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=("agency", "on"), name="offering_by_day")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.on:%Y-%m-%d}"


class OfferedItem(models.Model):
    """One published thing on such a page: what its provider calls it (``common.published``), where it is."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="items", verbose_name="提示")
    source = models.CharField("来源", max_length=30)
    reference = models.CharField("编号", max_length=40)
    title = models.CharField("名称", max_length=300)
    url = models.CharField("页面", max_length=500)
    address = models.CharField("获取途径", max_length=500)
    opened = models.BooleanField("点开查看", default=False)
    answered = models.BooleanField("正是所要的", default=False)

    class Meta:
        verbose_name = "提示的信息"
        verbose_name_plural = "提示的信息"
        default_permissions = ()
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("offering", "source", "reference"), name="offered_once"),
            models.UniqueConstraint(
                fields=("offering",), condition=Q(answered=True), name="one_offer_answers"
            ),
        ]

    def __str__(self) -> str:
        return self.title
