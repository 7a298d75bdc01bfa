"""Posts with their days, leave with its deputy, and hand-overs."""

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models.agencies import Agency


class Role(models.TextChoices):
    """What a person does in an agency; ``permissions.TABLE`` says what each may do."""

    CLERK = "clerk", "经办人"
    SECTION_HEAD = "section_head", "科室负责人"
    LEADER = "leader", "分管负责人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查人"
    DISCLOSURE_OFFICE = "disclosure_office", "政府信息公开主管人员"
    ADMINISTRATOR = "administrator", "系统管理员"


M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from one day until another, both included; no last day means until further notice."""

    def on(self, day: date) -> Self:
        """The rows that hold on a day."""
        return self.filter(Q(until_day=None) | Q(until_day__gte=day), from_day__lte=day)

    def overlapping(self, from_day: date, until_day: date | None) -> Self:
        """The rows that share a day with a span."""
        rows = self.filter(Q(until_day=None) | Q(until_day__gte=from_day))
        return rows if until_day is None else rows.filter(from_day__lte=until_day)


class PostQuerySet(DatedQuerySet["Post"]):
    """Posts by the day."""


class LeaveQuerySet(DatedQuerySet["Leave"]):
    """Leave by the day."""


class Post(models.Model):
    """A person's role in an agency, from a day until a day (both included)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name="人员"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name="机关")
    role = models.CharField("岗位", max_length=20, choices=Role.choices)
    title = models.CharField("职务", max_length=60, blank=True, help_text="如：党政办公室主任")
    from_day = models.DateField("任职日期")
    until_day = models.DateField("离任日期", null=True, blank=True, help_text="任职的最后一天；在任不填")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering: ClassVar = ["agency_id", "role", "from_day", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=models.F("from_day")),
                name="post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}{self.get_role_display()} {self.person}"


class Leave(models.Model):
    """Days a person is away (both included) and who acts for them. Why is nobody's business here."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leaves", verbose_name="请假人"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputising", verbose_name="代理人"
    )
    from_day = models.DateField("开始日期")
    until_day = models.DateField("结束日期")

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = "请假"
        verbose_name_plural = "请假"
        ordering: ClassVar = ["-from_day", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day__gte=models.F("from_day")), name="leave_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("deputy")), name="leave_deputy_is_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.from_day:%Y-%m-%d}至{self.until_day:%Y-%m-%d}，{self.deputy}代理"


class HandOver(models.Model):
    """A person who went, to whom the work passed, and how many duties of each kind passed with it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handed_over", verbose_name="移交人"
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="taken_over", verbose_name="接收人"
    )
    day = models.DateField("移交日期")
    duties = models.JSONField("移交事项", default=dict)

    class Meta:
        verbose_name = "工作移交"
        verbose_name_plural = "工作移交"
        ordering: ClassVar = ["-day", "id"]

    def __str__(self) -> str:
        return f"{self.person}移交{self.successor}"
