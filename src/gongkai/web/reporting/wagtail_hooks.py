"""The reports' place in the back office."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.common.actor import Actor
from gongkai.web.reporting import permissions


class ReportsMenuItem(MenuItem):
    """Shown to whoever may see the reports of any agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asks the table of permissions."""
        return bool(agency_permissions.where(Actor.of(request.user), permissions.VIEW))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """All screens under ``reports/``; the CMS asks for a signed-in member of staff first."""
    return [path("annual-reports/", include("gongkai.web.reporting.urls"))]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """年度报告, above what the CMS itself offers."""
    return ReportsMenuItem(
        "年度报告", reverse("reporting:board"), name="annual-reports", icon_name="table", order=90
    )
