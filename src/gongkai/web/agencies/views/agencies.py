"""Screens about agencies."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from gongkai.web.agencies import actions, labels, signing
from gongkai.web.agencies.models import Agency, Matter, Person, Post, Role
from gongkai.web.agencies.policy import AGENCY_POLICY
from gongkai.web.agencies.selectors import agencies_for, deputies, holders, region_tree
from gongkai.web.agencies.views.common import Screen, SubjectScreen
from gongkai.web.common import permissions, registry
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import AuditEntry

_SHOWN_ENTRIES = 20


def detail_address(agency_id: int) -> str:
    """The address of an agency's page."""
    return reverse("agencies:detail", args=[agency_id])


def _address_of(agency: Agency) -> str:
    return detail_address(agency.pk)


class AgencyIndex(generic.IndexView):
    """The agencies the actor may see."""

    model = Agency
    permission_policy = AGENCY_POLICY
    page_title = "机关"
    header_icon = "site"
    add_item_label = "新增机关"
    index_url_name = "agencies:index"
    index_results_url_name = "agencies:index_results"
    add_url_name = "agencies:add"
    results_template_name = "agencies/index_results.html"
    search_fields = ("full_name", "short_name", "code", "former_names__full_name")
    search_backend_name = None
    list_filter = ("kind", "invented")
    default_ordering = ("region__code", "code")
    paginate_by = 50

    @property
    def columns(self) -> list[Column]:
        """Name, kind, region, supervisor, people in post."""
        return [
            TitleColumn("full_name", label="机关", get_url=_address_of, sort_key="full_name"),
            Column(
                "kind", label="类别", accessor="get_kind_display", sort_key="kind", classname="agencies-wide"
            ),
            Column("region", label="所在区划", sort_key="region__code", classname="agencies-wide"),
            Column(
                "supervisor",
                label="上级主管",
                accessor=lambda agency: agency.supervisor or "—",
                classname="agencies-wide",
            ),
            Column("people", label="在任人数", sort_key="people", classname="agencies-number"),
            Column("invented", label="说明", accessor=labels.of_agency),
        ]

    @property
    def header_more_buttons(self) -> list[Any]:
        """The same as a tree."""
        return [Button("按区划查看", url=reverse("agencies:tree"), icon_name="list-ul", priority=20)]

    def get_base_queryset(self) -> QuerySet[Agency]:
        """Limited to the actor's agencies; with the number of people who hold a post today."""
        today = timezone.localdate()
        in_post = Q(posts__from_day__lte=today) & (Q(posts__until_day=None) | Q(posts__until_day__gte=today))
        return (
            agencies_for(Actor.of(self.request.user))
            .select_related("region__parent__parent__parent", "supervisor")
            .annotate(people=Count("posts__person", filter=in_post, distinct=True))
        )

    def search_queryset(self, queryset: QuerySet[Agency]) -> QuerySet[Agency]:
        """Several former names still are one agency."""
        return super().search_queryset(queryset).distinct()


