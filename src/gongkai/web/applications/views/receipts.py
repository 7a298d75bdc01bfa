"""Number and code of an application just entered, told once on the page that follows.

The code waits for that page encrypted: sessions lie in the database, and whoever has the code passes for the
applicant.
"""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest

from gongkai.web.applications.actions import Submitted
from gongkai.web.common import keys

_KEY: Final = "application_entered"
_CONTEXT: Final = "applications.receipt.session"


def hand_over(request: HttpRequest, made: Submitted) -> None:
    """Keep it for the next page."""
    told = f"已登记：{made.case.register_no}，查询码 {made.code}。请打印回执交给申请人。"
    request.session[_KEY] = keys.encrypt(told, _CONTEXT)


def tell(request: HttpRequest) -> None:
    """Say it, once."""
    waiting = request.session.pop(_KEY, "")
    if waiting:
        messages.success(request, keys.decrypt(waiting, _CONTEXT))
