"""One thing done for several cases: what is refused for one is kept with its reason, the others are done."""

import logging
from collections.abc import Callable, Iterable
from typing import NamedTuple

from gongkai.kernel import GongkaiError
from gongkai.web.applications.models import Case

_log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What came of it: the cases it was done for, and the others, each with the reason."""

    done: list[Case]
    left_out: list[tuple[Case, str]]


def each(steps: Iterable[tuple[Case, Callable[[], object]]]) -> Done:
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


def _told(refusal: GongkaiError, case: Case) -> str:
    """Reason, place and remedy in one line; the case itself is named already."""
    place = f"（{refusal.place}）" if refusal.place and refusal.place != str(case) else ""
    remedy = f"，{refusal.remedy}" if refusal.remedy else ""
    return f"{refusal.message}{place}{remedy}"
