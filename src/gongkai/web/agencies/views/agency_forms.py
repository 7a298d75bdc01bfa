"""Forms about one agency, and for founding one."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.web.agencies import actions, forms
from gongkai.web.agencies.models import Agency, Person, Post
from gongkai.web.agencies.policy import AGENCY_POLICY
from gongkai.web.agencies.selectors import agencies_for
from gongkai.web.agencies.views.agencies import detail_address
from gongkai.web.agencies.views.common import ActionFormView
from gongkai.web.common import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import SITE


class AgencyForm(ActionFormView):
    """A form about one agency."""

    header_icon = "site"

    def find(self, pk: int) -> Agency:
        """The agency, if the actor may see it; else it is as if it were not there."""
        agency: Agency = get_object_or_404(agencies_for(self.actor), pk=pk)
        return agency

    def agency_id(self) -> int:
        """The agency itself."""
        return self.subject.pk

    def trail(self) -> list[tuple[str, str]]:
        """Below the list and the agency's page."""
        return [
            (reverse("agencies:index"), "机关"),
            (detail_address(self.subject.pk), self.subject.short_name),
        ]

    def after(self, result: Any) -> str:
        """Back to the agency."""
        del result
        return detail_address(self.subject.pk)


class AddAgency(ActionFormView):
    """Found an agency."""

    form_class = forms.NewAgencyForm
    page_title = "新增机关"
    header_icon = "site"
    submit_label = "新增"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
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
        return detail_address(result.pk)

    def done_message(self, result: Any) -> str:
        """Which."""
        return f"已新增“{result}”"


class EditAgency(AgencyForm):
    """Contacts and site codes."""

    form_class = forms.ContactForm
    permission = "agencies.edit_agency"
    page_title = "修改机关信息"

    def act(self, form: Any) -> Agency:
        """``EditAgency``."""
        return actions.EditAgency(self.actor, agency=self.subject, changes=form.changes()).run()


class RenameAgency(AgencyForm):
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


class MoveAgency(AgencyForm):
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


class SetOffice(AgencyForm):
    """Who handles the applications to a government."""

    form_class = forms.OfficeForm
    permission = "agencies.set_office"
    page_title = "依申请公开由谁办理"
    notice = (
        "选定后，该机构的经办人、科室负责人、保密审查人和分管负责人可以查看、办理向本政府提出的申请，并按本政府的签批流程签批；"
        "登记号、文书、印章和统计仍属本政府。"
    )
    done = "已设定，即时生效"

    def act(self, form: Any) -> Agency:
        """``SetOffice``."""
        return actions.SetOffice(self.actor, agency=self.subject, office=form.cleaned_data["office"]).run()


class AbolishAgency(AgencyForm):
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


class AddPerson(AgencyForm):
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


class AppointPerson(AgencyForm):
    """A post for somebody already there."""

    form_class = forms.AppointForm
    permission = "agencies.appoint"
    page_title = "任命岗位"
    submit_label = "任命"
    done = "已任命"

    def act(self, form: Any) -> Post:
        """``Appoint``."""
        return actions.Appoint(self.actor, agency=self.subject, **form.cleaned_data).run()
