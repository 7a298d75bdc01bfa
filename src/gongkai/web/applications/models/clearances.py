"""What was found of personal data in files to be disclosed, and why something of it may go out."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.web.applications.models.letters import Letter
from gongkai.web.common.fields import EncryptedTextField


class FileSearch(models.Model):
    """What a search of a file found, by the hash of its content: it is searched once, whatever cases have it.

    ``found`` is as ``report.personal.to_json`` writes it. It holds numbers, and goes with the last such
    file. ``patterns``: by which of the engine's it was searched; by older ones it counts as not searched.
    """

    sha256 = models.CharField("内容摘要", max_length=64, unique=True)
    found = EncryptedTextField("检查结果")
    patterns = models.PositiveSmallIntegerField("检查规则", default=0)
    at = models.DateTimeField("检查时间")

    class Meta:
        verbose_name = "文件检查"
        verbose_name_plural = "文件检查"
        ordering: ClassVar = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256[:12]


class Clearance(models.Model):
    """One number in one field of one letter, or in one file that goes out with it; or a file looked through.

    Known by a keyed hash: a changed number, or a changed file, is not covered. ``words`` say where it stands
    and what it is, masked. ``carried_from``: what was said in the letter this one was made after, where it
    was carried to the copies for others of a group.
    """

    class Ground(models.TextChoices):
        """What makes it lawful (条例 15; 个人信息保护法 13)."""

        ACCOUNT = "account", "收取信息处理费的单位账户"
        OFFICE = "office", "行政机关的办公联系方式"
        PUBLIC = "public", "本人同意公开，或者法律、法规规定应当公开"
        INTEREST = "interest", "不公开会对公共利益造成重大影响（条例第十五条）"
        NEITHER = "neither", "不是个人信息：是编号、金额、单位名称等"
        LOOKED = "looked", "已由本人逐页查看：没有他人的个人信息，或者已经遮盖"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="clearances", verbose_name="文书")
    digest = models.CharField("内容摘要", max_length=120)
    words = EncryptedTextField("所指")
    ground = models.CharField("理由", max_length=8, choices=Ground.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确认人"
    )
    at = models.DateTimeField("时间")
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="carried_to", verbose_name="照样拟写时带入"
    )

    class Meta:
        verbose_name = "个人信息说明"
        verbose_name_plural = "个人信息说明"
        ordering: ClassVar = ["letter_id", "id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "digest"], name="one_clearance_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.ground}"
