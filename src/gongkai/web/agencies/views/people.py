"""Screens about people."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from gongkai.web.agencies import actions, duties, erasure, forms
from gongkai.web.agencies.models import Leave, Person, Post
from gongkai.web.agencies.policy import PERSON_POLICY
from gongkai.web.agencies.selectors import agencies_for, agency_of, people_for
from gongkai.web.agencies.views.common import ActionFormView, SubjectScreen
from gongkai.web.common import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL, visible_agencies


def _detail(person_id: int) -> str:
    return reverse("people:detail", args=[person_id])


class StateColumn(Column):
    """In post, away, gone: a word and a shape."""

    cell_template_name = "agencies/state_cell.html"

    def get_value(self, instance: Any) -> str:
        """The state's name."""
        return state(instance)


def state(person: Person) -> str:
    """``gone``, ``away``, ``here`` or ``none`` (no post today), from what the list has prefetched."""
    if not person.is_active:
        return "gone"
    if person.away_today:  # type: ignore[attr-defined]
        return "away"
    return "here" if person.posts_today or person.is_superuser else "none"  # type: ignore[attr-defined]


def posts_text(person: Person) -> str:
    """The posts a person holds today, in the agencies the actor may see."""
    texts = [f"{post.agency.short_name}{post.get_role_display()}" for post in person.posts_today]  # type: ignore[attr-defined]
    return "、".join(["全站管理员"] * person.is_superuser + texts) or "—"


def with_today(people: QuerySet[Person], actor: Actor) -> QuerySet[Person]:
    """People with today's posts (in agencies the actor may see) and leave at hand."""
    today, visible = timezone.localdate(), visible_agencies(actor)
    posts = Post.objects.on(today).select_related("agency").order_by("agency_id", "role", "id")
    if visible is not ALL:
        posts = posts.filter(agency_id__in=visible)
    away = Leave.objects.on(today).select_related("deputy")
    return people.prefetch_related(Prefetch("posts", posts, to_attr="posts_today")).prefetch_related(
        Prefetch("leaves", away, to_attr="away_today")
    )


class PersonIndex(generic.IndexView):
    """The people of the actor's agencies."""

    model = Person
    permission_policy = PERSON_POLICY
    page_title = "人员"
    header_icon = "group"
    add_url_name = None
    index_url_name = "people:index"
    index_results_url_name = "people:index_results"
    results_template_name = "agencies/people_results.html"
    search_fields = ("name", "username")
    search_backend_name = None
    list_filter = ("is_active",)
    default_ordering = ("name", "username")
    paginate_by = 50

    @property
    def columns(self) -> list[Column]:
        """Name, sign-in name, posts, state."""
        return [
            TitleColumn("name", label="姓名", get_url=lambda person: _detail(person.pk), sort_key="name"),
            Column("username", label="登录名", sort_key="username"),
            Column("posts", label="岗位", accessor=posts_text),
            StateColumn("state", label="状态"),
        ]

    def get_base_queryset(self) -> QuerySet[Person]:
        """Limited to the actor's agencies."""
        actor = Actor.of(self.request.user)
        return with_today(people_for(actor), actor)


