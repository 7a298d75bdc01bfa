"""Fields that take an agency or a region by what an office writes: a name or a code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.web.agencies.models import Agency, Region
from gongkai.web.agencies.models.agencies import AgencyQuerySet


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar or typed as 2024-03-04."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d"])
        kwargs.setdefault("error_messages", {"invalid": "请填写日期，如 2024-03-04"})
        super().__init__(**kwargs)


class AgencyField(forms.CharField):
    """An agency by full name, short name or code, among those the form allows (``agencies``)."""

    agencies: AgencyQuerySet = Agency.objects.none()

    def clean(self, value: Any) -> Agency | None:
        """The one agency meant; an error where none or several are."""
        text = super().clean(value)
        if not text:
            return None
        for lookup in ("full_name", "code", "short_name"):
            found = list(self.agencies.filter(**{lookup: text})[:2])
            if len(found) == 1:
                return found[0]
            if found:
                raise ValidationError("有多个机关使用这个名称，请填写全称或机构代码")
        raise ValidationError("没有找到这个机关，或您没有相应权限。请填写全称或机构代码")

    def prepare_value(self, value: Any) -> Any:
        """An agency is shown by its full name."""
        return value.full_name if isinstance(value, Agency) else value


class RegionField(forms.CharField):
    """A region by its division code, or by a name that only one region bears."""

    def clean(self, value: Any) -> Region | None:
        """The one region meant; an error where none or several are."""
        text = super().clean(value)
        if not text:
            return None
        found = list(Region.objects.filter(**{"code" if text.isdigit() else "name": text})[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError("有多个同名区划，请填写行政区划代码")
        raise ValidationError("没有这个行政区划。请填写行政区划代码，如 410307")

    def prepare_value(self, value: Any) -> Any:
        """A region is shown by its code."""
        return value.code if isinstance(value, Region) else value
