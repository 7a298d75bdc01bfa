"""Asking a section for help: until when, and by name whom, so that they are reminded."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.web.applications.forms.fields import Lines, area, day_field
from gongkai.web.applications.forms.workbench import ActForm


class ErrandForm(ActForm):
    """Help from a section, of one of its people where that is known."""

    section = Lines(label="协办科室", max_length=60)
    helper_id = forms.TypedChoiceField(
        label="协办人（可不选；选了的，期限临近时和经办人一起收到提醒）",
        required=False,
        coerce=int,
        empty_value=None,
    )
    question = area("协办事项", most=2000)
    answer_by = day_field("反馈期限")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper_id"].choices = [("", "不指定"), *people]  # type: ignore[attr-defined]
