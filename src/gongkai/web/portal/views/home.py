"""The first page and the search of agencies."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from gongkai.web.portal import pages, selectors


@require_safe
@conditional_page
def home(request: HttpRequest) -> HttpResponse:
    """What was published last, the years, and the agencies."""
    page = pages.Page("首页", pages.HOME, menu="home", feed=reverse("portal:feed"))
    context = {"latest": pages.lines(selectors.latest()), "register": selectors.register()}
    return pages.render(request, "home", page, context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Agencies whose names contain the words, with their reports."""
    text = request.GET.get("q", "").strip()[:60]
    found = list(selectors.named(text)[: selectors.PAGE + 1])
    years = selectors.years_of(found)
    title = f"“{text}”的查找结果" if text else "查找机关"
    page = pages.Page(title, None, menu="agencies", crumbs=(("首页", reverse("portal:home")),), indexed=False)
    context = {
        "text": text,
        "found": [(agency, years.get(agency.pk, [])) for agency in found[: selectors.PAGE]],
        "more": len(found) > selectors.PAGE,
    }
    return pages.render(request, "search", page, context)
