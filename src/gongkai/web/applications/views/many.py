"""One thing done with each of the cases marked in a list: what is refused is told, the others are done."""

from collections.abc import Callable
from functools import partial
from typing import Final

from django.contrib import messages
from django.http import HttpRequest

from gongkai.web.applications import selectors
from gongkai.web.applications.actions.each import Done, each
from gongkai.web.applications.models import Case
from gongkai.web.applications.views.base import actor_of, whole

#: So many numbers of cases are read at a glance.
_FEW: Final = 6


def marked(request: HttpRequest) -> dict[int, int]:
    """The ids of the marked cases, each with the revision the page showed."""
    pairs = (text.partition("-") for text in request.POST.getlist("case"))
    return {whole(pk): whole(revision) for pk, _, revision in pairs}


def is_marked(request: HttpRequest, case: Case, at_first: bool) -> bool:
    """Whether a case is marked on a page: as it was sent, or at first. One changed since is marked anew."""
    sent = f"{case.pk}-{case.revision}" in request.POST.getlist("case")
    return sent if request.method == "POST" else at_first


def tell(request: HttpRequest, came: Done, word: str) -> None:
    """Say what came of it. ``word`` takes ``{count}`` and ``{names}`` of the cases it was done for.

    Cases left out for one reason are named together: of twenty that wait for the same there is one line.
    """
    if came.done:
        messages.success(request, word.format(count=len(came.done), names=_names(came.done)))
    by_reason: dict[str, list[Case]] = {}
    for case, reason in came.left_out:
        by_reason.setdefault(reason, []).append(case)
    for reason, cases in by_reason.items():
        messages.error(request, f"{'、'.join(map(str, cases))}没有办理{_count(cases)}：{reason}。")
    if not came.done and not came.left_out:
        messages.error(request, "没有选中申请。")


def tell_beside(request: HttpRequest, came: Done) -> None:
    """What came of a change of one case for others it was to hold for too; nothing where there are none."""
    if came.done or came.left_out:
        tell(request, came, "同一份文书的其他{count}件一并记录（{names}）。")


def each_marked(request: HttpRequest, do: Callable[[Case, int], object], word: str) -> None:
    """Do it for each marked case with the revision the list showed, and ``tell`` what came of it.

    Whoever was given a case meanwhile keeps it. Raises Http404, before anything is done, where one of the
    cases is not the actor's to see.
    """
    actor = actor_of(request)
    cases = [(selectors.case_for(actor, pk), revision) for pk, revision in marked(request).items()]
    tell(request, each((case, partial(do, case, revision)) for case, revision in cases), word)


def _names(cases: list[Case]) -> str:
    """All of a few; of many the first and how many, for the list stands below."""
    if len(cases) > _FEW:
        return f"{cases[0]}等"
    return "、".join(map(str, cases))


def _count(cases: list[Case]) -> str:
    return f"（{len(cases)}件）" if len(cases) > 1 else ""
