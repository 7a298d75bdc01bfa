"""One step for several cases: each in its own transaction, with its own checks and its own audit entry."""

import logging
from collections.abc import Iterable
from typing import Any, NamedTuple

from gongkai.kernel import GongkaiError
from gongkai.web.applications.actions.base import CaseAction
from gongkai.web.applications.models import Case

_log = logging.getLogger(__name__)


class LeftOut(NamedTuple):
    """A case the step was not done for, and why."""

    case: Case
    reason: str


class Done(NamedTuple):
    """What came of a step."""

    done: list[Case]
    left_out: list[LeftOut]


def run(steps: Iterable[tuple[Case, CaseAction[Any]]]) -> Done:
    """Do each; one that is refused keeps none of the others waiting and is named with its reason."""
    done, left_out = [], []
    for case, action in steps:
        try:
            action.run()
            done.append(case)
        except GongkaiError as refusal:
            left_out.append(LeftOut(case, _told(refusal)))
        except OSError:
            # The store of files: what was done so far stands, and the person is told of the rest.
            _log.exception("a step of several cases stopped at case %s", case.pk)
            left_out.append(LeftOut(case, "文件没有存上，请稍后再试或联系系统管理员"))
    return Done(done, left_out)


def _told(refusal: GongkaiError) -> str:
    """Reason, place and remedy in one line."""
    place = f"（{refusal.place}）" if refusal.place else ""
    remedy = f"，{refusal.remedy}" if refusal.remedy else ""
    return f"{refusal.message}{place}{remedy}"
