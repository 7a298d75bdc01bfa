"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; the address of a visitor is what the trusted proxies say."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's own
        """Accounts are made by administrators."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address limits are counted by."""
        return client_address(request)

    def add_message(self, *_: Any, **__: Any) -> None:
        """No “signed in as …”: the page one arrives at says it."""


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The user name a try to sign in is counted under: as typed, without blanks and case."""
    name = (credentials or {}).get("username") or request.POST.get("login")
    return str(name).strip().casefold()[:255] if name else None


def client_address(request: HttpRequest) -> str:
    """The visitor's address, seen from ``TRUSTED_PROXIES`` proxies that each append the address before them.

    What stands further left in X-Forwarded-For was sent by the visitor and says nothing.
    """
    address = known_address(request)
    if address is None:
        raise PermissionDenied
    return address


def known_address(request: HttpRequest) -> str | None:
    """The same, or None where a request has none: a command's, or one that came past the proxy."""
    count: int = settings.TRUSTED_PROXIES
    if not count:
        return request.META.get("REMOTE_ADDR") or None
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return passed[-count] or None if len(passed) >= count else None
