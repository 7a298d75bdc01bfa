"""The years whose holidays are known, and taking over a new one: looked at first, then imported."""

from calendar import monthrange
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.law.arrangement import Arrangement
from gongkai.law.calendar import Calendar, published
from gongkai.web.applications import permissions
from gongkai.web.applications.actions import ImportHolidays
from gongkai.web.applications.actions.holidays import examined, of_notice
from gongkai.web.applications.forms.setup import HolidayNoticeForm, HolidaysForm
from gongkai.web.applications.views.base import actor_of, page
from gongkai.web.common import permissions as common_permissions
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.permissions import SITE

_WEEK = "一二三四五六日"
_SATURDAY = 5


@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """GET shows the years there are; a first POST shows what a notice or a file says, a second imports it.

    ``step``: ``notice`` for the words of a notice, ``import`` for what was looked at; else it is a file.
    """
    if not common_permissions.allowed(actor_of(request), permissions.IMPORT_HOLIDAYS, SITE):
        raise Http404
    step = request.POST.get("step", "")
    by_words = HolidayNoticeForm(request.POST if step == "notice" else None)
    by_file = HolidaysForm(*(() if step == "notice" else (request.POST or None, request.FILES or None)))
    form = by_words if step == "notice" else by_file
    context: dict[str, Any] = {
        "by_words": by_words, "form": by_file, "known": published().arrangements[::-1],
    }  # fmt: skip
    if request.method == "GET" or not form.is_valid():
        status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        return page(request, "holidays.html", context, crumb="节假日安排", status=status)
    try:
        if step == "import":
            made = ImportHolidays(actor_of(request), text=form.cleaned_data["content"]).run()
            messages.success(request, f"已导入{made.year}年的放假安排，正在重新计算未办结申请的期限。")
            return redirect("applications:holidays")
        context |= _looked_at(form)
    except ActionRefused as refusal:
        context["refusal"] = refusal
        return page(request, "holidays.html", context, crumb="节假日安排", status=HTTPStatus.CONFLICT)
    return page(request, "holidays.html", context, crumb="节假日安排")


def _looked_at(form: HolidayNoticeForm | HolidaysForm) -> dict[str, Any]:
    """What was given says, to be compared with the notice, and the text to import it by."""
    passed_over: tuple[str, ...] = ()
    if isinstance(form, HolidayNoticeForm):
        text, passed_over = of_notice(**form.cleaned_data)
    else:
        text = form.cleaned_data["content"]
    return {"says": _said(examined(text)), "text": text, "passed_over": passed_over}


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
        "months": [_month(calendar, arrangement, month) for month in range(1, 13)],
    }


def _month(calendar: Calendar, arrangement: Arrangement, month: int) -> dict[str, Any]:
    """A month's working days, its Mondays to Fridays that are off, its weekend days that are worked."""
    year = arrangement.year
    days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
    return {
        "month": month,
        "workdays": calendar.count(days[0], days[-1]),
        "off": [one for one in days if one.weekday() < _SATURDAY and not calendar.is_working(one)],
        "worked": [one for one in days if one.weekday() >= _SATURDAY and calendar.is_working(one)],
    }


def _week(day: date) -> str:
    return f"星期{_WEEK[day.weekday()]}"
