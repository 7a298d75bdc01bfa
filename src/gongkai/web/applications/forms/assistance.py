"""The form of another agency's request for assistance."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.web.applications.forms.fields import Lines, area, day_field


class AssistanceForm(forms.Form):
    """A request of another agency for assistance."""

    agency = forms.ChoiceField(label="本机关")
    from_agency = Lines(label="来函机关", max_length=120)
    document_no = Lines(label="来函文号", max_length=60, required=False)
    subject = area("协助事项", most=2000)
    received_on = day_field("收到日期")
    answer_by = day_field("要求反馈日期", required=False)

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
