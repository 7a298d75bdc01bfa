"""Forms of the catalogue's screens: they read what was typed; what may be entered, the actions say."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.web.publishing import catalogue_file, entries, personal
from gongkai.web.publishing.entries import LABELS, Entry
from gongkai.web.publishing.models import Item


class _OfPersons(forms.Form):
    """Asks why numbers of persons may be public, only where there are some."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "personal_because" in self.data:
            self.ask_why()

    def ask_why(self) -> None:
        """Show the field."""
        self.fields["personal_because"] = forms.CharField(
            label="含个人信息仍公开的理由（留有记录；没有理由的请删去）",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def personal_because(self) -> str:
        """What was typed."""
        return str(self.data.get("personal_because", "")).strip()


class EntryForm(_OfPersons):
    """One item."""

    use_required_attribute = False

    index_number = forms.CharField(label=LABELS["index_number"], required=False)
    title = forms.CharField(label=LABELS["title"], required=False)
    number = forms.CharField(label=f"{LABELS['number']}（没有的不填）", required=False)
    summary = forms.CharField(
        label=LABELS["summary"], required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    made_on = forms.DateField(
        label=LABELS["made_on"], required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    published_on = forms.DateField(
        label=LABELS["published_on"], required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    url = forms.CharField(label="网址（在本机关网站上的地址）", required=False)
    place = forms.CharField(label="查阅方式（没有网址的，写明到哪里查阅）", required=False)

    def __init__(self, *args: Any, item: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item is not None:
            self.initial = {name: getattr(item, name) for name in entries.NAMES}

    def tell_personal(self, item: Item | None = None) -> None:
        """Say beside each field which numbers of persons it has, and ask why they may be public."""
        found = personal.found_in(self.entry(), item)
        if found and not self.personal_because():
            self.tell(personal.told(found))
            self.ask_why()

    def entry(self) -> Entry:
        """What was typed; only of a valid form."""
        return Entry(**{name: self.cleaned_data[name] for name in entries.NAMES})

    def tell(self, faults: dict[str, str]) -> None:
        """Show what is wrong beside the field it is about."""
        for name, fault in faults.items():
            self.add_error(name, fault)


class _OfAgency(forms.Form):
    use_required_attribute = False

    agency = forms.TypedChoiceField(label="机关", coerce=int)

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0][0]


class AgencyForm(_OfAgency):
    """Into whose catalogue."""


class ImportForm(_OfPersons, _OfAgency):
    """A catalogue as a file, for one of one's agencies."""

    upload = forms.FileField(label="目录文件（CSV 或 XLSX）")

    def clean_upload(self) -> bytes:
        """The file's content."""
        upload = self.cleaned_data["upload"]
        if upload.size > catalogue_file.LARGEST:
            raise forms.ValidationError("文件超过10 MB，请分成几个文件")
        return bytes(upload.read())


class ReasonForm(_OfPersons):
    """Why something is taken down or put back."""

    use_required_attribute = False

    reason = forms.CharField(
        label="理由（留有记录）", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
