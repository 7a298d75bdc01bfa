"""The years whose holidays are known, and taking over a new one: looked at first, then imported."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.law.arrangement import Arrangement
from gongkai.law.calendar import published
from gongkai.web.applications import permissions
from gongkai.web.applications.actions import ImportHolidays
from gongkai.web.applications.actions.holidays import examined
from gongkai.web.applications.forms.setup import HolidaysForm
from gongkai.web.applications.views.base import actor_of, page
from gongkai.web.common import permissions as common_permissions
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import SITE

_WEEK = "一二三四五六日"


@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """GET shows the years there are; a first POST shows what a file says, a second imports it."""
    if not common_permissions.allowed(actor_of(request), permissions.IMPORT_HOLIDAYS, SITE):
        raise Http404
    form = HolidaysForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "known": published().arrangements[::-1]}
    if request.method == "GET" or not form.is_valid():
        status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        return page(request, "holidays.html", context, crumb="节假日安排", status=status)
    text = form.cleaned_data["content"]
    try:
        if request.POST.get("step") == "import":
            made = ImportHolidays(actor_of(request), text=text).run()
            messages.success(request, f"已导入{made.year}年的放假安排，正在重新计算未办结申请的期限。")
            return redirect("applications:holidays")
        context |= {"says": _said(examined(text)), "text": text}
    except ActionRefused as refusal:
        context["refusal"] = refusal
        return page(request, "holidays.html", context, crumb="节假日安排", status=HTTPStatus.CONFLICT)
    return page(request, "holidays.html", context, crumb="节假日安排")


def _said(arrangement: Arrangement) -> dict[str, Any]:
    """What an arrangement says, to be compared with the notice by eye."""
    year = arrangement.year
    calendar = published().with_year(arrangement)
    return {
        "arrangement": arrangement,
        "replaces": year in published().years,
        "workdays": calendar.count(date(year, 1, 1), date(year, 12, 31)),
        "holidays": [
            {"row": row, "days": (row.end - row.start).days + 1, "week": (_week(row.start), _week(row.end))}
            for row in arrangement.holidays
        ],
        "make_up": [(day, _week(day)) for day in arrangement.make_up],
    }


def _week(day: date) -> str:
    return f"星期{_WEEK[day.weekday()]}"
