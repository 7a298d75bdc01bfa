"""Whether a reply still stands on what has happened: asked when it is signed, and again when it goes out."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from gongkai.kernel import GongkaiError
from gongkai.law import grounds
from gongkai.law.case import Account, Party
from gongkai.law.outcomes import Outcome, outcome
from gongkai.web.applications import clock
from gongkai.web.applications.alike import asked_once, earlier_answers
from gongkai.web.applications.letters import parts
from gongkai.web.applications.letters.kinds import REPLY, decisions
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Case, Consultation, Letter

#: What tells a third party that its objection is overridden (条例 32).
TOLD = "third_party_notice"


def problems(letter: Letter, on: date) -> list[str]:
    """What stands against a reply of this outcome on a day, with the articles; of other letters nothing."""
    if letter.kind != REPLY or letter.outcome not in decisions():
        return []
    try:
        found = outcome(letter.outcome, on)
        refusals = grounds.against(
            found,
            clock.law_case(letter.case),
            on,
            list(_views(letter.case, on)),
            rest=parts.of(letter.outcome, typed_of(letter), on),
        )
        told = (
            *_chain(letter, found),
            *_heard(letter, found, on),
            *(clock.in_words(one.without_place()) for one in refusals),
        )
        return list(dict.fromkeys(told))
    except GongkaiError as fault:
        return [clock.in_words(str(fault))]


def _chain(letter: Letter, found: Outcome) -> Iterator[str]:
    """What Art. 17 has reviewed before it is refused does not go by the counter's shorter chain."""
    if letter.on_the_spot and found.withheld:
        yield f"“{found.word}”须经审查（条例第十七条），不能当场答复，请改按一般程序办理"


def _heard(letter: Letter, found: Outcome, on: date) -> Iterator[str]:
    """Whether those asked about the same information for other applications were heard for this one.

    What was relied on holds for the words this case asked in then, and no others.
    """
    rest = parts.of(letter.outcome, typed_of(letter), on)
    if not (found.discloses or found.protects or any(one.protects for one in rest)):
        return
    for one in letter.case.consultations.filter(relies_on__isnull=False):
        if not earlier_answers.still_holds(one, letter.case):
            yield (
                f"{Party(one.party).word}{one.ref}的意见是就原来的文字沿用的，所需信息后来改变了：请另拟征求意见书，为本件征求意见"
            )
    if found.discloses:
        yield from earlier_answers.passed_over(letter.case)


def _views(case: Case, on: date) -> Iterator[grounds.View]:
    """What those who were asked said; of who has not answered within the term, that they were silent.

    A third party on record to whom no letter went was not asked.
    """
    now = clock.account(case, on)
    for one in case.consultations.all():
        answer = _answer(one, now) if one.sent_on or one.relies_on_id else "unasked"
        if answer is not None:
            who, decided = Party(one.party), cast(grounds.Decided, one.decision)
            told = bool(asked_once.letters_to(one, TOLD))
            earlier = one.relies_on_id is not None
            yield grounds.View(who, answer, decided, told, f"{who.word}{one.ref}", earlier)


def _answer(one: Consultation, now: Account) -> grounds.Answer | None:
    """None while it may still come: the open consultation itself stands against the reply then."""
    if one.answer != Consultation.Answer.NONE:
        return cast(grounds.Answer, one.answer)
    if one.answered_on is not None:
        return "unknown"
    term = next((term for term in now.terms if (term.party, term.ref) == (one.party, one.ref)), None)
    over = term is not None and term.until is not None and not term.provisional and term.until < now.on
    return "silent" if over else None
