"""What holds for every request: headers, session rules, the second factor, refusals as pages."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.kernel import GongkaiError
from gongkai.web.common import views
from gongkai.web.common.errors import Denied

Next = Callable[[HttpRequest], HttpResponse]
_STARTED, _SEEN = "started_at", "seen_at"
_NUL: Final = "\0"
_NOTE_EVERY = 60  # seconds: not every click writes the session


def in_back_office(request: HttpRequest) -> bool:
    """Whether an address is the back office's."""
    return request.path_info.startswith(f"/{settings.BACK_OFFICE}")


def may_be_signed_in(request: HttpRequest) -> bool:
    """Whether a request brings a session at all. Asking for the person of one that does not would make every
    public page vary by cookie, and no cache could keep it.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class SecurityHeaders:
    """Headers Django has no setting for, and the wider page rules of the back office.

    Stands first, so that static files carry them too.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if may_be_signed_in(request) and hasattr(request, "user") and request.user.is_authenticated:
            # What a person signed in has seen stays in no shared or local cache.
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class BackOfficePolicy:
    """The CMS's editor needs inline styles and scripts; every other page keeps the strict rules.

    Stands inside the CSP middleware, which writes the header.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if in_back_office(request) and not hasattr(response, "_csp_replace"):
            response._csp_replace = settings.CONTENT_SECURITY_POLICY_BACK_OFFICE  # type: ignore[attr-defined] # noqa: SLF001
        return response


class NoNul:
    """Takes the sign NUL out of what is asked for and sent: no text has one, and PostgreSQL keeps none.

    Without it the same address is a page on one database and an error on the other.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; an address itself that holds one leads nowhere."""
        if _NUL in request.path_info:
            return views.bad_request(request)
        if "%00" in request.META.get("QUERY_STRING", "") or _NUL in request.META.get("QUERY_STRING", ""):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment] # as Django's own makes it
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """What is sent, once CSRF has looked at it."""
        if request.method != "POST":
            return
        with suppress(UnreadablePostError):  # a connection that broke: the view meets it again
            if any(_NUL in value for _, values in request.POST.lists() for value in values):
                request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _without_nul(given: QueryDict) -> QueryDict:
    clean = given.copy()
    for name, values in given.lists():
        clean.setlist(name, [value.replace(_NUL, "") for value in values])
    clean._mutable = False  # noqa: SLF001 - as it was given
    return clean


class SessionRules:
    """Ends a session after ``SESSION_IDLE`` without a request or ``SESSION_LONGEST`` after it began."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if may_be_signed_in(request) and request.user.is_authenticated and self._over(request):
            logout(request)
            messages.info(request, "登录已超时，请重新登录。")
        return self.get_response(request)

    @staticmethod
    def _over(request: HttpRequest) -> bool:
        now = datetime.now(UTC).timestamp()
        started = request.session.setdefault(_STARTED, now)
        seen = request.session.setdefault(_SEEN, now)
        if now - seen > settings.SESSION_IDLE.total_seconds():
            return True
        if now - started > settings.SESSION_LONGEST.total_seconds():
            return True
        if now - seen > _NOTE_EVERY:
            request.session[_SEEN] = now
        return False


class SecondFactorRequired:
    """Who has no second factor yet sets one up first, where ``SECOND_FACTOR_REQUIRED`` says so."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if (
            settings.SECOND_FACTOR_REQUIRED
            and may_be_signed_in(request)
            and request.user.is_authenticated
            and not request.path_info.startswith(("/accounts/", f"/{settings.STATIC_URL.strip('/')}/"))
            and not is_mfa_enabled(request.user, ["totp"])
        ):
            messages.warning(request, "本系统要求两步验证。请先设置验证器，然后继续。")
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


class Refusals:
    """A refusal raised in a view becomes a page in Chinese that says what, where and what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal, by an action or by the law itself; other errors go their way."""
        if isinstance(exception, Denied):
            return views.refusal(request, exception, HTTPStatus.FORBIDDEN)
        if isinstance(exception, GongkaiError):
            return views.refusal(request, exception, HTTPStatus.CONFLICT)
        return None
