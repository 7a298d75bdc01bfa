"""Citizens' accounts, and a mark that is another one after every change of what the public may see."""

from django.db import models

from gongkai.web.portal.accounts.models import (
    Account,
    ListedCase,
    Particulars,
    SharedCode,
    SignedIn,
    SignInCode,
)

__all__ = ["Account", "ListedCase", "Particulars", "PublicState", "SharedCode", "SignInCode", "SignedIn"]


class PublicState(models.Model):
    """The mark under which pages are kept (``kept``). There is one row, with id 1.

    It is changed in the transaction of the change itself: whoever reads the old mark could only have read the
    old pages, in whatever process. It is drawn at random and not counted up, so that a database put back from
    a backup never meets a number again that other pages were kept under.
    """

    mark = models.CharField("标记", max_length=32)

    class Meta:
        verbose_name = "公开内容的标记"
        verbose_name_plural = "公开内容的标记"
        default_permissions = ()

    def __str__(self) -> str:
        return self.mark
