"""Addresses: sign-in, the back office, and everything else the public site's."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from gongkai.web.agencies.views.account import AccountView
from gongkai.web.common import views

handler400 = "gongkai.web.common.views.bad_request"
handler403 = "gongkai.web.common.views.denied"
handler404 = "gongkai.web.portal.views.site.not_found"
handler500 = "gongkai.web.common.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("gongkai.web.common.account_urls")),
    # The CMS's own sign-in knows neither the second factor nor the lock-out.
    path(f"{settings.BACK_OFFICE}login/", views.to_sign_in),
    # The CMS's own account page changes names and addresses without an action.
    path(f"{settings.BACK_OFFICE}account/", AccountView.as_view(), name="wagtailadmin_account"),
    path(settings.BACK_OFFICE, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", views.health),
    path("favicon.ico", views.icon),
    path("", include("gongkai.web.portal.urls")),
]
