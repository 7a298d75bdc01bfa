"""Pages about the site itself, the large-print switch, and refusals."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.web.common import views as common_views
from gongkai.web.common.middleware import in_back_office
from gongkai.web.portal import api, display, pages

_CRUMBS = (("首页", "/"),)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Open data: formats, feeds, the read API with its operations."""
    page = pages.Page(pages.DATA.name, pages.DATA, menu="data", crumbs=_CRUMBS)
    return pages.render(request, "data", page, {"operations": api.operations()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site can be read: large print, keyboard, screen readers, print."""
    page = pages.Page("无障碍浏览", pages.HELP, menu="accessibility", crumbs=_CRUMBS)
    return pages.render(request, "accessibility", page)


@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """Where to say that something on the site is wrong."""
    came_from = request.GET.get("page", "")
    page = pages.Page("网站找错", pages.HELP, menu="feedback", crumbs=_CRUMBS)
    about = request.build_absolute_uri(came_from) if _is_own(request, came_from) else ""
    return pages.render(request, "feedback", page, {"about": about})


def _is_own(request: HttpRequest, address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )


@require_safe
def switch_display(request: HttpRequest) -> HttpResponse:
    """Large print on or off, kept in a cookie, and back to the page it was asked on."""
    after = request.GET.get("next", "")
    response = HttpResponseRedirect(after if _is_own(request, after) else reverse("portal:home"))
    response.headers["Cache-Control"] = "no-store"
    return display.remember(response, large=request.GET.get("size") == display.LARGE)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public, not the switches."""
    lines = [
        "User-agent: *",
        f"Disallow: /{settings.BACK_OFFICE}",
        "Disallow: /accounts/",
        f"Disallow: {reverse('portal:display')}",
        f"Disallow: {reverse('portal:search')}",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with the ways on; the back office has a page of its own."""
    if in_back_office(request):
        return common_views.not_found(request, exception)
    page = pages.Page("没有这个页面", None, indexed=False)
    return pages.render(request, "not_found", page, status=404)
