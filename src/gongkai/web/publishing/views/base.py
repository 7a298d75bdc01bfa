"""What the screens share."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.web.common.actor import Actor

#: Figures of a number in an address or a form.
_LONGEST: Final = 12


def actor_of(request: HttpRequest) -> Actor:
    """Whoever is signed in."""
    return Actor.of(request.user)


def whole(text: str) -> int | None:
    """A whole number out of an address or a form; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, crumb: str = "", status: int = 200
) -> HttpResponse:
    """A screen on the CMS's base; ``crumb`` is the last of its breadcrumbs."""
    items = [{"url": reverse("publishing:index"), "label": "公开目录"}]
    if crumb:
        items.append({"url": "", "label": crumb})
    shared = {
        "breadcrumbs_items": items, "header_icon": "list-ul", "header_title": crumb or "公开目录",
        "page_title": crumb or "公开目录",
    }  # fmt: skip
    return render(request, f"publishing/{template}", {**shared, **context}, status=status)
