"""The site's addresses and, below ``/cms/``, the CMS's own pages as it serves them out of the box.

Below ``/cms-kept/`` they are kept by Django's cache for a minute, as a site that uses the CMS alone would do.
"""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import cache_page
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views

from gongkai.web import urls as site

handler400, handler403, handler404, handler500 = (
    site.handler400,
    site.handler403,
    site.handler404,
    site.handler500,
)
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^cms-kept/((?:[\w\-]+/)*)$", cache_page(60)(wagtail_views.serve)),
    path("cms/", include(wagtail_urls)),
    *site.urlpatterns,
]
