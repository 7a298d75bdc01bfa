"""The applications a browser has in hand: filled in, sent, not put away yet.

A draft's token never stands in a page or an address. The browser that filled the form in keeps it in a signed
cookie which ends with the browser; the address has a name for the draft that is worth nothing without that
cookie. So a page can be loaded again, or in large print, and shows nothing in another browser.
"""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.web.applications.receiving import drafts

_PREFIX: Final = "draft-"
_SALT: Final = "portal.applications.in_hand"
_PATH: Final = "/apply/"
#: Cookies make every request longer: the oldest goes when there are more.
MOST: Final = 5
#: How long a receipt can be loaded again after it was first shown.
REPLAY: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class InHand:
    """One draft of this browser.

    ``proven``: the form's puzzle was solved. ``mailed``: whether the receipt was put into the mail, None
    before it is known. ``since``: when it was filled in, ``shown``: when the receipt was first shown or 0,
    both in seconds since 1970.
    """

    token: str
    since: int
    proven: bool = False
    mailed: bool | None = None
    shown: int = 0

    @property
    def key(self) -> str:
        """What the address calls it: a part of the token's hash, from which nobody gets the token."""
        return drafts.token_hash(self.token)[:20]

    @property
    def shows_code(self) -> bool:
        """Whether the receipt is shown with its code: not seen yet, or seen just now."""
        return not self.shown or _now() - self.shown < REPLAY.total_seconds()

    def seen(self) -> "InHand":
        """The same, its receipt shown; loading it again does not begin the time anew."""
        return self if self.shown else replace(self, shown=_now())


def filled_in(token: str, *, proven: bool) -> InHand:
    """What was filled in just now."""
    return InHand(token, _now(), proven=proven)


def of(request: HttpRequest, key: str) -> InHand | None:
    """The draft of that name where this browser has it in hand; None in any other browser."""
    found = _read(request.COOKIES.get(_PREFIX + key, ""))
    return found if found is not None and found.key == key else None


def put(request: HttpRequest, response: HttpResponse, hand: InHand) -> None:
    """Keep it, as it is now, until the browser is closed or it is put away."""
    sealed = signing.dumps(asdict(hand), salt=_SALT, compress=True)
    response.set_cookie(
        _PREFIX + hand.key, sealed, path=_PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    held = [name for name in request.COOKIES if name.startswith(_PREFIX) and name != _PREFIX + hand.key]
    for name in sorted(held, key=lambda name: _since(request.COOKIES[name]), reverse=True)[MOST - 1 :]:
        response.delete_cookie(name, path=_PATH, samesite="Lax")


def put_away(response: HttpResponse, key: str) -> None:
    """Forget it on this device."""
    response.delete_cookie(_PREFIX + key, path=_PATH, samesite="Lax")


def _read(sealed: str) -> InHand | None:
    try:
        plain: Any = signing.loads(sealed, salt=_SALT, max_age=drafts.REMEMBERED)
    except signing.BadSignature:
        return None
    return InHand(**plain)


def _since(sealed: str) -> int:
    """When it was filled in; what we did not write is oldest of all."""
    found = _read(sealed)
    return found.since if found else 0


def _now() -> int:
    return int(timezone.now().timestamp())
