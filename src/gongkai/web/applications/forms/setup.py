"""Forms of who sets an agency up: how it numbers, the holidays of a year, the cases of an old system."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from gongkai.web.applications.forms.fields import area, day_field


class RegisterForm(forms.Form):
    """How an agency numbers, and what its remedy clauses name."""

    pattern = forms.CharField(label="登记号格式", max_length=60)
    mark = forms.CharField(label="机关代字（用于文号，如“昆公”）", max_length=20, required=False)
    reconsideration_body = forms.CharField(label="行政复议机关", max_length=120, required=False)
    court = forms.CharField(label="有管辖权的人民法院", max_length=120, required=False)
    confirm_at_once = forms.BooleanField(label="网上申请提交时即确认收到", required=False)


#: From the first year that is counted on; the notice itself says whether the year is right.
_YEARS: Final = (2019, 2199)
_SHOWN: Final = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"


class HolidayNoticeForm(forms.Form):
    """The notice of a year's holidays as it was published: which it is, and its paragraphs."""

    use_required_attribute = False

    year = forms.IntegerField(label="哪一年的放假安排", min_value=_YEARS[0], max_value=_YEARS[1])
    notice = forms.CharField(label="通知文号（如：国办发明电〔2025〕7号）", max_length=60)
    issued = day_field("发文日期")
    words = area(f"通知中各个节日的安排，逐段照抄或复制（如：{_SHOWN}）", most=10_000, rows=10)


class HolidaysForm(forms.Form):
    """A year's holidays, as a file or pasted."""

    use_required_attribute = False
    most = 100_000

    upload = forms.FileField(label="放假安排文件（TOML 或 JSON）", required=False)
    text = forms.CharField(
        label="或者把内容贴在这里", required=False, max_length=most, widget=forms.Textarea(attrs={"rows": 8})
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, as text under ``content``."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("upload")
        if upload is not None and upload.size > self.most:
            raise forms.ValidationError("文件太大，不会是一年的放假安排")
        try:
            text = upload.read().decode("utf-8-sig") if upload is not None else cleaned.get("text", "")
        except UnicodeDecodeError as error:
            raise forms.ValidationError("文件不是 UTF-8 文本，请另存为 UTF-8 后再上传") from error
        if not text.strip() and not self.errors:
            raise forms.ValidationError("请选择文件，或贴上内容")
        cleaned["content"] = text
        return cleaned


class OldCasesForm(forms.Form):
    """Cases of an old system as a file, for one of one's agencies."""

    use_required_attribute = False
    longest = 5 * 2**20

    agency = forms.TypedChoiceField(label="转入到", coerce=int)
    upload = forms.FileField(label="原系统的申请（XLSX 工作簿或 JSON 文件）")

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]

    def clean_upload(self) -> bytes:
        """The file's content."""
        upload = self.cleaned_data["upload"]
        if upload.size > self.longest:
            raise forms.ValidationError("文件超过5 MB，请分成几个文件")
        return bytes(upload.read())
