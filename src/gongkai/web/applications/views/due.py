"""What is due: open cases by remaining working days, with filters, a calendar, and giving out in bulk."""

import calendar
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.law.calendar import published
from gongkai.web.applications import masking, permissions, selectors, sheets
from gongkai.web.applications.actions import Assign
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms import DueForm
from gongkai.web.applications.models import Case
from gongkai.web.applications.views.base import actor_of, page, urgency, whole
from gongkai.web.applications.views.people import handlers
from gongkai.web.common import permissions as common_permissions
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.permissions import SITE
from gongkai.web.common.sheets import FORMS, response


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """The list; bucket, filters and page stand in the address."""
    actor, day = actor_of(request), today()
    form = DueForm(request.GET)
    wanted = _wanted(request, form)
    found = selectors.due_list(actor, wanted, day)
    rows = [_row(case, day) for case in found.page.object_list]
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "form": form,
        "rows": rows,
        "page": found.page,
        "query": query.urlencode(),
        "buckets": [
            {"key": key, "label": label, "count": found.counts[key], "current": key == wanted.bucket}
            for key, label in selectors.BUCKETS.items()
        ],
        "bucket_chosen": wanted.bucket != "all",
        "filtered": bool(wanted.text or wanted.channel or wanted.on),
        "people": handlers(rows[0]["case"].agency)
        if len({row["case"].agency_id for row in rows}) == 1
        else [],
        "today": day,
        "views": selectors.saved_views(actor),
        "unknown_year": selectors.unknown_year(day),
        "may_import": common_permissions.allowed(actor, permissions.IMPORT_HOLIDAYS, SITE),
    }
    return page(request, "due.html", context)


def _wanted(request: HttpRequest, form: DueForm) -> selectors.Wanted:
    form.is_valid()
    bucket = request.GET.get("bucket", "all")
    number = request.GET.get("p", "1")
    return selectors.Wanted(
        bucket=bucket if bucket in selectors.BUCKETS else "all",
        text=form.cleaned_data.get("q", ""),
        channel=form.cleaned_data.get("channel", ""),
        on=form.cleaned_data.get("on"),
        page=whole(number) or 1,
    )


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same list on all pages as a table to save: ``csv`` or ``xlsx``."""
    if form not in FORMS:
        raise Http404
    day = today()
    cases = selectors.due_cases(actor_of(request), _wanted(request, DueForm(request.GET)), day)
    try:
        return response(sheets.due(cases, day), form, f"未办结的申请（{day:%Y年%-m月%-d日}）")
    except ActionRefused as refused:
        messages.error(request, f"{refused.message}，{refused.remedy}。")
        return redirect(f"{reverse('applications:due')}?{request.GET.urlencode()}")


def _row(case: Case, day: date) -> dict[str, Any]:
    left = selectors.left(case, day)
    shape, style, words = urgency(left, case.state)
    return {
        "case": case,
        "left": left,
        "mark": {"shape": shape, "style": style, "label": words},
        "who": masking.applicant(case.applicant.name, case.applicant_kind)
        if hasattr(case, "applicant")
        else "",
    }


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month with the number of cases due on each day; days off are told apart."""
    day = today()
    first = _month_of(request.GET.get("m", ""), day)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    counts = selectors.by_day(actor_of(request), weeks[0][0], weeks[-1][-1])
    holidays = published()
    cells = [
        [
            {
                "day": one,
                "count": counts.get(one, 0),
                "off": holidays.look(one).working is not True,
                "why": holidays.look(one).why,
                "other": one.month != first.month,
                "today": one == day,
            }
            for one in week
        ]
        for week in weeks
    ]
    context = {
        "weeks": cells,
        "first": first,
        "before": _shifted(first, -1),
        "after": _shifted(first, 1),
        "known": holidays.first <= first <= holidays.last,
    }
    return page(request, "month.html", context, crumb="到期日历")


def _month_of(text: str, default: date) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return default.replace(day=1)
    return found if 2000 <= found.year <= 2100 else default.replace(day=1)


def _shifted(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the marked cases to one person; each is a change of its own, and what is refused is told."""
    actor, person = actor_of(request), request.POST.get("person", "")
    done, refused = 0, []
    for marked in request.POST.getlist("case"):
        # Each with the revision the list showed: whoever was given it meanwhile keeps it.
        pk, _, revision = marked.partition("-")
        case = selectors.case_for(actor, whole(pk))
        try:
            Assign(actor, case_id=case.pk, revision=whole(revision), person_id=whole(person)).run()
            done += 1
        except (ActionRefused, Denied) as refusal:
            refused.append(f"{case}：{refusal.message}")
    if done:
        messages.success(request, f"已分办{done}件。")
    if refused or not done:
        messages.error(request, "；".join(refused) or "没有选中申请。")
    return redirect("applications:due")
