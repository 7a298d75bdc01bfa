"""What the public is told where something was refused: on a public page, with what was typed given back."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.kernel import GongkaiError
from gongkai.web.common import views as common_views
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.middleware import Next
from gongkai.web.portal import pages
from gongkai.web.portal.applications import draft, tracking, views

#: The namespace of the public pages; everything else has the pages of the staff.
_PUBLIC: Final = "portal"
_GiveBack = Callable[[HttpRequest, dict[str, Any], ActionRefused], HttpResponse]
#: By view: what gives back what was typed.
_WAYS_BACK: Final[Mapping[str, _GiveBack]] = {
    "portal:apply_to": lambda request, at, refusal: views.given_back(
        request, at["slug"], refusal, status=HTTPStatus.FORBIDDEN
    ),
    "portal:draft": lambda request, at, refusal: draft.again(request, at["key"], refusal),
    "portal:act_on_case": lambda request, at, refusal: tracking.again(request, at["name"], refusal),
}


class PublicRefusals:
    """Stands inside ``Refusals`` of the staff and answers for the public pages before it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; other errors go their way."""
        if not isinstance(exception, GongkaiError) or not _is_public(request):
            return None
        status = HTTPStatus.FORBIDDEN if isinstance(exception, Denied) else HTTPStatus.CONFLICT
        return refused(request, exception, status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a form that lay open too long or came from another site; nothing was done.

    What was typed on a page of ours comes back with a form that works. What another site sends does not.
    """
    if not _is_public(request):
        return common_views.csrf_failure(request, reason)
    match = request.resolver_match
    give_back = _WAYS_BACK.get(match.view_name) if match and _from_here(request) else None
    if match is not None and give_back is not None:
        with suppress(Http404):  # nothing is there to give it back to
            return give_back(request, match.kwargs, _lay_open("请核对后再点一次按钮"))
    return refused(request, _lay_open("请返回上一页，刷新、核对后重新提交"), HTTPStatus.FORBIDDEN)


def _lay_open(remedy: str) -> ActionRefused:
    return ActionRefused(
        "页面打开过久，或者在别的窗口登录过，这次没有提交", remedy=f"{remedy}。本站需要使用 Cookie"
    )


def refused(request: HttpRequest, error: GongkaiError, status: HTTPStatus) -> HttpResponse:
    """The page of a refusal: what, where, what to do, and the ways on."""
    page = pages.Page("没有办理", None, menu="apply", indexed=False)
    return pages.render(request, "refused", page, {"refusal": error}, status=status)


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.namespace == _PUBLIC


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it; browsers too old to say so are taken at their word."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
