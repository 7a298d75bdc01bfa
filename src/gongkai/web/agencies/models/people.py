"""People who sign in. What they may do follows from their posts alone."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone


class PersonManager(BaseUserManager["Person"]):
    """Makes people; the rest is Django's."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who may sign in once they have a post. Without a password nobody can sign in as them."""
        person = self.model(username=username, **fields)
        person.email = self.normalize_email(person.email)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        """The administrator of the whole site: sees to agencies, people and the CMS, and signs nothing."""
        return self.create_user(username, password, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """One person. ``name`` is the whole name; the sign-in name is a person's, not a role's, so that every
    entry of the log is somebody's.
    """

    username = models.CharField(
        "登录名", max_length=60, unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+$", "只能用字母、数字和 @ . + - _")],
        error_messages={"unique": "已有人使用这个登录名"},
    )  # fmt: skip
    name = models.CharField("姓名", max_length=60)
    email = models.EmailField("电子邮箱", blank=True)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    is_active = models.BooleanField("账号可用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    joined_at = models.DateTimeField("账号开通时间", default=timezone.now, editable=False)
    erased_at = models.DateTimeField("个人信息清除时间", null=True, blank=True, editable=False)
    access_synced_on = models.DateField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering: ClassVar = ["name", "username"]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def is_staff(self) -> bool:
        """What some libraries ask: whether this is an administrator of the whole site."""
        return self.is_superuser

    def get_full_name(self) -> str:
        """The name."""
        return self.name

    def get_short_name(self) -> str:
        """The name; Chinese names are not shortened."""
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Set the password; whoever has chosen one need not change it."""
        super().set_password(raw_password)
        self.must_change_password = False

    def access_is_current(self, day: date) -> bool:
        """Whether the groups were worked out on this day."""
        return self.access_synced_on == day
