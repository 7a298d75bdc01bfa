"""Published annual reports, offered to whoever is about to ask for them; see ``common.published``."""

import re
from typing import Final

from django.conf import settings
from django.utils import timezone

from gongkai.web.common import wording
from gongkai.web.common.published import Offer, Wanted
from gongkai.web.portal import addresses, selectors
from gongkai.web.reporting.models import ReportRecord

SOURCE: Final = "reports"
#: The yearly report on disclosure, and no company's or budget's: 政府信息公开工作年度报告, 信息公开年报.
_REPORT: Final = re.compile(r"信息公开(?:工作)?.{0,8}?(?:年度报告|年报|工作报告)")


def find(agency_id: int, wanted: Wanted, limit: int) -> list[Offer]:
    """Reports of the years that are asked for; where none is named, the newest."""
    if not _REPORT.search(wording.plain(wanted.subject)):
        return []
    asked = wording.years(wanted.subject) or wording.years(wanted.details)
    records = selectors.lines().filter(agency_id=agency_id).order_by("-year")
    found = list(records.filter(year__in=asked)[:limit] if asked else records[:1])
    return [_offer(record) for record in found]


def _offer(record: ReportRecord) -> Offer:
    page = addresses.report(record.agency.slug, record.year)
    return Offer(
        source=SOURCE,
        reference=str(record.pk),
        title=record.title,
        url=page,
        address=f"{settings.WAGTAILADMIN_BASE_URL}{page}",
        why=f"{record.year}年的年度报告",
        score=1.0,
        day=timezone.localtime(record.published_at).date() if record.published_at else None,
    )