class RegionTree(Screen, TemplateView):
    """Regions with the agencies in them, as a tree, on as many pages as it takes."""

    template_name = "agencies/tree.html"
    page_title = "区划和机关"
    header_icon = "site"

    def trail(self) -> list[tuple[str, str]]:
        """Below the list."""
        return [(reverse("agencies:index"), "机关")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The branches of one page, from the top down."""
        number = self.request.GET.get("p", "1")
        branches, page = region_tree(self.actor, int(number) if number.isdecimal() else 1)
        return super().get_context_data(branches=branches, page=page, **kwargs)


class AgencyDetail(SubjectScreen):
    """Everything about one agency on one page, and what the actor may do to it."""

    template_name = "agencies/agency.html"
    header_icon = "site"

    def find(self, pk: int) -> Agency:
        """The agency, if the actor may see it; else it is as if it were not there."""
        agencies = agencies_for(self.actor).select_related(
            "region__parent__parent__parent", "supervisor", "handled_by"
        )
        agency: Agency = get_object_or_404(agencies, pk=pk)
        return agency

    def get_page_title(self) -> str:
        """Its name."""
        return str(self.subject)

    def trail(self) -> list[tuple[str, str]]:
        """Below the list."""
        return [(reverse("agencies:index"), "机关")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """People, chains, agencies below, the last entries of the log, and what may be done."""
        agency, today = self.subject, timezone.localdate()
        posts = Post.objects.on(today).filter(agency=agency).select_related("person")
        people = {post.person_id for post in posts}
        may_log = permissions.allowed(self.actor, "agencies.view_log", agency.pk)
        return super().get_context_data(
            agency=agency,
            contacts=[(field.verbose_name, getattr(agency, field.name)) for field in _contact_fields()],
            posts=posts.order_by("role", "from_day", "id"),
            away=deputies_by_name(people),
            handled=_is_handled(agency),
            chains=_chains(agency),
            below=agency.supervised.current().order_by("region__code", "code"),
            entries=labels.entries(_log(agency)) if may_log else None,
            buttons=_buttons(self.actor, agency),
            **kwargs,
        )


def _is_handled(agency: Agency) -> bool:
    """Whether anybody is there for the applications to it."""
    return any(holders(agency, role, with_office=True).exists() for role in (Role.CLERK, Role.SECTION_HEAD))


def _contact_fields() -> list[Any]:
    return [Agency._meta.get_field(name) for name in actions.agencies.CONTACT_FIELDS]


def _log(agency: Agency) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(agency_id=agency.pk).order_by("-number")[:_SHOWN_ENTRIES])


def deputies_by_name(people: set[int]) -> dict[int, str]:
    """For each absent person, who acts for them today."""
    acting = deputies(people)
    names = dict(
        Person.objects.filter(pk__in={pk for found in acting.values() for pk in found}).values_list(
            "pk", "name"
        )
    )
    return {person: "、".join(names[pk] for pk in sorted(found)) for person, found in acting.items()}


def _chains(agency: Agency) -> list[dict[str, Any]]:
    """Each matter with its steps, who may sign them, and what is wrong."""
    today = timezone.localdate()
    stored = {
        chain.matter: chain for chain in agency.chains.prefetch_related(Prefetch("steps")).order_by("matter")
    }
    found = []
    for matter in Matter:
        chain = stored.get(matter)
        steps = signing.steps_of(chain, today) if chain else []
        names = dict(
            Person.objects.filter(pk__in={pk for step in steps for pk in step.people}).values_list(
                "pk", "name"
            )
        )
        shown = [(step.name, "、".join(sorted(names[pk] for pk in step.people)) or "无人") for step in steps]
        problems = signing.problems(steps) if chain else []
        found.append({"matter": matter, "set": chain is not None, "steps": shown, "problems": problems})
    return found


#: Address, word, permission: what may be done to an agency, in the order of the page.
_AGENCY_ACTIONS = (
    ("agencies:edit", "修改信息", "agencies.edit_agency"),
    ("agencies:add_person", "新增人员", "agencies.create_person"),
    ("agencies:appoint", "任命岗位", "agencies.appoint"),
    ("agencies:rename", "更名", "agencies.rename_agency"),
    ("agencies:move", "调整隶属", "agencies.move_agency"),
    ("agencies:abolish", "撤销机关", "agencies.abolish_agency"),
)


#: More of them, from other apps, as rows of ``_AGENCY_ACTIONS``; the address takes the agency's id.
ACTIONS_REGISTRY = "agency_actions"


def _buttons(actor: Actor, agency: Agency) -> dict[str, Any]:
    if agency.abolished_on is not None:
        return {}
    return {
        "actions": [
            (reverse(name, args=[agency.pk]), word)
            for name, word, permission in (*_AGENCY_ACTIONS, *registry.of(ACTIONS_REGISTRY))
            if permissions.allowed(actor, permission, agency.pk)
        ],
        "may_set_chain": permissions.allowed(actor, "agencies.set_chain", agency.pk),
        "may_set_office": agency.is_government
        and permissions.allowed(actor, "agencies.set_office", agency.pk),
        "may_end_post": permissions.allowed(actor, "agencies.end_post", agency.pk),
    }
