"""The door of the back office."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies import back_office, content
from gongkai.web.common import views
from gongkai.web.common.errors import Denied
from gongkai.web.common.middleware import in_back_office


class BackOfficeDoor:
    """Before a view of the back office runs: groups follow posts, a one-time password is changed, and what
    the CMS does not limit to agencies stays closed (``back_office``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: all is decided once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run; a closed address is refused.

        What is changed in the CMS's own screens is one transaction with its entry in the audit log.
        """
        if not in_back_office(request) or not request.user.is_authenticated:
            return None
        person = request.user
        if not person.access_is_current(timezone.localdate()):
            content.sync_access(person)
        if person.must_change_password:
            messages.warning(request, "这是一次性密码，请先设置自己的密码，然后继续。")
            return redirect(reverse("account_change_password"))
        match = request.resolver_match
        name = match.view_name if match else ""
        if not name or match is None or match.url_name is None:
            raise Http404
        if not back_office.is_open(name, named, administrator=person.is_superuser):
            if name == "wagtailusers_users:index" and person.is_superuser:
                return redirect(reverse("people:index"))
            return _refuse(request, "此页不开放", "请从左侧菜单进入您可以使用的页面")
        if not person.is_superuser and back_office.foreign_object(request, name, named):
            return _refuse(request, "这份文件或图片属于其他机关", "如需使用，请联系该机关或上级主管")
        if request.method == "POST" and name.startswith("wagtail"):
            answer: HttpResponse = transaction.atomic(view)(request, *arguments, **named)
            return answer
        return None


def _refuse(request: HttpRequest, message: str, remedy: str) -> HttpResponse:
    """The page of a refusal; what is raised before a view runs, Django would not hand to ``Refusals``."""
    return views.refusal(request, Denied(message, remedy=remedy), HTTPStatus.FORBIDDEN)
