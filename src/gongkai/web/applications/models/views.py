"""Lists that somebody looks at often, kept under a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.web.common.fields import EncryptedTextField


class SavedView(models.Model):
    """The filters of the due list as they stand in its address, for one person; not what was looked for.

    Encrypted, as whatever is typed about cases.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name="人员"
    )
    name = models.CharField("名称", max_length=30)
    query = EncryptedTextField("筛选条件")

    class Meta:
        verbose_name = "常用视图"
        verbose_name_plural = "常用视图"
        ordering: ClassVar = ["person_id", "id"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="one_saved_view_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
