"""One thing done with each of the cases marked in a list; what is refused is told, the others are done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from gongkai.web.applications import selectors
from gongkai.web.applications.models import Case
from gongkai.web.applications.views.base import actor_of, whole
from gongkai.web.common.errors import ActionRefused, Denied


def each_marked(request: HttpRequest, run: Callable[[Case, int], Any], done_word: str) -> int:
    """Run it for each marked case with the revision the list showed, and tell what came of it; how many were.

    Whoever was given a case meanwhile keeps it. Raises Http404 for a case that is not the actor's to see.
    """
    actor, done, refused = actor_of(request), 0, []
    for marked in request.POST.getlist("case"):
        pk, _, revision = marked.partition("-")
        case = selectors.case_for(actor, whole(pk))
        try:
            run(case, whole(revision))
            done += 1
        except (ActionRefused, Denied) as refusal:
            refused.append(f"{case}：{refusal.message}")
    if done:
        messages.success(request, done_word.format(done))
    if refused or not done:
        messages.error(request, "；".join(refused) or "没有选中申请。")
    return done
