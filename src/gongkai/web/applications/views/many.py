"""One thing done with each of the cases marked in a list: what is refused is told, the others are done."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest

from gongkai.kernel import GongkaiError
from gongkai.web.applications import selectors
from gongkai.web.applications.models import Case
from gongkai.web.applications.views.base import actor_of, whole

_log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What came of it: the cases it was done for, and the others, each with the reason."""

    done: list[Case]
    left_out: list[tuple[Case, str]]


def marked(request: HttpRequest) -> dict[int, int]:
    """The ids of the marked cases, each with the revision the page showed."""
    pairs = (text.partition("-") for text in request.POST.getlist("case"))
    return {whole(pk): whole(revision) for pk, _, revision in pairs}


def run(steps: Iterable[tuple[Case, Callable[[], object]]]) -> Done:
    """Do each, in a transaction of its own; one that is refused keeps none of the others waiting."""
    done, left_out = [], []
    for case, do in steps:
        try:
            do()
            done.append(case)
        except GongkaiError as refusal:
            left_out.append((case, _told(refusal, case)))
        except OSError:
            # The store of files: what was done so far stands, and the person is told of the rest.
            _log.exception("a step of several cases stopped at case %s", case.pk)
            left_out.append((case, "文件没有存上，请稍后再试或联系系统管理员"))
    return Done(done, left_out)


def tell(request: HttpRequest, came: Done, word: str) -> None:
    """Say what came of it. ``word`` takes ``{count}`` and ``{names}`` of the cases it was done for.

    Cases left out for one reason are named together: of twenty that wait for the same there is one line.
    """
    if came.done:
        messages.success(request, word.format(count=len(came.done), names="、".join(map(str, came.done))))
    by_reason: dict[str, list[Case]] = {}
    for case, reason in came.left_out:
        by_reason.setdefault(reason, []).append(case)
    for reason, cases in by_reason.items():
        count = f"（{len(cases)}件）" if len(cases) > 1 else ""
        messages.error(request, f"{'、'.join(map(str, cases))}没有办理{count}：{reason}。")
    if not came.done and not came.left_out:
        messages.error(request, "没有选中申请。")


def each_marked(request: HttpRequest, do: Callable[[Case, int], object], word: str) -> None:
    """Do it for each marked case with the revision the list showed, and ``tell`` what came of it.

    Whoever was given a case meanwhile keeps it. Raises Http404, before anything is done, where one of the
    cases is not the actor's to see.
    """
    actor = actor_of(request)
    cases = [(selectors.case_for(actor, pk), revision) for pk, revision in marked(request).items()]
    tell(request, run((case, partial(do, case, revision)) for case, revision in cases), word)


def _told(refusal: GongkaiError, case: Case) -> str:
    """Reason, place and remedy in one line; the case itself is named already."""
    place = f"（{refusal.place}）" if refusal.place and refusal.place != str(case) else ""
    remedy = f"，{refusal.remedy}" if refusal.remedy else ""
    return f"{refusal.message}{place}{remedy}"
