"""What the screens share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.web.common.actor import Actor
from gongkai.web.reporting.states import State

#: A shape for each state, so that it is never told by colour alone; the class colours it.
SHAPES = {
    State.EMPTY: ("○", "idle"),
    State.UPLOADED: ("◔", "busy"),
    State.READING: ("◔", "busy"),
    State.UNREADABLE: ("■", "bad"),
    State.CONFLICT: ("■", "bad"),
    State.READ: ("▲", "todo"),
    State.IN_REVIEW: ("◐", "todo"),
    State.REVIEWED: ("◕", "todo"),
    State.PUBLISHED: ("●", "good"),
    State.WITHDRAWING: ("▲", "todo"),
    State.WITHDRAWN: ("❚❚", "idle"),
}


def actor_of(request: HttpRequest) -> Actor:
    """Whoever is signed in."""
    return Actor.of(request.user)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether the page's own script asks, which takes a piece of a page instead of a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, crumb: str = "", status: int = 200
) -> HttpResponse:
    """A screen on the CMS's base; ``crumb`` is the last of its breadcrumbs."""
    items = [{"url": reverse("reporting:board"), "label": "年度报告"}]
    if crumb:
        items.append({"url": "", "label": crumb})
    return render(
        request,
        f"reporting/{template}",
        {"breadcrumbs_items": items, "header_icon": "table", "header_title": crumb or "年度报告", **context},
        status=status,
    )


def state_mark(state: str) -> dict[str, str]:
    """A state's shape, class and word."""
    shape, style = SHAPES[State(state)]
    return {"shape": shape, "style": style, "label": State(state).label}
