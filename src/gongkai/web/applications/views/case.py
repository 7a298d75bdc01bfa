"""A case with everything in one place; what can be done now, and why the rest cannot."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.law.case import Account, Kind
from gongkai.law.outcomes import outcome
from gongkai.report import api
from gongkai.web.applications import clock, dayline, files, selectors
from gongkai.web.applications.actions import OpenPersonal
from gongkai.web.applications.actions.arrival import arrival_of, by_hand
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.actions.correct import typed_receipt
from gongkai.web.applications.actions.events import CORRECTABLE
from gongkai.web.applications.actions.take_off import is_ours
from gongkai.web.applications.alike import asked_once, earlier_answers, groups
from gongkai.web.applications.delivery import again, proofs, undelivered
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import (
    ARRIVALS,
    Attachment,
    Case,
    CaseEvent,
    Consultation,
    LetterState,
    Origin,
    Purpose,
)
from gongkai.web.applications.privacy import masking, searched
from gongkai.web.applications.privacy.openings import SEALED, opened_today
from gongkai.web.applications.receiving import onward
from gongkai.web.applications.statistics import offers
from gongkai.web.applications.views import allowed, receipts, steps
from gongkai.web.applications.views.base import actor_of, mark, page, told
from gongkai.web.applications.workload import errands
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Request, clock and account, timeline, parties, papers, notes, next steps."""
    receipts.tell(request)
    return _page(request, selectors.case_for(actor_of(request), pk))


