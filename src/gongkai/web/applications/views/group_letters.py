"""The letters of a group, kind by kind: who has one, where it stands, whether it says the same."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.signing import Progress, Step, chain_of
from gongkai.web.applications.actions.copy_letter import KINDS
from gongkai.web.applications.delivery import proofs
from gongkai.web.applications.letters import check, signing
from gongkai.web.applications.letters.kinds import LetterKind, kinds
from gongkai.web.applications.models import Case, Letter, LetterSignature, LetterState

_WORDS = (LetterState.DRAFT, LetterState.SIGNING, LetterState.SIGNED, LetterState.DELIVERED)


class Papers(NamedTuple):
    """The letters of one kind in a group. ``model`` is the one others are made after: the first case's.

    ``missing``: open cases that have none; ``can_copy``: some may still take the model's words. The last
    four: a letter from which the step for all begins, None where no letter of the group stands there.
    """

    kind: LetterKind
    model: Letter
    said: str
    missing: int
    can_copy: bool
    to_sign: Letter | None
    to_return: Letter | None
    to_deliver: Letter | None
    to_prove: Letter | None


def of_kind(cases: Iterable[Case], kind: str) -> QuerySet[Letter]:
    """The letters of a kind of some cases that were not dropped, the newest of a case last."""
    signatures = LetterSignature.objects.filter(void_at=None).select_related("person").order_by("step")
    return (
        Letter.objects.filter(case__in=cases, kind=kind, consultation=None)
        .select_related("delivery")
        .exclude(state=LetterState.DROPPED)
        .prefetch_related(Prefetch("signatures", signatures, to_attr="in_force"))
        .order_by("pk")
    )


def papers(cases: Sequence[Case]) -> list[Papers]:
    """What a group has of each kind of letter that can be the same for all."""
    by_pk = {one.pk: one for one in cases}
    kept = Letter.objects.filter(case__in=by_pk, kind__in=KINDS).exclude(state=LetterState.DROPPED)
    letters = kept.select_related("delivery")
    found: dict[str, dict[int, Letter]] = {}
    for letter in letters.order_by("pk"):
        letter.case = by_pk[letter.case_id]
        found.setdefault(letter.kind, {})[letter.case_id] = letter
    return [_papers(kind, found[code], cases) for code, kind in kinds().items() if code in found]


def _papers(kind: LetterKind, by_case: dict[int, Letter], cases: Sequence[Case]) -> Papers:
    ordered = [by_case[one.pk] for one in cases if one.pk in by_case]
    counts = [(state.label, sum(one.state == state for one in ordered)) for state in _WORDS]

    missing = sum(one.is_open and one.pk not in by_case for one in cases)

    def one_of(*states: LetterState) -> Letter | None:
        return next((one for one in ordered if one.state in states), None)

    return Papers(
        kind=kind,
        model=ordered[0],
        said="，".join(f"{word}{count}件" for word, count in counts if count),
        missing=missing,
        can_copy=missing > 0 or any(one.state == LetterState.DRAFT for one in ordered[1:]),
        to_sign=one_of(LetterState.DRAFT, LetterState.SIGNING),
        to_return=one_of(LetterState.SIGNING),
        to_deliver=one_of(LetterState.SIGNED),
        to_prove=next((one for one in ordered if proofs.missing(one)), None),
    )


def says_the_same(one: Letter, other: Letter) -> bool:
    """Whether two letters decide the same in the same words; addressee, number and day are each one's own."""
    return one.outcome == other.outcome and check.typed_of(one) == check.typed_of(other)


class Signers:
    """Whose turn it is on the letters of one agency; each chain is asked once for all."""

    def __init__(self, agency: Agency, day: date) -> None:
        self._agency, self._day = agency, day
        self._chains: dict[str, list[Step]] = {}

    def progress(self, letter: Letter) -> Progress[LetterSignature]:
        """How far a letter ``of_kind`` is."""
        matter = signing.matter_of(letter)
        if matter not in self._chains:
            self._chains[matter] = chain_of(self._agency, matter, self._day)
        return Progress(self._chains[matter], list(letter.in_force))  # type: ignore[attr-defined]
