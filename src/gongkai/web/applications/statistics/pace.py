"""How fast cases ended in a period: on time, working days used; in all, by outcome, channel and applicant.

Whatever ended is counted; a rate and a median are of what was answered: nobody has to be in time with what
its applicant withdrew or gave up. One grouped question to the database, whatever the number of cases.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import Count

from gongkai.kernel.period import Period
from gongkai.law.case import Channel
from gongkai.web.applications.models import ApplicantKind, State
from gongkai.web.applications.statistics import figures


@dataclass
class Pace:
    """The cases of one group: how many ended, were answered, and answered late; the working days these used.

    ``used`` counts the answered ones by working days; where the clock could not count them (a year without
    published holidays) a case is answered and not in it.
    """

    closed: int = 0
    answered: int = 0
    late: int = 0
    used: Counter[int] = field(default_factory=Counter)

    @property
    def on_time(self) -> int:
        """How many were answered in time."""
        return self.answered - self.late

    @property
    def rate(self) -> float | None:
        """Answered in time of all that were answered, from 0 to 1; None where nothing was answered."""
        return self.on_time / self.answered if self.answered else None

    @property
    def percent(self) -> str:
        """The same as read: to a tenth, cut and never rounded up, so that 100% is said of all alone."""
        if not self.answered:
            return "—"
        tenths = self.on_time * 1000 // self.answered
        return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"

    @property
    def median(self) -> float | None:
        """The median of working days of the answered; None of nothing."""
        return _median(sorted(self.used.items()))

    @property
    def uncounted(self) -> int:
        """Answered ones whose working days nobody could count."""
        return self.answered - self.used.total()

    def add(self, state: str, late: bool, workdays: int | None, count: int) -> None:
        """Count some cases that are alike."""
        self.closed += count
        if state == State.ANSWERED:
            self.answered += count
            self.late += count if late else 0
            if workdays is not None:
                self.used[workdays] += count


class Group(NamedTuple):
    """Cases by one quality: its title, and a pace for each value there is, in the form's order."""

    title: str
    rows: list[tuple[str, Pace]]


class Paces(NamedTuple):
    """All cases of a period, and the same by outcome, channel and kind of applicant."""

    whole: Pace
    by_outcome: dict[str, Pace]
    by_channel: dict[str, Pace]
    by_kind: dict[str, Pace]

    def groups(self, outcome_label: Callable[[str], str]) -> list[Group]:
        """In words, for a page."""
        return [
            Group("按办理结果", _named(self.by_outcome, figures.RESULTS, outcome_label)),
            Group("按来件方式", _named(self.by_channel, list(Channel), lambda one: Channel(one).word)),
            Group(
                "按申请人类别",
                _named(self.by_kind, ApplicantKind.values, lambda one: str(ApplicantKind(one).label)),
            ),
        ]


def _named(
    found: dict[str, Pace], order: Sequence[str], label: Callable[[str], str]
) -> list[tuple[str, Pace]]:
    return [(label(one), found[one]) for one in order if one in found]


_QUALITIES: Final = ("outcome", "channel", "applicant_kind")


def paces(agency_ids: list[int], period: Period) -> Paces:
    """The paces of what ended in a period, for some agencies."""
    found = Paces(Pace(), {}, {}, {})
    for *qualities, state, late, workdays, count in _counted(agency_ids, period):
        groups = [by.setdefault(one, Pace()) for by, one in zip(found[1:], qualities, strict=True)]
        for pace in (found.whole, *groups):
            pace.add(state, late, workdays, count)
    return found


def _counted(agency_ids: list[int], period: Period) -> Iterable[tuple[Any, ...]]:
    """How many cases there are that are alike in all that is asked here."""
    columns = (*_QUALITIES, "state", "late", "used_workdays")
    return figures.results(agency_ids, period).order_by().values_list(*columns).annotate(n=Count("pk"))


def _median(counted: list[tuple[int, int]]) -> float | None:
    """The median of values given with how often each comes; None of nothing."""
    total = sum(count for _, count in counted)
    if not total:
        return None
    middle = ((total - 1) // 2, total // 2)
    found, seen = [], 0
    for value, count in counted:
        found += [value for place in middle if seen <= place < seen + count]
        seen += count
    return sum(found) / 2
