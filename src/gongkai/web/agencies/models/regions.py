"""Regions by their division codes (行政区划代码)."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

#: Digits that mean something, by level: province, prefecture, county, town (GB/T 2260, GB/T 10114), village.
LEVELS = ((2, "省级"), (4, "地级"), (6, "县级"), (9, "乡级"), (12, "村级"))


def significant(code: str) -> str:
    """The leading digits of a division code that say where it is: ``410300`` gives ``4103``."""
    return next((code[:digits] for digits, _ in LEVELS if not code[digits:].strip("0")), code)


def validate_code(code: str) -> None:
    """Refuse what is not a division code of 6, 9 or 12 digits."""
    if not re.fullmatch(r"[1-9]\d{5}(\d{3}){0,2}", code):
        raise ValidationError("行政区划代码应为6、9或12位数字，首位不为0")


class Region(models.Model):
    """A province, city, county, town or village. ``code`` is its division code; a parent's code begins it."""

    code = models.CharField("行政区划代码", max_length=12, unique=True, validators=[validate_code])
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区划"
    )

    class Meta:
        verbose_name = "行政区划"
        verbose_name_plural = "行政区划"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """A region lies inside its parent: its code begins with the parent's significant digits."""
        if self.parent is None or not self.code:
            return
        inside = significant(self.parent.code)
        if not significant(self.code).startswith(inside) or significant(self.code) == inside:
            raise ValidationError({"parent": f"{self.code} 不在上级区划 {self.parent.code} 之内"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is a region: the rules of ``clean`` hold for every way in."""
        self.full_clean(validate_unique=False, validate_constraints=False)
        super().save(*args, **kwargs)

    @property
    def level(self) -> str:
        """省级, 地级, 县级, 乡级 or 村级."""
        digits = len(significant(self.code))
        return next(name for most, name in LEVELS if digits <= most)

    @property
    def path_names(self) -> list[str]:
        """The names from the province down."""
        names = [self.name]
        above = self.parent
        while above is not None:
            names.append(above.name)
            above = above.parent
        return names[::-1]

    @property
    def full_name(self) -> str:
        """The names from the province down, joined: 河南省平顶山市湛河区."""
        return "".join(self.path_names)
