"""Public pages are made once and given again until anything public changes (docs/decisions/0008).

A page is kept in the process's memory under the mark of ``public_state`` and given again only while the
database, asked each time, still has that mark: what was withdrawn is gone with the commit, for everybody and
in every process. Kept are the finished, compressed pages of ``KEPT``; nothing with a query, nothing for a
request that brings a session, be it of the staff or of a citizen's account.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response

from gongkai.web.common.middleware import Next, may_be_signed_in
from gongkai.web.portal import display, public_state

CACHE = "pages"
#: Views whose pages differ by address, host, large print and compression alone, and show nothing that
#: changes without a new mark.
KEPT = frozenset(
    f"portal:{name}" for name in ("home", "agencies", "agency", "reports", "reports_of_year", "report")
)
#: Seconds after which a page is made anew in any case: for what somebody changed past the program.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page and the mark it was made under."""

    mark: str
    content: bytes
    headers: dict[str, str]

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or that it has not changed since the browser asked last."""
        response = HttpResponse(self.content, headers=self.headers)
        return get_conditional_response(request, etag=self.headers.get("ETag"), response=response) or response


class KeptPages:
    """Stands outside compression and everything that looks at sessions, inside the static files."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the page again, or have it made and keep it."""
        key = _key(request)
        if key is None:
            return self.get_response(request)
        page: Page | None = caches[CACHE].get(key)
        if page is not None and page.mark == public_state.mark():
            return page.answer(request)
        response = self.get_response(request)
        mark = getattr(request, "public_mark", None)
        if mark is not None and _is_whole(response):
            caches[CACHE].set(key, Page(mark, response.content, dict(response.items())), LONGEST)
        return response

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> None:
        """Read the mark before the view reads anything: the page is never newer in name than in content."""
        del view, arguments, named
        if request.resolver_match is not None and request.resolver_match.view_name in KEPT:
            request.public_mark = public_state.mark()  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> str | None:
    """What a page may differ by, as a key; None for what is never kept."""
    signed_in = may_be_signed_in(request) or settings.CITIZEN_COOKIE in request.COOKIES
    if request.method != "GET" or request.META.get("QUERY_STRING") or signed_in:
        return None
    compressed = bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    large = display.is_large(request)
    differs = (request.scheme, request.get_host(), request.path, compressed, large)
    return hashlib.sha256(repr(differs).encode()).hexdigest()


def _is_whole(response: HttpResponse) -> bool:
    return response.status_code == 200 and not response.streaming and not response.cookies
