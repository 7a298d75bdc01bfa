"""What is due: open cases by remaining working days, with filters, a calendar, and giving out in bulk."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.law.calendar import published
from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.actions import RecordAssistance, RegisterByStaff, TakeOver, giving
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.alike import same_words
from gongkai.web.applications.models import Case
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.receiving import scans
from gongkai.web.applications.statistics import sheets
from gongkai.web.applications.views import allowed, filters, search
from gongkai.web.applications.views.base import actor_of, mark, page, told, whole
from gongkai.web.applications.views.many import each_marked
from gongkai.web.applications.workload import next_step
from gongkai.web.applications.workload.handlers import within_reach
from gongkai.web.common import permissions as common_permissions
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import SITE
from gongkai.web.common.sheets import FORMS, response


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """The list; bucket, filters and page stand in the address, what is looked for does not."""
    if (instead := search.elsewhere(request)) is not None:
        return instead
    actor, day = actor_of(request), today()
    if not agency_permissions.where(actor, permissions.VIEW):
        return page(request, "due_of_others.html", {"may_take_over": allowed.anywhere(actor, TakeOver)})
    form, wanted = filters.asked(actor, request.GET, day, search.words(request))
    found = selectors.due_list(actor, wanted, day)
    cases = list(found.page.object_list)
    rows = _rows(cases, day)
    ended = selectors.ended(actor, wanted.text) if wanted.text else []
    agencies = {case.agency_id: case.agency for case in cases}
    context = {
        "form": form,
        "rows": rows,
        "ended": [_row(case, day, _result(case)) for case in ended[: selectors.MOST_ENDED]],
        "more_ended": len(ended) > selectors.MOST_ENDED,
        "page": found.page,
        "query": filters.with_but(request.GET),
        "without_bucket": filters.with_but(request.GET, bucket=""),
        "buckets": _words(selectors.BUCKETS, found.counts, wanted.bucket, request, "bucket"),
        "handlers": _words(selectors.HANDLERS, found.handlers, wanted.handler, request, "handler"),
        "form_used": form.has_error_or_value(),
        "narrowed": bool(filters.with_but(request.GET)),
        "people": within_reach(actor, agencies.values(), day),
        "oneself": actor.person_id,
        "may_register": allowed.anywhere(actor, RegisterByStaff),
        "may_assist": allowed.anywhere(actor, RecordAssistance),
        "several": len(agencies | {case.agency_id: case.agency for case in ended}) > 1,
        "may_take_over": allowed.anywhere(actor, TakeOver),
        "views": selectors.saved_views(actor),
        "may_route": bool(agency_permissions.where(actor, permissions.HANDLE)),
        "unentered": scans.waiting(actor).count(),
        "unknown_year": selectors.unknown_year(day),
        "may_import": common_permissions.allowed(actor, permissions.IMPORT_HOLIDAYS, SITE),
    }
    return page(request, "due.html", context)


def _words(
    words: Mapping[str, str], counts: Mapping[str, int], current: str, request: HttpRequest, name: str
) -> list[dict[str, Any]]:
    """Words above the list, each with its number and the address that keeps the other filters."""
    return [
        {
            "label": label,
            "count": counts[key],
            "current": key == current,
            "query": filters.with_but(request.GET, **{name: key}),
        }
        for key, label in words.items()
        if key != selectors.PERHAPS or counts[key] or key == current
    ]


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same list on all pages as a table to save: ``csv`` or ``xlsx``."""
    if form not in FORMS:
        raise Http404
    if (instead := search.elsewhere(request)) is not None:
        return instead
    actor, day = actor_of(request), today()
    _, wanted = filters.asked(actor, request.GET, day, search.words(request))
    cases = selectors.due_cases(actor, wanted, day)
    try:
        return response(sheets.due(cases, day), form, f"未办结的申请（{day:%Y年%-m月%-d日}）")
    except ActionRefused as refused:
        messages.error(request, told(refused))
        return redirect(f"{reverse('applications:due')}?{request.GET.urlencode()}")


def _rows(cases: Sequence[Case], day: date) -> list[dict[str, Any]]:
    steps, same = next_step.of(cases, day), same_words.marks(cases)
    return [_row(case, day, steps[case.pk]) | {"same": same.get(case.pk, "")} for case in cases]


def _row(case: Case, day: date, step: str) -> dict[str, Any]:
    return {
        "case": case,
        "mark": mark(case, day),
        "subject": masking.asked_for(case),
        "who": masking.applicant(case.applicant.name, case.applicant_kind),
        "step": step,
    }


def _result(case: Case) -> str:
    return sheets.outcome_label(case.outcome) if case.outcome else ""


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month with the number of cases due on each day, under the list's filters; days off are told apart."""
    if (instead := search.elsewhere(request)) is not None:
        return instead
    actor, day = actor_of(request), today()
    _, wanted = filters.asked(actor, request.GET, day, search.words(request))
    wanted = replace(wanted, on=None)
    first = _month_of(request.GET.get("m", ""), day)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    counts = selectors.by_day(actor, wanted, weeks[0][0], weeks[-1][-1])
    holidays = published()
    cells = [[_cell(one, first, day, counts.get(one, 0)) for one in week] for week in weeks]
    context = {
        "weeks": cells,
        "first": first,
        "before": _shifted(first, -1),
        "after": _shifted(first, 1),
        "known": holidays.first <= first <= holidays.last,
        "query": filters.with_but(request.GET, bucket="", on=""),
        "handlers": [
            {
                "label": label,
                "current": key == wanted.handler,
                "query": filters.with_but(request.GET, handler=key, bucket="", on=""),
            }
            for key, label in selectors.HANDLERS.items()
        ],
        "count": sum(n for on, n in counts.items() if (on.year, on.month) == (first.year, first.month)),
    }
    return page(request, "month.html", context, crumb="到期日历")


def _cell(one: date, first: date, today: date, count: int) -> dict[str, Any]:
    look = published().look(one)
    return {
        "day": one,
        "count": count,
        "off": look.working is not True,
        "why": look.why,
        "other": one.month != first.month,
        "today": one == today,
    }


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
    actor, person = actor_of(request), whole(request.POST.get("person", ""))

    def give(case: Case, revision: int) -> None:
        giving(actor, case, person, revision=revision).run()

    each_marked(request, give, "已分办{count}件。")
    kept = filters.with_but(request.GET)
    return redirect(f"{reverse('applications:due')}{'?' if kept else ''}{kept}")
