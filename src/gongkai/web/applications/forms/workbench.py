"""Forms of the workbench: one for each thing that can be done with a case."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.web.applications.actions.work import ADDED
from gongkai.web.applications.forms.entry import ManyFiles
from gongkai.web.applications.forms.fields import Lines, area, day_field, upload_of
from gongkai.web.applications.models import Case, Consultation, Note, Purpose


class ActForm(forms.Form):
    """What one action asks for. ``given`` are the keyword arguments the action takes."""

    use_required_attribute = False

    @classmethod
    def first(cls, _case: Case, _about: int) -> dict[str, Any]:
        """What of a case, or of that in it the act is about, stands in the fields at first."""
        return {}

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        return dict(self.cleaned_data)


class EventForm(ActForm):
    """Something that happened, on its day."""

    on = day_field("日期")
    note = area("说明（可不填）", required=False)


class PapersForm(EventForm):
    """With the papers that came."""

    papers = ManyFiles(label="材料（可不传）", required=False)

    def given(self) -> dict[str, Any]:
        """Papers as uploads."""
        data = dict(self.cleaned_data)
        data["uploads"] = tuple(upload_of(one) for one in data.pop("papers"))
        return data


class LateForm(PapersForm):
    """Of what has a term that may be let pass for good reason: a correction, a payment."""

    excused = forms.BooleanField(label="逾期，但有正当理由（请在说明中写明）", required=False)


class ReasonForm(ActForm):
    """A reason alone."""

    reason = area("理由")


class OpinionForm(ActForm):
    """An opinion, if any."""

    opinion = area("意见（可不填）", required=False)


class PartyForm(ActForm):
    """Who is asked."""

    party = forms.ChoiceField(label="征求对象", choices=Consultation.Party.choices)
    name = Lines(label="名称或姓名", max_length=120)
    address = Lines(label="联系地址", required=False, max_length=200)
    phone = Lines(label="联系电话", required=False, max_length=60)


class AnswerForm(ActForm):
    """What a party answered."""

    answer = forms.ChoiceField(
        label="对方意见",
        choices=[(one.value, one.label) for one in Consultation.Answer if one not in {"none", "silent"}],
    )
    on = day_field("收到日期")
    text = area("意见内容", required=False, most=5000)

    @classmethod
    def first(cls, case: Case, about: int) -> dict[str, Any]:
        """The day, where it is known from an old system."""
        asked = case.consultations.filter(pk=about, answered_on__isnull=False).first()
        return {} if asked is None else {"on": asked.answered_on}


class DecisionForm(ActForm):
    """What the agency decided on it."""

    decision = forms.ChoiceField(
        label="本机关决定",
        choices=[(one.value, one.label) for one in Consultation.Decision if one != "open"],
    )
    reason = area("理由")


class NoteForm(ActForm):
    """A note."""

    kind = forms.ChoiceField(label="种类", choices=Note.Kind.choices)
    text = area("内容", most=5000, rows=5)


class ErrandAnswerForm(ActForm):
    """What it said."""

    text = area("反馈意见", most=5000)


class FileForm(ActForm):
    """A file for the case."""

    purpose = forms.ChoiceField(
        label="用途",
        choices=[(one.value, one.label) for one in ADDED],
    )
    upload = forms.FileField(label="文件")

    def __init__(self, *args: Any, taken_over: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if taken_over:
            letter = (Purpose.LETTER.value, "文书（原系统作出的答复书等）")
            self.fields["purpose"].choices = [*self.fields["purpose"].choices, letter]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """The file as an upload."""
        return {"purpose": self.cleaned_data["purpose"], "upload": upload_of(self.cleaned_data["upload"])}


class AssignForm(ActForm):
    """Who handles it; the choices are the agency's people."""

    person_id = forms.TypedChoiceField(label="经办人", coerce=int)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = people  # type: ignore[attr-defined]


class ForwardForm(ActForm):
    """Which agency is in charge, and whether the applicant wants it sent on; the choices are those around."""

    agency_pk = forms.TypedChoiceField(label="负责公开的机关", coerce=int)
    found_out = area("查明的事实（核对了哪些职责、检索了哪里、结果如何）")
    agrees = forms.BooleanField(
        label="申请人已同意由本系统转给该机关办理（不勾选则只在答复书中告知名称和联系方式）", required=False
    )
    consent = area("申请人同意的方式和日期，如“2024年3月4日电话同意”（转办时填写）", required=False, rows=2)

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency_pk"].choices = [("", "请选择"), *agencies]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Consent is written down where it is said to be given."""
        cleaned = super().clean() or self.cleaned_data
        agrees, consent = cleaned.get("agrees"), cleaned.get("consent", "").strip()
        if agrees and not consent:
            self.add_error("consent", "请写明申请人怎样、何时同意转办")
        if consent and not agrees:
            self.add_error("agrees", "写明了同意的方式，但没有勾选同意；不转办的请删去")
        return cleaned

    def given(self) -> dict[str, Any]:
        """Without the tick."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agrees"}


class SplitForm(ActForm):
    """One thing a line."""

    lines = area("各项所需信息，每行一项", most=4000, rows=6)

    def given(self) -> dict[str, Any]:
        """Line by line."""
        return {"subjects": tuple(self.cleaned_data["lines"].splitlines())}
