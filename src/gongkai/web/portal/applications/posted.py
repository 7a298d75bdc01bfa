"""Addresses that only take forms: who comes to one by its address alone is shown the page it belongs to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]


def only_posted(page: str) -> Callable[[View], View]:
    """A view that is run by POST alone; a tab that is loaded again later lands on the named page instead.

    A refused step is answered at its own address, which a telephone loads anew once it has put the tab away.
    """

    def only(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return HttpResponseRedirect(reverse(page))
            return view(request, *args, **kwargs)

        return asked

    return only
