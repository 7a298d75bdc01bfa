"""The signatures on a letter against its agency's signing chain."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from django.db.models import Prefetch, QuerySet

from gongkai.web.agencies.models import Matter, Person
from gongkai.web.agencies.signing import Progress, Step, chain_of
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Letter, LetterSignature, LetterState

_MATTERS: Final = {"reply": Matter.REPLY, "notice": Matter.NOTICE, "extension": Matter.EXTENSION}

_MOST_NAMED: Final = 3


def progress(letter: Letter, day: date) -> Progress[LetterSignature]:
    """How far the signing of a letter is."""
    signatures = letter.signatures.filter(void_at=None).select_related("person").order_by("step")
    return Progress(chain_of(letter.case.agency, matter_of(letter), day), list(signatures))


def matter_of(letter: Letter) -> str:
    """Which of the agency's chains the letter takes."""
    if letter.on_the_spot:
        return Matter.ON_THE_SPOT
    return _MATTERS[kinds()[letter.kind].matter]


def turns(now: Progress[LetterSignature]) -> list[tuple[str, str]]:
    """The steps still to be signed, each with the people who may sign it: whoever waits knows for whom."""
    ahead = now.steps[len(now.signatures) :]
    wanted = frozenset[int]().union(*(step.people for step in ahead))
    people = {one.pk: str(one) for one in Person.objects.filter(pk__in=wanted)}
    return [(step.name, _named([people[pk] for pk in sorted(step.people) if pk in people])) for step in ahead]


def _named(names: list[str]) -> str:
    more = f"等{len(names)}人" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def under_way(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Of some letters those being signed, with what tells whose turn it is."""
    signatures = LetterSignature.objects.filter(void_at=None).select_related("person").order_by("step")
    return (
        letters.filter(state=LetterState.SIGNING)
        .select_related(
            "case", "case__agency", "case__applicant", "case__handler", "consultation", "drafted_by"
        )
        .prefetch_related(Prefetch("signatures", signatures, to_attr="in_force"))
    )


def for_person(
    letters: Iterable[Letter], person_id: int, day: date
) -> Iterator[tuple[Letter, Progress[LetterSignature]]]:
    """Of letters ``under_way`` those whose next step is this person's, or theirs as a deputy."""
    for letter, now in _with_progress(letters, day):
        if now.refusal(person_id) is None:
            yield letter, now


def next_steps(letters: Iterable[Letter], day: date) -> dict[int, str]:
    """For each of some letters ``under_way``, by its id, the name of the step it waits for."""
    return {
        letter.pk: now.next_step.name
        for letter, now in _with_progress(letters, day)
        if now.next_step is not None
    }


def _with_progress(
    letters: Iterable[Letter], day: date
) -> Iterator[tuple[Letter, Progress[LetterSignature]]]:
    """Each agency's chain is asked once, however many letters take it."""
    chains: dict[tuple[int, str], list[Step]] = {}
    for letter in letters:
        key = (letter.case.agency_id, matter_of(letter))
        if key not in chains:
            chains[key] = chain_of(letter.case.agency, key[1], day)
        yield letter, Progress(chains[key], list(letter.in_force))  # type: ignore[attr-defined]
