"""How one wants to be reminded."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.web.applications.actions import SetReminders
from gongkai.web.applications.forms.reminders import ReminderForm
from gongkai.web.applications.views.base import actor_of, page
from gongkai.web.applications.views.saved import own_agency
from gongkai.web.applications.workload import reminders
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sms import quiet


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The choice as it is, and a new one."""
    agency, plan = own_agency(request), reminders.plan_of(actor_of(request).person_id)
    form = ReminderForm(request.POST if request.method == "POST" else None, plan=plan)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            SetReminders(actor_of(request), agency=agency, **form.given()).run()
        except ActionRefused as told:
            refusal = told
        else:
            messages.success(request, "已保存提醒方式。")
            return redirect("applications:reminders")
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    context = {"form": form, "refusal": refusal, "person": request.user, "quiet": quiet.hours()}
    return page(request, "reminders.html", context, crumb="提醒方式", status=status)
