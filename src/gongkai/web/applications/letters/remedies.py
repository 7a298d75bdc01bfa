"""The remedies a reply tells, part by part: worked out for its day, and kept with it once it is signed.

What an applicant is told on the site is what the letter says, also after the law has changed or what was
typed into the letter has been purged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from gongkai.law.outcomes import Remedy, outcome, remedies
from gongkai.web.applications.letters import bodies, parts
from gongkai.web.applications.letters.kinds import REPLY
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Case, Letter


def worked_out(outcome_code: str, typed: Mapping[str, str], dated: date) -> tuple[Remedy, ...]:
    """Against a reply of this outcome and day. Raises UnknownOutcome."""
    return remedies(outcome(outcome_code, dated), parts.of(outcome_code, typed, dated), dated)


def keep(letter: Letter, dated: date) -> None:
    """Write beside a reply what it tells as it is signed for the last time; it is not saved."""
    if letter.kind == REPLY:
        letter.remedies = [asdict(one) for one in worked_out(letter.outcome, typed_of(letter), dated)]


def of(letter: Letter) -> tuple[Remedy, ...]:
    """What a signed reply tells; worked out where it was signed before that was kept."""
    if letter.remedies:
        return tuple(Remedy(**{**kept, "basis": tuple(kept["basis"])}) for kept in letter.remedies)
    return worked_out(letter.outcome, typed_of(letter), letter.dated) if letter.dated else ()


def clause(case: Case, found: Iterable[Remedy]) -> str:
    """The clause of a letter, with the names of body and court."""
    body, court = bodies.reconsideration_body(case.agency), bodies.court(case.agency)
    return "".join(one.clause(body or one.body, court) for one in found)
