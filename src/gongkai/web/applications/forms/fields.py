"""Fields of forms: texts, where what nobody sees is nothing and is not asked for twice; days; files."""

from typing import Any

from django import forms

from gongkai.web.applications import accepted, files
from gongkai.web.applications.receiving import intake
from gongkai.web.common import typed
from gongkai.web.common.given import REASON_LENGTH


class Uncut(forms.CharField):
    """A text that a browser takes as it is, however long: where it is too long, the form says by how much.

    With ``maxlength`` a browser cuts what is pasted without a word, and nobody sees that the end is gone.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """As Django's, without the length."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Lines(Uncut):
    """A text of one or several lines, as ``typed.lines`` keeps it: a break counts as one sign.

    Where it is required, a text in which nothing is seen is missing.
    """

    def to_python(self, value: Any) -> str:
        """As it is kept."""
        return typed.lines(super().to_python(value) or "")


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, chosen or typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def area(label: str, *, most: int = REASON_LENGTH, rows: int = 3, **more: Any) -> forms.CharField:
    """Several lines."""
    return Lines(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def upload_of(one: Any) -> intake.Upload:
    """A file of a form as actions take it."""
    return intake.Upload("", accepted.clean_name(one.name or ""), files.read_upload(one))
