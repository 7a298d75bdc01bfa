"""Which account a request comes from: a cookie and a session of our own, apart from those of the staff."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.web.applications.privacy import masking
from gongkai.web.portal.accounts import secret
from gongkai.web.portal.accounts.models import Account, SignedIn

#: Not every click writes the session.
_NOTE_EVERY: Final = timedelta(minutes=1)
_REMEMBERED: Final = "_signed_in_browser"


def token(request: HttpRequest) -> str:
    """The secret a request brings; what actions prove whose account it is by."""
    return request.COOKIES.get(settings.CITIZEN_COOKIE, "")


def asking(request: HttpRequest) -> str:
    """The secret of a browser that has asked for a code."""
    return request.COOKIES.get(settings.CITIZEN_ASKING_COOKIE, "")


def alive(given: str) -> SignedIn | None:
    """The browser that holds a secret, while its session lasts."""
    if not given:
        return None
    found = SignedIn.objects.select_related("account").filter(token_hash=secret.hashed(given))
    return found.exclude(over(timezone.now())).first()


def over(now: datetime) -> Q:
    """Sessions that have ended by themselves."""
    return Q(seen_at__lt=now - settings.CITIZEN_IDLE) | Q(started_at__lt=now - settings.CITIZEN_LONGEST)


def account(request: HttpRequest) -> Account | None:
    """The account signed in, or None. Asks no database where the request brings no cookie of ours."""
    if not hasattr(request, _REMEMBERED):
        setattr(request, _REMEMBERED, _seen(alive(token(request))))
    browser: SignedIn | None = getattr(request, _REMEMBERED)
    return browser.account if browser else None


def _seen(browser: SignedIn | None) -> SignedIn | None:
    now = timezone.now()
    if browser is not None and now - browser.seen_at > _NOTE_EVERY:
        SignedIn.objects.filter(pk=browser.pk).update(seen_at=now)
    return browser


def browser_id(request: HttpRequest) -> int:
    """The session of an account that is signed in, as an opened case remembers it."""
    found = getattr(request, _REMEMBERED) if account(request) else None
    return found.pk if found else 0


def still_lists(browser: int, case_id: int) -> bool:
    """Whether a session still lasts and its account still lists a case: what was opened from the list closes
    when somebody signs out, takes the case off, or deletes the account, on any device.
    """
    listed = SignedIn.objects.exclude(over(timezone.now())).filter(pk=browser, account__listed__case=case_id)
    return listed.exists()


def masked(request: HttpRequest) -> str:
    """The address of the account signed in, as a page may show it; empty where there is none."""
    found = account(request)
    return masking.email(found.email) if found else ""


def put(response: HttpResponse, given: str) -> None:
    """Sign a browser in; it forgets when it is closed, and the server earlier."""
    response.set_cookie(settings.CITIZEN_COOKIE, given, **_cookie())
    response.delete_cookie(settings.CITIZEN_ASKING_COOKIE, samesite="Lax")


def put_asking(response: HttpResponse, given: str) -> None:
    """Remember that this browser has asked for a code."""
    valid = int(settings.CITIZEN_CODE_VALID.total_seconds())
    response.set_cookie(settings.CITIZEN_ASKING_COOKIE, given, max_age=valid, **_cookie())


def take_away(response: HttpResponse) -> None:
    """Sign a browser out."""
    response.delete_cookie(settings.CITIZEN_COOKIE, samesite="Lax")


def _cookie() -> dict[str, Any]:
    # Lax, not Strict: the link in the mail is followed from another site. Posts from there bring no cookie.
    return {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE, "path": "/"}
