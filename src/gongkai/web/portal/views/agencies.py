"""The register of agencies and the page of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from gongkai.web.portal import charts, pages, selectors
from gongkai.web.publishing import selectors as published


@require_safe
@conditional_page
def register(request: HttpRequest) -> HttpResponse:
    """All agencies by region, or one region of many."""
    after = request.GET.get("after", "").strip()[:40]
    found = selectors.register(request.GET.get("region", ""), after)
    if found is None:
        raise Http404
    title = f"{found.region.full_name}的机关" if found.region else "机关名录"
    page = pages.Page(
        title, pages.AGENCIES, menu="agencies", crumbs=(("首页", reverse("portal:home")),), indexed=not after
    )
    return pages.render(request, "agencies", page, {"register": found, "after": after})


@require_safe
@conditional_page
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """An agency: how to reach it, its reports by year, its figures over the years, who it supervises."""
    found = selectors.agency(slug)
    if found is None:
        raise Http404
    records = selectors.of_agency(found)
    page = pages.Page(
        found.full_name,
        pages.AGENCIES,
        menu="agencies",
        crumbs=(("首页", reverse("portal:home")), ("机关名录", reverse("portal:agencies"))),
        agency=found,
        feed=reverse("portal:agency_feed", args=(slug,)),
    )
    context = {
        "agency": found,
        "records": records,
        "items": published.public(found).count(),
        "lines": pages.lines(records),
        "charts": [chart for section in charts.over_the_years(records).values() for chart in section],
        "subordinates": selectors.subordinates(found),
        "former_names": list(found.former_names.all()),
    }
    return pages.render(request, "agency", page, context)
