"""Applications in the same words: put into one group, and handled in one step where that is possible."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.web.applications import selectors
from gongkai.web.applications.actions import GroupCases
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.alike import groups, same_words
from gongkai.web.applications.forms.group import GroupForm
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.views import allowed, group_letters, group_parties, many
from gongkai.web.applications.views.base import actor_of, mark, page, revision_of
from gongkai.web.common.errors import ActionRefused


@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows who asks for the same, the group and its papers; POST puts the marked ones into the group."""
    case = selectors.case_for(actor_of(request), pk)
    form = GroupForm(request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = GroupCases(
                actor_of(request), case_id=pk, revision=revision_of(request, case),
                others=tuple(many.marked(request).items()), reason=form.cleaned_data["reason"],
            ).run()  # fmt: skip
        except ActionRefused as told:
            refusal = told
        else:
            messages.success(request, f"{len(made)}件已归为一组，首件为{made[0]}。")
            return redirect("applications:group", pk)
    return _group_page(request, case, form, refusal)


def _group_page(
    request: HttpRequest, case: Case, form: GroupForm, refusal: ActionRefused | None
) -> HttpResponse:
    panel = groups.panel(case)
    members = list(groups.members(case)) if panel.members else []
    papers = group_letters.papers(members) if members else []
    others: list[dict[str, Any]] = [
        {
            "like": like,
            "mark": mark(like.case, today()),
            "chosen": many.is_marked(request, like.case, not like.hint),
        }
        for like in panel.others
    ]
    context = {
        "case": case,
        "first": same_words.first_id(case),
        "form": form,
        "panel": panel,
        "members": [{"like": like, "mark": mark(like.case, today())} for like in panel.members],
        "size": len(members),
        "others": others,
        "chosen": sum(row["chosen"] for row in others),
        "papers": papers,
        "noticed": any(one.kind.code == "consult_notice" for one in papers),
        "asked": group_parties.asked(members) if members else [],
        "unconfirmed": sum(one.state == State.UNCONFIRMED for one in members),
        "refusal": refusal,
        "may": allowed.May(actor_of(request), case.agency_id),
        "revision": request.POST.get("revision", "") or case.revision,
        "back": reverse("applications:case", args=[case.pk]),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    if form.is_bound and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return page(request, "group.html", context, crumb="同文申请", status=status)
