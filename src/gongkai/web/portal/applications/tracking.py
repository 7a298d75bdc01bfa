"""Following a case with number and code: where it stands, what was counted, what can be done, the papers."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from gongkai.web.applications import files
from gongkai.web.applications.actions import (
    ChooseSms,
    GiveReasons,
    HandInCorrection,
    Rate,
    WithdrawApplication,
)
from gongkai.web.applications.models import Attachment, Case, Purpose
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.receiving import codes, intake, proven
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sms import client as sms
from gongkai.web.portal import display, pages
from gongkai.web.portal.accounts import signed_in
from gongkai.web.portal.applications import case_page, challenge, done, shown_for
from gongkai.web.portal.applications.posted import only_posted
from gongkai.web.portal.applications.views import APPLY

_SESSION: Final = "followed_case"
_MINUTES: Final = 30
MOST_FILES: Final = 10
#: Steps with words of the applicant's own, which come back where they were refused.
_WITH_WORDS: Final = ("correct", "reasons", "rate")
_WRITTEN_FOR_ANOTHER: Final = ActionRefused(
    "没有打开：刚才填写的文字不是为这件申请写的",
    remedy="请输入原来那件申请的登记号和查询码；要查看别的申请，请先复制文字，再从“查询进度”打开",
)
_CRUMBS: Final = (("首页", "/"), ("依申请公开", "/apply/"))


#: The step whose form is folded away, and is open where it was refused.
_FOLDED: Final = "withdraw"


class Typed(NamedTuple):
    """What an applicant has written for a step that was not taken yet."""

    step: str = ""
    text: str = ""
    stars: str = ""
    #: The key of the case it was written for.
    case: str = ""

    @classmethod
    def of(cls, request: HttpRequest, step: str) -> "Typed":
        """What a request brings for a step with words."""
        if step not in _WITH_WORDS:
            return cls(step if step == _FOLDED else "")
        given = request.POST
        return cls(step, given.get("text", ""), given.get("stars", "")[:1], shown_for.brought(request))


@method_decorator([never_cache, sensitive_post_parameters("code", "text")], name="dispatch")
class Track(View):
    """Asks for number and code."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The two fields."""
        return ask(request, request.GET.get("number", "")[:60])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open the case for half an hour, or say that the two do not fit."""
        number = request.POST.get("number", "").strip()[:60]
        code = request.POST.get("code", "")[:60]
        typed = Typed.of(request, request.POST.get("step", ""))
        try:
            challenge.limit_guessing(request)
        except ActionRefused as refusal:
            return ask(request, number, refusal, typed, status=429)
        case = proven.case_of(number, code)
        if case is None:
            wrong = challenge.wrong_code(request, number)
            return ask(request, number, wrong, typed, status=429 if wrong.code == "too-many" else 403)
        if typed.text and not shown_for.is_of(typed.case, case):
            return ask(request, number, _WRITTEN_FOR_ANOTHER, typed, status=409)
        open_case(request, case)
        if typed.text:  # from a page that had closed meanwhile
            return _page(request, case, typed=typed)
        return HttpResponseRedirect(reverse("portal:followed"))


def ask(
    request: HttpRequest,
    number: str = "",
    refusal: ActionRefused | None = None,
    typed: "Typed | None" = None,
    *,
    now_open: Case | None = None,
    status: int = 200,
) -> HttpResponse:
    """The two fields; ``typed`` is carried along to the page it was typed for."""
    page = pages.Page("查询办理进度", APPLY, menu="apply", crumbs=_CRUMBS)
    context = {
        "number": number, "refusal": refusal, "typed": typed, "open": now_open,
        "here": reverse("portal:track"), "left": request.GET.get("left") == "1",
    }  # fmt: skip
    return pages.render(request, "applications/track", page, context, status=status)


def open_case(request: HttpRequest, case: Case, *, browser: int = 0, through: bool = False) -> None:
    """Open a case whose code was shown, for half an hour.

    ``browser``: the session of the account from whose list it was opened; it closes with that. ``through``:
    it came of the case that is open, whose code proved the applicant; it stays open while that one would.
    """
    before = request.session[_SESSION] if through else []
    request.session.cycle_key()  # whoever knew the session before does not see the case
    request.session[_SESSION] = [case.pk, codes.proof(case.code), browser, before]
    request.session.set_expiry(_MINUTES * 60)


def reopen(request: HttpRequest) -> None:
    """Back to the case from whose page the opened one was opened."""
    request.session[_SESSION] = request.session[_SESSION][3]


def close(request: HttpRequest) -> None:
    """Close what is open on this device."""
    if _SESSION in request.session:
        request.session.pop(_SESSION)
        request.session.cycle_key()


def opened(request: HttpRequest) -> tuple[Case, str]:
    """The case a visitor has opened, and the proof; it stays open half an hour after the last step.

    Raises Http404 where there is none.
    """
    kept = request.session.get(_SESSION, (0, ""))
    case = _still_proven(kept)
    if case is None:
        raise Http404
    request.session.set_expiry(_MINUTES * 60)
    return case, kept[1]


def _still_proven(kept: Sequence[Any]) -> Case | None:
    """The case a session has kept, where its code is the same, and all that it was opened by still holds."""
    pk, proof, browser, through = (*kept, 0, [])[:4]
    case = Case.objects.select_related("agency", "applicant", "split_from").filter(pk=pk).first()
    if case is None or not codes.proves(proof, case.code):
        return None
    if browser and not signed_in.still_lists(browser, case.pk):
        return None
    return case if not through or _still_proven(through) else None


def before(request: HttpRequest) -> Case | None:
    """The case from whose page the opened one was opened."""
    *_, through = (*request.session.get(_SESSION, ()), [])[:4]
    return _still_proven(through) if through else None


def with_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives a view the opened case and its proof; where none is open, number and code are asked for."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            case, proof = opened(request)
        except Http404:
            return HttpResponseRedirect(reverse("portal:track"))
        return view(request, case, proof, *args, **kwargs)

    return asked


def with_its_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same for what a page of a case leads to: only while that case is the opened one."""

    @with_case
    @wraps(view)
    def asked(request: HttpRequest, case: Case, proof: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not shown_for.is_of(shown_for.brought(request), case):
            return _of_another(request, case, Typed())
        return view(request, case, proof, *args, **kwargs)

    return asked


def _of_another(request: HttpRequest, case: Case, typed: Typed, *, status: int = 409) -> HttpResponse:
    """The page it came from is of another case than the opened one: nothing is done, what was typed waits."""
    what = "没有办理" if request.method == "POST" else "没有下载"
    refusal = shown_for.of_another(case, what, words=bool(typed.text))
    return ask(request, shown_for.number(request), refusal, typed, now_open=case, status=status)


@never_cache
@require_safe
@with_case
def followed(request: HttpRequest, case: Case, proof: str) -> HttpResponse:  # noqa: ARG001
    """The page of the case."""
    return _page(request, case)


def _page(
    request: HttpRequest,
    case: Case,
    refusal: ActionRefused | None = None,
    typed: Typed | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = pages.Page(
        f"{case.register_no}号申请", APPLY, menu="apply", crumbs=_CRUMBS, agency=case.agency, indexed=False
    )
    context = case_page.context(case) | {
        "sms": _sms(case), "done": done.said(request, case),
        "refusal": refusal, "typed": typed or Typed(), "here": reverse("portal:followed"),
        "before": before(request),
    }  # fmt: skip
    if context["may_correct"]:
        context["keeps"] = "correction"
    elif context["reasons"] and not context["reasons"].given_on:
        context["keeps"] = "giving"
    return pages.render(request, "applications/case", page, context, status=status)


@never_cache
@only_posted("portal:followed")
def act(request: HttpRequest, name: str) -> HttpResponse:
    """Correct, give reasons, withdraw, rate, begin or end messages."""
    typed = Typed.of(request, name)
    try:
        case, proof = opened(request)
    except Http404:
        return _closed(request, typed)
    if not shown_for.is_of(shown_for.brought(request), case):
        return _of_another(request, case, typed)
    if display.switches(request):
        return display.switched(request, _page(request, case, typed=typed))
    given: dict[str, Any] = {"case_id": case.pk, "proof": proof}
    try:
        _action(request, name, given).run()
    except ActionRefused as refusal:
        case.refresh_from_db()
        return _page(request, case, refusal, typed, status=409)
    return HttpResponseRedirect(done.page_after(name))


def again(request: HttpRequest, name: str, refusal: ActionRefused) -> HttpResponse:
    """The page of the case whose step was refused before anybody looked at it, with what was typed."""
    typed = Typed.of(request, name)
    try:
        case, _ = opened(request)
    except Http404:
        return ask(request, shown_for.number(request), refusal, typed, status=403)
    if not shown_for.is_of(shown_for.brought(request), case):
        return _of_another(request, case, typed, status=403)
    return _page(request, case, refusal, typed, status=403)


def _closed(request: HttpRequest, typed: Typed) -> HttpResponse:
    """The case has closed by itself meanwhile: what was typed waits for number and code."""
    if not typed.text:
        return HttpResponseRedirect(reverse("portal:track"))
    refusal = ActionRefused(
        "打开的时间已过，刚才填写的内容没有提交",
        remedy="请再输一次登记号和查询码，填写的文字会带回；文件需要重新选择",
    )
    return ask(request, shown_for.number(request), refusal, typed, status=403)


def _action(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    actor, text = Actor.of(None), request.POST.get("text", "")
    if name == "correct":
        return HandInCorrection(actor, text=text, uploads=_uploads(request, Purpose.CORRECTION), **given)
    if name == "reasons":
        return GiveReasons(actor, text=text, uploads=_uploads(request, Purpose.REASONS), **given)
    if name == "withdraw":
        if request.POST.get("sure") != "1":
            raise ActionRefused("没有勾选确认", remedy="确要撤回的，请勾选“确认撤回”")
        return WithdrawApplication(actor, reason=text, **given)
    if name == "sms":
        return ChooseSms(actor, wanted=request.POST.get("wanted") == "1", **given)
    if name == "rate":
        stars = {str(number): number for number, _ in case_page.RATINGS}
        return Rate(actor, stars=stars.get(request.POST.get("stars", ""), 0), text=text, **given)
    raise Http404


def _uploads(request: HttpRequest, purpose: Purpose) -> tuple[intake.Upload, ...]:
    """The files of a step. Raises ``ActionRefused`` for too many."""
    chosen = request.FILES.getlist("files")
    if len(chosen) > MOST_FILES:
        raise ActionRefused(
            f"一次最多上传{MOST_FILES}个文件，您选了{len(chosen)}个", remedy="请合并成较少的文件"
        )
    return tuple(intake.Upload(purpose, name, content) for name, content in files.read_uploads(chosen))


@never_cache
@require_safe
@with_its_case
def paper(request: HttpRequest, case: Case, proof: str, pk: int) -> HttpResponse:  # noqa: ARG001
    """A delivered letter or a disclosed file of the opened case."""
    found = Attachment.objects.filter(pk=pk, case=case, purged_at=None).first()
    if found is None or not case_page.is_for_applicant(found):
        raise Http404
    response = HttpResponse(files.content_of(found), content_type=found.media_type)
    response.headers["Content-Disposition"] = files.disposition(found.name)
    return response


def _sms(case: Case) -> str:
    """The number messages go to or could go to, masked; empty where they neither do nor can."""
    who = case.applicant
    if not case.is_open or not (who.tell_by_sms or sms.available()):
        return ""
    return masking.phone(sms.mobile(who.phone))


@never_cache
@only_posted("portal:followed")
def leave(request: HttpRequest) -> HttpResponse:
    """Close the case on this device, and say so where one was open."""
    left = "?left=1" if _SESSION in request.session else ""
    close(request)
    return HttpResponseRedirect(reverse("portal:track") + left)
