"""The catalogue of what an agency has published (条例 12, 24): its list, and one item with its way out."""

from datetime import datetime, time

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.portal import addresses, pages, selectors
from gongkai.web.publishing import selectors as published
from gongkai.web.publishing.models import Item

CATALOGUE = pages.Column(
    "政府信息公开目录",
    "信息公开目录",
    "行政机关主动公开的政府信息，按索引号、名称、内容概述、生成日期编列",
    "政府信息公开,公开目录,索引号",
)
_LONGEST = 60
_DIGITS = 6


@require_safe
@conditional_page
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """What an agency has published, newest first; ``q`` is in the title, or a number."""
    agency = _agency(slug)
    text = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
    number = request.GET.get("p", "")
    found = Paginator(published.containing(published.public(agency), text), selectors.PAGE)
    page = pages.Page(
        f"{agency.short_name}公开目录", CATALOGUE, menu="agencies", crumbs=_crumbs(agency), agency=agency,
        indexed=not text and not number,
    )  # fmt: skip
    shown = found.get_page(number if number.isascii() and len(number) <= _DIGITS else 1)
    return pages.render(request, "catalogue", page, {"agency": agency, "wanted": text, "found": shown})


@require_safe
@conditional_page
def item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One item: what the catalogue says of it, and where it is."""
    agency = _agency(slug)
    found = published.public(agency).filter(pk=pk).first()
    if found is None:
        raise Http404
    page = pages.Page(
        found.title, CATALOGUE, menu="agencies", agency=agency, article=_article(agency, found),
        crumbs=(*_crumbs(agency), ("公开目录", reverse("portal:catalogue", args=[slug]))),
    )  # fmt: skip
    return pages.render(request, "item", page, {"agency": agency, "item": found})


def _agency(slug: str) -> Agency:
    found = selectors.agency(slug)
    if found is None:
        raise Http404
    return found


def _crumbs(agency: Agency) -> tuple[tuple[str, str], ...]:
    fixed = addresses.fixed()
    return (
        ("首页", fixed["home"]),
        ("机关名录", fixed["agencies"]),
        (agency.short_name, addresses.agency(agency.slug)),
    )


def _article(agency: Agency, found: Item) -> pages.Article:
    day = found.published_on or found.made_on
    at = timezone.make_aware(datetime.combine(day, time()))
    return pages.Article(found.title, at, agency.full_name, keywords=found.number)
