"""Large print (适老化), kept in a cookie. It is switched by a link, or by a button of a form that is being
filled in: then the form comes back with what was typed.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "display"
LARGE: Final = "large"
#: The field of the button, and where its wish stands until the page is made.
FIELD: Final = "display"
_YEAR: Final = 365 * 24 * 3600


def is_large(request: HttpRequest) -> bool:
    """Whether the page is to be in large print: as was asked just now, else as the browser remembers."""
    wish = request.POST.get(FIELD) if request.method == "POST" else None
    return (request.COOKIES.get(COOKIE) if wish is None else wish) == LARGE


def switches(request: HttpRequest) -> bool:
    """Whether a form was sent to change the print alone."""
    return FIELD in request.POST


def switched(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page, remembered in the print it was asked in."""
    return remember(response, large=is_large(request))


def remember(response: HttpResponse, *, large: bool) -> HttpResponse:
    """Keep the print for a year, or forget it."""
    if large:
        response.set_cookie(
            COOKIE, LARGE, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
