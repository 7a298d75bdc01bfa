"""What is public already, looked at for numbers of persons."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.web.publishing import personal_check, selectors
from gongkai.web.publishing.views.base import actor_of, page, whole


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """A slice of the catalogue, from the item after ``after`` on; the hits with numbers masked."""
    items = selectors.checked_for_persons(actor_of(request))
    if items is None:
        raise Http404
    found = personal_check.of_slice(items, whole(request.GET.get("after", "")) or 0)
    return page(request, "personal.html", {"found": found}, crumb="核查个人信息")
