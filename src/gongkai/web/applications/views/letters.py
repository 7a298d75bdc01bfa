"""Drafting a letter, looking at it as it will be printed, and its way through the signatures."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.kernel import GongkaiError
from gongkai.law.outcomes import outcomes
from gongkai.web.applications import clock, files, selectors
from gongkai.web.applications.actions import DraftLetter, EditLetter
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.actions.copy_letter import KINDS
from gongkai.web.applications.alike import asked_once, groups
from gongkai.web.applications.forms.letters import LetterForm
from gongkai.web.applications.letters import check, fee, making, others_data, own_templates, printed, signing
from gongkai.web.applications.letters.kinds import LetterKind, kinds
from gongkai.web.applications.models import Case, Consultation, Letter, LetterState
from gongkai.web.applications.statistics import offers
from gongkai.web.applications.views import allowed, steps
from gongkai.web.applications.views.base import actor_of, page, revision_of, whole
from gongkai.web.applications.workload import errands
from gongkai.web.common.errors import ActionRefused


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Draft a letter of a kind, to a party where the kind asks for one."""
    case, kind = selectors.case_for(actor_of(request), pk), _kind(code)
    allowed.require(actor_of(request), DraftLetter, case, f"拟{kind.name}")
    if request.method == "GET":
        steps.refuse_now(case, code)
    party = request.GET.get("party", "") or request.POST.get("party", "")
    consultation = get_object_or_404(case.consultations, pk=whole(party)) if party else None
    if consultation and request.method == "GET" and (elsewhere := _written_elsewhere(consultation, code)):
        return redirect(elsewhere)
    known = _known(case, code)
    chosen = offers.reply(case, request.GET.get("published", "")) if code == "reply" else offers.NOTHING
    filled = LetterForm.initial_of(kind, {**known, **chosen.typed}, chosen.outcome)
    initial = filled if request.method == "GET" else {}
    form = _form(request, kind, initial)
    if request.method == "GET" or not form.is_valid():
        return _drafting(request, case, kind, form, asked=consultation)
    try:
        letter = DraftLetter(
            actor_of(request),
            case_id=pk,
            revision=revision_of(request, case),
            kind=code,
            typed=form.typed(),
            outcome=form.cleaned_data.get("outcome", ""),
            consultation_id=consultation.pk if consultation else None,
        ).run()
    except ActionRefused as refusal:
        return _drafting(request, case, kind, form, refusal, asked=consultation)
    return redirect("applications:letter", pk, letter.pk)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A letter: as printed, what is still wrong with it, its signatures; a draft can be changed."""
    case = selectors.case_for(actor_of(request), pk)
    found = get_object_or_404(case.letters.select_related("consultation", "docx", "pdf"), pk=number)
    found.case = case
    kind = kinds()[found.kind]
    form = _form(request, kind, LetterForm.initial_of(kind, check.typed_of(found), found.outcome))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            EditLetter(
                actor_of(request),
                case_id=pk,
                revision=revision_of(request, case),
                letter_id=number,
                typed=form.typed(),
                outcome=form.cleaned_data.get("outcome", ""),
            ).run()
        except ActionRefused as told:
            refusal = told
        else:
            messages.success(request, "已保存。")
            return redirect("applications:letter", pk, number)
    return _letter_page(request, case, found, form, refusal)


@never_cache
@require_safe
def preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The letter as PDF, as it would be printed today; a signed one as it was signed."""
    return HttpResponse(_printed(request, pk, number), content_type="application/pdf")


