"""What the pages ask for. Actions decide; these only say what was typed."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.reporting.models import FIRST_YEAR
from gongkai.web.reporting.selectors import BoardFilter
from gongkai.web.reporting.states import State

LEVELS = [
    ("", "全部"),
    ("open", "有未处理的错误"),
    ("errors", "有错误"),
    ("warnings", "有提醒"),
    ("infos", "有说明"),
    ("none", "没有错误和提醒"),
]
SHOWN_YEARS = 3


def years() -> list[int]:
    """Years a report may be on, the newest first."""
    return list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))


def _choice(field: forms.Field) -> forms.ChoiceField:
    return cast("forms.ChoiceField", field)


class BoardForm(forms.Form):
    """The filters of the board."""

    q = forms.CharField(label="机关", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *State.choices])
    level = forms.ChoiceField(label="核查问题", required=False, choices=LEVELS)
    first = forms.TypedChoiceField(label="年度自", required=False, coerce=int, empty_value=None)
    last = forms.TypedChoiceField(label="至", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [("", "默认"), *((year, f"{year}") for year in years())]
        for name in ("first", "last"):
            _choice(self.fields[name]).choices = listed

    def wanted(self, page: int) -> BoardFilter:
        """The filters as far as they are valid; what is not is left out."""
        self.is_valid()
        data = self.cleaned_data
        last = data.get("last") or timezone.localdate().year - 1
        first = data.get("first") or last - SHOWN_YEARS + 1
        first, last = sorted((max(first, FIRST_YEAR), last))
        return BoardFilter(
            data.get("q", "").strip(), data.get("state", ""), data.get("level", ""), first, last, page
        )


class UploadForm(forms.Form):
    """Which agency and year the files are for; either may be left to what the files say."""

    agency = forms.ModelChoiceField(
        label="机关", queryset=Agency.objects.none(), required=False, empty_label="按文件识别"
    )
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Agency]", self.fields["agency"])
        field.queryset = Agency.objects.filter(pk__in=[agency.pk for agency in agencies])
        if len(agencies) == 1:
            field.initial = agencies[0]
        listed = [("", "按文件识别"), *((year, f"{year}") for year in years())]
        _choice(self.fields["year"]).choices = listed
