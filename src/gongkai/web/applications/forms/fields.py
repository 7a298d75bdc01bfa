"""Fields of forms for what people type: what nobody sees is nothing, and is not asked for twice."""

from typing import Any

from django import forms

from gongkai.web.common import typed


class Lines(forms.CharField):
    """A text of one or several lines, as ``typed.lines`` keeps it: a break counts as one sign.

    Where it is required, a text in which nothing is seen is missing.
    """

    def to_python(self, value: Any) -> str:
        """As it is kept."""
        return typed.lines(super().to_python(value) or "")
