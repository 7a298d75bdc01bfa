"""What the CMS shows of us, and what of itself it shows to whom."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.documents.permissions import permission_policy as documents_policy

from gongkai.web.agencies.home import DeskPanel, StandingPanel
from gongkai.web.agencies.models import Person
from gongkai.web.agencies.policy import AGENCY_POLICY, PERSON_POLICY
from gongkai.web.agencies.urls import admin_patterns
from gongkai.web.common import registry

#: Entries of the CMS's menu that only the site's administrator has a use for; its help leads elsewhere.
_ADMINISTRATORS_ONLY = frozenset({"explorer", "reports", "settings"})
_NOBODY = frozenset({"help"})
_CLOSED_SETTINGS = frozenset({"users", "groups"})


class PolicyMenuItem(MenuItem):
    """A menu entry for whoever may see anything behind it."""

    def __init__(self, *args: Any, policy: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._policy = policy

    def is_shown(self, request: HttpRequest) -> bool:
        """As the policy says."""
        return self._policy.user_has_permission(request.user, "view")


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Our screens."""
    return [*admin_patterns]


@hooks.register("register_admin_menu_item")
def agencies_menu_item() -> MenuItem:
    """Agencies."""
    return PolicyMenuItem(
        "机关", reverse("agencies:index"), name="agencies", icon_name="site", order=800, policy=AGENCY_POLICY
    )


@hooks.register("register_admin_menu_item")
def people_menu_item() -> MenuItem:
    """People."""
    return PolicyMenuItem(
        "人员", reverse("people:index"), name="people", icon_name="group", order=810, policy=PERSON_POLICY
    )


@hooks.register("construct_main_menu")
def only_what_is_open(request: HttpRequest, items: list[MenuItem]) -> None:
    """No entry that leads to a closed door."""
    closed = _NOBODY if request.user.is_superuser else _NOBODY | _ADMINISTRATORS_ONLY
    items[:] = [item for item in items if item.name not in closed]


@hooks.register("construct_settings_menu")
def without_users_and_groups(request: HttpRequest, items: list[MenuItem]) -> None:
    """People and what they may do are ours."""
    del request
    items[:] = [item for item in items if item.name not in _CLOSED_SETTINGS]


@hooks.register("register_admin_search_area")
def agencies_search() -> SearchArea:
    """Agencies, in the menu's search."""
    return SearchArea("机关", reverse("agencies:index"), name="agencies", icon_name="site", order=10)


@hooks.register("construct_search")
def only_search_in_agencies(request: HttpRequest, areas: list[SearchArea]) -> None:
    """The CMS's own searches know no agency."""
    if not request.user.is_superuser:
        areas[:] = [area for area in areas if area.name == "agencies"]


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, panels: list[Any]) -> None:
    """First of all: as whom one is here today, and what waits."""
    if isinstance(request.user, Person):
        panels[:0] = [StandingPanel(request.user), DeskPanel(request.user)]


@hooks.register("construct_homepage_summary_items", order=1000)
def home_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of the whole site are the administrator's."""
    if not request.user.is_superuser:
        items.clear()


#: Address, words, what for: what people manage of their own sign-in, on allauth's pages.
_OWN_SIGN_IN = (
    ("account_change_password", "修改密码", "改后请用新密码登录"),
    ("mfa_index", "两步验证", "设置或更换验证器，查看恢复码"),
    ("usersessions_list", "登录的设备", "查看并退出其他设备"),
)


def _own_sign_in(name: str, label: str, help_text: str) -> Callable[[HttpRequest], dict[str, str]]:
    def item(request: HttpRequest) -> dict[str, str]:
        del request
        return {"url": reverse(name), "label": label, "help_text": help_text}

    return item


for _name, _label, _help in _OWN_SIGN_IN:
    hooks.register("register_account_menu_item", _own_sign_in(_name, _label, _help))


@hooks.register("before_serve_document")
def only_own_or_published(document: Any, request: HttpRequest) -> None:
    """A file of an agency's collection goes to whoever may use it in the back office, and to the public once
    an app says so: ``registry.of("public_documents").register("publishing", is_published)``.

    The CMS hands any document to whoever guesses its number and name.
    """
    if any(is_public(document) for is_public in registry.of("public_documents")):
        return
    usable = documents_policy.instances_user_has_any_permission_for(request.user, ["choose", "change"])
    if not usable.filter(pk=document.pk).exists():
        raise Http404


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Our few rules."""
    return format_html('<link rel="stylesheet" href="{}">', static("agencies/back_office.css"))
