"""What an application says, as it comes from any form, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils import timezone

from gongkai.law.case import Channel
from gongkai.web.applications.models.cases import ApplicantKind, Case, FormWanted, WayWanted
from gongkai.web.applications.models.people import IdentityKind
from gongkai.web.applications.receiving.check_digits import born, compact, is_credit_code, is_identity_card
from gongkai.web.common import address
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sms.client import mobile
from gongkai.web.common.typed import breaks, half_width, lines, one_line, without_blanks

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()（）-]{5,28}")
#: A passport, permit or the like: letters and figures, a letter among them.
_DOCUMENT: Final = re.compile(r"(?=.*\d)[A-Z0-9]{6,17}")
_POSTCODE: Final = re.compile(r"\d{6}")
#: Messages reach mobile telephones only.
NO_MOBILE: Final = "短信只能发到手机：请填写11位手机号码，或者不勾选短信通知"
SUBJECT_LENGTH: Final = 200
DETAILS_LENGTH: Final = 5000
#: How long a field may be; whatever is one line is no longer than these.
LENGTHS: Final = {
    "name": 100, "identity_number": 40, "contact_name": 100, "phone": 30, "email": 200, "address": 200,
    "postcode": 6, "agent_name": 100, "agent_identity": 40, "needs_help": 200,
}  # fmt: skip
#: What is said of a text that is too long, where more can be said than how long it may be.
TOO_LONG: Final = {
    "subject": f"名称最多{SUBJECT_LENGTH}字，其余请写在“文号或其他特征”中",
    "details": f"最多{DETAILS_LENGTH}字，更多内容请作为附件上传",
}
#: Numbers and addresses, in which a full-width sign means the plain one.
_PLAIN: Final = frozenset({"identity_number", "phone", "email", "postcode", "agent_identity"})
#: Forms that cannot be sent over the net, and the ways they can be had by.
_CARRIED: Final = frozenset({WayWanted.POST, WayWanted.PICK_UP})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with an application."""

    purpose: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks (条例 29(1)). No field asks why: a purpose is nobody's business but the applicant's."""

    kind: str
    name: str
    identity_kind: str
    identity_number: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    agent_name: str = ""
    agent_identity: str = ""
    needs_help: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One application: who, what (29(2)), in which form and by which way (29(3)), and whether its progress is
    told by text message.
    """

    requester: Requester
    subject: str
    details: str = ""
    form_wanted: str = FormWanted.ELECTRONIC
    way_wanted: str = WayWanted.ONLINE
    channel: str = Channel.INTERNET
    uploads: tuple[Upload, ...] = ()
    tell_by_sms: bool = False


def again(case: Case, uploads: tuple[Upload, ...] = ()) -> Request:
    """What a case says, as an application that can be registered once more."""
    names = [name for name in Requester.__dataclass_fields__ if name != "kind"]
    who = Requester(kind=case.applicant_kind, **{name: getattr(case.applicant, name) for name in names})
    return Request(
        who, case.subject, case.details, case.form_wanted, case.way_wanted, case.channel, uploads,
        case.applicant.tell_by_sms,
    )  # fmt: skip


def normal(request: Request) -> Request:
    """An application as it is kept: no blanks around its lines and no signs that nobody sees; in numbers and
    addresses full-width signs as the plain ones.
    """
    who = request.requester
    said = {name: _tidied(name, getattr(who, name)) for name in LENGTHS}
    if who.identity_kind != IdentityKind.OTHER:  # whose strokes may be part of the number
        said["identity_number"] = compact(said["identity_number"])
    said["agent_identity"] = compact(said["agent_identity"])
    said["postcode"] = without_blanks(said["postcode"])
    return replace(
        request,
        requester=replace(who, **said),
        subject=one_line(request.subject),
        details=lines(request.details),
    )


def _tidied(name: str, text: str) -> str:
    line = one_line(text)
    if name not in _PLAIN:
        return line
    plain = half_width(line).strip()
    if name == "email":
        try:
            return address.normal(plain)
        except ActionRefused:
            return plain  # as it was typed, to be told what is wrong with it
    return plain


_UNBORN: Final = "号码中的出生日期还没有到，请逐位核对"

#: Digits of an identity card (GB 11643) and of a credit code (GB 32100).
_DIGITS: Final = 18


def identity_fault(kind: str, number: str) -> str:
    """What is wrong with a number by its check digit; empty where nothing is, or where no rule is known."""
    if kind == IdentityKind.IDENTITY_CARD:
        if not is_identity_card(number):
            return _of_another(kind) if is_credit_code(number) else _wrong(kind, number)
        return _UNBORN if born(number) > timezone.localdate() else ""
    if kind == IdentityKind.CREDIT_CODE and not is_credit_code(number):
        return _of_another(kind) if is_identity_card(number) else _wrong(kind, number)
    return ""


def unfit(form: str, way: str) -> str:
    """What is wrong with a way for a form, where both were chosen by who can still choose; else empty."""
    if form == FormWanted.INSPECTION and way != WayWanted.PICK_UP:
        return "现场查阅、抄录须到受理机关：获取方式请选“自行领取”，或改选想要的形式"
    if form in {FormWanted.PAPER, FormWanted.DISC} and way not in _CARRIED:
        chosen = FormWanted(form).label
        return f"{chosen}只能邮寄或自行领取：请改选获取方式，或把形式改选为“{FormWanted.ELECTRONIC.label}”"
    return ""


