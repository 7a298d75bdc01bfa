"""From the page of a case to those it was split into or sent on as, and back: the applicant is the same."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import onward
from gongkai.web.portal.applications import tracking
from gongkai.web.portal.applications.posted import only_posted


@never_cache
@only_posted("portal:followed")
@tracking.with_its_case
def go(request: HttpRequest, case: Case, proof: str, pk: int) -> HttpResponse:  # noqa: ARG001
    """Open one that came of the opened case, or the one it was opened from."""
    back = tracking.before(request)
    if back is not None and back.pk == pk:
        tracking.reopen(request)
        return HttpResponseRedirect(reverse("portal:followed"))
    found = next((one.case for one in onward.after(case) if one.case.pk == pk), None)
    if found is None or found.purged_at is not None:
        raise Http404
    tracking.open_case(request, found, through=True)
    return HttpResponseRedirect(reverse("portal:followed"))
