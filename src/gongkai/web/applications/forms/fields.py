"""Fields of forms for what people type: what nobody sees is nothing, and is not asked for twice."""

from typing import Any

from django import forms

from gongkai.web.common import typed


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
