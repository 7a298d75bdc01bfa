"""Those whose view is asked: third parties and agencies that made the information too (条例 32, 34)."""

from typing import ClassVar

from django.db import models

from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField


class Consultation(models.Model):
    """One party with its own letter, deadline, answer and what the agency decided on it.

    One letter can ask for several cases in the same words: the others' name the one it is kept with
    (``asked_with``), each has its own days. A case that came later can rely on what was answered for an
    earlier one (``relies_on``, with the answer and its day); ``relied_text`` is a keyed hash of the words it
    asked in then. No letter of its own asked, so ``sent_on`` stays empty and no pause began.

    Silence: a third party's is no consent, the agency decides (32); an agency's is consent (34).
    """

    class Party(models.TextChoices):
        """Who is asked; the words are those of ``law.clock``."""

        THIRD_PARTY = "third_party", "第三方"
        AGENCY = "agency", "共同制作机关"

    class Answer(models.TextChoices):
        """What came back."""

        NONE = "none", "尚未答复"
        AGREES = "agrees", "同意公开"
        PARTLY = "partly", "同意部分公开"
        OBJECTS = "objects", "不同意公开"
        SILENT = "silent", "逾期未答复"

    class Decision(models.TextChoices):
        """What the agency decided."""

        OPEN = "open", "未决定"
        DISCLOSE = "disclose", "公开"
        WITHHOLD = "withhold", "不予公开"
        OVERRIDE = "override", "不公开可能对公共利益造成重大影响，予以公开"

    case = models.ForeignKey(Case, models.CASCADE, related_name="consultations", verbose_name="申请")
    ref = models.CharField("编号", max_length=20)
    asked_with = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="shared", verbose_name="同一份意见书"
    )
    relies_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="relied_on_by", verbose_name="沿用的意见"
    )
    relied_text = models.CharField("沿用时的内容摘要", max_length=120, blank=True)
    party = models.CharField("征求对象", max_length=12, choices=Party.choices)
    name = EncryptedTextField("名称或姓名")
    address = EncryptedTextField("联系地址", blank=True)
    phone = EncryptedTextField("联系电话", blank=True)
    sent_on = models.DateField("征求意见日期", null=True)
    answer_by = models.DateField("答复期限", null=True)
    answer = models.CharField("答复", max_length=8, choices=Answer.choices, default=Answer.NONE)
    answered_on = models.DateField("答复日期", null=True)
    answer_text = EncryptedTextField("答复内容", blank=True)
    decision = models.CharField("本机关决定", max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decision_reason = EncryptedTextField("决定理由", blank=True)

    class Meta:
        verbose_name = "征求意见"
        verbose_name_plural = "征求意见"
        ordering: ClassVar = ["case_id", "id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "ref"], name="one_consultation_per_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ref}"
