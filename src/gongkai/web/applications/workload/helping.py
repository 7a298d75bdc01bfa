"""Help with a date: a section was asked for a case (协办), another agency asks this one (协助查询).

No application's clock stands still for it; so whoever waits for it, or has to give it, is told in time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.selectors import deputies
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.models import OPEN, AssistanceRequest, Errand
from gongkai.web.applications.workload.handlers import clerks_and_handlers
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.permissions import ALL, Visible


@dataclass(frozen=True, slots=True)
class Help:
    """Help that was not given yet. ``number``: of its application, empty where there is none; ``stage``:
    ``soon``, ``today`` or ``late``; ``left``: the working days to its day, below nought when late, None where
    nobody can know; ``people``: whom it concerns.
    """

    about: str
    number: str
    what: str
    day: date
    stage: str
    left: int | None
    url: str
    people: frozenset[int]

    @property
    def key(self) -> str:
        """Changes when it becomes more urgent."""
        return f"{self.about}:{self.stage}:{self.day}"

    @property
    def late(self) -> bool:
        """Whether its day is over."""
        return self.stage == "late"

    @property
    def said(self) -> str:
        """How long there is. Where only days off are left, or a year nobody has published, the day itself."""
        if self.stage == "today":
            return "今天应反馈"
        if self.late:
            return (f"逾期{-self.left}个工作日" if self.left else f"已过{chinese(self.day)}") + "未反馈"
        return f"剩{self.left}个工作日反馈" if self.left else f"最晚{chinese(self.day)}反馈"

    @property
    def words(self) -> str:
        """What it is, and how long there is."""
        return f"{self.what}，{self.said}"


def waiting(today: date, until: date, agencies: Visible = ALL) -> Iterator[Help]:
    """All whose day is not after ``until``, of some agencies.

    Help for a case concerns its handler and whom it was asked of by name; a request of another agency, who
    entered it. Where these are none of the agency's people any more, or nobody handles it, its clerks.
    """
    people = People(today)
    errands = Errand.objects.filter(answered_on=None, answer_by__lte=until, case__state__in=OPEN)
    if agencies is not ALL:
        errands = errands.filter(case__agency_id__in=agencies)
    for errand in errands.select_related("case__agency").order_by("answer_by", "id"):
        case = errand.case
        yield _help(
            f"errand:{errand.pk}", case.register_no, f"{errand.section}协办", errand.answer_by, today,
            reverse("applications:case", args=[case.pk]),
            people.of(case.agency, case.handler_id, errand.helper_id),
        )  # fmt: skip
    requests = AssistanceRequest.objects.filter(answered_on=None, answer_by__lte=until)
    if agencies is not ALL:
        requests = requests.filter(agency_id__in=agencies)
    for asked in requests.select_related("agency").order_by("answer_by", "id"):
        yield _help(
            f"assistance:{asked.pk}", "", f"{asked.from_agency}来函协助查询", asked.answer_by, today,
            reverse("applications:assistance"), people.of(asked.agency, asked.recorded_by_id),
        )  # fmt: skip


def _help(
    about: str, number: str, what: str, day: date | None, today: date, url: str, people: frozenset[int]
) -> Help:
    if day is None:  # the questions above find none without
        raise TypeError(about)
    return standing(about, day, today, number, what, url, people)


def standing(
    about: str,
    day: date,
    today: date,
    number: str = "",
    what: str = "",
    url: str = "",
    people: frozenset[int] = frozenset(),
) -> Help:
    """Help until a day, as it stands today."""
    stage = "late" if day < today else "today" if day == today else "soon"
    return Help(about, number, what, day, stage, selectors.days_left(day, today), url, people)


class People:
    """Whom something to do concerns; each agency is asked once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._known: dict[int, tuple[set[int], set[int]]] = {}

    def of(self, agency: Agency, responsible: int | None, helper: int | None = None) -> frozenset[int]:
        """Who is responsible or, where that is nobody of the agency's, its clerks; and whoever helps."""
        if agency.pk not in self._known:
            self._known[agency.pk] = clerks_and_handlers(agency, self._today)
        clerks, handlers = self._known[agency.pk]
        first = {responsible} & handlers or clerks
        return frozenset(person for person in first | ({helper} & handlers) if person is not None)


def by_person(found: Iterable[Help], today: date) -> dict[int, list[Help]]:
    """What concerns each person, the earliest day first; for who is away, their deputies."""
    lists: dict[int, dict[str, Help]] = defaultdict(dict)
    for one in found:
        for person in one.people:
            lists[person][one.key] = one
    for absent, acting in deputies(list(lists), today).items():
        theirs = lists.pop(absent)
        for person in acting:
            lists[person] |= theirs
    return {person: sorted(ones.values(), key=lambda one: one.day) for person, ones in lists.items()}


def of(actor: Actor, today: date, until: date) -> list[Help]:
    """What concerns the actor, in the agencies whose applications they see."""
    agencies = agency_permissions.where(actor, permissions.VIEW)
    if actor.person_id is None or agencies is ALL or not agencies:
        return []
    return by_person(waiting(today, until, agencies), today).get(actor.person_id, [])
