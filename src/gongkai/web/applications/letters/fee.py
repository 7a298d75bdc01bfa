"""What a fee notice charges: basis, rate and amount (国办函〔2020〕109号), for this application alone."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from gongkai.kernel import GongkaiError
from gongkai.law import fees
from gongkai.law.fees import Tier
from gongkai.web.applications import clock
from gongkai.web.applications.letters import fee_items, recital
from gongkai.web.applications.models import Case

KIND: Final = "fee"
BY_ITEMS: Final = "按件"
BY_PAGES: Final = "按量"
#: Of the longest number of pages; what is longer is a slip, and is told as one.
_DIGITS: Final = 6
_NOT_YET: Final = {"收费标准": "", "金额": ""}


def stated(case: Case, typed: Mapping[str, str], dated: date) -> dict[str, str]:
    """收费标准 and 金额 as the notice prints them; both empty where they cannot be told yet.

    By items it is what this item of the month costs by itself: those before it have notices of their own.
    """
    if typed.get("计收方式") == BY_ITEMS:
        return _by_items(case, dated)
    pages = typed.get("数量", "").strip()
    known = pages.isdecimal() and len(pages) <= _DIGITS and int(pages)
    return _by_pages(int(pages), dated) if known else _NOT_YET


def _by_items(case: Case, dated: date) -> dict[str, str]:
    place = fee_items.place(case)
    if place is None or case.received_on is None:
        return _NOT_YET
    month = f"{case.received_on.year}年{case.received_on.month}月"
    rate = _told(fees.tier("items", place.number, dated), "件")
    whose = f"{recital.called(case)}{month}"
    said = f"按件计收：按收到的先后，该申请是{whose}向本机关提出的第{place.number}件，{rate}"
    return {"收费标准": said, "金额": str(fees.marginal("items", place.number, dated))}


def _by_pages(pages: int, dated: date) -> dict[str, str]:
    rates = "，".join(_told(tier, "页") for tier in fees.tiers("pages", pages, dated))
    said = f"按量计收：提供的信息共{pages}页，{rates}"
    return {"收费标准": said, "金额": str(fees.fee("pages", pages, dated))}


def _told(tier: Tier, unit: str) -> str:
    """第11至30件每件100元, as the rate stands in the rules."""
    which = f"第{tier.first}至{tier.last}{unit}" if tier.last else f"第{tier.first}{unit}以上"
    return f"{which}每{unit}{tier.rate}元" if tier.rate else f"{which}不收费"


def faults(case: Case, typed: Mapping[str, str], dated: date) -> Iterator[str]:
    """Why such a notice may not go out: nothing to charge, or a number that is not the register's."""
    by_items, count = typed.get("计收方式") == BY_ITEMS, typed.get("数量", "").strip()
    if typed.get("计收方式") == BY_PAGES and not count:
        yield "没有填写页数：按量计收的，按提供的页数计算"
    if by_items:
        yield from _faults_of_items(case, count)
    try:
        told = stated(case, typed, dated)
    except GongkaiError as error:
        yield clock.in_words(error.message)
        return
    if told["金额"] == "0":
        yield f"应缴纳0元，不得发出收费通知书（{told['收费标准']}）"


def _faults_of_items(case: Case, count: str) -> Iterator[str]:
    place = fee_items.place(case)
    if place is None:
        yield "没有登记申请人的证件号码，或尚未确认收到，算不出是当月第几件，不能按件计收"
    elif count and count != str(place.number):
        ours = f"该申请是申请人当月第{place.number}件"
        yield f"按件计收的件次按登记计算：{ours}，与所填的{count}不同，请改正或留空"


def prefilled(case: Case, on: date) -> dict[str, str]:
    """By items where this item is one that costs; else nothing is chosen."""
    place = fee_items.place(case)
    costs = place is not None and fees.marginal("items", place.number, on) > 0
    return {"计收方式": BY_ITEMS} if costs else {}


def hint(case: Case, on: date) -> str:
    """Which item of the month the application is and what that costs, for whoever drafts the notice."""
    place = fee_items.place(case)
    if place is None:
        return "没有登记申请人的证件号码，或尚未确认收到，算不出是当月第几件，不能按件计收。"
    rate = _told(fees.tier("items", place.number, on), "件")
    return f"该申请是申请人当月向本机关提出的第{place.number}件（当月共登记{place.of}件），按件计收：{rate}。"
