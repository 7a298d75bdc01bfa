"""The receipt (回执): number and code at once, on screen and, where there is an address, by mail."""

from urllib.parse import urlencode

from gongkai.web.applications import telling
from gongkai.web.applications.models import Case


def tracking_url(case: Case) -> str:
    """Where the applicant follows the case; the code is typed there and stands in no address."""
    return f"{telling.site()}?{urlencode({'number': case.register_no})}"


def send(case: Case, code: str) -> None:
    """Put the receipt into the outboxes, in the transaction of the submission.

    The code goes by mail alone: a text message passes through a provider and lies open on a screen.
    """
    agency = case.agency
    contact = (
        f"如有疑问，请与{agency.office or '政府信息公开工作机构'}联系，电话 {agency.phone}。\n"
        if agency.phone
        else ""
    )
    subject = f"政府信息公开申请回执：{case.register_no}"
    body = (
        f"{agency.full_name}已收到您提交的政府信息公开申请。\n\n"
        f"登记号：{case.register_no}\n查询码：{code}\n\n"
        f"凭登记号和查询码可以查看办理进度和答复：{tracking_url(case)}\n"
        "查询码请妥善保管，不要告诉他人。\n"
        f"{contact}"
    )
    telling.tell(case, telling.of_receipt(subject, body))
