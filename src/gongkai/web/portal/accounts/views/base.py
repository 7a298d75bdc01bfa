"""What the pages of an account share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal import pages
from gongkai.web.portal.accounts import lasting, signed_in
from gongkai.web.portal.applications.views import APPLY

View = Callable[..., HttpResponseBase]


def page(title: str, *, below: bool = True) -> pages.Page:
    """A page that no crawler lists; ``below``: the list of applications is above it."""
    crumbs = [("首页", "/"), ("依申请公开", reverse("portal:apply"))]
    if below:
        crumbs.append(("我的申请", reverse("portal:account")))
    return pages.Page(title, APPLY, menu="apply", crumbs=tuple(crumbs), indexed=False)


def to_account(done: str = "") -> HttpResponseRedirect:
    """To the list, or to the sign-in in its place; ``done`` is what the page says has happened."""
    return HttpResponseRedirect(reverse("portal:account") + (f"?done={done}" if done else ""))


def terms() -> dict[str, str]:
    """How long things last, in words, as the settings say."""
    keep: int = settings.CITIZEN_KEEP.days
    return {
        "code_valid": lasting.words(settings.CITIZEN_CODE_VALID),
        "shared_valid": lasting.words(settings.CITIZEN_SHARED_CODE_VALID),
        "idle": lasting.words(settings.CITIZEN_IDLE),
        "kept": f"{keep // 365}年" if keep % 365 == 0 else f"{keep}天",
    }


def visitor() -> Actor:
    """Who acts on an account: no member of the staff, even where one is signed in beside it."""
    return Actor.of(None)


def for_holder(view: View) -> View:
    """Whoever is not signed in, or no longer, is asked to sign in; nothing was done."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if signed_in.account(request) is None:
            return to_account()
        try:
            return view(request, *args, **kwargs)
        except ActionRefused as refusal:
            if refusal.code == "signed-out":
                return to_account()
            raise

    return asked
