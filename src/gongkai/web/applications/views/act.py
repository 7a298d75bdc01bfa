"""Doing one thing with a case: its form on a page of its own, and its posting."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.web.applications import actions, selectors
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.alike import asked_once, earlier_answers
from gongkai.web.applications.models import Case, Clearance, Origin
from gongkai.web.applications.views import about as about_it
from gongkai.web.applications.views import allowed, many, steps
from gongkai.web.applications.views.acts import ACTS, Act
from gongkai.web.applications.views.base import actor_of, page, revision_of, whole
from gongkai.web.applications.workload.handlers import handlers_of
from gongkai.web.common.errors import ActionRefused


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, name: str, about: int = 0) -> HttpResponse:
    """GET shows the form, POST does it; what is refused comes back with what was typed and what to do."""
    case = selectors.case_for(actor_of(request), pk)
    wanted = ACTS.get(name)
    if wanted is None or bool(wanted.on) != bool(about):
        raise Http404
    allowed.require(actor_of(request), wanted.action, case, wanted.title)
    if request.method == "GET":
        steps.refuse_now(case, name)
        if about_it.facts(case, wanted.on, about) is None:
            raise Http404
    form = _form(request, case, wanted, about)
    if request.method == "GET" or not form.is_valid():
        status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        return _shown(request, case, wanted, about, form, status=status)
    try:
        action = _action(request, case, wanted, about, form.given())
        action.run()
    except ActionRefused as refusal:
        return _shown(request, case, wanted, about, form, refusal, status=HTTPStatus.CONFLICT)
    messages.success(request, wanted.told(action) if wanted.told else wanted.done)
    many.tell_beside(request, action.beside)
    return redirect("applications:case", pk)


def _form(request: HttpRequest, case: Case, wanted: Act, about: int) -> Any:
    more: dict[str, Any] = {}
    if wanted.form.__name__ in {"AssignForm", "ErrandForm"}:
        more["people"] = handlers_of([case.agency], today())
    if wanted.form.__name__ == "ForwardForm":
        more["agencies"] = [(one.pk, one.full_name) for one in selectors.agencies_around([case.agency])]
    if wanted.form.__name__ == "FileForm":
        more["taken_over"] = case.origin == Origin.TAKEN_OVER
    if request.method == "POST":
        return wanted.form(request.POST, request.FILES, **more)
    first = {"on": today(), "person_id": case.handler_id, "agency_pk": request.GET.get("to", "")}
    first |= {"kind": request.GET.get("kind", "note"), **wanted.form.first(case, about)}
    if wanted.form.__name__ == "PartyForm":
        first |= earlier_answers.particulars(case, whole(request.GET.get("like", "")))
    return wanted.form(initial=first, **more)


def _action(request: HttpRequest, case: Case, wanted: Act, about: int, given: dict[str, Any]) -> Any:
    subject = {f"{wanted.on}_id": about} if wanted.on else {}
    return wanted.action(
        actor_of(request),
        case_id=case.pk,
        revision=revision_of(request, case),
        **wanted.fixed,
        **subject,
        **given,
    )


def _shown(
    request: HttpRequest,
    case: Case,
    wanted: Act,
    about: int,
    form: Any,
    refusal: ActionRefused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "act": wanted,
        "case": case,
        "facts": about_it.facts(case, wanted.on, about),
        "letter": about if wanted.on == "letter" else None,
        "beside": asked_once.beside(case, wanted.action.code, about),
        "for_proof": wanted.action is actions.AddProof,
        "form": form,
        "clearances": _clearances(case, about) if wanted.action is actions.SignLetter else (),
        "refusal": refusal,
        # After a refusal the page's own number is kept: what has changed meanwhile must be looked at first.
        "revision": request.POST.get("revision", "") or case.revision,
        "back": reverse("applications:case", args=[case.pk]),
    }
    return page(request, "act.html", context, crumb=wanted.title, status=status)


def _clearances(case: Case, letter_id: int) -> QuerySet[Clearance]:
    """Why what looks personal may go out with a letter: who signs it signs that too."""
    said = Clearance.objects.filter(letter_id=letter_id, letter__case=case)
    return said.select_related("person", "carried_from__letter__case")
