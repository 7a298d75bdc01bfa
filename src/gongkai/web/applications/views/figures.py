"""Table 3 from the cases, each cell opening its list; how fast and how well it went."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.kernel.period import Period
from gongkai.report import api
from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.models import Case
from gongkai.web.applications.statistics import figures, offers, pace, sheets
from gongkai.web.applications.views.base import actor_of, page, told, whole
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import ALL
from gongkai.web.common.sheets import FORMS, response


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Table 3 of one agency, or of one with those below it, for a year or any period."""
    agencies = _agencies(request)
    agency = _chosen(request, agencies)
    below = request.GET.get("below") == "1"
    asked_for = _period(request)
    period = asked_for or Period.of_year(today().year)
    ids = _ids(agency, agencies, below=below) if agency else []
    counted, found = figures.table3(ids, period), pace.paces(ids, period)
    context = {
        "agencies": agencies,
        "agency": agency,
        "below": below,
        "period": period,
        "misread": asked_for is None,
        "rows": [
            {
                "row": row,
                "label": sheets.row_label(row),
                "cells": [(column, counted[row][column]) for column in figures.COLUMNS],
            }
            for row in figures.ROWS
        ],
        "columns": [("natural_person", "自然人"), ("business", "商业企业"), ("research", "科研机构"),
                    ("public_welfare", "社会公益组织"), ("legal_service", "法律服务机构"), ("other", "其他"),
                    ("total", "总计")],
        "pace": found.whole,
        "pace_groups": found.groups(sheets.outcome_label),
        "offers": offers.counted(ids, period),
        "query": _query(agency, period, below=below),
    }  # fmt: skip
    return page(request, "figures.html", context, crumb="申请情况统计")


@require_safe
def behind(request: HttpRequest, row: str, column: str) -> HttpResponse:
    """The cases one figure counts: those the actor may open are linked, of others only the number is told."""
    found, period = _behind(request, row, column)
    number = request.GET.get("p", "1")
    shown = Paginator(found, selectors.PAGE).get_page(whole(number) or 1)
    mine = agency_permissions.where(actor_of(request), permissions.VIEW)
    query = request.GET.copy()
    query.pop("p", None)
    context: dict[str, Any] = {
        "label": api.label(f"applications.{row}.{column}", "2021"),
        "row": row,
        "column": column,
        "page": shown,
        "rows": [{"case": case, "open": mine is ALL or case.agency_id in mine} for case in shown.object_list],
        "period": period,
        "query": query.urlencode(),
    }
    return page(request, "behind.html", context, crumb="数字的来源")


@require_safe
def export(request: HttpRequest, row: str, column: str, form: str) -> HttpResponse:
    """The same cases on all pages as a table to save: ``csv`` or ``xlsx``."""
    found, period = _behind(request, row, column)
    if form not in FORMS:
        raise Http404
    name = f"{api.label(f'applications.{row}.{column}', '2021')}（{_words(period)}）"
    try:
        return response(sheets.behind(found), form, name)
    except ActionRefused as refused:
        messages.error(request, told(refused))
        return redirect(f"{reverse('applications:behind', args=[row, column])}?{request.GET.urlencode()}")


@require_safe
def export_offers(request: HttpRequest, form: str) -> HttpResponse:
    """What was offered before sending, by month, as a table to save: ``csv`` or ``xlsx``."""
    agencies = _agencies(request)
    agency = _chosen(request, agencies)
    if agency is None or form not in FORMS:
        raise Http404
    period = _period_or_404(request)
    ids = _ids(agency, agencies, below=request.GET.get("below") == "1")
    name = f"提交前的提示（{_words(period)}）"
    return response(offers.sheet(offers.counted(ids, period)), form, name)


def _behind(request: HttpRequest, row: str, column: str) -> tuple[QuerySet[Case], Period]:
    agencies = _agencies(request)
    agency = _chosen(request, agencies)
    if agency is None or row not in figures.ROWS or column not in figures.COLUMNS:
        raise Http404
    period = _period_or_404(request)
    cases = figures.cases(_ids(agency, agencies, below=request.GET.get("below") == "1"), period, row, column)
    return cases.select_related("agency"), period


def _agencies(request: HttpRequest) -> list[Agency]:
    ids = agency_permissions.where(actor_of(request), permissions.STATISTICS)
    agencies = Agency.objects.current().order_by("lineage")
    return list(agencies if ids is ALL else agencies.filter(pk__in=ids))


def _chosen(request: HttpRequest, agencies: list[Agency]) -> Agency | None:
    wanted = request.GET.get("agency", "")
    return next((one for one in agencies if str(one.pk) == wanted), agencies[0] if agencies else None)


def _ids(agency: Agency, agencies: list[Agency], *, below: bool) -> list[int]:
    if not below:
        return [agency.pk]
    return [one.pk for one in agencies if one.lineage.startswith(agency.lineage)]


def _period(request: HttpRequest) -> Period | None:
    """The year or the days of the address, this year where it says neither; None where it cannot be read."""
    given = [request.GET.get(name, "") for name in ("year", "from", "to")]
    if not any(given):
        return Period.of_year(today().year)
    if given[0]:
        year = whole(given[0])
        return Period.of_year(year) if 2008 <= year <= 2100 else None
    try:
        start, end = sorted(map(date.fromisoformat, given[1:]))
    except ValueError:
        return None
    return Period(start, end) if start.year >= 2008 and end.year <= 2100 else None


def _query(agency: Agency | None, period: Period, *, below: bool) -> str:
    """What a file of the figures on the page is asked for by: the days they are of, not the ones typed."""
    asked = {"agency": agency.pk if agency else "", "from": period.start, "to": period.end}
    return urlencode({**asked, "below": 1} if below else asked)


def _words(period: Period) -> str:
    return f"{chinese(period.start)}至{chinese(period.end)}"


def _period_or_404(request: HttpRequest) -> Period:
    """A list or a file of figures is of the days it was asked for, or of none."""
    found = _period(request)
    if found is None:
        raise Http404
    return found
