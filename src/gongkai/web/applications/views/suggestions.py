"""What was suggested to be published (条例 44), and what became of it."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.applications import permissions
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.views.base import actor_of, page, whole
from gongkai.web.applications.workload import suggestions as suggested
from gongkai.web.common.errors import Denied
from gongkai.web.common.permissions import ALL

_PAGE = 50


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """All of the agencies whose applications the actor sees, those without a decision first."""
    actor = actor_of(request)
    if not agency_permissions.where(actor, permissions.VIEW):
        raise Denied("您没有可以查看的申请", remedy="如工作需要，请联系本单位系统管理员")
    decides = agency_permissions.where(actor, permissions.DECIDE_PUBLISHING)
    ordered = suggested.of_actor(actor).order_by(F("decision").desc(nulls_first=True), "-id")
    found = Paginator(ordered, _PAGE).get_page(whole(request.GET.get("p", "")) or 1)
    rows = [
        {
            "note": one,
            "text": masking.about(one.case, one.text),
            "may_decide": decides is ALL or one.case.agency_id in decides,
        }
        for one in found
    ]
    return page(request, "suggestions.html", {"page": found, "rows": rows}, crumb="主动公开的建议")
