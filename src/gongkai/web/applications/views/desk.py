"""One page for whoever decides: what waits for a signature, what is overdue, extensions to approve."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.views.base import actor_of, page
from gongkai.web.applications.workload import reminders
from gongkai.web.applications.workload.waiting import waiting_for
from gongkai.web.common.permissions import ALL


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything on one screen and one sheet, each line leading to where it is done."""
    actor, day = actor_of(request), today()
    ids = agency_permissions.where(actor, permissions.VIEW)
    agencies = Agency.objects.none() if ids is ALL else Agency.objects.filter(pk__in=ids).order_by("lineage")
    context = {
        "waiting": waiting_for(actor, day, ahead=reminders.plan_of(actor.person_id).ahead),
        "today": day,
        "soon": selectors.SOON,
        "who": actor.label,
        "agencies": []
        if ids is ALL
        else list(agencies.order_by("lineage").values_list("full_name", flat=True)),
    }
    return page(request, "desk.html", context, crumb="待我办理")