class PersonDetail(SubjectScreen):
    """Posts, leave and open duties of one person, and what the actor may do."""

    template_name = "agencies/person.html"
    header_icon = "user"

    def find(self, pk: int) -> Person:
        """The person, if they work, or worked, in an agency the actor may see."""
        return visible_person(self.actor, pk)

    def get_page_title(self) -> str:
        """The name."""
        return str(self.subject)

    def trail(self) -> list[tuple[str, str]]:
        """Below the list."""
        return [(reverse("people:index"), "人员")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All posts in agencies the actor may see, leave not yet over, duties."""
        person, today = self.subject, timezone.localdate()
        seen = agencies_for(self.actor).values("pk")
        return super().get_context_data(
            person=person,
            state=state(with_today(Person.objects.filter(pk=person.pk), self.actor).get()),
            posts=person.posts.filter(agency__in=seen).select_related("agency").order_by("-from_day", "id"),
            leaves=person.leaves.filter(until_day__gte=today).select_related("deputy"),
            acting=person.deputising.on(today).select_related("person"),
            duties=duties.of_person(person.pk),
            handed_over=person.handed_over.select_related("successor").first(),
            today=today,
            buttons=_buttons(self.actor, person),
            **kwargs,
        )


def visible_person(actor: Actor, pk: int) -> Person:
    """The person; oneself always. ``Http404`` where there is none, and for whom the actor may not see: who
    works elsewhere is not told by the answer.
    """
    people = Person.objects.all() if actor.person_id == pk else people_for(actor)
    person: Person = get_object_or_404(people, pk=pk)
    return person


#: Address, word, permission: what may be done to a person who is there.
_PERSON_ACTIONS = (
    ("people:edit", "修改信息", "agencies.edit_person"),
    ("people:leave", "登记请假", "agencies.record_leave_of_others"),
    ("people:password", "发放一次性密码", "agencies.reset_sign_in"),
    ("people:second_factor", "解除两步验证", "agencies.reset_sign_in"),
    ("people:hand_over", "工作移交", "agencies.hand_over"),
)
#: What nobody does to themselves.
_NOT_ONESELF = frozenset({"people:password", "people:second_factor", "people:hand_over"})


def _buttons(actor: Actor, person: Person) -> dict[str, Any]:
    if not person.is_active:
        return _buttons_of_gone(actor, person)
    agency, oneself = agency_of(person), actor.person_id == person.pk
    allowed = [
        (name, word)
        for name, word, permission in _PERSON_ACTIONS
        if (permissions.allowed(actor, permission, agency) and not (oneself and name in _NOT_ONESELF))
        or (oneself and name == "people:leave" and agency)
    ]
    if not Authenticator.objects.filter(user=person).exists():
        allowed = [(name, word) for name, word in allowed if name != "people:second_factor"]
    return {
        "actions": [(reverse(name, args=[person.pk]), word) for name, word in allowed],
        "may_cancel_leave": any(name == "people:leave" for name, _ in allowed),
        "may_end_post": not oneself and permissions.allowed(actor, "agencies.end_post", agency),
    }


def _buttons_of_gone(actor: Actor, person: Person) -> dict[str, Any]:
    """Of somebody who has gone only the personal data can still be erased."""
    places = set(person.posts.values_list("agency_id", flat=True)) or {agency_of(person)}
    allowed = all(permissions.allowed(actor, "agencies.erase_person", place) for place in places)
    if person.erased_at is not None or actor.person_id == person.pk or not allowed:
        return {}
    return {"actions": [(reverse("people:erase", args=[person.pk]), "清除个人信息")]}


class _PersonForm(ActionFormView):
    """A form about one person."""

    header_icon = "user"

    def find(self, pk: int) -> Person:
        """The person, if the actor may see them."""
        return visible_person(self.actor, pk)

    def agency_id(self) -> int:
        """The agency they work in."""
        return agency_of(self.subject)

    def trail(self) -> list[tuple[str, str]]:
        """Below the list and the person's page."""
        return [(reverse("people:index"), "人员"), (_detail(self.subject.pk), str(self.subject))]

    def after(self, result: Any) -> str:
        """Back to the person."""
        del result
        return _detail(self.subject.pk)


class EditPerson(_PersonForm):
    """Name and contacts."""

    form_class = forms.EditPersonForm
    permission = "agencies.edit_person"
    page_title = "修改人员信息"

    def act(self, form: Any) -> Person:
        """``EditPerson``."""
        return actions.EditPerson(self.actor, person=self.subject, **form.cleaned_data).run()


class RecordLeave(_PersonForm):
    """Days away."""

    form_class = forms.LeaveForm
    permission = "agencies.record_leave"
    page_title = "登记请假"
    submit_label = "登记"
    notice = "请假期间，代理人以自己的名义代行其岗位职责；期满自动停止。不填写请假事由。"
    done = "已登记"

    def find(self, pk: int) -> Person:
        """Oneself, or somebody whose leave the actor may record."""
        person = super().find(pk)
        if self.actor.person_id != pk:
            permissions.require(self.actor, actions.leave.OTHERS, agency_of(person))
        return person

    def act(self, form: Any) -> Leave:
        """``RecordLeave``."""
        return actions.RecordLeave(self.actor, person=self.subject, **form.cleaned_data).run()


class HandOver(_PersonForm):
    """The last day."""

    form_class = forms.HandOverForm
    template_name = "agencies/hand_over_form.html"
    permission = "agencies.hand_over"
    page_title = "工作移交"
    submit_label = "移交并停用账号"
    notice = "移交后，未办事项转给接收人，所有任职结束，账号停用，不能恢复；其签批和办理记录保留。"
    done = "已移交"

    def act(self, form: Any) -> Any:
        """``PersonHandsOver``."""
        return actions.PersonHandsOver(self.actor, person=self.subject, **form.cleaned_data).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What passes on, before anybody confirms."""
        return super().get_context_data(duties=duties.of_person(self.subject.pk), **kwargs)


class Erase(_PersonForm):
    """Erase the personal data of somebody who has gone."""

    form_class = forms.EraseForm
    template_name = "agencies/erase_form.html"
    permission = "agencies.erase_person"
    page_title = "清除个人信息"
    submit_label = "清除，不能恢复"
    notice = "只对已移交、账号已停用的人员办理。数据备份中的个人信息，按备份的保存期限另行清除。"
    done = "个人信息已清除，办理记录以编号保留"

    def act(self, form: Any) -> Person:
        """``ErasePerson``."""
        reason = form.cleaned_data["reason"]
        return actions.ErasePerson(self.actor, person=self.subject, reason=reason).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What will stand in the place of the name."""
        return super().get_context_data(pseudonym=erasure.pseudonym(self.subject), **kwargs)


class GivePassword(_PersonForm):
    """A one-time password, shown once."""

    permission = "agencies.reset_sign_in"
    page_title = "发放一次性密码"
    submit_label = "生成"
    notice = "生成后原密码立即失效。一次性密码只显示一次，请当面交给本人；本人登录后须立即修改。"

    def form_valid(self, form: Any) -> HttpResponse:
        """The password is on the answer itself, nowhere else."""
        del form
        password = actions.ResetSignIn(self.actor, person=self.subject).run()
        context = self.get_context_data(password=password, person=self.subject)
        return TemplateResponse(self.request, "agencies/password.html", context)


class RemoveSecondFactor(_PersonForm):
    """For somebody who has lost authenticator and recovery codes."""

    form_class = forms.SecondFactorForm
    permission = "agencies.reset_sign_in"
    page_title = "解除两步验证"
    submit_label = "解除"
    notice = (
        "只在本人的验证器和恢复码都丢失时办理，请先当面核实身份。解除后，本人在各处的登录立即失效；"
        "再次登录只凭密码，登录后须立即重新设置两步验证。怀疑密码也已泄露的，请另发一次性密码。"
    )
    done = "已解除两步验证"

    def act(self, form: Any) -> Person:
        """``RemoveSecondFactor``."""
        reason = form.cleaned_data["reason"]
        return actions.RemoveSecondFactor(self.actor, person=self.subject, reason=reason).run()


class EndPost(ActionFormView):
    """The last day of one post."""

    form_class = forms.EndPostForm
    permission = "agencies.end_post"
    page_title = "离任"
    header_icon = "user"
    submit_label = "离任"
    notice = "只结束这一项任职。如本人不再从事这项工作，请办理“工作移交”。"
    done = "已登记离任"

    def find(self, pk: int) -> Post:
        """The post, if the actor may see its agency."""
        posts = Post.objects.filter(agency__in=agencies_for(self.actor)).select_related("person", "agency")
        return get_object_or_404(posts, pk=pk)

    def agency_id(self) -> int:
        """The agency of the post."""
        return self.subject.agency_id

    def trail(self) -> list[tuple[str, str]]:
        """Below the person."""
        person = self.subject.person
        return [(reverse("people:index"), "人员"), (_detail(person.pk), str(person))]

    def act(self, form: Any) -> Post:
        """``EndPost``."""
        return actions.EndPost(self.actor, post=self.subject, **form.cleaned_data).run()

    def after(self, result: Any) -> str:
        """Back to the person."""
        return _detail(result.person_id)


def cancel_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """``CancelLeave``, by a button on the person's page."""
    if request.method != "POST":
        raise Http404
    leave = get_object_or_404(Leave, pk=pk)
    person = visible_person(Actor.of(request.user), leave.person_id)
    actions.CancelLeave(Actor.of(request.user), leave=leave).run()
    messages.success(request, "已撤回")
    return redirect(_detail(person.pk))
