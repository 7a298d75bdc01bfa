"""One step for the group of a case: its cases are listed, the marked ones are done, what came is told."""

from http import HTTPStatus
from itertools import islice
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.law.outcomes import UnknownOutcome, outcome
from gongkai.web.applications import selectors
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.actions.each import each
from gongkai.web.applications.alike import earlier_answers, groups
from gongkai.web.applications.models import Case, Consultation, Letter
from gongkai.web.applications.views import allowed, many
from gongkai.web.applications.views.base import actor_of, mark, page
from gongkai.web.applications.views.group_steps import JOINT, About, Joint, Row, action_of, rows, subject
from gongkai.web.common.errors import ActionRefused

#: Cases of one step: each may make its papers while the person waits; the rest takes a second step.
MOST: Final = 50


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, name: str, about: int = 0) -> HttpResponse:
    """One step for the group of a case: GET lists its cases, POST does it for the marked ones.

    Each is a change of its own; what is refused is named with the reason, and the others are done. Where any
    is refused the page comes back with what was typed.
    """
    case = selectors.case_for(actor_of(request), pk)
    joint = JOINT.get(name)
    if joint is None:
        raise Http404
    begun = subject(case, joint, about)
    allowed.require(actor_of(request), joint.act.action, case, joint.act.title)
    cases = list(groups.members(case))
    form, refusal = _form(request, joint), None
    if request.method == "POST" and form.is_valid():
        try:
            if _do(request, joint, cases, begun, form.given()):
                return redirect("applications:group", pk)
        except ActionRefused as told:
            refusal = told
        cases = list(groups.members(case))
    return _step_page(request, case, joint, begun, cases, form, refusal)


def _form(request: HttpRequest, joint: Joint) -> Any:
    if request.method == "POST":
        return joint.act.form(request.POST, request.FILES)
    return joint.act.form(initial={"on": today()})


def _step_page(
    request: HttpRequest, case: Case, joint: Joint, about: About, cases: list[Case], form: Any,
    refusal: ActionRefused | None,
) -> HttpResponse:  # fmt: skip
    found = list(rows(joint, cases, about, actor_of(request).person_id or 0))
    ready = [_row(request, row) for row in islice((row for row in found if row.look.ready), MOST)]
    context = {
        "case": case,
        "joint": joint,
        "letter": about if isinstance(about, Letter) else None,
        "asked": about if isinstance(about, Consultation) else None,
        "says": _says(about),
        "said": earlier_answers.said(about) if isinstance(about, Consultation) else None,
        "form": form,
        "refusal": refusal,
        "rows": ready,
        "chosen": sum(row["chosen"] for row in ready),
        "other_rows": [row for row in found if not row.look.ready][:MOST],
        "beyond": max(0, sum(row.look.ready for row in found) - MOST),
        "grouped": len(cases) > 1,
        "lost_file": bool(request.FILES),
        "back": reverse("applications:group", args=[case.pk]),
    }
    status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.CONFLICT
    if form.is_bound and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return page(request, "group_step.html", context, crumb=f"全组{joint.act.title}", status=status)


def _row(request: HttpRequest, row: Row) -> dict[str, Any]:
    return {
        "row": row,
        "mark": mark(row.case, today()),
        "chosen": many.is_marked(request, row.case, row.look.chosen),
        "tracking": request.POST.get(f"tracking-{row.case.pk}", ""),
    }


def _says(about: About) -> str:
    """What a reply decides, with its article; empty for what decides nothing."""
    letter = about if isinstance(about, Letter) else None
    try:
        found = outcome(letter.outcome, letter.dated or today()) if letter and letter.outcome else None
    except UnknownOutcome:
        return ""
    return f"{found.word}（{found.article}）" if found and found.article else found.word if found else ""


def _do(request: HttpRequest, joint: Joint, cases: list[Case], about: About, given: dict[str, Any]) -> bool:
    """Do it for the marked ones and say what came of it; whether all of them were done.

    Raises ``ActionRefused``, before anything is done, for what is wrong with all of them.
    """
    marked = many.marked(request)
    found = rows(joint, [one for one in cases if one.pk in marked], about, actor_of(request).person_id or 0)
    asked = list(found)
    chosen = [row for row in asked if row.look.ready][:MOST]
    tracking = {row.case.pk: request.POST.get(f"tracking-{row.case.pk}", "").strip() for row in chosen}
    _refuse_twice(joint, tracking)

    def action(row: Row) -> Any:
        own = {"tracking": tracking[row.case.pk]} if joint.own else {}
        revision = marked[row.case.pk]
        return action_of(joint, row, about, actor=actor_of(request), revision=revision, **given, **own)

    came = each((row.case, action(row).run) for row in chosen)
    came.left_out.extend((row.case, row.look.said) for row in asked if not row.look.ready)
    if len(asked) < len(marked):
        messages.error(request, f"有{len(marked) - len(asked)}件不在本组，没有办理。请刷新页面后重新选择。")
    if asked or not marked:
        many.tell(request, came, f"{joint.act.title}：已办理{{count}}件（{{names}}）。")
    return bool(came.done) and len(came.done) == len(marked)


def _refuse_twice(joint: Joint, tracking: dict[int, str]) -> None:
    given = [number for number in tracking.values() if number]
    if joint.own and len(given) != len(set(given)):
        raise ActionRefused("两件填了同一个邮件号码", remedy="每件邮件各有号码，请核对")
