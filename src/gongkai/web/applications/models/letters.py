"""Letters of a case: drafted, signed over their content, delivered with proof."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.web.applications.models.cases import Case
from gongkai.web.common.fields import EncryptedTextField

_PERSON = settings.AUTH_USER_MODEL


class LetterState(models.TextChoices):
    """Where a letter stands."""

    DRAFT = "draft", "拟稿"
    SIGNING = "signing", "签批中"
    SIGNED = "signed", "已签发"
    DELIVERED = "delivered", "已送达"
    DROPPED = "dropped", "作废"


class Letter(models.Model):
    """One document of REGULATION §4. ``fields`` is what its template was filled with, as JSON, encrypted.

    ``content_sha256`` is the hash of kind, number and fields that the signatures stand on. ``remedies`` are
    those a signed reply tells (``letters.remedies``): they stay when ``fields`` are purged.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="letters", verbose_name="申请")
    kind = models.CharField("文书", max_length=40)
    number = models.PositiveIntegerField("序号", null=True)
    document_no = models.CharField("文号", max_length=80, blank=True)
    outcome = models.CharField("办理结果", max_length=30, blank=True)
    consultation = models.ForeignKey(
        "Consultation", models.PROTECT, null=True, related_name="letters", verbose_name="征求意见"
    )
    to_applicant = models.BooleanField("送达申请人", default=True)
    on_the_spot = models.BooleanField("当场答复", default=False)
    fields = EncryptedTextField("内容")
    state = models.CharField("状态", max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    dated = models.DateField("落款日期", null=True)
    content_sha256 = models.CharField("内容摘要", max_length=64, blank=True)
    remedies = models.JSONField("救济途径", default=list)
    docx = models.ForeignKey(
        "Attachment", models.PROTECT, null=True, related_name="+", verbose_name="DOCX 文件"
    )
    pdf = models.ForeignKey(
        "Attachment", models.PROTECT, null=True, related_name="+", verbose_name="PDF 文件"
    )
    drafted_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间")
    dropped_reason = EncryptedTextField("作废理由", blank=True)

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering: ClassVar = ["case_id", "id"]
        default_permissions = ("view",)
        # What waits for signatures is found without looking at the letters, or the cases, that are done.
        indexes: ClassVar = [models.Index(fields=["state"], name="letter_state")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class LetterTemplate(models.Model):
    """An agency's own DOCX of a kind of letter. A replaced one stays on record."""

    agency = models.ForeignKey(
        "agencies.Agency", models.CASCADE, related_name="letter_templates", verbose_name="机关"
    )
    kind = models.CharField("文书", max_length=40)
    name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("内容")
    sha256 = models.CharField("内容摘要", max_length=64)
    uploaded_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    replaced_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "文书模板"
        verbose_name_plural = "文书模板"
        ordering: ClassVar = ["agency_id", "kind", "-id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(replaced_at=None), name="one_template_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind}"


class LetterSignature(models.Model):
    """A step of the signing chain, signed over the letter's content. A returned letter's are void."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="signatures", verbose_name="文书")
    step = models.PositiveSmallIntegerField("顺序")
    step_name = models.CharField("步骤", max_length=20)
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name="签批人")
    opinion = EncryptedTextField("意见", blank=True)
    content_sha256 = models.CharField("签批内容摘要", max_length=64)
    at = models.DateTimeField("签批时间")
    void_at = models.DateTimeField("失效时间", null=True)
    void_reason = EncryptedTextField("退回理由", blank=True)

    class Meta:
        verbose_name = "文书签批"
        verbose_name_plural = "文书签批"
        ordering: ClassVar = ["letter_id", "id"]
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["letter", "step"], condition=Q(void_at=None), name="one_letter_signature_per_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.step_name}"


class Delivery(models.Model):
    """How a signed letter reached whom. By hand the day it is signed for, by mail the day it is posted."""

    class Way(models.TextChoices):
        """Ways that count as proof (国办公开办函〔2016〕235号: postal enterprise, no private courier)."""

        HAND = "hand", "当面送达"
        POST = "post", "邮寄（邮政企业）"
        ONLINE = "online", "网上送达"
        EMAIL = "email", "电子邮件"
        FAX = "fax", "传真"

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="delivery", verbose_name="文书")
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    on = models.DateField("送达日期")
    tracking = models.CharField("邮件号码", max_length=60, blank=True)
    proof = models.ForeignKey(
        "Attachment", models.PROTECT, null=True, related_name="+", verbose_name="送达凭证"
    )
    person = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+", verbose_name="送达人")
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "送达"
        verbose_name_plural = "送达"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.on}"


class Redelivery(models.Model):
    """A posted letter that came back, and how it went out once more; the delivery that it follows stays."""

    class Why(models.TextChoices):
        """What the post office writes on what it brings back."""

        UNKNOWN = "unknown", "地址不详或查无此人"
        MOVED = "moved", "收件人迁移"
        REFUSED = "refused", "收件人拒收"
        UNCLAIMED = "unclaimed", "逾期无人领取"
        OTHER = "other", "其他原因"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="redeliveries", verbose_name="文书")
    returned_on = models.DateField("退回日期")
    why = models.CharField("退回原因", max_length=10, choices=Why.choices)
    way = models.CharField("再次送达方式", max_length=8, choices=Delivery.Way.choices)
    on = models.DateField("再次送达日期")
    tracking = models.CharField("邮件号码", max_length=60, blank=True)
    proof = models.ForeignKey(
        "Attachment", models.PROTECT, null=True, related_name="+", verbose_name="送达凭证"
    )
    person = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+", verbose_name="送达人")
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "再次送达"
        verbose_name_plural = "再次送达"
        ordering: ClassVar = ["letter_id", "id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.on}"
