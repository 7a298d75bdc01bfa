"""What is already published, shown before an application is sent; it never stands in its way."""

import logging

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.kernel import GongkaiError
from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import OpenOffer, RecordOffers
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.statistics import offers as kept
from gongkai.web.common import published
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.published import Offer, Wanted
from gongkai.web.portal.applications import in_hand

_log = logging.getLogger(__name__)


def count(token: str, agency: Agency, request: intake.Request) -> None:
    """Count what matches under the draft of that token."""
    found = _search(agency, request)
    if not found:
        return
    try:
        RecordOffers(Actor.of(None), token=token, offers=found).run()
    except (GongkaiError, DatabaseError):
        _log.exception("offers of agency %s were not counted, and not shown", agency.pk)


def counted(token: str, agency: Agency, request: intake.Request) -> list[Offer]:
    """What matches and was counted; nothing where it could not be counted."""
    known = kept.offered(token)
    return [one for one in _search(agency, request) if (one.source, one.reference) in known] if known else []


def _search(agency: Agency, request: intake.Request) -> list[Offer]:
    return published.search(agency.pk, Wanted(request.subject, request.details))


@never_cache
@require_safe
def see(request: HttpRequest, key: str) -> HttpResponse:
    """Go on to the page of an offer, counting once that whoever has the draft in hand has opened it.

    Anybody else who comes here, a crawler or a friend the address was sent to, goes on and is not counted.
    Nothing that goes wrong with counting keeps anybody from the page.
    """
    offer = request.GET.get("offer", "").replace("\0", "")
    page = kept.page_of(offer)
    if not page:
        raise Http404
    hand = in_hand.of(request, key)
    if hand is not None and _is_looking(request) and not kept.is_opened(hand.token, offer):
        try:
            OpenOffer(Actor.of(None), token=hand.token, key=offer).run()
        except ActionRefused:
            pass  # sent or forgotten meanwhile: it is looked at, and not before sending
        except DatabaseError:
            _log.exception("that an offer was opened was not counted")
    return HttpResponseRedirect(page)


def _is_looking(request: HttpRequest) -> bool:
    """Whether somebody clicked, and no browser fetched it beforehand in case somebody does."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method == "GET" and not any("prefetch" in purpose.lower() for purpose in purposes)
