"""What every public page has: title, way here, page tags, menu, identity, large print. REGULATION.md §5."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from gongkai.web.agencies.models import Agency
from gongkai.web.portal import addresses, display, identity, selectors
from gongkai.web.reporting.models import ReportRecord


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the site, for the column tags. ``kind`` is one of the guideline's column types."""

    name: str
    kind: str
    description: str
    keywords: str


HOME = Column("首页", "首页", "各机关政府信息公开工作年度报告的发布、查阅和下载", "政府信息公开,年度报告")
AGENCIES = Column("机关名录", "机构职能", "发布年度报告的行政机关及其联系方式", "机关名录,联系方式")
REPORTS = Column(
    "政府信息公开年报",
    "信息公开年报",
    "各机关政府信息公开工作年度报告，按年度列出",
    "政府信息公开,年度报告,年报",
)
COMPARISON = Column("年报比较", "数据发布", "两个机关或两个年度的年度报告逐项比较", "年度报告,比较")
DATA = Column("数据开放", "数据发布", "年度报告数据的下载格式和只读接口", "开放数据,接口,年度报告")
HELP = Column("网站说明", "概况信息", "无障碍浏览、网站找错和联系方式", "无障碍,找错,联系方式")


@dataclass(frozen=True, slots=True)
class Article:
    """What the article tags say of a published text."""

    title: str
    published_at: datetime
    source: str
    keywords: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A public page. ``crumbs`` are (text, address) of the pages above; ``menu`` is its entry there."""

    title: str
    column: Column | None
    menu: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    article: Article | None = None
    agency: Agency | None = None
    year: int | None = None
    feed: str = ""
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A report in a list as the template prints it. ``day`` is the day of publication in China."""

    href: str
    title: str
    invented: bool
    day: str


def lines(records: Iterable[ReportRecord]) -> list[Line]:
    """Lines of a list of published reports."""
    return [
        Line(
            addresses.report(record.agency.slug, record.year),
            record.title,
            record.agency.invented,
            timezone.localtime(record.published_at).date().isoformat(),
        )
        for record in records
    ]


def years() -> list[tuple[int, str]]:
    """The years with published reports, newest first, each with the address of its column."""
    return [(year, addresses.year(year)) for year in selectors.years()]


def tags(page: Page, who: identity.Identity) -> Iterator[tuple[str, str]]:
    """Page tags: the site's on every page, the column's and the article's where due."""
    yield "SiteName", who.name
    yield "SiteDomain", who.domain
    yield "SiteIDCode", who.site_code
    column, article = page.column, page.article
    if column is not None:
        yield "ColumnName", column.name
        if article is None:
            yield "ColumnDescription", column.description
            yield "ColumnKeywords", column.keywords
        yield "ColumnType", column.kind
    if article is not None:
        yield "ArticleTitle", article.title
        yield "PubDate", f"{timezone.localtime(article.published_at):%Y-%m-%d %H:%M}"
        yield "ContentSource", article.source
        if article.keywords:
            yield "Keywords", article.keywords


def render(
    request: HttpRequest,
    template: str,
    page: Page,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the portal. It differs by the display cookie alone.

    In the context ``keeps`` names the form that is filled in on the page: large print is then switched by a
    button of that form, so that nothing typed is lost. ``here`` is where the link goes back to, if not to
    the address asked for, as on pages that answer a POST.
    """
    who = identity.of_request(request, page.agency)
    given = dict(context or {})
    shared = {
        "page": page,
        "site": who,
        "tags": list(tags(page, who)),
        "large": display.is_large(request),
        "here": request.get_full_path(),
        "to": addresses.fixed(),
        "menu_years": given["years"] if "years" in given else years(),
        "canonical": request.build_absolute_uri(request.path),
    }
    response = render_template(request, f"portal/{template}.html", {**shared, **given}, status=status)
    patch_vary_headers(response, ["Cookie"])
    # A browser asks again each time: what was withdrawn must not come out of a cache.
    response.headers["Cache-Control"] = "no-cache"
    return response
