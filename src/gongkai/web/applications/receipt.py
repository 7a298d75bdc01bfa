"""The receipt (回执): number and code at once, on screen and, where there is an address, by mail."""

from django.conf import settings
from django.urls import reverse

from gongkai.web.applications.models import Case
from gongkai.web.common import outbox


def tracking_url(case: Case) -> str:
    """Where the applicant follows the case; the code is typed there and stands in no address."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('portal:track')}?number={case.register_no}"


def send(case: Case, code: str) -> None:
    """Put the receipt into the outbox, in the transaction of the submission, where an address is known."""
    applicant = case.applicant
    if not applicant.email:
        return
    agency = case.agency
    contact = (
        f"如有疑问，请与{agency.office or '政府信息公开工作机构'}联系，电话 {agency.phone}。\n"
        if agency.phone
        else ""
    )
    outbox.post(
        applicant.email,
        f"政府信息公开申请回执：{case.register_no}",
        f"{applicant.contact_name or applicant.name}：\n\n"
        f"{agency.full_name}已收到您提交的政府信息公开申请。\n\n"
        f"登记号：{case.register_no}\n查询码：{code}\n\n"
        f"凭登记号和查询码可以查看办理进度和答复：{tracking_url(case)}\n"
        "查询码请妥善保管，不要告诉他人。\n"
        f"{contact}",
    )
