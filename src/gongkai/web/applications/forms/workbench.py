"""Forms of the workbench: one for each thing that can be done with a case, lists and settings."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from gongkai.web.applications import files
from gongkai.web.applications.actions.work import ADDED
from gongkai.web.applications.forms.entry import ManyFiles
from gongkai.web.applications.forms.fields import Lines
from gongkai.web.applications.letters import needed, parts
from gongkai.web.applications.letters.kinds import BETWEEN, REPLY, Field, LetterKind
from gongkai.web.applications.models import Case, Consultation, Note, Purpose
from gongkai.web.applications.receiving import intake
from gongkai.web.common.given import REASON_LENGTH


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day, chosen or typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def area(label: str, *, most: int = REASON_LENGTH, rows: int = 3, **more: Any) -> forms.CharField:
    """Several lines."""
    return Lines(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


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


def upload_of(one: Any) -> intake.Upload:
    """A file of a form as actions take it."""
    return intake.Upload("", files.clean_name(one.name or ""), files.read_upload(one))


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


class RegisterForm(forms.Form):
    """How an agency numbers, and what its remedy clauses name."""

    pattern = forms.CharField(label="登记号格式", max_length=60)
    mark = forms.CharField(label="机关代字（用于文号，如“昆公”）", max_length=20, required=False)
    reconsideration_body = forms.CharField(label="行政复议机关", max_length=120, required=False)
    court = forms.CharField(label="有管辖权的人民法院", max_length=120, required=False)
    confirm_at_once = forms.BooleanField(label="网上申请提交时即确认收到", required=False)


class AssistanceForm(forms.Form):
    """A request of another agency for assistance."""

    agency = forms.ChoiceField(label="本机关")
    from_agency = Lines(label="来函机关", max_length=120)
    document_no = Lines(label="来函文号", max_length=60, required=False)
    subject = area("协助事项", most=2000)
    received_on = day_field("收到日期")
    answer_by = day_field("要求反馈日期", required=False)

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]


class HolidaysForm(forms.Form):
    """A year's holidays, as a file or pasted."""

    use_required_attribute = False
    most = 100_000

    upload = forms.FileField(label="放假安排文件（TOML 或 JSON）", required=False)
    text = forms.CharField(
        label="或者把内容贴在这里", required=False, max_length=most, widget=forms.Textarea(attrs={"rows": 8})
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, as text under ``content``."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("upload")
        if upload is not None and upload.size > self.most:
            raise forms.ValidationError("文件太大，不会是一年的放假安排")
        try:
            text = upload.read().decode("utf-8-sig") if upload is not None else cleaned.get("text", "")
        except UnicodeDecodeError as error:
            raise forms.ValidationError("文件不是 UTF-8 文本，请另存为 UTF-8 后再上传") from error
        if not text.strip() and not self.errors:
            raise forms.ValidationError("请选择文件，或贴上内容")
        cleaned["content"] = text
        return cleaned


class OldCasesForm(forms.Form):
    """Cases of an old system as a file, for one of one's agencies."""

    use_required_attribute = False
    longest = 5 * 2**20

    agency = forms.TypedChoiceField(label="转入到", coerce=int)
    upload = forms.FileField(label="原系统的申请（XLSX 工作簿或 JSON 文件）")

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]

    def clean_upload(self) -> bytes:
        """The file's content."""
        upload = self.cleaned_data["upload"]
        if upload.size > self.longest:
            raise forms.ValidationError("文件超过5 MB，请分成几个文件")
        return bytes(upload.read())
