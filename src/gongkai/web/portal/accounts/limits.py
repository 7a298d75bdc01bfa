"""How often somebody may ask for a code, and type one."""

from allauth.core import ratelimit
from django.http import HttpRequest

from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal.accounts import address
from gongkai.web.portal.applications import challenge


def ask(request: HttpRequest, email: str, payload: str) -> None:
    """Count one mail, by sender and by address. Raises ``ActionRefused`` where there were too many.

    Counted whether the address has an account or not. Without scripts the sender's limit is stricter.
    """
    to = address.normal(email)  # what no mail can go to is told before anything is counted
    action = "account_mail" if challenge.solved(payload) else "account_mail_without_scripts"
    allowed = ratelimit.consume(request, action=action)
    if not allowed or not ratelimit.consume(request, action="account_mail_to", key=to):
        raise ActionRefused(
            "短时间内获取登录码的次数较多，这次没有寄出",
            remedy="请用最近一封邮件中的登录码，或一小时后再试；不登录也可以凭登记号和查询码查询",
            code="too-many",
        )


def enter(request: HttpRequest) -> None:
    """Count one code that was typed; each code also counts its own tries."""
    if not ratelimit.consume(request, action="account_code"):
        raise ActionRefused("输入登录码的次数过多", remedy="请一小时后再试", code="too-many")
