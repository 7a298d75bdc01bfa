"""What an account does at the application form: fills it in, and lists what was sent. Nothing without one."""

import logging
from typing import Any

from django.http import HttpRequest

from gongkai.kernel import GongkaiError
from gongkai.web.applications.actions import Submitted
from gongkai.web.applications.models import Case
from gongkai.web.common.actor import Actor
from gongkai.web.portal.accounts import particulars, signed_in
from gongkai.web.portal.accounts.actions import ListCase
from gongkai.web.portal.accounts.models import ListedCase

_log = logging.getLogger(__name__)


def initial(request: HttpRequest) -> dict[str, str]:
    """Fields of the form that the account keeps; empty for whoever has none, or keeps none."""
    account = signed_in.account(request)
    return particulars.of(account) if account else {}


def shown(request: HttpRequest) -> dict[str, Any]:
    """What the pages of the form say: whose account it is, masked."""
    return {"account": signed_in.masked(request)}


def list_sent(request: HttpRequest, submitted: Submitted) -> None:
    """Put what was just sent on the list of whoever is signed in.

    The application is acknowledged whatever becomes of this: number and code are on the receipt.
    """
    if signed_in.account(request) is None:
        return
    number, code = submitted.case.register_no, submitted.code
    try:
        ListCase(Actor.of(None), token=signed_in.token(request), number=number, typed=code).run()
    except GongkaiError:
        _log.exception("case %s was not put on its sender's list", submitted.case.pk)


def lists(request: HttpRequest, case: Case) -> bool:
    """Whether a case stands on the list of whoever is signed in."""
    account = signed_in.account(request)
    return account is not None and ListedCase.objects.filter(account=account, case=case).exists()
