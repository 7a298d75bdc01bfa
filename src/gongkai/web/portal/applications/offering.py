"""What is already published, shown before an application is sent; it never stands in its way."""

import logging

from django.db import DatabaseError

from gongkai.kernel import GongkaiError
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import intake
from gongkai.web.applications import offers as kept
from gongkai.web.applications.actions import RecordOffers
from gongkai.web.common import published
from gongkai.web.common.actor import Actor
from gongkai.web.common.published import Offer, Wanted

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
