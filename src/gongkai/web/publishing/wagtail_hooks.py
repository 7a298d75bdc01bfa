"""The catalogue's place in the back office."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.common.actor import Actor
from gongkai.web.publishing import permissions


class CatalogueMenuItem(MenuItem):
    """Shown to whoever may see the catalogue of any agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asks the table of permissions."""
        return bool(agency_permissions.where(Actor.of(request.user), permissions.VIEW))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """All screens under ``catalogue/``; the CMS asks for a signed-in member of staff first."""
    return [path("catalogue/", include("gongkai.web.publishing.urls"))]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """公开目录, after the applications."""
    return CatalogueMenuItem(
        "公开目录", reverse("publishing:index"), name="catalogue", icon_name="list-ul", order=85
    )
