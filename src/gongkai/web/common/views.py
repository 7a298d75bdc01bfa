"""Pages for what went wrong, the way to sign-in, and a sign of life."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from gongkai.kernel import GongkaiError

_TOO_MUCH: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def refusal(request: HttpRequest, error: GongkaiError, status: HTTPStatus) -> HttpResponse:
    """The page of a refusal: what, where, what to do."""
    context = {
        "title": "不能办理",
        "message": error.message,
        "place": error.place,
        "remedy": error.remedy,
        "back": _page_before(request),
    }
    return render(request, "common/refusal.html", context, status=status)


def _page_before(request: HttpRequest) -> str:
    """The page of this site that led here; empty where none did, or where it is this one."""
    came_from = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if here and came_from != request.build_absolute_uri() else ""


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: who is not signed in may sign in; who is asks the administrator."""
    context = {
        "title": "没有权限",
        "message": "您没有查看或办理此页的权限。",
        "remedy": "如工作需要，请联系本单位系统管理员。",
    }
    return render(request, "common/refusal.html", context, status=HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 after a form that lay open too long or came from another site."""
    context = {
        "title": "表单已失效",
        "message": "这个表单打开过久，或不是从本站提交的，没有办理。",
        "remedy": "请返回上一页，刷新后重新提交。本站需要使用 Cookie。",
    }
    return render(request, "common/refusal.html", context, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    context = {
        "title": "没有这个页面",
        "message": "您要找的页面不存在，或已经移走。",
        "remedy": "请检查网址，或从首页查找。",
    }
    return render(request, "common/refusal.html", context, status=HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400, without the request: its host or content cannot be trusted; 413 where there was too much of it."""
    if isinstance(exception, _TOO_MUCH):
        page = loader.render_to_string("common/too_much.html")
        return HttpResponse(page, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return HttpResponse(loader.render_to_string("common/bad_request.html"), status=HTTPStatus.BAD_REQUEST)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500, without anything that may fail again."""
    page = loader.render_to_string("common/server_error.html")
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Instead of the CMS's own sign-in: ours, and back to the page asked for."""
    after = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    query = f"?{urlencode({'next': after})}" if safe else ""
    return redirect(reverse("account_login") + query)


def icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The icon, for browsers that ask without being told where it is."""
    return redirect(static("common/icon.svg"))


@never_cache
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 where the process answers and the database can be read; for the proxy and monitoring."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok", content_type="text/plain")
