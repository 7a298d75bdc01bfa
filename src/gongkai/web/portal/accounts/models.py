"""Citizens' accounts. They are no ``Person``: they hold no post, and no back office lists them."""

from typing import ClassVar

from django.db import models

from gongkai.web.applications.models import Case
from gongkai.web.common.fields import BlindIndexField, EncryptedTextField


class Account(models.Model):
    """A mail address somebody has proven to read; made by the first sign-in, known by nothing else."""

    email = EncryptedTextField("电子邮箱")
    email_index = BlindIndexField("邮箱摘要", of="email", unique=True)
    created_at = models.DateTimeField("建立时间")
    signed_in_at = models.DateTimeField("最近登录", db_index=True)
    warned_at = models.DateTimeField("删除提醒时间", null=True)

    class Meta:
        verbose_name = "公众账号"
        verbose_name_plural = "公众账号"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"


class SharedCode(models.Model):
    """A code mailed to an address that codes were asked for too often: any browser that asks may type it.

    As long as it is valid no other mail goes to the address, whoever asks; so nobody is flooded, and whoever
    reads the mail can always sign in. It is deleted when it is used. ``code_hash`` is bound to the address.
    """

    email = EncryptedTextField("电子邮箱")
    email_index = BlindIndexField("邮箱摘要", of="email", unique=True)
    code_hash = models.CharField("登录码摘要", max_length=100)
    created_at = models.DateTimeField("寄出时间", db_index=True)

    class Meta:
        verbose_name = "共用登录码"
        verbose_name_plural = "共用登录码"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"


class SignInCode(models.Model):
    """A code that was mailed and waits to be typed, in the browser that asked for it and in no other.

    ``browser_hash`` is the hash of a secret that only that browser's cookie has. It is deleted when it is
    used, guessed at too often, or replaced by a newer one. With ``shared`` it is that code that is waited
    for, and ``code_hash`` is empty; each browser has its own tries.
    """

    browser_hash = models.CharField("浏览器摘要", max_length=64, unique=True)
    email = EncryptedTextField("电子邮箱")
    email_index = BlindIndexField("邮箱摘要", of="email")
    code_hash = models.CharField("登录码摘要", max_length=100, blank=True)
    shared = models.ForeignKey(
        SharedCode, models.CASCADE, null=True, related_name="+", verbose_name="共用登录码"
    )
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    created_at = models.DateTimeField("申请时间", db_index=True)

    class Meta:
        verbose_name = "登录码"
        verbose_name_plural = "登录码"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"


class SignedIn(models.Model):
    """One browser that is signed in, known by the hash of the secret in its cookie."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="browsers", verbose_name="账号")
    token_hash = models.CharField("标识摘要", max_length=64, unique=True)
    started_at = models.DateTimeField("登录时间", db_index=True)
    seen_at = models.DateTimeField("最近使用", db_index=True)

    class Meta:
        verbose_name = "已登录的浏览器"
        verbose_name_plural = "已登录的浏览器"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"


class ListedCase(models.Model):
    """A case on somebody's list. ``proof`` shows that they had its code (``applications.codes.proof``): where
    the case has another code since, the proof opens nothing any more.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="listed", verbose_name="账号")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name="申请")
    proof = models.CharField("查询码证明", max_length=100)
    added_at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = "账号中的申请"
        verbose_name_plural = "账号中的申请"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "case"], name="case_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Particulars(models.Model):
    """What somebody wants filled in for them: name, number, contact, as one encrypted JSON text.

    Only for whoever has chosen it; to take it back is to delete the row.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="particulars", verbose_name="账号")
    content = EncryptedTextField("内容")
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = "账号中的个人资料"
        verbose_name_plural = "账号中的个人资料"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"
