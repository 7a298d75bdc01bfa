"""What has newly come and is nobody's yet: given to a handler, or told or sent on to the agency in charge."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.actions import ForwardCase, giving
from gongkai.web.applications.actions.base import today
from gongkai.web.applications.forms.workbench import ForwardForm
from gongkai.web.applications.models import Case
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.views.base import actor_of, mark, page, whole
from gongkai.web.applications.views.many import each_marked
from gongkai.web.applications.workload.handlers import within_reach
from gongkai.web.common.errors import Denied


class ManyForwardForm(ForwardForm):
    """The same for several at once: what is said of the applicant is said of each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "agrees"
        ].label = "所选每一件的申请人都已同意转办（不勾选则只在答复书中告知名称和联系方式）"
        self.fields["consent"].label = "申请人同意的方式和日期，记入每一件（转办时填写）"


@require_http_methods(["GET", "POST"])
def routing(request: HttpRequest) -> HttpResponse:
    """The list with both ways on; a form that is not complete comes back with what was typed and marked."""
    actor = actor_of(request)
    ids = agency_permissions.where(actor, permissions.HANDLE)
    if not ids:
        raise Denied("您没有分办申请的权限", remedy="请由本机关的经办人或科室负责人分办")
    cases = selectors.unassigned(actor)
    agencies = Agency.objects.filter(pk__in=set(cases.values_list("agency_id", flat=True)))
    around = selectors.agencies_around(agencies)
    forward = request.method == "POST" and request.POST.get("do") == "forward"
    form = ManyForwardForm(
        request.POST if forward else None, agencies=[(one.pk, one.full_name) for one in around]
    )
    if request.method == "POST" and not forward:
        _give(request)
        return redirect("applications:routing")
    if forward and form.is_valid():
        _send_on(request, form.given())
        return redirect("applications:routing")
    shown = list(cases[: selectors.PAGE])
    context = {
        "rows": _rows(shown, around),
        "marked": request.POST.getlist("case"),
        "more": cases.count() - len(shown),
        "several": len({case.agency_id for case in shown}) > 1,
        "people": within_reach(actor, {case.agency_id: case.agency for case in shown}.values(), today()),
        "oneself": actor.person_id,
        "form": form,
        "forward": forward,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if forward else HTTPStatus.OK
    return page(request, "routing.html", context, crumb="待分办", status=status)


def _give(request: HttpRequest) -> None:
    actor, person = actor_of(request), whole(request.POST.get("person", ""))

    def give(case: Case, revision: int) -> None:
        giving(actor, case, person, revision=revision).run()

    each_marked(request, give, "已分办{count}件。")


def _send_on(request: HttpRequest, given: Mapping[str, Any]) -> None:
    """Whoever drafts the reply handles the case, until it is given to somebody else."""
    actor = actor_of(request)

    def send_on(case: Case, revision: int) -> None:
        ForwardCase(actor, case_id=case.pk, revision=revision, **given).run()
        giving(actor, case, actor.person_id or 0).run()

    each_marked(request, send_on, "已拟出{count}份答复书，由您办理，请逐件核对后签批。")


def _rows(cases: Sequence[Case], around: Sequence[Agency]) -> list[dict[str, Any]]:
    return [_row(case, around) for case in cases]


def _row(case: Case, around: Sequence[Agency]) -> dict[str, Any]:
    text = f"{case.subject}{case.details}"
    return {
        "case": case,
        "value": f"{case.pk}-{case.revision}",
        "mark": mark(case, today()),
        "subject": masking.asked_for(case),
        "who": masking.applicant(case.applicant.name, case.applicant_kind),
        # A name in the request is a hint where it may belong, no more: somebody has to look.
        "named": [
            (one.short_name, f"{reverse('applications:act', args=[case.pk, 'forward'])}?to={one.pk}")
            for one in around
            if one.pk != case.agency_id and one.short_name in text
        ][:3],
    }
