"""Following a case with number and code: where it stands, what was counted, what can be done, the papers."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from gongkai.kernel import GongkaiError
from gongkai.law.case import Account
from gongkai.law.outcomes import outcome
from gongkai.web.applications import clock, codes, dayline, files, intake, masking, proven
from gongkai.web.applications.actions import ChooseSms, HandInCorrection, Rate, WithdrawApplication
from gongkai.web.applications.letters.kinds import REPLY, kinds
from gongkai.web.applications.models import Attachment, Case, Letter, LetterState, Purpose, State
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sms import client as sms
from gongkai.web.portal import pages
from gongkai.web.portal.accounts import signed_in
from gongkai.web.portal.applications import challenge, standing
from gongkai.web.portal.applications.views import APPLY

_SESSION: Final = "followed_case"
_MINUTES: Final = 30
MOST_FILES: Final = 10
#: Rows of table 3 whose replies hand something out.
GRANTING: Final = frozenset({"granted", "partial"})
RATINGS: Final = ((5, "非常满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "非常不满意"))
_CRUMBS: Final = (("首页", "/"), ("依申请公开", "/apply/"))


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class Track(View):
    """Asks for number and code."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The two fields."""
        return self._form(request, request.GET.get("number", "")[:60])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open the case for half an hour, or say that the two do not fit."""
        number = request.POST.get("number", "").replace("\0", "").strip()[:60]
        code = request.POST.get("code", "")[:60]
        try:
            challenge.limit_tracking(request, number)
        except ActionRefused as refusal:
            return self._form(request, number, refusal, status=429)
        case = proven.case_of(number, code)
        if case is not None:
            open_case(request, case)
            return HttpResponseRedirect(reverse("portal:followed"))
        wrong = ActionRefused("登记号或查询码不对", remedy="请核对回执上的登记号和查询码，注意不要漏掉年份")
        return self._form(request, number, wrong, status=403)

    @staticmethod
    def _form(
        request: HttpRequest, number: str, refusal: ActionRefused | None = None, *, status: int = 200
    ) -> HttpResponse:
        page = pages.Page("查询办理进度", APPLY, menu="apply", crumbs=_CRUMBS)
        context = {"number": number, "refusal": refusal}
        return pages.render(request, "applications/track", page, context, status=status)


def open_case(request: HttpRequest, case: Case, *, browser: int = 0) -> None:
    """Open a case whose code was shown, for half an hour.

    ``browser``: the session of the account from whose list it was opened; it closes with that.
    """
    request.session.cycle_key()  # whoever knew the session before does not see the case
    request.session[_SESSION] = [case.pk, codes.proof(case.code), browser]
    request.session.set_expiry(_MINUTES * 60)


def close(request: HttpRequest) -> None:
    """Close what is open on this device."""
    if _SESSION in request.session:
        request.session.pop(_SESSION)
        request.session.cycle_key()


def opened(request: HttpRequest) -> tuple[Case, str]:
    """The case a visitor has opened, and the proof. Raises Http404 where there is none."""
    pk, proof, *browser = request.session.get(_SESSION, (0, ""))
    case = Case.objects.select_related("agency", "applicant").filter(pk=pk).first()
    if case is None or not codes.proves(proof, case.code):
        raise Http404
    if any(browser) and not signed_in.still_lists(browser[0], case.pk):
        raise Http404
    return case, proof


@never_cache
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """The page of the case."""
    try:
        case, _ = opened(request)
    except Http404:
        return HttpResponseRedirect(reverse("portal:track"))
    return _page(request, case)


def _page(
    request: HttpRequest, case: Case, refusal: ActionRefused | None = None, *, status: int = 200
) -> HttpResponse:
    page = pages.Page(
        f"{case.register_no}号申请", APPLY, menu="apply", crumbs=_CRUMBS, agency=case.agency, indexed=False
    )
    clocked = account(case)
    context = {
        "case": case,
        "standing": standing.of(case, clocked) if clocked else standing.UNKNOWN,
        "runs": dayline.runs(clocked) if clocked else [],
        "days": dayline.days(clocked) if clocked else [],
        "timeline": standing.timeline(case),
        "remedies": standing.remedies(case),
        "rating_words": RATINGS,
        "letters": [
            {"letter": letter, "name": kinds()[letter.kind].name}
            for letter in _letters(case).select_related("pdf", "docx", "delivery")
        ],
        "disclosed": case.attachments.filter(purpose=Purpose.DISCLOSED, purged_at=None)
        if _discloses(case)
        else [],
        "may_correct": case.state == State.AWAITING_CORRECTION,
        "sms": _sms(case),
        "may_rate": not case.is_open and not hasattr(case, "rating"),
        "refusal": refusal,
    }
    return pages.render(request, "applications/case", page, context, status=status)


@never_cache
@require_POST
def act(request: HttpRequest, name: str) -> HttpResponse:
    """Correct, withdraw, rate, begin or end messages."""
    case, proof = opened(request)
    given: dict[str, Any] = {"case_id": case.pk, "proof": proof}
    try:
        _action(request, name, given).run()
    except ActionRefused as refusal:
        return _page(request, case, refusal, status=409)
    return HttpResponseRedirect(reverse("portal:followed"))


def _action(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    actor, text = Actor.of(None), request.POST.get("text", "")
    if name == "correct":
        given_files = request.FILES.getlist("files")
        if len(given_files) > MOST_FILES:
            raise ActionRefused(
                f"一次最多上传{MOST_FILES}个文件，您选了{len(given_files)}个", remedy="请合并成较少的文件"
            )
        uploads = tuple(
            intake.Upload("correction", files.clean_name(one.name or ""), one.read()) for one in given_files
        )
        return HandInCorrection(actor, text=text, uploads=uploads, **given)
    if name == "withdraw":
        if request.POST.get("sure") != "1":
            raise ActionRefused("没有勾选确认", remedy="确要撤回的，请勾选“确认撤回”")
        return WithdrawApplication(actor, reason=text, **given)
    if name == "sms":
        return ChooseSms(actor, wanted=request.POST.get("wanted") == "1", **given)
    if name == "rate":
        stars = request.POST.get("stars", "")
        return Rate(actor, stars=int(stars) if stars.isdecimal() else 0, text=text, **given)
    raise Http404


@never_cache
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A delivered letter or a disclosed file of the opened case."""
    case, _ = opened(request)
    found = Attachment.objects.filter(pk=pk, case=case, purged_at=None).first()
    if found is None or not _is_for_applicant(found):
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


def _letters(case: Case) -> QuerySet[Letter]:
    """What reached the applicant: not the letters to third parties, other agencies or sections."""
    return case.letters.filter(state=LetterState.DELIVERED, to_applicant=True)


def _discloses(case: Case) -> bool:
    """Whether the files prepared for the applicant are theirs: only a delivered reply that grants them does.

    Files put ready before the decision stay inside where the reply withholds them.
    """
    rows = {outcome(one.outcome, one.dated).row for one in _letters(case).filter(kind=REPLY) if one.dated}
    return bool(rows & GRANTING)


def account(case: Case) -> Account | None:
    """The clock's account; None where the law of today does not take the events as they were recorded."""
    try:
        return clock.account(case)
    except GongkaiError:
        return None


def _is_for_applicant(found: Attachment) -> bool:
    if found.purpose == Purpose.DISCLOSED:
        return _discloses(found.case)
    letters = _letters(found.case)
    return letters.filter(pdf=found).exists() or letters.filter(docx=found).exists()


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the case on this device."""
    close(request)
    return HttpResponseRedirect(reverse("portal:track"))
