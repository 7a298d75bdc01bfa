"""The board: agencies by years."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.common.sheets import FORMS, response
from gongkai.web.reporting import permissions, selectors, sheets
from gongkai.web.reporting.forms import BoardForm
from gongkai.web.reporting.models import ReportRecord
from gongkai.web.reporting.states import State
from gongkai.web.reporting.views.base import actor_of, page, state_mark


def board(request: HttpRequest) -> HttpResponse:
    """State, findings by level and dates of every report; the filters stand in the address."""
    actor = actor_of(request)
    form = BoardForm(request.GET)
    number = request.GET.get("p", "1")
    found = selectors.board(actor, form.wanted(int(number) if number.isdecimal() else 1))
    query = request.GET.copy()
    query.pop("p", None)
    may_upload = agency_permissions.where(actor, permissions.UPLOAD)
    rows = [
        {
            "agency": row.agency,
            "cells": [_cell(record, year) for record, year in zip(row.reports, found.years, strict=True)],
        }
        for row in found.rows
    ]
    return page(
        request,
        "board.html",
        {
            "form": form,
            "board": found,
            "rows": rows,
            "counts": _counts(found, request),
            "query": query.urlencode(),
            "filtered": any(request.GET.get(name) for name in ("q", "state", "level")),
            "may_upload": bool(may_upload),
        },
    )


@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows, on all pages, as a table to save: ``csv`` or ``xlsx``."""
    if form not in FORMS:
        raise Http404
    actor = actor_of(request)
    wanted = BoardForm(request.GET).wanted(1)
    table = sheets.sheet(selectors.whole_board(actor, wanted), wanted.years)
    return response(table, form, f"年度报告总表（{timezone.localdate():%Y年%-m月%-d日}）")


def _cell(record: ReportRecord | None, year: int) -> dict[str, Any]:
    if record is None or record.current_version is None:
        return {"mark": state_mark(State.EMPTY), "record": None, "year": year}
    version = record.current_version
    return {
        "mark": state_mark(record.state),
        "record": record,
        "version": version if version.engine_version and not version.error else None,
        "year": year,
        "day": record.published_at if record.state == State.PUBLISHED else record.changed_at,
        "public": record.published_version is not None and record.state != State.PUBLISHED,
        "url": reverse("reporting:review", args=[record.pk]),
    }


def _counts(found: selectors.Board, request: HttpRequest) -> list[dict[str, Any]]:
    """Each state with its number, as a link that shows these alone."""
    listed = []
    for state in State:
        number = found.counts.get(state, 0)
        query = request.GET.copy()
        query.pop("p", None)
        query["state"] = state.value
        if number or request.GET.get("state") == state:
            listed.append(
                {
                    **state_mark(state),
                    "number": number,
                    "query": query.urlencode(),
                    "current": request.GET.get("state") == state,
                }
            )
    return listed
