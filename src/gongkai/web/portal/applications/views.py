"""The form, its summary, the receipt."""

from dataclasses import asdict
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.applications import drafts, intake
from gongkai.web.applications.actions import PrepareDraft, SendDraft, TakeOffer
from gongkai.web.applications.entry import ApplicationForm
from gongkai.web.applications.models import ApplicantKind, FormWanted, IdentityKind, WayWanted
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal import pages, selectors
from gongkai.web.portal.accounts import at_the_form
from gongkai.web.portal.applications import challenge, offering

APPLY: Final = pages.Column(
    "依申请公开", "依申请公开", "向行政机关申请获取政府信息，查询办理进度", "依申请公开,政府信息公开申请"
)
_CRUMB: Final = (("首页", "/"),)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which agency to ask, and where to follow an application."""
    page = pages.Page("依申请公开", APPLY, menu="apply", crumbs=_CRUMB)
    text = request.GET.get("q", "").replace("\0", "").strip()[:60]
    context = {
        "wanted": text,
        "found": list(selectors.named(text)[: selectors.PAGE]) if text else None,
        "register": None if text else selectors.register(request.GET.get("region", "")),
    }
    return pages.render(request, "applications/choose", page, context)


@require_safe
@never_cache
def puzzle(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's own
    """A new puzzle for the form's script."""
    return JsonResponse(challenge.new())


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Apply(View):
    """The form of one agency. First it comes back as a summary, then it is sent."""

    agency: Agency

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for agencies that are there."""
        found = selectors.agency(kwargs["slug"])
        if found is None or found.abolished_on is not None:
            raise Http404
        self.agency = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        """An empty form."""
        asked = {"subject": request.GET.get("subject", "")[:200]}
        kept = at_the_form.initial(request)
        return self._form(request, ApplicationForm(initial=kept | asked), filled_in=bool(kept))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        """Look at it once more, change it, or send it."""
        step = request.POST.get("step", "")
        if step == "send":
            return self._send(request)
        if step == "change":
            return self._change(request)
        if step == "found":
            return self._found(request)
        form = ApplicationForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._form(request, form, status=422)
        try:
            challenge.limit(request, request.POST.get("altcha", ""))
            token = PrepareDraft(Actor.of(None), agency=self.agency, request=form.request()).run()
        except ActionRefused as refusal:
            return self._form(request, form, refusal, status=429 if refusal.code == "too-many" else 409)
        return self._summary(request, form.request(), token)

    def _form(
        self,
        request: HttpRequest,
        form: ApplicationForm,
        refusal: ActionRefused | None = None,
        *,
        filled_in: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "agency": self.agency, "form": form, "blocks": form.laid_out(), "refusal": refusal,
            "filled_in": filled_in, **at_the_form.shown(request),
        }  # fmt: skip
        return pages.render(request, "applications/form", self._page("申请"), context, status=status)

    def _summary(self, request: HttpRequest, wanted: intake.Request, token: str) -> HttpResponse:
        context = {"agency": self.agency, "rows": summary(wanted), "token": token}
        context["offers"] = offering.offers(token, self.agency, wanted)
        context |= at_the_form.shown(request)
        return pages.render(request, "applications/summary", self._page("核对申请"), context)

    def _change(self, request: HttpRequest) -> HttpResponse:
        wanted = drafts.of_token(request.POST.get("token", ""))
        initial = {} if wanted is None else {**asdict(wanted.requester), **_plain(wanted)}
        form = ApplicationForm(initial=initial)
        lost = wanted is None or bool(wanted.uploads)
        context = {"agency": self.agency, "form": form, "blocks": form.laid_out(), "files_again": lost}
        return pages.render(request, "applications/form", self._page("申请"), context)

    def _found(self, request: HttpRequest) -> HttpResponse:
        """What was offered is what was wanted."""
        token, key = request.POST.get("token", ""), request.POST.get("offer", "")
        item = TakeOffer(Actor.of(None), token=token, key=key).run()
        self.agency = item.offering.agency
        context = {"agency": self.agency, "item": item}
        return pages.render(request, "applications/not_needed", self._page("不再申请"), context)

    def _send(self, request: HttpRequest) -> HttpResponse:
        submitted = SendDraft(Actor.of(None), token=request.POST.get("token", "")).run()
        self.agency = submitted.case.agency  # the draft's own, whatever address it was sent to
        context = {"agency": self.agency, "case": submitted.case, "code": submitted.code}
        context["token"] = request.POST.get("token", "")
        if at_the_form.list_sent(request, submitted):
            context |= at_the_form.shown(request)
        return pages.render(request, "applications/receipt", self._page("申请回执"), context)

    def _page(self, title: str) -> pages.Page:
        return pages.Page(
            f"向{self.agency.short_name}{title}" if title == "申请" else title,
            APPLY,
            menu="apply",
            crumbs=(*_CRUMB, ("依申请公开", reverse("portal:apply"))),
            agency=self.agency,
            indexed=title == "申请",  # what was filled in is nobody's business
        )


def _plain(wanted: intake.Request) -> dict[str, str | bool]:
    return {
        "subject": wanted.subject, "details": wanted.details,
        "form_wanted": wanted.form_wanted, "way_wanted": wanted.way_wanted, "tell_by_sms": wanted.tell_by_sms,
    }  # fmt: skip


def summary(wanted: intake.Request) -> list[tuple[str, str]]:
    """What was filled in, as label and words, in the order of the form; empty fields are left out."""
    who = wanted.requester
    rows = [
        ("申请人类别", ApplicantKind(who.kind).label),
        ("姓名或单位名称", who.name),
        (IdentityKind(who.identity_kind).label, who.identity_number),
        ("联系人", who.contact_name),
        ("联系电话", who.phone),
        ("短信通知", "用短信通知办理进展" if wanted.tell_by_sms else ""),
        ("电子邮箱", who.email),
        ("通信地址", f"{who.address} {who.postcode}".strip()),
        ("代理人", f"{who.agent_name} {who.agent_identity}".strip()),
        ("所需政府信息", wanted.subject),
        ("文号或其他特征", wanted.details),
        ("形式", FormWanted(wanted.form_wanted).label),
        ("获取方式", WayWanted(wanted.way_wanted).label),
        ("需要的协助", who.needs_help),
        ("附件", "、".join(one.name for one in wanted.uploads)),
    ]
    return [(label, text) for label, text in rows if text]
