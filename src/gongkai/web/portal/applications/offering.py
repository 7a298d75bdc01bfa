"""What is already published, shown before an application is sent; it never stands in its way."""

import logging

from django.db import DatabaseError

from gongkai.kernel import GongkaiError
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import intake
from gongkai.web.applications.actions import RecordOffers
from gongkai.web.common import published
from gongkai.web.common.actor import Actor
from gongkai.web.common.published import Offer, Wanted

_log = logging.getLogger(__name__)


def offers(token: str, agency: Agency, request: intake.Request) -> list[Offer]:
    """What matches, counted under the draft of that token; nothing where it cannot be counted."""
    found = published.search(agency.pk, Wanted(request.subject, request.details))
    if not found:
        return []
    try:
        RecordOffers(Actor.of(None), token=token, offers=found).run()
    except (GongkaiError, DatabaseError):
        _log.exception("offers of agency %s were not counted, and not shown", agency.pk)
        return []
    return found
