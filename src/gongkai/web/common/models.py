"""Records of the common app: audit chains, the task queue, schedules, outgoing mail and messages."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from gongkai.web.common.fields import EncryptedTextField


class AppendOnly(models.QuerySet["AuditEntry"]):
    """Entries are added and read, never changed."""

    def update(self, **_: Any) -> NoReturn:
        """Not possible."""
        raise TypeError("the audit log is append-only")

    def delete(self) -> NoReturn:
        """Not possible."""
        raise TypeError("the audit log is append-only")

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Not possible."""
        raise TypeError("the audit log is append-only")


class AuditChain(models.Model):
    """The end of one agency's chain; locked while an entry is added.

    ``seal`` is a keyed hash of the end: who can write to the database, but does not hold the hash key, can
    neither rewrite the chain nor cut off its end unnoticed.
    """

    agency_id = models.BigIntegerField("单位", primary_key=True)
    number = models.PositiveBigIntegerField("条数", default=0)
    hash = models.CharField("末条摘要", max_length=80, default="")
    seal = models.CharField("封印", max_length=100, default="")

    class Meta:
        verbose_name = "审计链"
        verbose_name_plural = "审计链"

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.number}"


class AuditEntry(models.Model):
    """One thing that was done: ids and keyed hashes, never personal data, so that these can be erased."""

    agency_id = models.BigIntegerField("单位")
    number = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间", db_index=True)
    actor_kind = models.CharField("办理者类别", max_length=10)
    actor_id = models.BigIntegerField("办理人", null=True, db_index=True)
    actor_name = models.CharField("系统部分", max_length=100, blank=True)
    code = models.CharField("事项", max_length=100, db_index=True)
    details = models.JSONField("内容", default=dict)
    previous = models.CharField("上条摘要", max_length=80, blank=True)
    hash = models.CharField("摘要", max_length=80)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        ordering = ("agency_id", "number")
        constraints = (models.UniqueConstraint(fields=("agency_id", "number"), name="audit_one_number"),)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.number} {self.code}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; a stored one is never saved again."""
        if not self._state.adding:
            raise TypeError("the audit log is append-only")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Not possible."""
        raise TypeError("the audit log is append-only")


class QueuedTask(models.Model):
    """A piece of work for the worker: at least once, until ``attempts`` reaches ``attempts_allowed``."""

    class State(models.TextChoices):
        """Where a task is; FAILED is given up and shown to an administrator."""

        WAITING = "waiting", "等待"
        RUNNING = "running", "办理中"
        DONE = "done", "完成"
        FAILED = "failed", "失败"

    name = models.CharField("任务", max_length=100)
    payload = models.JSONField("参数", default=dict)
    key = models.CharField("去重标识", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField("已试次数", default=0)
    attempts_allowed = models.PositiveIntegerField("最多次数", default=1)
    created_at = models.DateTimeField("创建时间")
    due_at = models.DateTimeField("最早执行时间")
    lease_until = models.DateTimeField("租约截止", null=True)
    worker = models.CharField("执行者", max_length=100, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    error = models.TextField("错误", blank=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=("state", "due_at", "id"), name="task_next"),
            models.Index(fields=("state", "lease_until"), name="task_lease"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("name", "key"), condition=Q(state="waiting") & ~Q(key=""), name="task_waits_once"
            ),
        )
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.name} {self.pk} {self.state}"


class Schedule(models.Model):
    """When a scheduled task is next put into the queue."""

    name = models.CharField("任务", max_length=100, primary_key=True)
    next_at = models.DateTimeField("下次时间")
    last_at = models.DateTimeField("上次时间", null=True)

    class Meta:
        verbose_name = "定时任务"
        verbose_name_plural = "定时任务"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name


class OutboxMail(models.Model):
    """A letter by mail, written in the transaction of what it tells of, sent by a task.

    Addresses and texts are personal data: encrypted here, and blanked by ``common.tidy`` once sent or
    given up.
    """

    to = EncryptedTextField("收件人")
    subject = EncryptedTextField("主题")
    body = EncryptedTextField("正文")
    message_id = models.CharField("邮件标识", max_length=200, unique=True)
    created_at = models.DateTimeField("创建时间")
    sent_at = models.DateTimeField("发出时间", null=True)
    failed_at = models.DateTimeField("放弃时间", null=True)
    erased_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        verbose_name = "待发邮件"
        verbose_name_plural = "待发邮件"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("failed_at",), name="mail_given_up", condition=Q(failed_at__isnull=False)),
        )
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.message_id


class OutboxSms(models.Model):
    """A text message, written in the transaction of what it tells of, sent by a task outside quiet hours.

    The number is encrypted and blanked by ``common.tidy``. ``values`` fill in the template: register numbers,
    counts, addresses, no personal data. ``key`` goes with every try, so that a gateway that knows such keys
    sends once. ``tried_at`` without ``sent_at``: a try whose end nobody knows. ``error``: a code.
    """

    to = EncryptedTextField("手机号码")
    template = models.CharField("模板", max_length=60)
    values = models.JSONField("变量", default=dict)
    key = models.CharField("去重标识", max_length=64, unique=True)
    provider_id = models.CharField("网关编号", max_length=100, blank=True)
    error = models.CharField("错误", max_length=100, blank=True)
    created_at = models.DateTimeField("创建时间")
    tried_at = models.DateTimeField("尝试时间", null=True)
    sent_at = models.DateTimeField("发出时间", null=True)
    failed_at = models.DateTimeField("放弃时间", null=True)
    erased_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        verbose_name = "待发短信"
        verbose_name_plural = "待发短信"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("failed_at",), name="sms_given_up", condition=Q(failed_at__isnull=False)),
        )
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.key
