"""What did not reach applicants, or has to be told by telephone, of all agencies one sees; for the site's
administrator the rest too.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.applications import permissions
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.views.base import actor_of, page, whole
from gongkai.web.common.errors import Denied
from gongkai.web.common.permissions import ALL, SITE, allowed

_PAGE = 50


@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """A line for each, leading to its case where the actor sees it."""
    actor = actor_of(request)
    if not undelivered.visible(actor):
        raise Denied("您没有可以查看的通知", remedy="如工作需要，请联系本单位系统管理员")
    calls, waiting = "calls" in request.GET, undelivered.for_actor(actor)
    shown = waiting.filter(undelivered.CALLS) if calls else waiting.exclude(undelivered.CALLS)
    found = Paginator(shown, _PAGE).get_page(whole(request.GET.get("p", "")) or 1)
    opens = agency_permissions.where(actor, permissions.VIEW)
    context = {
        "page": found,
        "calls": calls,
        "query": "calls=1" if calls else "",
        "rows": [
            {"one": one, "opens": opens is ALL or one.notice.case.agency_id in opens}
            for one in undelivered.told(found)
        ],
        "site": not calls and allowed(actor, permissions.SET_UP, SITE),
        "days": undelivered.RECENT.days,
    }
    if context["site"]:
        context["others"] = undelivered.others().most_common()
    crumb = "电话告知申请人" if calls else "没有发出的通知"
    return page(request, "undelivered.html", context, crumb=crumb)
