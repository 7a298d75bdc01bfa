"""Screens about agencies."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from gongkai.web.agencies import actions, forms, labels, signing
from gongkai.web.agencies.models import Agency, Matter, Person, Post, Role
from gongkai.web.agencies.policy import AGENCY_POLICY
from gongkai.web.agencies.selectors import agencies_for, deputies, region_tree
from gongkai.web.agencies.views.common import ActionFormView, Screen, SubjectScreen
from gongkai.web.common import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.models import AuditEntry
from gongkai.web.common.permissions import SITE

_SHOWN_ENTRIES = 20


def _detail(agency_id: int) -> str:
    return reverse("agencies:detail", args=[agency_id])


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
            TitleColumn(
                "full_name", label="机关", get_url=lambda agency: _detail(agency.pk), sort_key="full_name"
            ),
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
    """Regions with the agencies in them, as a tree: one page, as long as the actor's tree."""

    template_name = "agencies/tree.html"
    page_title = "区划和机关"
    header_icon = "site"

    def trail(self) -> list[tuple[str, str]]:
        """Below the list."""
        return [(reverse("agencies:index"), "机关")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The branches, from the top down."""
        return super().get_context_data(branches=region_tree(self.actor), **kwargs)


class AgencyDetail(SubjectScreen):
    """Everything about one agency on one page, and what the actor may do to it."""

    template_name = "agencies/agency.html"
    header_icon = "site"

    def find(self, pk: int) -> Agency:
        """The agency, if the actor may see it."""
        agencies = Agency.objects.select_related("region__parent__parent__parent", "supervisor")
        agency: Agency = get_object_or_404(agencies, pk=pk)
        permissions.require(self.actor, "agencies.view", agency.pk)
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
            chains=_chains(agency),
            below=agency.supervised.current().order_by("region__code", "code"),
            entries=labels.entries(_log(agency)) if may_log else None,
            buttons=_buttons(self.actor, agency),
            **kwargs,
        )


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


def _buttons(actor: Actor, agency: Agency) -> dict[str, Any]:
    if agency.abolished_on is not None:
        return {}
    return {
        "actions": [
            (reverse(name, args=[agency.pk]), word)
            for name, word, permission in _AGENCY_ACTIONS
            if permissions.allowed(actor, permission, agency.pk)
        ],
        "may_set_chain": permissions.allowed(actor, "agencies.set_chain", agency.pk),
        "may_end_post": permissions.allowed(actor, "agencies.end_post", agency.pk),
    }


class _AgencyForm(ActionFormView):
    """A form about one agency."""

    header_icon = "site"

    def find(self, pk: int) -> Agency:
        """The agency."""
        agency: Agency = get_object_or_404(Agency, pk=pk)
        return agency

    def agency_id(self) -> int:
        """The agency itself."""
        return self.subject.pk

    def trail(self) -> list[tuple[str, str]]:
        """Below the list and the agency's page."""
        return [(reverse("agencies:index"), "机关"), (_detail(self.subject.pk), self.subject.short_name)]

    def after(self, result: Any) -> str:
        """Back to the agency."""
        del result
        return _detail(self.subject.pk)


class AddAgency(ActionFormView):
    """Found an agency."""

    form_class = forms.NewAgencyForm
    page_title = "新增机关"
    header_icon = "site"
    submit_label = "新增"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Whoever may found an agency somewhere sees the form; under whom, the action asks."""
        if not AGENCY_POLICY.user_has_permission(request.user, "add"):
            permissions.require(Actor.of(request.user), "agencies.create_agency", SITE)
        return super(ActionFormView, self).dispatch(request, *args, **kwargs)

    def trail(self) -> list[tuple[str, str]]:
        """Below the list."""
        return [(reverse("agencies:index"), "机关")]

    def act(self, form: Any) -> Agency:
        """``CreateAgency``."""
        return actions.CreateAgency(self.actor, **form.cleaned_data).run()

    def after(self, result: Any) -> str:
        """To the new agency."""
        return _detail(result.pk)

    def done_message(self, result: Any) -> str:
        """Which."""
        return f"已新增“{result}”"


class EditAgency(_AgencyForm):
    """Contacts and site codes."""

    form_class = forms.ContactForm
    permission = "agencies.edit_agency"
    page_title = "修改机关信息"

    def act(self, form: Any) -> Agency:
        """``EditAgency``."""
        return actions.EditAgency(self.actor, agency=self.subject, changes=form.changes()).run()


class RenameAgency(_AgencyForm):
    """A new name."""

    form_class = forms.RenameForm
    permission = "agencies.rename_agency"
    page_title = "更名"
    submit_label = "更名"
    notice = "更名后，公开页面和新的报告使用新名称；原名称保留为曾用名，仍可查到。"
    done = "已更名"

    def act(self, form: Any) -> Agency:
        """``RenameAgency``."""
        return actions.RenameAgency(self.actor, agency=self.subject, **form.cleaned_data).run()


class MoveAgency(_AgencyForm):
    """Another supervisor."""

    form_class = forms.MoveForm
    permission = "agencies.move_agency"
    page_title = "调整隶属"
    submit_label = "调整"
    notice = "调整后，原上级主管不再能查看本机关及其下级机关的记录，新的上级主管即可查看。"
    done = "已调整"

    def act(self, form: Any) -> Agency:
        """``MoveAgency``."""
        return actions.MoveAgency(self.actor, agency=self.subject, **form.cleaned_data).run()


class AbolishAgency(_AgencyForm):
    """The end of an agency."""

    form_class = forms.AbolishForm
    permission = "agencies.abolish_agency"
    page_title = "撤销机关"
    submit_label = "撤销"
    notice = "撤销后，本机关的记录只能查看，不能再办理。已公开的报告仍可查阅。"
    done = "已撤销"

    def act(self, form: Any) -> Agency:
        """``AbolishAgency``."""
        return actions.AbolishAgency(self.actor, agency=self.subject, **form.cleaned_data).run()


class AddPerson(_AgencyForm):
    """A new colleague."""

    form_class = forms.NewPersonForm
    permission = "agencies.create_person"
    page_title = "新增人员"
    submit_label = "新增"

    def act(self, form: Any) -> Person:
        """``CreatePerson``."""
        return actions.CreatePerson(self.actor, agency=self.subject, **form.cleaned_data).run()

    def after(self, result: Any) -> str:
        """To the new person, where the first password is given."""
        return reverse("people:detail", args=[result.pk])

    def done_message(self, result: Any) -> str:
        """What comes next."""
        return f"已新增“{result}”。请在本页发放一次性密码，当面交给本人。"


class AppointPerson(_AgencyForm):
    """A post for somebody already there."""

    form_class = forms.AppointForm
    permission = "agencies.appoint"
    page_title = "任命岗位"
    submit_label = "任命"
    done = "已任命"

    def act(self, form: Any) -> Post:
        """``Appoint``."""
        return actions.Appoint(self.actor, agency=self.subject, **form.cleaned_data).run()


class SetChain(_AgencyForm):
    """The steps of one matter; all rows on one form."""

    template_name = "agencies/chain_form.html"
    permission = "agencies.set_chain"
    page_title = "设定签批流程"
    submit_label = "设定"
    notice = "按先后填写签批步骤，不用的行留空。至少要有两个步骤、两名不同的人员。"
    done = "已设定签批流程"

    @property
    def matter(self) -> Matter:
        """Which matter, from the address."""
        return Matter(self.kwargs["matter"])

    def get_page_title(self) -> str:
        """Of which matter."""
        return f"{self.matter.label}签批流程"

    def get_form(self, form_class: Any = None) -> Any:
        """The rows: as they are stored, or what is usual."""
        del form_class
        data = self.request.POST if self.request.method == "POST" else None
        return forms.StepFormSet(data, initial=self._rows(), form_kwargs={"agency": self.subject})

    def _rows(self) -> list[dict[str, Any]]:
        chain = self.subject.chains.filter(matter=self.matter).first()
        if chain:
            rows = [
                {"name": step.name, "role": step.role, "person": step.person_id}
                for step in chain.steps.order_by("number")
            ]
        else:
            held = set(
                Post.objects.on(timezone.localdate())
                .filter(agency=self.subject)
                .values_list("role", flat=True)
            )
            rows = [
                {"name": name, "role": role}
                for name, role in signing.DEFAULT_STEPS
                if role in held or not held
            ]
        return rows + [{} for _ in range(forms.STEP_ROWS - len(rows))]

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """A set of forms takes errors differently."""
        form.add_error = lambda _field, text: form.non_form_errors().append(text)  # type: ignore[attr-defined, method-assign]
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """The rows again, with what is wrong above them."""
        return self.render_to_response(self.get_context_data(form=form))

    def act(self, form: Any) -> Any:
        """``SetChain``."""
        steps = [
            actions.StepWanted(row["name"], row["role"], row["person"])
            for row in (step.cleaned_data for step in form)
            if row.get("name")
        ]
        return actions.SetChain(self.actor, agency=self.subject, matter=self.matter, steps=steps).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The roles with those who hold them, beside the form."""
        posts = Post.objects.on(timezone.localdate()).filter(agency=self.subject).select_related("person")
        by_role: dict[str, list[str]] = {}
        for post in posts.order_by("role", "id"):
            by_role.setdefault(Role(post.role).label, []).append(str(post.person))
        return super().get_context_data(holders=by_role, **kwargs)
