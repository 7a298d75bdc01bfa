"""The form of a letter, made of the fields its kind has."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from gongkai.web.applications.forms.fields import Lines
from gongkai.web.applications.letters import needed, parts
from gongkai.web.applications.letters.kinds import BETWEEN, REPLY, Field, LetterKind

_WIDGETS: Final[Mapping[str, Any]] = {
    "line": forms.TextInput,
    "text": lambda: forms.Textarea(attrs={"rows": 4}),
    "date": lambda: forms.DateInput(attrs={"type": "date"}),
    "days": lambda: forms.NumberInput(attrs={"min": 1}),
    "number": lambda: forms.NumberInput(attrs={"min": 1}),
}


class LetterForm(forms.Form):
    """The fields of one kind of letter. A draft may be short; what is missing is told at signing."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, kind: LetterKind, outcomes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        if kind.code == REPLY:
            self.fields["outcome"] = forms.ChoiceField(
                label="办理结果", choices=[("", "请选择"), *outcomes], required=False
            )
        for number, one in enumerate(kind.fields):
            if one.name == parts.FIELD and parts.PARTIAL not in dict(outcomes):
                continue  # no part of anything is withheld here
            self.fields[f"field_{number}"] = _letter_field(one, outcomes if kind.code == REPLY else ())
        several = [f"field_{number}" for number, one in enumerate(kind.fields) if one.kind == "choices"]
        self.order_fields(["outcome", *several])  # beside the outcome they belong to

    def typed(self) -> dict[str, str]:
        """What was typed, by the field's name in the letter."""
        return {
            one.name: _as_text(self.cleaned_data.get(f"field_{number}") or "")
            for number, one in enumerate(self._kind.fields)
        }

    @staticmethod
    def initial_of(kind: LetterKind, typed: Mapping[str, str], outcome: str) -> dict[str, Any]:
        """The form's first values of a letter."""
        fields: dict[str, Any] = {}
        for number, one in enumerate(kind.fields):
            text = typed.get(one.name, one.default)
            fields[f"field_{number}"] = text.split(BETWEEN) if one.kind == "choices" else text
        return {"outcome": outcome, **fields}


def _letter_field(one: Field, outcomes: Sequence[tuple[str, str]]) -> forms.Field:
    label = needed.label(one, outcomes)
    if one.kind == "choices":
        return forms.MultipleChoiceField(
            label=one.label, required=False, choices=[(word, word) for word in one.choices],
            widget=forms.CheckboxSelectMultiple(),
        )  # fmt: skip
    if one.kind == "choice":
        choices = [("", "请选择"), *((word, word) for word in one.choices)]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    return Lines(
        label=label, required=False, max_length=5000, initial=one.default, widget=_WIDGETS[one.kind]()
    )


def _as_text(given: str | list[str]) -> str:
    return BETWEEN.join(given) if isinstance(given, list) else str(given)
