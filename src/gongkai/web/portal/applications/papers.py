"""Papers for the public: the blank application form of an agency, and an applicant's own form and receipt."""

import hashlib
import json
from typing import Final

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import gongkai
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import files
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.models import Case
from gongkai.web.applications.papers import making
from gongkai.web.applications.papers.kinds import FOR_APPLICANT, FORM, SLIP, papers
from gongkai.web.applications.receiving import drafts
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal import selectors
from gongkai.web.portal.applications import in_hand, shown_for
from gongkai.web.portal.applications.tracking import with_its_case

_KEEP: Final = 24 * 3600


@require_safe
def blank(request: HttpRequest, slug: str, form: str) -> HttpResponse:  # noqa: ARG001 - Django's own
    """The form to print and fill in by hand, with the address of the agency; made once a day at most."""
    agency = selectors.agency(slug)
    if agency is None or agency.abolished_on is not None or form not in making.TYPES:
        raise Http404
    key = _key(agency, form)
    content = caches["files"].get(key)
    if content is None:
        try:
            content = making.one_of(making.make_blank(agency), form)
        except ActionRefused:  # a template of its own, and nothing here that makes a PDF of it
            return HttpResponseRedirect(reverse("portal:blank_form", args=[slug, "docx"]))
        caches["files"].set(key, content, _KEEP)
    response = _file(content, f"{agency.short_name}{papers()[FORM].name}", form)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
@with_its_case
def own(request: HttpRequest, case: Case, proof: str, code: str, form: str) -> HttpResponse:  # noqa: ARG001
    """The opened case's form as it was filled in, or its receipt."""
    if code not in FOR_APPLICANT or form not in making.TYPES or case.purged_at is not None:
        raise Http404
    try:
        made = making.make(code, case, today(), wait=making.AT_ONCE if form == "pdf" else None)
        content = making.one_of(made, form)
    except ActionRefused:
        return HttpResponseRedirect(_own(case, code, "docx"))
    return _file(content, f"{papers()[code].name}（{case.register_no}）", form)


def _own(case: Case, code: str, form: str) -> str:
    """The address of such a paper, with the case it is of."""
    return f"{reverse('portal:own_paper', args=[code, form])}?{shown_for.FIELD}={case.pk}"


@never_cache
@require_safe
def sent(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The receipt of what this browser has just sent, with the code, as long as its page shows the code."""
    hand = in_hand.of(request, key)
    case = drafts.case_of_token(hand.token) if hand is not None and hand.shows_code else None
    if case is None or case.purged_at is not None or form not in making.TYPES:
        raise Http404
    made = making.make(SLIP, case, today(), case.code, wait=making.AT_ONCE)
    form = form if made.pdf is not None else "docx"
    return _file(making.one_of(made, form), f"{papers()[SLIP].name}（{case.register_no}）", form)


def _key(agency: Agency, form: str) -> str:
    """Another key for whatever else would be printed: an address, a template, a version of ours."""
    printed = json.dumps([making.printed_from(agency), form, gongkai.__version__], sort_keys=True)
    return f"portal:blank-form:{hashlib.sha256(printed.encode()).hexdigest()}"


def _file(content: bytes, stem: str, form: str) -> HttpResponse:
    response = HttpResponse(content, content_type=making.TYPES[form])
    response.headers["Content-Disposition"] = files.disposition(f"{stem}.{form}")
    return response
