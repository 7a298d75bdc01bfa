"""Choosing an agency, and its form."""

from dataclasses import asdict
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.applications.actions import PrepareDraft
from gongkai.web.applications.models import ApplicantKind, FormWanted, IdentityKind, WayWanted
from gongkai.web.applications.receiving import drafts, intake
from gongkai.web.applications.statistics import offers
from gongkai.web.common import once
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal import display, pages, selectors
from gongkai.web.portal.accounts import at_the_form
from gongkai.web.portal.applications import carried, challenge, in_hand, offering
from gongkai.web.portal.applications.carried import CarryingForm

APPLY: Final = pages.Column(
    "依申请公开", "依申请公开", "向行政机关申请获取政府信息，查询办理进度", "依申请公开,政府信息公开申请"
)
_CRUMB: Final = (("首页", "/"),)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which agency to ask, and where to follow an application."""
    page = pages.Page("依申请公开", APPLY, menu="apply", crumbs=_CRUMB)
    text = request.GET.get("q", "").strip()[:60]
    context = {
        "wanted": text,
        "found": list(selectors.named(text)[: selectors.PAGE]) if text else None,
        "register": None if text else selectors.register(request.GET.get("region", "")),
    }
    return pages.render(request, "applications/choose", page, context)


@require_safe
@never_cache
def puzzle(request: HttpRequest) -> JsonResponse:
    """A new puzzle for the form's script; the harder one with ``hard=1``."""
    return JsonResponse(challenge.new(hard=request.GET.get("hard") == "1"))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Apply(View):
    """The form of one agency. What is right is kept as a draft, and its page shows it once more."""

    agency: Agency

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for agencies that are there."""
        found = selectors.agency(kwargs["slug"])
        if found is None or found.abolished_on is not None:
            raise Http404
        self.agency = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        """An empty form, or that of a draft this browser has in hand and wants to change."""
        if key := request.GET.get("draft", ""):
            return self._change(request, key)
        asked = {"subject": request.GET.get("subject", "")[:200]}
        kept = at_the_form.initial(request)
        return self.form(request, CarryingForm(initial=kept | asked), filled_in=bool(kept))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        """Keep what is right and show it once more; what is wrong comes back with the reasons."""
        if display.switches(request):
            return display.switched(request, self.typed(request, again=_files_were_chosen(request)))
        held = carried.held(request)
        form = CarryingForm(request.POST, request.FILES, held=held)
        if carried.lost(request, held):
            return self.form(request, form, carried.GONE, files_again=True, status=409)
        if not form.is_valid():
            return self.form(request, form, status=422)
        try:
            challenge.limit_looks(request)
            wanted = form.request()
            token = PrepareDraft(
                Actor.of(None), agency=self.agency, request=wanted, form=request.POST.get(once.FIELD, "")
            ).run()
        except ActionRefused as refusal:
            return self.form(request, form, refusal, status=429 if refusal.code == "too-many" else 409)
        offering.count(token, self.agency, wanted)
        proven = challenge.proven(request.POST.get("altcha", ""), drafts.token_hash(token))
        hand = in_hand.filled_in(token, proven=proven)
        response = HttpResponseRedirect(reverse("portal:draft", args=[hand.key]))
        in_hand.put(request, response, hand)
        return response

    def typed(
        self,
        request: HttpRequest,
        refusal: ActionRefused | None = None,
        *,
        again: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """What was typed, given back as it is and not looked at; files have to be chosen again."""
        held = carried.held(request)
        form = CarryingForm(initial=carried.typed(request), held=held)
        again = again or carried.lost(request, held)
        return self.form(request, form, refusal, files_again=again, status=status)

    def form(
        self,
        request: HttpRequest,
        form: CarryingForm,
        refusal: ActionRefused | None = None,
        *,
        filled_in: bool = False,
        files_again: bool = False,
        draft: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page of the form; ``draft``: the one it changes, where what was sent does not name it."""
        context = {
            "agency": self.agency, "form": form, "blocks": form.laid_out(), "refusal": refusal,
            "wrong": sum(len(texts) for texts in form.errors.values()),
            "filled_in": filled_in, "files_again": files_again or bool(request.FILES),
            "draft": (draft or request.POST.get(carried.FIELD, "")) if form.held else "",
            "keeps": "application", "once": once.token(request), **at_the_form.shown(request),
        }  # fmt: skip
        return pages.render(
            request, "applications/form", page_of(self.agency, "申请"), context, status=status
        )

    def _change(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form as it was filled in. What is sent or over already its own page says."""
        hand = in_hand.of(request, key)
        if hand is None:
            return self.form(request, CarryingForm(), drafts.gone(), status=404)
        wanted = drafts.of_token(hand.token)
        if wanted is None or offers.taken(hand.token) is not None:
            return HttpResponseRedirect(reverse("portal:draft", args=[hand.key]))
        said = {**asdict(wanted.requester), **_plain(wanted)}
        return self.form(request, CarryingForm(initial=said, held=wanted.uploads), draft=key)


def page_of(agency: Agency, title: str) -> pages.Page:
    """A page about an application to an agency."""
    return pages.Page(
        f"向{agency.short_name}{title}" if title == "申请" else title,
        APPLY,
        menu="apply",
        crumbs=(*_CRUMB, ("依申请公开", reverse("portal:apply"))),
        agency=agency,
        indexed=title == "申请",  # what was filled in is nobody's business
    )


def given_back(request: HttpRequest, slug: str, refusal: ActionRefused, *, status: int) -> HttpResponse:
    """The form of an agency with what was typed, where it was refused before anybody looked at it."""
    view = Apply()
    found = selectors.agency(slug)
    if found is None or found.abolished_on is not None:
        raise Http404
    view.agency = found
    return view.typed(request, refusal, again=bool(request.FILES), status=status)


def _files_were_chosen(request: HttpRequest) -> bool:
    """Whether files were; the switch of the print sends their names alone."""
    return bool(request.FILES) or any(request.POST.get(name) for name, _ in CarryingForm.file_fields)


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
        *((purpose.label, _names(wanted, purpose)) for _, purpose in CarryingForm.file_fields),
    ]
    return [(label, text) for label, text in rows if text]


def _names(wanted: intake.Request, purpose: str) -> str:
    return "、".join(one.name for one in wanted.uploads if one.purpose == purpose)
