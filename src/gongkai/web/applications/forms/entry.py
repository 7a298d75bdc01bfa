"""The application form: one column, one question a block; only what the law asks for is mandatory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.law.case import Channel
from gongkai.web.applications import accepted
from gongkai.web.applications import files as stored
from gongkai.web.applications.forms.fields import Lines, Uncut
from gongkai.web.applications.models import (
    CHANNELS,
    ApplicantKind,
    FormWanted,
    IdentityKind,
    Purpose,
    WayWanted,
)
from gongkai.web.applications.receiving import intake
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sms import client as sms

#: What the law cannot do without (条例 29), and the ways of contact of which it wants one.
MUST: Final = frozenset({"name", "identity_number", "subject"})
ONE_OF: Final = frozenset({"phone", "email", "address"})
#: What is said beside such fields.
MUST_SAID: Final = "必填"
ONE_OF_SAID: Final = "至少填一种"
MOST_FILES: Final = 10
#: All files of an application together: they are held in memory while they are checked and kept.
LARGEST_TOGETHER: Final = 60 * 2**20
_TOO_LONG: Final = "最多%(limit_value)d字，现在有%(show_value)d字"


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several uploaded files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        """A list, empty where nothing was chosen."""
        chosen: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(f"最多{MOST_FILES}个文件，请合并后再上传")
        one, wrong = super().clean, []
        for item in chosen:
            try:
                one(item, initial)
            except forms.ValidationError as error:
                wrong += [f"{accepted.clean_name(item.name)}：{text}" for text in error.messages]
        if wrong:
            raise forms.ValidationError(wrong)
        return [*chosen]


class Text(Uncut):
    """One line, without the blanks around it."""

    def __init__(self, label: str, *, most: int = 100, complete: str = "", **more: Any) -> None:
        attributes = {"autocomplete": complete} if complete else {}
        widget = more.pop("widget", forms.TextInput(attrs=attributes))
        said = {"max_length": more.pop("too_long", _TOO_LONG)}
        super().__init__(
            label=label, max_length=most, widget=widget, error_messages=said, **({"required": False} | more)
        )


class ApplicationForm(forms.Form):
    """Everything 条例 29 asks for. What is wrong ``intake.faults`` says, as for any other channel."""

    use_required_attribute = False

    #: Its file fields, and what each is kept for.
    file_fields: ClassVar[tuple[tuple[str, Purpose], ...]] = (
        ("identity_files", Purpose.IDENTITY),
        ("agent_files", Purpose.AUTHORISATION),
        ("request_files", Purpose.REQUEST),
    )

    kind = forms.ChoiceField(
        label="申请人类别", choices=ApplicantKind.choices, widget=forms.RadioSelect,
        initial=ApplicantKind.NATURAL_PERSON,
    )  # fmt: skip
    name = Text("姓名或单位名称", complete="name")
    identity_kind = forms.ChoiceField(
        label="证件种类", choices=IdentityKind.choices, initial=IdentityKind.IDENTITY_CARD
    )
    identity_number = Text("证件号码", most=40)
    contact_name = Text("联系人（单位申请时填写）")
    phone = Text("联系电话", most=30, complete="tel")
    tell_by_sms = forms.BooleanField(label="用短信通知办理进展（须填写手机号码）", required=False)
    email = Text("电子邮箱", most=200, complete="email")
    address = Text("通信地址", most=200, complete="street-address")
    postcode = Text("邮政编码", most=20, complete="postal-code")
    agent_name = Text("代理人姓名")
    agent_identity = Text("代理人证件号码", most=40)
    subject = Text("所需政府信息的名称", most=intake.SUBJECT_LENGTH, too_long=intake.TOO_LONG["subject"])
    details = Lines(
        label="文号，或便于查询的其他特征",
        required=False,
        max_length=intake.DETAILS_LENGTH,
        error_messages={"max_length": intake.TOO_LONG["details"]},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    form_wanted = forms.ChoiceField(
        label="希望得到的形式", choices=FormWanted.choices, widget=forms.RadioSelect,
        initial=FormWanted.ELECTRONIC,
    )  # fmt: skip
    way_wanted = forms.ChoiceField(
        label="获取方式", choices=WayWanted.choices, widget=forms.RadioSelect, initial=WayWanted.ONLINE
    )
    needs_help = Text("阅读、视听或书写有困难，需要的协助", most=200)
    # An empty file is told with all else that is wrong with files, in one answer.
    identity_files = ManyFiles(label="身份证明（照片或扫描件）", required=False, allow_empty_file=True)
    agent_files = ManyFiles(label="授权委托书", required=False, allow_empty_file=True)
    request_files = ManyFiles(label="其他附件", required=False, allow_empty_file=True)

    #: The blocks of the page: heading, hint, fields; those that are folded away until somebody wants them.
    blocks: ClassVar[tuple[tuple[str, str, tuple[str, ...], bool], ...]] = (
        ("申请人", "", ("kind", "name", "identity_kind", "identity_number", "identity_files"), False),
        (
            "联系方式",
            "至少填写一种，用于确认收到申请和送达答复。",
            ("phone", "tell_by_sms", "email", "address", "postcode", "contact_name"),
            False,
        ),
        (
            "代理人",
            "由他人代为申请时填写，并附授权委托书。",
            ("agent_name", "agent_identity", "agent_files"),
            True,
        ),
        (
            "所需政府信息",
            "一次申请请只写一项；多项不相关的信息请分别申请。不需要说明用途。",
            ("subject", "details", "request_files"),
            False,
        ),
        ("希望怎样得到", "", ("form_wanted", "way_wanted"), False),
        ("需要的协助", "条例第四十三条：申请有困难的，行政机关应当提供必要的帮助。", ("needs_help",), True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sms.available():
            del self.fields["tell_by_sms"]

    def clean(self) -> dict[str, Any]:
        """The rules of every channel, each at its field; files by their content."""
        cleaned = super().clean() or self.cleaned_data
        uploads = [(field, one) for field, _ in self.file_fields for one in cleaned.get(field, [])]
        for field, upload in uploads:
            self._check(field, upload)
        together = sum(upload.size or 0 for _, upload in uploads)
        together += sum(len(one.content) for one in self.along())
        if uploads and together > LARGEST_TOGETHER:
            said = f"全部附件合计{together / 2**20:.0f}MB，最多{LARGEST_TOGETHER // 2**20}MB"
            self.add_error(uploads[-1][0], f"{said}，请压缩后再上传")
        for name, text in intake.faults(self._said()).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, text)
        if unfit := self.unfit():
            self.add_error("way_wanted", unfit)
        return cleaned

    def along(self) -> Sequence[intake.Upload]:
        """What comes with the application beside the files chosen now; here nothing."""
        return ()

    def unfit(self) -> str:
        """What does not go together, of what an applicant can choose anew."""
        return intake.unfit(self.cleaned_data.get("form_wanted", ""), self.cleaned_data.get("way_wanted", ""))

    def _check(self, field: str, upload: "UploadedFile[bytes]") -> None:
        try:
            accepted.media_type(upload.name or "", stored.read_upload(upload))
        except ActionRefused as refused:
            self.add_error(field, str(refused))

    def request(self) -> intake.Request:
        """The application as every channel gives it, with its files; of a form without faults."""
        return replace(self._said(), uploads=tuple(self._uploads()))

    def _uploads(self) -> Iterator[intake.Upload]:
        yield from self.along()
        for field, purpose in self.file_fields:
            for upload in self.cleaned_data.get(field, []):
                name = accepted.clean_name(upload.name or "")
                yield intake.Upload(purpose, name, stored.read_upload(upload))

    def _said(self) -> intake.Request:
        data = self.cleaned_data
        requester = intake.Requester(**{name: data.get(name, "") for name in _REQUESTER})
        return intake.normal(
            intake.Request(
                requester=requester,
                subject=data.get("subject", ""),
                details=data.get("details", ""),
                form_wanted=data.get("form_wanted", ""),
                way_wanted=data.get("way_wanted", ""),
                channel=self.channel(),
                tell_by_sms=data.get("tell_by_sms", False),
            )
        )

    def channel(self) -> str:
        """How it came."""
        return Channel.INTERNET

    def laid_out(self) -> list[dict[str, Any]]:
        """The blocks with their bound fields; a folded one opens where something in it is filled or wrong."""
        return [
            {
                "title": title,
                "hint": hint,
                "fields": [self[name] for name in names if name in self.fields],
                "folded": folded,
                "open": any(self[name].errors or self[name].value() for name in names if name in self.fields),
            }
            for title, hint, names, folded in self.blocks
        ]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StaffForm(ApplicationForm):
    """The same, written down by staff: how and when it came, by the channel's rule (条例 31)."""

    agency = forms.ChoiceField(label="受理机关")
    came_by = forms.ChoiceField(label="来件方式", choices=CHANNELS, initial=Channel.IN_PERSON)
    received_on = forms.DateField(label="收到日期（当面提交、签收或来件之日）", widget=_day())
    confirmed_on = forms.DateField(
        label="与申请人确认收到的日期（无需签收的邮寄、传真、互联网；尚未确认的留空）",
        required=False,
        widget=_day(),
    )
    spoken = forms.BooleanField(label="口头申请（申请人书写确有困难，由工作人员填写）", required=False)
    scan_files = ManyFiles(label="来件扫描件", required=False, allow_empty_file=True)
    field_order = ("agency", "came_by", "spoken", "received_on", "confirmed_on", "scan_files")

    file_fields: ClassVar = (*ApplicationForm.file_fields, ("scan_files", Purpose.SCAN))
    blocks: ClassVar = (
        (
            "来件",
            "口头申请的，登记后打印申请表，向申请人宣读并请申请人签名确认。",
            ("agency", "came_by", "spoken", "received_on", "confirmed_on", "scan_files"),
            False,
        ),
        *ApplicationForm.blocks,
    )

    def __init__(
        self, *args: Any, agencies: Sequence[tuple[int, str]], scanned: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self._mark()
        if scanned:  # it is there already
            del self.fields["scan_files"]

    def _mark(self) -> None:
        for name in (*MUST, "received_on"):
            self.fields[name].mark = MUST_SAID  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["aria-required"] = "true"
        for name in ONE_OF:
            self.fields[name].mark = ONE_OF_SAID  # type: ignore[attr-defined]

    def unfit(self) -> str:
        """Nothing: what came is written down as it says; the office asks back."""
        return ""

    def channel(self) -> str:
        """As the mail or visit was."""
        return str(self.cleaned_data.get("came_by", ""))


_REQUESTER: Final = (
    "kind", "name", "identity_kind", "identity_number", "contact_name", "phone", "email", "address",
    "postcode", "agent_name", "agent_identity", "needs_help",
)  # fmt: skip
