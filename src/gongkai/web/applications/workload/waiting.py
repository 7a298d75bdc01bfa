"""What waits for one person: signatures, extensions to approve, what is overdue where they work."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai.law.outcomes import UnknownOutcome, outcome
from gongkai.web.agencies import permissions as agency_permissions
from gongkai.web.agencies.models import Matter
from gongkai.web.applications import permissions, selectors
from gongkai.web.applications.delivery import undelivered
from gongkai.web.applications.letters import signing
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Letter, State
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.workload import addressed, helping, reminders
from gongkai.web.common.actor import Actor
from gongkai.web.common.permissions import ALL

#: Lines of each list; what is beyond is counted and linked.
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter that waits for the person: to whom, at which step, what it decides and on what basis, by when.

    ``to`` is empty for a letter to the applicant.
    """

    letter: Letter
    kind: str
    to: str
    step: str
    says: str
    basis: str
    left: int | None
    signed: tuple[str, ...]

    @property
    def subject(self) -> str:
        """What is asked for, as lists show it."""
        return masking.asked_for(self.letter.case)


@dataclass(frozen=True, slots=True)
class Urgent:
    """A case that is overdue or nearly so, or may be; ``left`` working days, None where nobody can know."""

    case: Case
    left: int | None

    @property
    def subject(self) -> str:
        """What is asked for, as lists show it."""
        return masking.asked_for(self.case)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything on one page. ``overdue_count``, ``soon_count`` and ``calls_count`` count beyond the lists;
    ``calls``: applicants to be told by telephone; ``ahead``: how many working days are soon, 0 for today
    alone.
    """

    papers: list[Paper]
    extensions: list[Paper]
    overdue: list[Urgent]
    overdue_count: int
    soon: list[Urgent]
    soon_count: int
    unconfirmed_count: int
    help: list[helping.Help]
    calls: list[undelivered.Undelivered]
    calls_count: int
    ahead: int

    @property
    def anything(self) -> bool:
        """Whether there is anything to do at all."""
        cases = self.overdue_count or self.soon_count or self.calls_count
        return bool(self.papers or self.extensions or cases or self.help)


def waiting_for(actor: Actor, today: date, most: int = MOST, *, ahead: int = selectors.SOON) -> Waiting:
    """What waits for the actor today; of each list of cases the ``most`` urgent."""
    papers = _papers(actor, today)
    cases = {
        bucket: selectors.due_cases(actor, selectors.Wanted(bucket=bucket), today)
        for bucket in ("overdue", "unconfirmed")
    }
    until = reminders.horizon(today, ahead) if ahead else today
    nearly = selectors.due_cases(actor, selectors.Wanted(), today).filter(selectors.nearly(today, until))
    to_make = undelivered.handled(actor).filter(undelivered.CALLS)
    calls = undelivered.told(to_make[:most])
    return Waiting(
        papers=[one for one in papers if signing.matter_of(one.letter) != Matter.EXTENSION],
        extensions=[one for one in papers if signing.matter_of(one.letter) == Matter.EXTENSION],
        overdue=[Urgent(case, selectors.left(case, today)) for case in cases["overdue"][:most]],
        overdue_count=cases["overdue"].count(),
        soon=[Urgent(case, selectors.left(case, today)) for case in nearly[:most]],
        soon_count=nearly.count(),
        unconfirmed_count=cases["unconfirmed"].count(),
        help=helping.of(actor, today, until),
        calls=calls,
        calls_count=to_make.count() if len(calls) == most else len(calls),
        ahead=ahead,
    )


def _papers(actor: Actor, today: date) -> list[Paper]:
    ids = agency_permissions.where(actor, permissions.SIGN)
    if actor.person_id is None or ids is ALL or not ids:
        return []
    letters = signing.under_way(Letter.objects.filter(case__agency_id__in=ids))
    found = [
        _paper(letter, now.next_step.name if now.next_step else "", today)
        for letter, now in signing.for_person(letters, actor.person_id, today)
    ]
    return sorted(found, key=lambda one: (one.letter.case.due or date.max, one.letter.pk))


def _paper(letter: Letter, step: str, today: date) -> Paper:
    says, basis = _decision(letter, today)
    return Paper(
        letter=letter,
        kind=kinds()[letter.kind].name + "（当场答复，申请人在等）" * letter.on_the_spot,
        to=addressed.to(letter),
        step=step,
        says=says,
        basis=basis,
        left=selectors.left(letter.case, today) if letter.case.state == State.RUNNING else None,
        signed=tuple(str(row.person) for row in letter.in_force),  # type: ignore[attr-defined]
    )


def _decision(letter: Letter, today: date) -> tuple[str, str]:
    """What a reply decides and its article; a notice says what it is by its name."""
    if not letter.outcome:
        return "", ""
    try:
        found = outcome(letter.outcome, today)
    except UnknownOutcome:
        return "", ""
    return found.word, str(found.article) if found.article else ""
