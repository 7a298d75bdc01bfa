"""Reads of citizens' accounts."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from gongkai.web.portal.accounts import secret
from gongkai.web.portal.accounts.models import Account, SharedCode, SignInCode


def accounts_of(email: str) -> QuerySet[Account]:
    """The account of an address in its one spelling, whichever key wrote its index; none or one."""
    index: Any = Account._meta.get_field("email_index")
    return Account.objects.filter(email_index__in=index.candidates(email))


def account_of(email: str) -> Account | None:
    """The same, or None."""
    return accounts_of(email).first()


def codes_of(email: str) -> QuerySet[SignInCode]:
    """Codes on their way to an address."""
    index: Any = SignInCode._meta.get_field("email_index")
    return SignInCode.objects.filter(email_index__in=index.candidates(email))


def shared_of(email: str) -> QuerySet[SharedCode]:
    """The code any browser may type that asks for this address, valid or over; none or one."""
    index: Any = SharedCode._meta.get_field("email_index")
    return SharedCode.objects.filter(email_index__in=index.candidates(email))


def waiting_for(browser_hash: str, now: datetime) -> SignInCode | None:
    """The code that waits to be typed in a browser."""
    since = now - settings.CITIZEN_CODE_VALID
    waiting = SignInCode.objects.select_related("shared").filter(created_at__gte=since)
    return waiting.filter(browser_hash=browser_hash).first()


def asked_with(form: str, email: str, now: datetime) -> str:
    """The secret of the browser a code waits for since this form was sent with this address; else empty."""
    browser = secret.of_form(form, email)
    return browser if form and waiting_for(secret.hashed(browser), now) is not None else ""


def to_warn(now: datetime) -> QuerySet[Account]:
    """Accounts to be erased soon whose holders were not told yet."""
    since = now - settings.CITIZEN_KEEP + settings.CITIZEN_WARN
    return Account.objects.filter(signed_in_at__lt=since, warned_at=None)


def to_erase(now: datetime) -> QuerySet[Account]:
    """Accounts kept long enough, whose holders were told long enough ago."""
    return Account.objects.filter(
        signed_in_at__lt=now - settings.CITIZEN_KEEP, warned_at__lt=now - settings.CITIZEN_WARN
    )
