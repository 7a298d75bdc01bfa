"""Atom feeds of what was published, and the sitemap of every public page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.portal import addresses, selectors
from gongkai.web.publishing import selectors as published
from gongkai.web.publishing.models import Item
from gongkai.web.reporting.models import ReportRecord

_ENTRIES = 50
#: Addresses in one list of the sitemap: soon written, far below the 50,000 that are allowed.
_LIST = 5_000
#: The pages, the agencies, their forms and the reports, each in one list, are given as one.
_FEW_LISTS = 6


def _address(record: ReportRecord) -> str:
    return addresses.report(record.agency.slug, record.year)


class ReportsFeed(Feed[ReportRecord, Any]):
    """The reports published last."""

    feed_type = Atom1Feed
    title = "政府信息公开年报"
    subtitle = "最近发布的政府信息公开工作年度报告"

    def link(self, obj: Agency | None = None) -> str:  # noqa: ARG002
        """The column."""
        return reverse("portal:reports")

    def items(self, obj: Agency | None = None) -> Sequence[ReportRecord]:  # noqa: ARG002
        """Newest publication first."""
        return selectors.latest(_ENTRIES)

    def item_title(self, item: Any) -> str:
        """The report's title."""
        return str(item.title)

    def item_link(self, item: ReportRecord) -> str:
        """Its page."""
        return _address(item)

    def item_description(self, item: Any) -> str:
        """Who published it, and whether the agency is an invented one."""
        invented = "（虚构示例）" if item.agency.invented else ""
        return f"{item.agency.full_name}{invented}发布的{item.year}年政府信息公开工作年度报告。"

    def item_pubdate(self, item: ReportRecord) -> datetime | None:
        """When it was published, in China's time."""
        return item.published_at and timezone.localtime(item.published_at)

    def item_updateddate(self, item: ReportRecord) -> datetime | None:
        """When the version now public was published."""
        return self.item_pubdate(item)

    def item_author_name(self, item: ReportRecord) -> str:
        """The agency."""
        return item.agency.full_name


class AgencyFeed(ReportsFeed):
    """The published reports of one agency."""

    def get_object(self, request: HttpRequest, slug: str) -> Agency:  # noqa: ARG002
        """The agency, or 404."""
        found = selectors.agency(slug)
        if found is None:
            raise Http404
        return found

    def title(self, obj: Agency) -> str:  # type: ignore[override]
        """Named after the agency."""
        return f"{obj.full_name}政府信息公开年报"

    def subtitle(self, obj: Agency) -> str:  # type: ignore[override]
        """What it holds."""
        return f"{obj.full_name}发布的政府信息公开工作年度报告"

    def link(self, obj: Agency | None = None) -> str:
        """The agency's page."""
        return reverse("portal:agency", args=(cast("Agency", obj).slug,))

    def items(self, obj: Agency | None = None) -> Sequence[ReportRecord]:
        """Newest publication first."""
        records = selectors.lines().filter(agency=cast("Agency", obj))
        return list(records.order_by("-published_at", "id")[:_ENTRIES])


class _Pages(Sitemap[str]):
    """Pages that are there in any case, and one a year."""

    def items(self) -> list[str]:
        fixed = (
            "home", "agencies", "reports", "apply", "track", "compare", "data", "accessibility", "feedback",
        )  # fmt: skip
        of_years = [addresses.year(year) for year in selectors.years()]
        return [*(reverse(f"portal:{name}") for name in fixed), *of_years]

    def location(self, item: str) -> str:
        return item


class _Agencies(Sitemap[Agency]):
    def __init__(self, rows: "QuerySet[Agency]") -> None:
        self._rows = rows

    def items(self) -> list[Agency]:
        return list(self._rows)

    def location(self, item: Agency) -> str:
        return addresses.agency(item.slug)


class _Forms(_Agencies):
    """The application form of each agency that takes applications."""

    def location(self, item: Agency) -> str:
        return addresses.apply_to(item.slug)


class _Catalogues(_Agencies):
    """The catalogue of each agency that has one."""

    def location(self, item: Agency) -> str:
        return reverse("portal:catalogue", args=(item.slug,))


class _Items(Sitemap[Item]):
    def __init__(self, rows: "QuerySet[Item]") -> None:
        self._rows = rows

    def items(self) -> list[Item]:
        return list(self._rows)

    def location(self, item: Item) -> str:
        return reverse("portal:item", args=(item.agency.slug, item.pk))

    def lastmod(self, item: Item) -> datetime:
        return item.changed_at


class _Reports(Sitemap[ReportRecord]):
    def __init__(self, rows: "QuerySet[ReportRecord]") -> None:
        self._rows = rows

    def items(self) -> list[ReportRecord]:
        return list(self._rows)

    def location(self, item: ReportRecord) -> str:
        return _address(item)

    def lastmod(self, item: ReportRecord) -> datetime | None:
        return item.published_at


_Maps = dict[str, type[Sitemap[Any]] | Sitemap[Any]]


def _lists() -> _Maps:
    """The lists by name. Rows are cut by id: neither they nor the rows of a list are ever counted."""
    agencies, reports = Agency.objects.only("slug").order_by("pk"), selectors.addresses()
    lists: _Maps = {"pages": _Pages}
    lists |= {f"agencies-{number}": _Agencies(rows) for number, rows in selectors.cut(agencies, _LIST)}
    taking = agencies.filter(abolished_on=None)
    lists |= {f"forms-{number}": _Forms(rows) for number, rows in selectors.cut(taking, _LIST)}
    catalogues = published.with_items().only("slug").order_by("pk")
    lists |= {f"catalogues-{number}": _Catalogues(rows) for number, rows in selectors.cut(catalogues, _LIST)}
    lists |= {f"items-{number}": _Items(rows) for number, rows in selectors.cut(published.listed(), _LIST)}
    lists |= {f"reports-{number}": _Reports(rows) for number, rows in selectors.cut(reports, _LIST)}
    return lists


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages in one list while they fit, else an index of lists."""
    section, lists = request.GET.get("section"), _lists()
    if section is not None and section not in lists:
        raise Http404
    if section is None and len(lists) > _FEW_LISTS:
        base = request.build_absolute_uri(reverse("portal:sitemap"))
        context = {"addresses": [f"{base}?section={name}" for name in lists]}
        return TemplateResponse(request, "portal/sitemap_index.xml", context, content_type="application/xml")
    response: TemplateResponse = sitemap_views.sitemap(request, sitemaps=lists, section=section)
    return response
