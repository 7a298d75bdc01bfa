"""Why a number found in a letter may stand there."""

from typing import Any

from django import forms

from gongkai.web.applications.forms.fields import Lines
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.letters import others_data
from gongkai.web.applications.models import Case, Clearance


class ClearanceForm(ActForm):
    """The first number that nobody has accounted for, and the ground; the next one follows."""

    words = Lines(label="所指的号码", max_length=200, widget=forms.TextInput(attrs={"readonly": True}))
    ground = forms.ChoiceField(
        label="为什么可以写入", choices=Clearance.Ground.choices, widget=forms.RadioSelect
    )

    @classmethod
    def first(cls, case: Case, about: int) -> dict[str, Any]:
        """The number it is about."""
        letter = case.letters.filter(pk=about).first()
        found = others_data.found_in(letter) if letter else []
        return {"words": next((one.words for one in found if not one.asker), "")}
