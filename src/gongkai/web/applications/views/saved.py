"""Saving the due list's filters under a name, and deleting them again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions
from gongkai.web.applications.actions import DeleteView, SaveView
from gongkai.web.applications.views.base import actor_of, told
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.permissions import ALL


def own_agency(request: HttpRequest) -> Agency:
    """The first agency whose cases the person sees: in its log the change is kept."""
    ids = agency_permissions.where(actor_of(request), permissions.VIEW)
    found = None if ids is ALL else Agency.objects.filter(pk__in=ids).order_by("pk").first()
    if found is None:
        raise Denied("您没有可以查看的申请", remedy="如工作需要，请联系本单位系统管理员")
    return found


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the page it was sent from."""
    agency, query = own_agency(request), request.POST.get("query", "")
    try:
        view = SaveView(
            actor_of(request), agency=agency, name=request.POST.get("name", ""), query=query
        ).run()
    except ActionRefused as refusal:
        messages.error(request, told(refusal))
        return redirect(f"{reverse('applications:due')}?{query}")
    messages.success(request, f"已保存视图“{view.name}”。")
    return redirect(f"{reverse('applications:due')}?{view.query}")


@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete one's own."""
    try:
        DeleteView(actor_of(request), agency=own_agency(request), view_id=number).run()
    except ActionRefused as refusal:
        messages.error(request, told(refusal))
    else:
        messages.success(request, "已删除视图。")
    return redirect("applications:due")
