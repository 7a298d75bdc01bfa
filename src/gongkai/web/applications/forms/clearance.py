"""Why a number found in a letter or its files may stand there; who looked through what cannot be searched."""

from typing import Any

from django import forms

from gongkai.web.applications.forms.fields import Lines
from gongkai.web.applications.forms.workbench import ActForm
from gongkai.web.applications.letters import others_data
from gongkai.web.applications.letters.found import UNREAD
from gongkai.web.applications.models import Case, Clearance

_LOOKED = Clearance.Ground.LOOKED


class ClearanceForm(ActForm):
    """The first that nobody has accounted for, and the grounds there can be for it; the next one follows."""

    words = Lines(
        label="所指的号码或文件",
        max_length=2000,
        widget=forms.Textarea(attrs={"readonly": True, "rows": 3}),
    )
    ground = forms.ChoiceField(
        label="为什么可以写入或提供", choices=Clearance.Ground.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unread = UNREAD in str(self["words"].value() or "")
        chosen = [row for row in Clearance.Ground.choices if (row[0] == _LOOKED) is unread]
        self.fields["ground"].choices = chosen  # type: ignore[attr-defined]

    @classmethod
    def first(cls, case: Case, about: int) -> dict[str, Any]:
        """What it is about."""
        letter = case.letters.filter(pk=about).first()
        found = others_data.found_in(letter) if letter else []
        return {"words": next((one.words for one in found if not one.asker), "")}
