"""Figures of what was offered before sending, by month; and published things for whoever drafts a reply."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from gongkai.kernel.period import Period
from gongkai.web.applications.models import Case, OfferedItem, Offering
from gongkai.web.applications.receiving import drafts
from gongkai.web.common import published
from gongkai.web.common.published import Offer, Wanted
from gongkai.web.common.sheets import Line, Sheet

#: The outcome of 条例 36(1), and the field of its letter that says where the thing is.
ALREADY_PUBLIC: Final = "already_public"
WHERE: Final = "提供方式"
#: Things named below the months: those that answered most often.
_NAMED: Final = 10


#: The same of pages of offers and of single offers.
_OPENED: Final = Count("pk", filter=Q(opened=True))
_ANSWERED: Final = Count("pk", filter=Q(answered=True))


class Month(NamedTuple):
    """A month: applications before which something was offered, before which some of it was opened, and those
    that were not needed then.
    """

    word: str
    offered: int
    opened: int
    answered: int


class Answering(NamedTuple):
    """A published thing, how often it was offered, opened, and what was wanted."""

    title: str
    offered: int
    opened: int
    answered: int


class Counted(NamedTuple):
    """What the page of figures shows."""

    months: list[Month]
    total: Month
    things: list[Answering]


class Reply(NamedTuple):
    """What a reply is begun with: outcome, and fields of the letter."""

    outcome: str
    typed: dict[str, str]


NOTHING: Final = Reply("", {})


def counted(agency_ids: list[int], period: Period) -> Counted:
    """Offers of a period by month, in order; months without any are left out."""
    offerings = Offering.objects.filter(agency_id__in=agency_ids, on__range=(period.start, period.end))
    rows = (
        offerings.order_by()
        .annotate(month=TruncMonth("on"))
        .values_list("month")
        .annotate(offered=Count("pk"), opens=_OPENED, answers=_ANSWERED)
        .order_by("month")
    )
    months = [Month(f"{month.year}年{month.month}月", *counts) for month, *counts in rows]
    total = Month(
        "合计",
        sum(one.offered for one in months),
        sum(one.opened for one in months),
        sum(one.answered for one in months),
    )
    return Counted(months, total, _things(agency_ids, period))


def _things(agency_ids: list[int], period: Period) -> list[Answering]:
    items = OfferedItem.objects.filter(
        offering__agency_id__in=agency_ids, offering__on__range=(period.start, period.end)
    )
    rows = (
        items.order_by()
        .values_list("title")
        .annotate(offered=Count("pk"), opens=_OPENED, answers=_ANSWERED)
        .order_by("-answers", "-opens", "-offered", "title")
    )
    return [Answering(*row) for row in rows[:_NAMED]]


def sheet(found: Counted) -> Sheet:
    """The months as a table to save."""
    return Sheet("提交前的提示", [16, 20, 20, 24], _lines([*found.months, found.total]))


def _lines(months: Iterable[Month]) -> Iterator[Line]:
    yield ["月份", "提示已公开信息（次）", "点开查看（次）", "因此不再申请（次）"]
    yield from months


def for_case(case: Case) -> list[Offer]:
    """What the case's agency has published that may be what is asked for."""
    if case.purged_at is not None:
        return []
    return published.search(case.agency_id, Wanted(case.subject, case.details))


def reply(case: Case, key: str) -> Reply:
    """A reply that says where an offer is found; nothing filled in where it is none of the case's offers."""
    found = published.by_key(for_case(case), key) if key else None
    return Reply(ALREADY_PUBLIC, {WHERE: f"请查阅{found.told}"}) if found else NOTHING


def offered(token: str) -> set[tuple[str, str]]:
    """What was offered on the summary of a draft: source and reference of each."""
    found = OfferedItem.objects.filter(offering__draft__token_hash=drafts.token_hash(token))
    return set(found.values_list("source", "reference"))


def page_of(key: str) -> str:
    """The public page of something that was offered to anybody, by the key of its offer; empty for none."""
    found = OfferedItem.objects.filter(**named(key)).order_by("-pk").first()
    return found.url if found else ""


def is_opened(token: str, key: str) -> bool:
    """Whether an offer of a draft was opened before."""
    found = OfferedItem.objects.filter(offering__draft__token_hash=drafts.token_hash(token), opened=True)
    return found.filter(**named(key)).exists()


def named(key: str) -> dict[str, str]:
    """The fields by which an offer of that key is found."""
    source, _, reference = key.partition(":")
    return {"source": source, "reference": reference}


def taken(token: str) -> OfferedItem | None:
    """What was offered and was what its sender wanted; None where the draft did not end so."""
    found = OfferedItem.objects.select_related("offering__agency")
    return found.filter(offering__draft__token_hash=drafts.token_hash(token), answered=True).first()
