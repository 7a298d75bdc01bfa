"""What the screens share: a form that runs one action, and lists limited to the actor's agencies."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.web.agencies.forms import ActorForm
from gongkai.web.common import permissions
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused


class Screen(WagtailAdminTemplateMixin):
    """A page of the back office about ``subject`` (an agency, a person, a post), with its way back."""

    request: HttpRequest
    subject: Any = None

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return Actor.of(self.request.user)

    def trail(self) -> list[tuple[str, str]]:
        """The pages above: address and name."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the pages above, this page."""
        above = [{"url": url, "label": label} for url, label in self.trail()]
        return [*super().get_breadcrumbs_items(), *above, {"url": "", "label": self.get_page_title()}]


class SubjectScreen(Screen, TemplateView):
    """A page that shows its subject."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the subject and ask whether the actor may see it."""
        self.subject = self.find(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def find(self, pk: int) -> Any:
        """The subject, or ``Http404`` or ``Denied``."""
        raise NotImplementedError


class ActionFormView(Screen, FormView):  # type: ignore[type-arg] # not generic at run time
    """A form that runs one action; what the action refuses comes back as an error of the form."""

    template_name = "agencies/action_form.html"
    form_class = ActorForm
    #: Asked before the form is shown; the action asks again.
    permission = ""
    submit_label = "保存"
    #: Said above the form: what will happen.
    notice = ""
    done = "已保存"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the subject and ask the permission."""
        self.subject = self.find(kwargs["pk"])
        permissions.require(Actor.of(request.user), self.permission, self.agency_id())
        return super().dispatch(request, *args, **kwargs)

    def find(self, pk: int) -> Any:
        """The subject, or ``Http404``."""
        raise NotImplementedError

    def agency_id(self) -> int:
        """The agency whose permission is asked."""
        raise NotImplementedError

    def act(self, form: Any) -> Any:
        """Run the action."""
        raise NotImplementedError

    def after(self, result: Any) -> str:
        """Where to go when it is done."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who fills it in, about whom."""
        return {**super().get_form_kwargs(), "actor": self.actor, "subject": self.subject}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Do it, or say why not."""
        try:
            result = self.act(form)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self.done_message(result))
        return redirect(self.after(result))

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """The form again, with its errors above and beside the fields."""
        messages.validation_error(self.request, "没有保存，请看下面的提示", form)
        return super().form_invalid(form)

    def done_message(self, result: Any) -> str:
        """What is said when it is done."""
        del result
        return self.done

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the CMS's form page asks for."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": self.request.path,
            "submit_button_label": self.submit_label,
            "submit_button_active_label": "正在办理…",
            "notice": self.notice,
            "media": context["form"].media,
        }