def _wrong(kind: str, number: str) -> str:
    length, card = len(number), kind == IdentityKind.IDENTITY_CARD
    wrong = f"号码不对（{'出生日期不存在，或' if card else ''}与末位的校验码不符）"
    what = wrong if length == _DIGITS else f"号码应为{_DIGITS}位，填了{length}位"
    return f"证件种类选的是“{IdentityKind(kind).label}”，{what}，请逐位核对；用其他证件的，请改选证件种类"


def _of_another(kind: str) -> str:
    card, code = IdentityKind.IDENTITY_CARD.label, IdentityKind.CREDIT_CODE.label
    is_, chosen = (code, card) if kind == IdentityKind.IDENTITY_CARD else (card, code)
    return f"这个号码属于“{is_}”，证件种类选的是“{chosen}”：请改选证件种类"


def faults(request: Request) -> dict[str, str]:
    """What is wrong, by field, in Chinese; empty where the application can be taken.

    Only what the law asks for is asked for: name, proof of identity, a contact, what is wanted and how. What
    can be read without doubt is not called wrong (``normal``).
    """
    return dict(_faults(normal(request)))


def _faults(request: Request) -> Iterator[tuple[str, str]]:
    yield from _of_requester(request.requester, request.way_wanted)
    yield from _of_lines(request)
    if request.tell_by_sms and not mobile(request.requester.phone):
        yield "phone", NO_MOBILE
    if not request.subject.strip():
        yield "subject", "请写明所需政府信息的名称或内容"
    elif len(request.subject) > SUBJECT_LENGTH:
        yield "subject", TOO_LONG["subject"]
    if len(request.details) > DETAILS_LENGTH:
        yield "details", TOO_LONG["details"]
    for name, value, choices in (
        ("form_wanted", request.form_wanted, FormWanted.values),
        ("way_wanted", request.way_wanted, WayWanted.values),
        ("channel", request.channel, set(Channel)),
    ):
        if value not in choices:
            yield name, "请选择一项"


def _of_requester(who: Requester, way: str) -> Iterator[tuple[str, str]]:
    person = who.kind == ApplicantKind.NATURAL_PERSON
    if who.kind not in ApplicantKind.values:
        yield "kind", "请选择申请人类别"
    if not who.name.strip():
        yield "name", "请填写姓名" if person else "请填写单位名称"
    if who.identity_kind not in IdentityKind.values:
        yield "identity_kind", "请选择证件种类"
    elif not who.identity_number.strip():
        yield "identity_number", "请填写证件号码（条例第二十九条要求提供身份证明）"
    elif fault := identity_fault(who.identity_kind, who.identity_number):
        yield "identity_number", fault
    elif person and who.identity_kind == IdentityKind.CREDIT_CODE:
        yield "kind", "填的是单位的证件：单位申请请改选申请人类别，本人申请请填写本人的证件"
    yield from _of_agent(who)
    yield from _of_contact(who, way)


def _of_agent(who: Requester) -> Iterator[tuple[str, str]]:
    number = who.agent_identity
    foreign = _DOCUMENT.fullmatch(number) and not number.isdecimal() and len(number) != _DIGITS
    if number and not foreign and not is_identity_card(number):
        yield "agent_identity", "身份证号码有误：应为18位，请逐位核对（末位为校验码）"
    elif number and not foreign and born(number) > timezone.localdate():
        yield "agent_identity", _UNBORN
    if who.agent_identity and not who.agent_name:
        yield "agent_name", "填写了代理人的身份证号码，请填写代理人姓名；没有代理人的，请删去号码"


def _of_lines(request: Request) -> Iterator[tuple[str, str]]:
    """Each line is one line: a break would set the rest below it, as if it were said by whoever prints it."""
    said: dict[str, Any] = {name: getattr(request.requester, name) for name in LENGTHS}
    for name, text in {**said, "subject": request.subject}.items():
        if breaks(text):
            yield name, "只能写一行，不能换行，也不能有看不见的控制符"
        elif name in LENGTHS and len(text) > LENGTHS[name]:
            yield name, f"最多{LENGTHS[name]}字"


def _of_contact(who: Requester, way: str) -> Iterator[tuple[str, str]]:
    if not (who.phone or who.email or who.address):
        yield "phone", "请至少填写一种联系方式：电话、电子邮箱或通信地址"
    if who.phone and not _PHONE.fullmatch(who.phone):
        yield "phone", "电话写得不对：请填手机号码，或带区号的固定电话，如 0577-63700000"
    if who.email and (fault := email_fault(who.email)):
        yield "email", fault
    if who.postcode and not _POSTCODE.fullmatch(who.postcode):
        yield "postcode", "邮政编码为6位数字"
    if way == WayWanted.EMAIL and not who.email:
        yield "email", "选择用电子邮件获取，请填写电子邮箱"
    if way == WayWanted.POST and not who.address:
        yield "address", "选择邮寄，请填写通信地址"


def email_fault(text: str) -> str:
    """What is wrong with a mail address, empty where a mail can be sent to it."""
    try:
        address.normal(text)
    except ActionRefused as refused:
        return f"{refused.message}，应如 name@example.cn，一次只写一个"
    return ""
