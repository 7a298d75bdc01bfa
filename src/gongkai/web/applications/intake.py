"""What an application says, as it comes from any form, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stdnum.cn import ric, uscc

from gongkai.law.case import Channel
from gongkai.web.applications.models.cases import ApplicantKind, Case, FormWanted, WayWanted
from gongkai.web.applications.models.people import IdentityKind
from gongkai.web.common.sms.client import mobile

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()（）-]{5,28}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_POSTCODE: Final = re.compile(r"\d{6}")
#: Messages reach mobile telephones only.
NO_MOBILE: Final = "短信只能发到手机：请填写11位手机号码，或者不勾选短信通知"
SUBJECT_LENGTH: Final = 200
DETAILS_LENGTH: Final = 5000


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


def identity_fault(kind: str, number: str) -> str:
    """What is wrong with a number by its check digit; empty where nothing is, or where no rule is known."""
    if kind == IdentityKind.IDENTITY_CARD and not ric.is_valid(number):
        return "身份证号码有误：应为18位，请逐位核对（末位为校验码）"
    if kind == IdentityKind.CREDIT_CODE and not uscc.is_valid(number):
        return "统一社会信用代码有误：应为18位，请逐位核对（末位为校验码）"
    return ""


def faults(request: Request) -> dict[str, str]:
    """What is wrong, by field, in Chinese; empty where the application can be taken.

    Only what the law asks for is asked for: name, proof of identity, a contact, what is wanted and how.
    """
    return dict(_faults(request))


def _faults(request: Request) -> Iterator[tuple[str, str]]:
    yield from _of_requester(request.requester, request.way_wanted)
    if request.tell_by_sms and not mobile(request.requester.phone):
        yield "phone", NO_MOBILE
    if not request.subject.strip():
        yield "subject", "请写明所需政府信息的名称或内容"
    elif len(request.subject) > SUBJECT_LENGTH:
        yield "subject", f"名称最多{SUBJECT_LENGTH}字，其余请写在“文号或其他特征”中"
    if len(request.details) > DETAILS_LENGTH:
        yield "details", f"最多{DETAILS_LENGTH}字，更多内容请作为附件上传"
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
    if (
        who.agent_name
        and who.agent_identity
        and (fault := identity_fault(IdentityKind.IDENTITY_CARD, who.agent_identity))
    ):
        yield "agent_identity", fault
    yield from _of_contact(who, way)


def _of_contact(who: Requester, way: str) -> Iterator[tuple[str, str]]:
    if not (who.phone or who.email or who.address):
        yield "phone", "请至少填写一种联系方式：电话、电子邮箱或通信地址"
    if who.phone and not _PHONE.fullmatch(who.phone):
        yield "phone", "电话只能用数字、空格、括号和连字符，如 0577-63700000"
    if who.email and not _EMAIL.fullmatch(who.email):
        yield "email", "电子邮箱应如 name@example.cn"
    if who.postcode and not _POSTCODE.fullmatch(who.postcode):
        yield "postcode", "邮政编码为6位数字"
    if way == WayWanted.EMAIL and not who.email:
        yield "email", "选择用电子邮件获取，请填写电子邮箱"
    if way == WayWanted.POST and not who.address:
        yield "address", "选择邮寄，请填写通信地址"