@never_cache
@require_safe
def preview_picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The same as a picture, for the page of the letter."""
    return HttpResponse(making.picture(_printed(request, pk, number)), content_type="image/png")


def _written_elsewhere(one: Consultation, code: str) -> str:
    """The address of the same form in the case that writes to the party; empty where it is this one."""
    writer = asked_once.writer(one)
    if code in asked_once.ASKS or writer.pk == one.pk:
        return ""
    return f"{reverse('applications:new_letter', args=[writer.case_id, code])}?party={writer.pk}"


def _printed(request: HttpRequest, pk: int, number: int) -> bytes:
    """The PDF of a letter. Raises ``ActionRefused`` where it cannot be made here."""
    case = selectors.case_for(actor_of(request), pk)
    found = get_object_or_404(case.letters.select_related("consultation", "pdf"), pk=number)
    found.case = case
    if found.pdf is not None:
        return files.content_of(found.pdf)
    made = making.make(found, found.dated or today())
    if made.pdf is None:
        raise ActionRefused(
            "这份文书用的是本机关的 Word 模板，本机没有安装 LibreOffice，不能生成 PDF",
            remedy="签发后可下载 DOCX",
        )
    return made.pdf


def _known(case: Case, code: str) -> Mapping[str, str]:
    """What the register knows of what a letter of a kind says."""
    if code == errands.KIND:
        return errands.prefilled(case)
    return fee.prefilled(case, today()) if code == fee.KIND else {}


def _kind(code: str) -> LetterKind:
    found = kinds().get(code)
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, kind: LetterKind, initial: Mapping[str, Any]) -> LetterForm:
    choices = [(one.code, f"{one.word}（{one.article or '报告格式'}）") for one in outcomes(today())]
    choices = [row for row in choices if row[0] != "withdrawn"]
    data = request.POST if request.method == "POST" else None
    return LetterForm(data, kind=kind, outcomes=choices, initial=dict(initial))


def _drafting(
    request: HttpRequest,
    case: Case,
    kind: LetterKind,
    form: LetterForm,
    refusal: ActionRefused | None = None,
    *,
    asked: Consultation | None,
) -> HttpResponse:
    context = {
        "case": case,
        "kind": kind,
        "form": form,
        "refusal": refusal,
        "hint": fee.hint(case, today()) if kind.code == fee.KIND else "",
        "party": asked.pk if asked else "",
        "asked": asked,
        "revision": request.POST.get("revision", "") or case.revision,
        "back": reverse("applications:case", args=[case.pk]),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return page(request, "letter_new.html", context, crumb=f"拟{kind.name}", status=status)


def _letter_page(
    request: HttpRequest, case: Case, found: Letter, form: LetterForm, refusal: ActionRefused | None
) -> HttpResponse:
    actor, kind = actor_of(request), kinds()[found.kind]
    may = allowed.May(actor, case.agency_id)
    progress = signing.progress(found, today())
    open_now = found.state in {LetterState.DRAFT, LetterState.SIGNING}
    context = {
        "case": case,
        "letter": found,
        "kind": kind,
        "form": form if found.state == LetterState.DRAFT and may["edit_letter"] else None,
        "refusal": refusal,
        "may": may,
        "revision": request.POST.get("revision", "") or case.revision,
        "problems": (wrong := _problems(found) if open_now else []),
        "warnings": printed.warnings(found, today()) if open_now and not wrong else [],
        "unclear": any(not one.asker for one in others_data.found_in(found)),
        "clearances": found.clearances.select_related("person", "carried_from__letter__case"),
        "unfit": own_templates.unfit(case.agency_id, kinds()[found.kind]) if open_now else None,
        "progress": progress,
        "turns": signing.turns(progress) if open_now else [],
        "mates": groups.members(case).count() - 1 if found.kind in KINDS and found.state != "dropped" else 0,
        "may_not_sign": progress.refusal(actor.person_id or 0) if open_now else "",
        "signatures": found.signatures.select_related("person"),
        "today": today(),
        "back": reverse("applications:case", args=[case.pk]),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return page(request, "letter.html", context, crumb=kind.name, status=status)


def _problems(found: Letter) -> list[str]:
    try:
        wrong = check.problems(found, today())
        making.values_of(found, today()) if not wrong else None
    except GongkaiError as refusal:
        return [clock.told(refusal)]
    return wrong
