"""What is looked for in the due list: names and numbers of people, which stand in no address.

An address ends in the log of a proxy and in the history of a browser, and stays there longer than the data
it names. So the words are posted and kept, encrypted, in the session of whoever looks for them; the address
bears a key, which opens nothing in any other session.
"""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongkai.web.applications.views import filters
from gongkai.web.common import keys

_SESSION: Final = "applications.looked_for"
_CONTEXT: Final = "applications.looked_for"
#: The last ones; who goes back further looks anew.
_MOST: Final = 20
_LONGEST: Final = 200


def words(request: HttpRequest) -> str:
    """What the list of this address is looked through for; empty where it is not, or not any more."""
    found = request.session.get(_SESSION, {}).get(request.GET.get(filters.LOOKED_FOR, ""), "")
    return keys.still_opens(found, _CONTEXT)


def elsewhere(request: HttpRequest) -> HttpResponse | None:
    """Where an address leads that cannot be shown as it stands; None where it can.

    One that bears the words themselves goes on to one that does not. Where this session does not have the key
    the whole list is shown, and said to be that; nothing is exported.
    """
    if typed := request.GET.get(filters.TYPED, "").strip():
        return _to(request.path, request.GET, remembered(request, typed))
    if request.GET.get(filters.LOOKED_FOR) and not words(request):
        messages.warning(request, "查找的文字没有保留，现在显示的没有按它筛选。请重新输入要查找的内容。")
        return _to(reverse("applications:due"), request.GET, "")
    return None


def remembered(request: HttpRequest, typed: str) -> str:
    """The key of some words in this session; the same words have the same one."""
    kept: dict[str, str] = request.session.get(_SESSION, {})
    text = typed[:_LONGEST]
    known = [key for key, sealed in kept.items() if keys.still_opens(sealed, _CONTEXT) == text]
    key = known[0] if known else get_random_string(12)
    others = [one for one in kept if one != key][-_MOST + 1 :]
    request.session[_SESSION] = {
        **{one: kept[one] for one in others}, key: kept.get(key) or keys.encrypt(text, _CONTEXT)
    }  # fmt: skip
    return key


@require_POST
@sensitive_post_parameters(filters.TYPED)
def look(request: HttpRequest) -> HttpResponse:
    """The form of the list: its filters go into the address, what is looked for into the session."""
    typed = request.POST.get(filters.TYPED, "").strip()
    key = remembered(request, typed) if typed else ""
    return _to(reverse("applications:due"), request.POST, key)


def _to(path: str, given: QueryDict, key: str) -> HttpResponse:
    kept = filters.with_but(given, **{filters.LOOKED_FOR: key})
    return HttpResponseRedirect(f"{path}{'?' if kept else ''}{kept}")
