"""The applications' place in the back office."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.applications import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import SITE, allowed


class CasesMenuItem(MenuItem):
    """Shown to whoever may see the cases, or the figures, of any agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asks the table of permissions."""
        actor = Actor.of(request.user)
        return any(agency_permissions.where(actor, one) for one in (permissions.VIEW, permissions.STATISTICS))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """All screens under ``applications/``; the CMS asks for a signed-in member of staff first."""
    return [path("applications/", include("gongkai.web.applications.urls"))]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """依申请公开, first of all: it has deadlines."""
    return CasesMenuItem(
        "依申请公开", reverse("applications:due"), name="applications", icon_name="mail", order=80
    )


class HolidaysMenuItem(MenuItem):
    """Shown to whoever looks after the whole site."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asks the table of permissions."""
        return allowed(Actor.of(request.user), permissions.IMPORT_HOLIDAYS, SITE)


@hooks.register("register_settings_menu_item")
def holidays_menu_item() -> MenuItem:
    """节假日安排."""
    return HolidaysMenuItem(
        "节假日安排", reverse("applications:holidays"), name="holidays", icon_name="date", order=700
    )


@hooks.register("register_account_menu_item")
def reminders_menu_item(request: HttpRequest) -> dict[str, str] | None:
    """提醒方式, on one's account page, for whoever sees cases."""
    if not agency_permissions.where(Actor.of(request.user), permissions.VIEW):
        return None
    url, help_text = reverse("applications:reminders"), "申请到期、文书待签批时怎样提醒"
    return {"url": url, "label": "提醒方式", "help_text": help_text}


class UndeliveredMenuItem(MenuItem):
    """Shown to whoever sets an agency, or the site, up."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Asks the table of permissions."""
        return bool(agency_permissions.where(Actor.of(request.user), permissions.SET_UP))


@hooks.register("register_settings_menu_item")
def undelivered_menu_item() -> MenuItem:
    """没有发出的通知."""
    url = reverse("applications:undelivered")
    return UndeliveredMenuItem("没有发出的通知", url, name="undelivered", icon_name="warning", order=710)
