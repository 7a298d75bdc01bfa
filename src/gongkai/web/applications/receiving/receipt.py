"""The receipt (回执): number and code at once, on screen and, where there is an address, by mail."""

from typing import Final
from urllib.parse import urlencode

from gongkai.law.case import Channel
from gongkai.web.applications.delivery import telling
from gongkai.web.applications.models import Case, Notice, Origin
from gongkai.web.common import outbox
from gongkai.web.common.models import OutboxMail

#: What stands before a code in a mail, and nowhere else.
_CODE: Final = "查询码："


def tracking_url(case: Case) -> str:
    """Where the applicant follows the case; the code is typed there and stands in no address."""
    return f"{telling.site()}?{urlencode({'number': case.register_no})}"


def send(case: Case, code: str) -> None:
    """Put the receipt into the outboxes, in the transaction of the submission.

    The code goes by mail alone: a text message passes through a provider and lies open on a screen.
    """
    subject = f"政府信息公开申请回执：{case.register_no}"
    body = (
        f"您向{case.agency.full_name}提出的政府信息公开申请已登记。{_from_when(case)}\n\n"
        f"登记号：{case.register_no}\n{_CODE}{code}\n\n"
        f"凭登记号和查询码可以查看办理进度和答复：{tracking_url(case)}\n"
        "查询码请妥善保管，不要告诉他人。\n"
        f"{_contact(case)}"
    )
    telling.tell(case, telling.of_receipt(subject, body), hears=_hears(case))


def tell_replaced(case: Case, code: str) -> None:
    """That the code was replaced, to the applicant's address where there is one: whoever did not ask for it
    learns of it; by telephone where there is none. ``code``: the new one where it goes by mail, empty where
    it was handed out.
    """
    if not case.applicant.email:
        telling.call(case, Notice.About.CODE)
        return
    told = f"登记号：{case.register_no}\n新的{_CODE}{code}\n\n" if code else "新的查询码已另行交付。\n\n"
    body = (
        f"您好：\n\n您向{case.agency.full_name}提出的政府信息公开申请（登记号{case.register_no}）已更换查询码，"
        f"原查询码不能再用。\n\n{told}"
        f"查看办理进度和答复：{tracking_url(case)}\n"
        "已把这件申请加入“我的申请”列表的，请用新的查询码重新加入。查询码请妥善保管，不要告诉他人。\n"
        f"没有申请更换的，请立即与受理机关联系。{_contact(case)}"
    )
    subject = f"政府信息公开申请{case.register_no}的查询码已更换"
    telling.mailed(case, Notice.About.CODE, outbox.post(case.applicant.email, subject, body))


def tells_an_old_code(case: Case, mail: OutboxMail) -> bool:
    """Whether a mail about a case holds a code that was replaced after it was written."""
    return _CODE in mail.body and case.code not in mail.body


def _hears(case: Case) -> bool:
    """Whether the applicant learns that the application has come in without a call: it is confirmed with them
    (条例 31), they have the receipt on the screen or in their hand, or hear of it with the whole (``Split``).
    """
    by_hand = case.origin == Origin.STAFF and case.channel == Channel.IN_PERSON
    return case.received_on is None or by_hand or case.origin in {Origin.CITIZEN, Origin.SPLIT}


def _from_when(case: Case) -> str:
    """By which ways of coming in an application is received only when both sides confirm it (条例 31)."""
    if case.received_on is not None:
        return ""
    return "受理机关将与您确认收到，答复期限自确认之日起计算（条例第三十一条）。"


def _contact(case: Case) -> str:
    agency = case.agency
    office = agency.office or "政府信息公开工作机构"
    return f"如有疑问，请与{office}联系，电话 {agency.phone}。\n" if agency.phone else ""
