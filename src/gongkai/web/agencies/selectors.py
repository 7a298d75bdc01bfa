"""Reads of agencies and people, limited to what the actor may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies import permissions
from gongkai.web.agencies.models import Agency, Leave, Person, Post, Region, Role
from gongkai.web.agencies.models.agencies import AgencyQuerySet
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL, SITE, Visible


def agencies_for(actor: Actor | None, permission: str = permissions.VIEW) -> AgencyQuerySet:
    """The agencies in which the actor holds the permission."""
    return _limited(Agency.objects.all(), permissions.where(actor, permission))


def _limited(agencies: AgencyQuerySet, ids: Visible) -> AgencyQuerySet:
    return agencies if ids is ALL else agencies.filter(pk__in=ids)


def people_for(actor: Actor | None, permission: str = permissions.VIEW) -> QuerySet[Person]:
    """The people with a post, now or formerly, in agencies where the actor holds the permission.

    An administrator of the whole site is shown to such an administrator only.
    """
    ids = permissions.where(actor, permission)
    if ids is ALL:
        return Person.objects.all()
    return Person.objects.filter(
        pk__in=Post.objects.filter(agency_id__in=ids).values("person_id"), is_superuser=False
    )


def colleagues(agencies: Iterable[int], day: date | None = None) -> QuerySet[Person]:
    """Active people with a post in one of the agencies on a day (today)."""
    posts = Post.objects.on(day or timezone.localdate()).filter(agency_id__in=list(agencies))
    return Person.objects.filter(pk__in=posts.values("person_id"), is_active=True)


def agencies_of(person: Person, day: date | None = None) -> AgencyQuerySet:
    """The agencies in which a person holds a post on a day (today)."""
    posts = Post.objects.on(day or timezone.localdate()).filter(person=person)
    return Agency.objects.filter(pk__in=posts.values("agency_id"))


def served_by(person: Person, day: date | None = None) -> AgencyQuerySet:
    """The agencies in which a person holds a post on a day (today), and those their office handles."""
    own = agencies_of(person, day).values("pk")
    return Agency.objects.filter(Q(pk__in=own) | Q(handled_by__in=own))


def agency_of(person: Person) -> int:
    """The agency whose log an action on a person belongs to: that of the oldest post held today, else of the
    last one held; the whole site for somebody who never had one.
    """
    today = Post.objects.on(timezone.localdate()).filter(person=person).order_by("from_day", "id").first()
    post = today or Post.objects.filter(person=person).order_by("-from_day", "-id").first()
    return post.agency_id if post else SITE


def holders(
    agency: Agency, role: str, day: date | None = None, *, with_office: bool = False
) -> QuerySet[Person]:
    """Active people who hold a role in an agency on a day (today).

    The disclosure office is the nearest one at or above the agency. ``with_office``: with the people of the
    office that handles the agency's applications.
    """
    on = day or timezone.localdate()
    posts = Post.objects.on(on).filter(role=role, person__is_active=True)
    if role == Role.DISCLOSURE_OFFICE:
        path = [int(part) for part in agency.lineage.strip("/").split("/") if part]
        staffed = set(posts.filter(agency_id__in=path).values_list("agency_id", flat=True))
        posts = posts.filter(agency_id__in=[pk for pk in reversed(path) if pk in staffed][:1])
    else:
        office = agency.handled_by_id if with_office else None
        posts = posts.filter(agency_id__in=[agency.pk, *([office] if office else [])])
    return Person.objects.filter(pk__in=posts.values("person_id"))


def deputies(person_ids: Iterable[int], day: date | None = None) -> dict[int, set[int]]:
    """For each absent person of those given: the active people who act for them on a day (today)."""
    found: dict[int, set[int]] = {}
    leaves = Leave.objects.on(day or timezone.localdate()).filter(
        person_id__in=list(person_ids), deputy__is_active=True
    )
    for person_id, deputy_id in leaves.values_list("person_id", "deputy_id"):
        found.setdefault(person_id, set()).add(deputy_id)
    return found


#: What is left of a government's name without its region: every government's, so nobody's.
_NOBODYS_NAME = frozenset({"", "人民政府", "政府"})


def find_by_name(name: str) -> list[Agency]:
    """Agencies that bear, or once bore, a name, with or without the names of their regions before it.

    ``昆阳镇人民政府`` and ``浙江省温州市平阳县昆阳镇人民政府`` both mean ``平阳县昆阳镇人民政府``. Whoever
    compares the agency a file names with the one chosen asks here; several answers are several.
    """
    wanted = "".join(name.split())
    if wanted in _NOBODYS_NAME:
        return []
    tails = [wanted[start:] for start in range(len(wanted) - 1)]
    fields = ("full_name", "short_name", "former_names__full_name", "former_names__short_name")
    likely = Q()
    for field in fields:
        likely |= Q(**{f"{field}__in": tails}) | Q(**{f"{field}__endswith": wanted})
    found = Agency.objects.filter(likely).distinct().select_related("region__parent__parent__parent")
    return [agency for agency in found.prefetch_related("former_names") if _bears(agency, wanted)]


def _bears(agency: Agency, wanted: str) -> bool:
    """Whether one of its names is the wanted one, but for names of its regions before either."""
    names = {agency.full_name, agency.short_name}
    for former in agency.former_names.all():
        names |= {former.full_name, former.short_name}
    places = agency.region.path_names
    return any(
        name == wanted
        or (wanted.endswith(name) and _made_of(wanted.removesuffix(name), places))
        or (name.endswith(wanted) and _made_of(name.removesuffix(wanted), places))
        for name in names
    )


def _made_of(text: str, places: Sequence[str]) -> bool:
    """Whether a text is nothing but some of the places' names, in their order."""
    for place in places:
        text = text.removeprefix(place)
    return not text


@dataclass(frozen=True, slots=True)
class Branch:
    """A region with the agencies in it that the actor may see, as far as they stand on the page."""

    region: Region
    depth: int
    agencies: list[Agency]


#: Agencies on one page of the tree.
TREE_PAGE: Final = 200
_REGIONS: Final = "region__parent__parent__parent__parent"


def region_tree(actor: Actor | None, number: int = 1) -> "tuple[list[Branch], Page[Agency]]":
    """A page of the agencies the actor may see, under their regions and those above, from the top down."""
    agencies = agencies_for(actor).select_related(_REGIONS).order_by("region__code", "code")
    page = Paginator(agencies, TREE_PAGE).get_page(number)
    branches: list[Branch] = []
    shown: set[int] = set()
    for agency in page.object_list:
        path = _path(agency.region)
        for depth, region in enumerate(path):
            if region.pk not in shown:
                shown.add(region.pk)
                branches.append(Branch(region, depth, []))
        if branches[-1].region.pk != agency.region_id:
            branches.append(Branch(agency.region, len(path) - 1, []))
        branches[-1].agencies.append(agency)
    return branches, page


def _path(region: Region) -> list[Region]:
    """The regions above one, and itself, from the top down."""
    path = [region]
    while path[0].parent is not None:
        path.insert(0, path[0].parent)
    return path
