"""Agencies: bodies that disclose, their names over time, and who supervises whom."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models.regions import Region


class AgencyKind(models.TextChoices):
    """What sort of body it is. The first three are governments, which others report to."""

    GOVERNMENT = "government", "县级以上人民政府"
    TOWN = "town", "乡镇人民政府"
    SUBDISTRICT = "subdistrict", "街道办事处"
    DEPARTMENT = "department", "政府工作部门"
    VERTICAL = "vertical", "垂直管理机构"
    OUTPOST = "outpost", "派出机构"
    AUTHORISED = "authorised", "法律、法规授权的组织"
    PUBLIC_SERVICE = "public_service", "公共企事业单位"


#: Kinds whose yearly report carries 考核、评议、责任追究结果 and that may supervise (条例 50(5), 3).
GOVERNMENTS = frozenset({AgencyKind.GOVERNMENT, AgencyKind.TOWN})


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Reads of agencies along the tree of supervision."""

    def within(self, agency: "Agency") -> "AgencyQuerySet":
        """The agency itself and all below it."""
        return self.filter(lineage__startswith=agency.lineage)

    def below(self, agency: "Agency") -> "AgencyQuerySet":
        """All agencies below, without the agency itself."""
        return self.within(agency).exclude(pk=agency.pk)

    def within_any(self, lineages: Iterable[str]) -> "AgencyQuerySet":
        """All agencies at or below any of the lineages; none for no lineage."""
        wanted = Q(pk__in=())
        for lineage in lineages:
            wanted |= Q(lineage__startswith=lineage)
        return self.filter(wanted)

    def current(self) -> "AgencyQuerySet":
        """Agencies that have not been abolished."""
        return self.filter(abolished_on=None)


class Agency(models.Model):
    """One agency. ``supervisor`` answers for its disclosure work: the government of its level, or, where it
    is led from above, the higher body of its line (条例 4, 46).

    ``handled_by`` is the office, an agency of its own, whose people handle the applications to a government
    that has none of its own for it. The cases, their numbers, letters and figures stay the government's.

    ``lineage`` is the path of ids from the top, ``1/5/12/``: whatever lies below begins with it. ``save``
    keeps it, for all below too.
    """

    code = models.CharField(
        "机构代码", max_length=40, unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z-]+$", "只能用字母、数字和连字符")],
        help_text="统一社会信用代码，或本平台自编的代码；设定后不变",
    )  # fmt: skip
    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies", verbose_name="所在区划")
    kind = models.CharField("机关类别", max_length=20, choices=AgencyKind.choices)
    short_name = models.CharField("简称", max_length=60)
    full_name = models.CharField("全称", max_length=120, unique=True)
    slug = models.SlugField(
        "网址名", max_length=60, unique=True, help_text="用于网址，小写字母、数字和连字符"
    )
    supervisor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supervised", verbose_name="上级主管"
    )
    handled_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handles",
        verbose_name="依申请公开由谁办理",
    )
    lineage = models.CharField("隶属路径", max_length=200, db_index=True, editable=False, default="")
    is_government = models.BooleanField("是否人民政府", default=False, editable=False)
    invented = models.BooleanField("虚构示例", default=False, help_text="只用于演示，公开页面上均有标明")
    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    site_code = models.CharField(
        "网站标识码", max_length=10, blank=True,
        validators=[RegexValidator(r"^(\d{10}|bm\d{8})$", "标识码为10位数字，或bm加8位数字")],
    )  # fmt: skip
    icp = models.CharField("ICP备案号", max_length=40, blank=True)
    police_record = models.CharField("公安机关备案号", max_length=40, blank=True)
    website = models.URLField("网站地址", blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField(
        "邮政编码", max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$", "邮政编码应为6位数字")]
    )
    phone = models.CharField("联系电话", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    office = models.CharField("政府信息公开工作机构", max_length=60, blank=True)

    collection = models.OneToOneField(
        "wagtailcore.Collection", models.PROTECT, null=True, editable=False, related_name="agency"
    )
    group = models.OneToOneField(
        "auth.Group", models.PROTECT, null=True, editable=False, related_name="agency"
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"
        ordering: ClassVar = ["region__code", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(supervisor=models.F("id")), name="agency_not_its_own_supervisor"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Supervision is a tree."""
        if self.pk and self.supervisor and self.supervisor.lineage.startswith(self.lineage):
            raise ValidationError({"supervisor": f"“{self.supervisor}”是本机关的下级，不能作为上级主管"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and keep what follows from the other fields."""
        self.is_government = self.kind in GOVERNMENTS
        super().save(*args, **kwargs)
        lineage = f"{self.supervisor.lineage if self.supervisor else ''}{self.pk}/"
        if lineage != self.lineage:
            self._rewrite_lineage(lineage)

    def _rewrite_lineage(self, lineage: str) -> None:
        """Put the agency, and all below it, on a new path."""
        before, self.lineage = self.lineage, lineage
        Agency.objects.filter(pk=self.pk).update(lineage=lineage)
        if not before:
            return
        below = Agency.objects.filter(lineage__startswith=before).exclude(pk=self.pk)
        moved = list(below.only("pk", "lineage"))
        for agency in moved:
            agency.lineage = lineage + agency.lineage.removeprefix(before)
        Agency.objects.bulk_update(moved, ["lineage"], batch_size=500)


class AgencyName(models.Model):
    """A name an agency bore until a day; ``from_day`` is empty where nobody knows it any more."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="former_names", verbose_name="机关")
    full_name = models.CharField("曾用全称", max_length=120, db_index=True)
    short_name = models.CharField("曾用简称", max_length=60)
    from_day = models.DateField("起用日期", null=True, blank=True)
    until_day = models.DateField("停用日期", help_text="使用该名称的最后一天")

    class Meta:
        verbose_name = "曾用名"
        verbose_name_plural = "曾用名"
        ordering: ClassVar = ["-until_day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_day=None) | Q(until_day__gte=models.F("from_day")),
                name="agency_name_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}（至{self.until_day:%Y-%m-%d}）"
