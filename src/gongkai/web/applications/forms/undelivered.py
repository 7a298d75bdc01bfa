"""How an applicant was reached whom a mail or message did not reach, or who is to be called."""

from django import forms

from gongkai.web.applications.forms.fields import Lines, area, day_field
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.models import CallResult


class CallForm(ActForm):
    """A telephone call, as it went."""

    on = day_field("通话日期")
    at = forms.TimeField(
        label="通话时间（如 14:30）", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    result = forms.ChoiceField(label="结果", choices=CallResult.choices)
    who = Lines(label="谁接听的（如：申请人本人；没有人接听的不填）", required=False, max_length=100)
    note = area("说明（可不填）", required=False)


class ToldOtherwiseForm(ActForm):
    """In words; a note of the case."""

    how = area("怎样告知的（方式、日期，如：当日电话告知申请人本人）")
