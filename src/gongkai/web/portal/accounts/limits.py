"""How often somebody may ask for a code, and type one."""

import ipaddress
from typing import Final

from allauth.core import ratelimit
from django.http import HttpRequest

from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal.accounts import address
from gongkai.web.portal.accounts.actions import Mailing
from gongkai.web.portal.applications import challenge
from gongkai.web.portal.applications.challenge import Worth

_BY_WORTH: Final = {
    Worth.NOTHING: "account_mail_without_scripts",
    Worth.PLAIN: "account_mail",
    Worth.HARD: "account_mail_hard",
}
#: Of an IPv6 address the half that names a household or an office; within it anybody has any address.
_OF_SIX: Final = 64


def ask(request: HttpRequest, email: str, payload: str) -> Mailing:
    """Count one request for a code; which mail it may bring about.

    By sender, more with a harder puzzle and fewer without scripts; then by the sender's network and address
    together, and by address. A stranger cannot use up the mails of an address for others: above either of the
    last two a code is mailed now and then that any browser may type, and nobody is refused. Counted whether
    the address has an account or not.
    """
    to = address.normal(email)  # what no mail can go to is told before anything is counted
    if not ratelimit.consume(request, action=_BY_WORTH[challenge.worth(payload)]):
        return Mailing.NONE
    pair = f"{to} {network(challenge.address(request))}"
    own = ratelimit.consume(request, action="account_mail_pair", key=pair)
    own = own and ratelimit.consume(request, action="account_mail_to", key=to)
    return Mailing.OWN if own else Mailing.SHARED


def network(ip: str) -> str:
    """The network a request comes from."""
    try:
        found = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    return str(ipaddress.ip_network((ip, _OF_SIX), strict=False)) if found.version == 6 else ip


def enter(request: HttpRequest) -> None:
    """Count one code that was typed; each code also counts its own tries."""
    if not ratelimit.consume(request, action="account_code"):
        raise ActionRefused("输入登录码的次数过多", remedy="请一小时后再试", code="too-many")