@never_cache
@require_POST
def personal(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant's data in full, once, with a reason that stays on record."""
    found = selectors.case_for(actor_of(request), pk)
    try:
        OpenPersonal(actor_of(request), case_id=pk, reason=request.POST.get("reason", "")).run()
    except ActionRefused as refusal:
        messages.error(request, told(refusal))
        return redirect("applications:case", pk)
    return _page(request, found, opened=True)


@never_cache
@require_safe
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A file of the case; a sealed one only after personal data was opened with a reason today."""
    found = selectors.case_for(actor_of(request), pk)
    kept = get_object_or_404(found.attachments, pk=number)
    if kept.purpose in SEALED and not opened_today(actor_of(request), found):
        may = allowed.May(actor_of(request), found.agency_id)["personal"]
        remedy = "请先在“查看完整信息”中写明理由，当天内可以打开" if may else "请由经办人打开"
        what = kept.get_purpose_display()
        messages.error(request, f"{what}上可能有证件号码、电话、住址，打开须写明理由并留有记录：{remedy}。")
        return redirect(f"{reverse('applications:case', args=[pk])}#ap-reason")
    response = HttpResponse(files.content_of(kept), content_type=kept.media_type)
    response.headers["Content-Disposition"] = files.disposition(kept.name)
    return response


def _page(request: HttpRequest, found: Case, *, opened: bool = False) -> HttpResponse:
    fault, may = clock.fault(found), allowed.May(actor_of(request), found.agency_id)
    account = None if fault else clock.account(found)
    panel = groups.panel(found)
    context = {
        "case": found,
        "account": account,
        "account_notes": [clock.in_words(text) for text in account.notes] if account else [],
        "runs": dayline.runs(account) if account else [],
        "days": dayline.days(account) if account else [],
        "fault": fault,
        "terms": list(_terms(account)) if account else [],
        "mark": mark(found, today()),
        "applicant": _applicant(found, opened=opened),
        "opened": opened,
        "unsealed": opened or opened_today(actor_of(request), found),
        "timeline": list(_timeline(found)),
        "letters": [
            {
                "letter": letter,
                "kind": kinds()[letter.kind],
                "unproven": proofs.missing(letter),
                "again": letter.redeliveries.all(),
                "by_post": again.may_come_back(letter),
            }
            for letter in found.letters.select_related(
                "consultation", "delivery", "pdf", "docx"
            ).prefetch_related("redeliveries")
        ],
        "consultations": list(_consultations(found)),
        "errands": errands.of_case(found, today()),
        **_untold(found, opened=opened),
        "notes": found.notes.select_related("person", "decision__person"),
        "files": list(_files(found, opened=opened)),
        "parts": found.parts.all(),
        "original": onward.original(found),
        "group": panel,
        "asked_before": earlier_answers.asked_before(found) if panel.members and found.is_open else [],
        "steps": [] if fault else [step for step in steps.of(found) if may[step.name]],
        "may": may,
        "outcome": _outcome(found),
        "published": offers.for_case(found) if found.is_open else [],
        "today": today(),
    }
    return page(request, "case.html", context, crumb=f"{found.register_no}号")


def _untold(found: Case, *, opened: bool) -> dict[str, Any]:
    """What the applicant has not been told, and the number to call, masked until it is opened."""
    waiting, phone = undelivered.of_case(found), found.applicant.phone
    return {
        "undelivered": [one for one in waiting if one.notice.call_since is None],
        "calls": [one for one in waiting if one.notice.call_since is not None],
        "phone": phone if opened else masking.phone(phone),
    }


def _terms(account: Account) -> Iterator[tuple[str, date | None]]:
    """The last days of what others still have to do, as their letters say; None where none runs yet."""
    for term in account.terms:
        if term.ended is None and not account.state.closed and not term.provisional:
            who = f"{term.party.word}{term.ref}" if term.party else ""
            if term.until is None or term.until >= account.on:
                yield f"{who}{_TERMS[term.kind]}", term.until


_TERMS: Final = {
    Kind.CORRECTION_REQUESTED: "最晚补正", Kind.FEE_NOTIFIED: "最晚缴费",
    Kind.CONSULTATION_STARTED: "最晚提出意见",
}  # fmt: skip


def _applicant(found: Case, *, opened: bool) -> list[tuple[str, str]]:
    who = found.applicant
    if found.purged_at is not None:
        return [("个人信息", f"已于{chinese(timezone.localdate(found.purged_at))}按保存期限清除")]
    plain = (lambda text: text) if opened else None
    rows = [
        ("姓名或名称", who.name if opened else masking.applicant(who.name, found.applicant_kind)),
        (who.get_identity_kind_display(), (plain or masking.number)(who.identity_number)),
        ("联系人", (plain or masking.name)(who.contact_name)),
        ("联系电话", (plain or masking.phone)(who.phone)),
        ("短信通知", "已选择" if who.tell_by_sms else ""),
        ("电子邮箱", (plain or masking.email)(who.email)),
        ("通信地址", (plain or masking.number)(who.address)),
        ("代理人", (plain or masking.name)(who.agent_name)),
        ("需要的协助", who.needs_help),
    ]
    return [("类别", found.get_applicant_kind_display()), *((name, text) for name, text in rows if text)]


def _files(found: Case, *, opened: bool) -> Iterator[Attachment]:
    """Its files; what a sealed one was called by its sender often tells who they are."""
    for one in found.attachments.exclude(purpose="letter"):
        one.sealed = one.purpose in SEALED  # type: ignore[attr-defined]
        if one.purpose in SEALED and one.name and not opened:
            one.name = f"{one.get_purpose_display()}{PurePosixPath(one.name).suffix}"
        one.ours = is_ours(one)  # type: ignore[attr-defined]
        checked = found.is_open and one.purpose == Purpose.DISCLOSED and one.path
        one.told = searched.told(one) if checked else ""  # type: ignore[attr-defined]
        yield one


def _timeline(found: Case) -> Iterator[dict[str, Any]]:
    related = ("recorded_by", "voided_by", "letter__delivery", "arrival_of")
    events = found.events.select_related(*related).order_by("on", Coalesce("in_place_of", "number"), "number")
    for event in events:
        if event.voids_id is None:
            yield {
                "event": event,
                "word": event.word,
                "voided": _voided(event),
                "by": _recorded_by(event),
                "may_void": _may_void(event),
                "may_correct": event.kind == Kind.RECEIVED and not _voided(event) and typed_receipt(found),
                "may_arrive": _may_arrive(event),
            }


def _consultations(found: Case) -> Iterator[Consultation]:
    """Whom it asks; of an answer relied on with the day of the letter it was given to."""
    for one in asked_once.of_case(found):
        one.relied_on_day = earlier_answers.asked_on(one)  # type: ignore[attr-defined]
        yield one


#: What the applicant does on the portal.
_BY_APPLICANT: Final = frozenset({Kind.RECEIVED, Kind.CORRECTED, Kind.REASONS_GIVEN, Kind.WITHDRAWN})


def _recorded_by(event: CaseEvent) -> str:
    """Whoever recorded it; what no member of staff did, the applicant or the system did."""
    if event.recorded_by is not None:
        return str(event.recorded_by)
    if event.kind == Kind.RECEIVED and event.case.origin == Origin.TAKEN_OVER:
        return "由原系统转入"
    return "申请人" if event.kind in _BY_APPLICANT else "系统"


def _voided(event: CaseEvent) -> CaseEvent | None:
    found: CaseEvent | None = getattr(event, "voided_by", None)
    return found


def _may_void(event: CaseEvent) -> bool:
    return event.kind in CORRECTABLE and event.recorded_by_id is not None and _voided(event) is None


def _may_arrive(event: CaseEvent) -> bool:
    """Whether the letter of an event sets a term and nobody has recorded when it was received."""
    sets_term = event.kind in ARRIVALS and _voided(event) is None
    return sets_term and not by_hand(event) and arrival_of(event) is None


def _outcome(found: Case) -> str:
    """The outcome of the reply; of a case without one, the row of table 3 it is counted in."""
    reply = found.letters.filter(state=LetterState.DELIVERED).exclude(outcome="").last()
    if reply is not None and reply.dated is not None:
        return outcome(reply.outcome, reply.dated).word
    row = api.label(f"applications.{found.outcome}", "2021") if found.outcome else ""
    return row.removeprefix("三、本年度办理结果")
