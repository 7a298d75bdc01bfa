"""Whom a group of cases asks for a view: by letter, for how many of the cases, what came of it."""

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.web.applications.alike import asked_once, earlier_answers
from gongkai.web.applications.delivery import proofs
from gongkai.web.applications.models import Case, Consultation, Letter


class Asked(NamedTuple):
    """One who is asked. ``first`` has the letter; ``number`` cases go by it, ``relying`` came later and rely
    on what was answered, ``missing`` are open and do neither.

    ``can_join``: the letter is not being signed yet, so that more cases can be put to it; ``can_rely``: an
    answer is there that they can rely on. ``unproven``: what should prove the delivery and is wanting.
    """

    first: Consultation
    letter: Letter | None
    number: int
    relying: int
    missing: int
    can_join: bool
    can_rely: bool
    unproven: str

    @property
    def kind(self) -> str:
        """The kind of letter that asks it."""
        return "consult_agency" if self.first.party == Consultation.Party.AGENCY else "consult_third_party"


def asked(cases: Sequence[Case]) -> list[Asked]:
    """Whoever is asked for some cases, in the order in which they were named."""
    return [_asked(shared, cases) for shared in asked_once.asked_for(cases)]


def _asked(shared: list[Consultation], cases: Sequence[Case]) -> Asked:
    first, letter = shared[0], asked_once.letter_of(shared[0])
    within = {one.case_id for one in shared}
    missing = sum(one.is_open and one.pk not in within for one in cases)
    open_to_more = first.sent_on is None and first.asked_with_id is None and not asked_once.is_fixed(first)
    relying = sum(one.relies_on_id is not None for one in shared)
    answered = missing > 0 and first.sent_on is not None and earlier_answers.said(first) is not None
    return Asked(
        first, letter, len(shared) - relying, relying, missing, missing > 0 and open_to_more, answered,
        unproven=proofs.missing(letter) if letter else "",
    )  # fmt: skip
