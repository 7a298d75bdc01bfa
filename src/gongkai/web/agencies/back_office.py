"""Which addresses of the CMS whoever is not the site's administrator may reach.

A list of what is open, not of what is closed: what a newer CMS adds is closed until somebody has looked
at it.

The CMS's permissions are by model and collection and know no agency. What is open here is limited to the
person's own collections; everything of ours asks its own permissions. An app whose views are registered
under a name of their own adds it: ``registry.of("back_office").register("reporting", "reporting")``.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as documents_policy
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as images_policy

from gongkai.web.common import registry

REGISTRY: Final = "back_office"

#: Single addresses that show nothing of any agency.
_OPEN: Final = frozenset({
    "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_dismissibles",
    "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_login",
})  # fmt: skip

#: Groups of addresses that the CMS limits to collections; ``foreign_object`` closes the gaps.
_OPEN_NAMESPACES: Final = frozenset({
    "wagtaildocs", "wagtaildocs_chooser", "wagtailimages", "wagtailimages_chooser",
})  # fmt: skip

#: The CMS's own screens for people and groups know no actions: closed for everybody, ours stand in for them.
_CLOSED_NAMESPACES: Final = frozenset({"wagtailusers_users", "wagtailusers_groups"})

#: Models whose bulk actions are limited to collections; the administrator has those of pages too.
_BULK: Final = frozenset({"wagtaildocs", "wagtailimages"})
_BULK_ADMINISTRATOR: Final = _BULK | {"wagtailcore"}

_OBJECT_ARGUMENTS: Final = ("pk", "document_id", "doc_id", "image_id")


def is_open(name: str, arguments: dict[str, Any], *, administrator: bool) -> bool:
    """Whether an address, by the name of its view, may be reached by staff or by the site's administrator."""
    namespace = name.rpartition(":")[0]
    if namespace in _CLOSED_NAMESPACES:
        return False
    if name == "wagtail_bulk_action":
        return arguments.get("app_label") in (_BULK_ADMINISTRATOR if administrator else _BULK)
    if administrator:
        return True
    ours = {"agencies", "people", *registry.of(REGISTRY).values()}
    return name in _OPEN or namespace in _OPEN_NAMESPACES or namespace.partition(":")[0] in ours


def foreign_object(request: HttpRequest, name: str, arguments: dict[str, Any]) -> bool:
    """Whether an address names a document or picture outside the collections of whoever asks.

    Some of the CMS's views (the choosers' “chosen”) give out any object whose number one guesses.
    """
    if name == "wagtail_bulk_action":
        namespace = str(arguments.get("app_label", ""))
    else:
        namespace = name.rpartition(":")[0].removesuffix("_chooser")
    if namespace not in _BULK:
        return False
    wanted = {str(arguments[key]) for key in _OBJECT_ARGUMENTS if key in arguments}
    wanted.update(value for value in request.GET.getlist("id") if value != "all")
    return bool(wanted) and not _all_within(request, namespace, wanted)


def _all_within(request: HttpRequest, namespace: str, wanted: Iterable[str]) -> bool:
    policy = documents_policy if namespace == "wagtaildocs" else images_policy
    model: type[Model] = get_document_model() if namespace == "wagtaildocs" else get_image_model()
    numbers = {int(value) for value in wanted if value.isascii() and value.isdigit()}
    existing = set(model._default_manager.filter(pk__in=numbers).values_list("pk", flat=True))
    allowed = policy.instances_user_has_any_permission_for(request.user, ["choose", "change"])
    return existing <= set(allowed.filter(pk__in=existing).values_list("pk", flat=True))
