"""A catalogue from a file: looked at first, row by row, then taken over."""

from collections import Counter
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.sheets import FORMS, response
from gongkai.web.publishing import catalogue_file, selectors
from gongkai.web.publishing.actions import ImportItems
from gongkai.web.publishing.catalogue_file import Verdict
from gongkai.web.publishing.forms import ImportForm
from gongkai.web.publishing.views.base import actor_of, page

_CRUMB = "导入目录"
#: Rows of a preview that are shown; of those with faults all are.
_SHOWN = 200


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """The file is looked at as often as wanted; ``step=take`` takes its sound rows over.

    Nothing of it is kept between the two: the same file is chosen again.
    """
    agencies = selectors.editable(actor_of(request))
    if not agencies:
        raise Http404
    form = ImportForm(
        request.POST or None, request.FILES or None, agencies=[(one.pk, one.full_name) for one in agencies]
    )
    context: dict[str, Any] = {"form": form}
    if request.method == "GET" or not form.is_valid():
        status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        return page(request, "import.html", context, crumb=_CRUMB, status=status)
    agency = next(one for one in agencies if one.pk == form.cleaned_data["agency"])
    take, because = request.POST.get("step") == "take", form.personal_because()
    try:
        rows = catalogue_file.read(form.cleaned_data["upload"])
        compared = catalogue_file.compare(agency, rows, timezone.localdate(), confirmed=bool(because))
        if any(one.of_persons for one in compared):
            form.ask_why()
        context |= {"agency": agency, "taken": False, **_told(compared)}
        if take:
            done = ImportItems(actor_of(request), agency=agency, rows=rows, personal_because=because).run()
            context["taken"] = True
            messages.success(request, f"已新增{done.added}条，更新{done.changed}条。")
    except ActionRefused as refusal:
        context["refusal"] = refusal
        return page(request, "import.html", context, crumb=_CRUMB, status=HTTPStatus.CONFLICT)
    return page(request, "import.html", context, crumb=_CRUMB)


def _told(compared: list[catalogue_file.Compared]) -> dict[str, Any]:
    counts = Counter(one.verdict for one in compared)
    refused = [one for one in compared if one.verdict is Verdict.REFUSED]
    others = [one for one in compared if one.verdict is not Verdict.REFUSED]
    return {
        "rows": [*refused, *others[:_SHOWN]],
        "hidden": max(0, len(others) - _SHOWN),
        "new": counts[Verdict.NEW],
        "changed": counts[Verdict.CHANGED],
        "same": counts[Verdict.SAME],
        "refused": counts[Verdict.REFUSED],
        "personal": [one.line for one in refused if one.of_persons],
        "right": counts[Verdict.NEW] + counts[Verdict.CHANGED],
    }


@require_safe
def template(request: HttpRequest, form: str) -> HttpResponse:
    """A file to fill in, ``csv`` or ``xlsx``."""
    if not selectors.editable(actor_of(request)) or form not in FORMS:
        raise Http404
    return response(catalogue_file.template(), form, "公开目录模板")
