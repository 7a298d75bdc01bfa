"""Telling applicants of their case, by the ways they chose: by mail, by text message, always on the site.
Who left a telephone number alone is called by the handler.

A mail says what it is about, and where a letter of the agency's went out names the applicant. A text message
says the register number, what to do and where, and nothing else: it is read on a screen that anybody may see,
and passes through a provider.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from gongkai.law.case import Kind
from gongkai.web.applications.models import Applicant, Case, Letter, Notice
from gongkai.web.common import outbox
from gongkai.web.common.models import OutboxMail
from gongkai.web.common.sms import client
from gongkai.web.common.sms import outbox as sms_outbox
from gongkai.web.common.sms.templates import Template

_RECEIVED: Final = Template(
    "applications.received",
    "登记申请后发给申请人",
    "您的政府信息公开申请已登记，登记号{number}。凭登记号和查询码查询办理进展：{site}",
)
_CORRECT: Final = Template(
    "applications.correct",
    "补正告知书送达后发给申请人",
    "您的政府信息公开申请{number}需要补正，请凭登记号和查询码查看补正告知书，在写明的期限内补正：{site}",
)
_PAY: Final = Template(
    "applications.pay",
    "收费通知送达后发给申请人",
    "您的政府信息公开申请{number}有收费通知，请凭登记号和查询码查看，在写明的期限内办理：{site}",
)
_REPLIED: Final = Template(
    "applications.replied",
    "答复书送达后发给申请人",
    "您的政府信息公开申请{number}已答复，请凭登记号和查询码查看、下载：{site}",
)
_LETTER: Final = Template(
    "applications.letter",
    "其他文书送达后发给申请人",
    "您的政府信息公开申请{number}有新的文书，请凭登记号和查询码查看：{site}",
)
#: What applicants are told; the administrator hands it in at the gateway.
TEMPLATES: Final = (_RECEIVED, _CORRECT, _PAY, _REPLIED, _LETTER)
#: Of letters that ask for something, or end the case; the others are new papers.
_BY_EVENT: Final = {
    Kind.CORRECTION_REQUESTED: _CORRECT,
    Kind.FEE_NOTIFIED: _PAY,
    Kind.REPLIED: _REPLIED,
}


@dataclass(frozen=True, slots=True)
class News:
    """Something an applicant is told: a mail's subject and body, and the short message.

    ``named``: the mail begins with the applicant's name. What anybody can bring about by sending the
    form does not: a mail of the agency to any address would carry whatever was typed for a name.
    """

    subject: str
    body: str
    sms: Template
    named: bool = True

    @property
    def about(self) -> str:
        """What is kept with the case of its being told."""
        return Notice.About(self.sms.name.rpartition(".")[2])


def of_receipt(subject: str, body: str) -> News:
    """That the application has come in."""
    return News(subject, body, _RECEIVED, named=False)


def of_letter(subject: str, body: str, event: str) -> News:
    """That a letter went out; ``event`` is what the clock hears of it, empty where that is nothing."""
    return News(subject, body, _BY_EVENT[Kind(event)] if event in _BY_EVENT else _LETTER)


def tell(case: Case, news: News, letter: Letter | None = None, *, hears: bool = False) -> None:
    """Write mail and message into the outboxes, in the transaction at hand, as far as the applicant has
    given an address and asked for messages; ``letter``: the one it tells of.

    Who gets neither is called, unless they hear of it anyway (``hears``): a letter comes to them by itself,
    somebody speaks with them, they have it before their eyes.
    """
    applicant = case.applicant
    if applicant.email:
        name = (applicant.contact_name or applicant.name) if news.named else "您好"
        mail = outbox.post(applicant.email, news.subject, f"{name}：\n\n{news.body}")
        mailed(case, news.about, mail, letter)
    if wants_sms(applicant):
        values = {"number": case.register_no, "site": site()}
        sms = sms_outbox.post(applicant.phone, news.sms.name, values)
        Notice.objects.create(case=case, about=news.about, sms=sms, letter=letter)
    if not hears and not reaches(applicant):
        call(case, news.about, letter)


def call(case: Case, about: str, letter: Letter | None = None) -> None:
    """Ask for a telephone call to the applicant, where there is a number."""
    if case.applicant.phone:
        Notice.objects.create(case=case, about=about, letter=letter, call_since=timezone.now())


def words(notice: Notice) -> str:
    """What to say in a call, in whole sentences: what a message would. Never the code, anybody may have taken
    the call.
    """
    case = notice.case
    if notice.about == Notice.About.CODE:
        return (
            f"您的政府信息公开申请{case.register_no}已更换查询码，原查询码不能再用。"
            "不是您本人或者代理人要求更换的，请立即告诉我们。"
        )
    if notice.about == Notice.About.SPLIT:
        parts = "、".join(case.parts.order_by("number").values_list("register_no", flat=True))
        return (
            f"您的政府信息公开申请{case.register_no}包含多项内容，已拆分办理，其余各件的登记号是{parts}。"
            "用原来的登记号和查询码可以找到各件。"
        )
    template = next(one for one in TEMPLATES if one.name == f"applications.{notice.about}")
    said, _, _ = template.text.partition("：{site}")
    return f"{said.format(number=case.register_no)}（网址：{site()}）。"


def mailed(case: Case, about: str, mail: OutboxMail, letter: Letter | None = None) -> None:
    """Keep with the case that a mail about it is on its way: where it is given up the case says so."""
    Notice.objects.create(case=case, about=about, mail=mail, letter=letter)


def reaches(applicant: Applicant) -> bool:
    """Whether word of a new letter goes to an address of the applicant's."""
    return bool(applicant.email) or wants_sms(applicant)


def wants_sms(applicant: Applicant) -> bool:
    """Whether messages go out to the applicant now: asked for, with a number, and there is a gateway."""
    return applicant.tell_by_sms and client.available() and bool(client.mobile(applicant.phone))


def site() -> str:
    """Where number and code are typed; neither stands in the address."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('portal:track')}"
