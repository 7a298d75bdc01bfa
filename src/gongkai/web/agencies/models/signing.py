"""Who signs what, in which order: set per agency."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from gongkai.web.agencies.models.agencies import Agency
from gongkai.web.agencies.models.posts import Role


class Matter(models.TextChoices):
    """What is signed."""

    REPORT = "report", "年度报告"
    PUBLICATION = "publication", "主动公开信息"
    REPLY = "reply", "依申请公开答复"
    NOTICE = "notice", "依申请公开告知、征求意见、收费文书"
    EXTENSION = "extension", "延期、延迟答复"
    ON_THE_SPOT = "on_the_spot", "当场答复（未设定的，用依申请公开答复的流程）"


#: Matters of applications: where an office handles them, its people sign them too.
OF_APPLICATIONS = frozenset({Matter.REPLY, Matter.NOTICE, Matter.EXTENSION, Matter.ON_THE_SPOT})


class SigningChain(models.Model):
    """The steps one matter takes in one agency. Where one to three people do it all the steps are few, but at
    least two different people sign (``signing.problems``).
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="chains", verbose_name="机关")
    matter = models.CharField("事项", max_length=20, choices=Matter.choices)
    set_at = models.DateTimeField("设定时间", auto_now=True)

    class Meta:
        verbose_name = "签批流程"
        verbose_name_plural = "签批流程"
        ordering: ClassVar = ["agency_id", "matter"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "matter"], name="one_chain_per_agency_and_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.get_matter_display()}签批流程"


class SigningStep(models.Model):
    """One signature: by whoever holds the role in the agency, or by one named person (or their deputy)."""

    chain = models.ForeignKey(SigningChain, models.CASCADE, related_name="steps", verbose_name="流程")
    number = models.PositiveSmallIntegerField("顺序", validators=[MinValueValidator(1)])
    name = models.CharField("步骤", max_length=20, help_text="如：拟稿、审核、保密审查、签发")
    role = models.CharField("岗位", max_length=20, choices=Role.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="signing_steps",
        verbose_name="指定人员", help_text="不指定则该岗位的人员均可签批",
    )  # fmt: skip

    class Meta:
        verbose_name = "签批步骤"
        verbose_name_plural = "签批步骤"
        ordering: ClassVar = ["chain_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_step_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}（{self.get_role_display()}）"
