"""Forms of a citizen's account."""

from typing import Any

from django import forms

from gongkai.web.applications.forms.entry import ApplicationForm
from gongkai.web.portal.accounts import particulars


class ParticularsForm(forms.Form):
    """The fields of the application form that an account may keep, by the same rules; all may stay empty."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in particulars.FIELDS:
            self.fields[name] = ApplicationForm().fields[name]

    def clean(self) -> dict[str, Any]:
        """What is wrong, at its field."""
        cleaned = super().clean() or self.cleaned_data
        for name, text in particulars.faults(particulars.filled(cleaned)).items():
            if name not in self.errors:
                self.add_error(name, text)
        return cleaned
