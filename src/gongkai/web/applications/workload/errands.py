"""Help asked of sections for a case (协办): how it stands, and the letter that asks for it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Case, Errand, Letter
from gongkai.web.applications.workload import helping
from gongkai.web.common.actor import Actor
from gongkai.web.common.given import person_of

#: The kind of letter that asks for it, and its fields.
KIND: Final = "errand"
SECTION: Final = "协办科室"
QUESTION: Final = "协办事项"
ANSWER_BY: Final = "反馈期限"


def of_case(case: Case, today: date) -> list[tuple[Errand, helping.Help | None]]:
    """All of a case; with those an open case waits for how long there is, or was."""
    return [
        (one, _standing(one, today) if case.is_open and not one.answered_on else None)
        for one in case.errands.select_related("asked_by", "helper")
    ]


def _standing(errand: Errand, today: date) -> helping.Help:
    return helping.standing(f"errand:{errand.pk}", errand.answer_by, today)


def late(cases: Sequence[Case], today: date) -> dict[int, str]:
    """By the case's id which help is overdue, in a few words."""
    found = Errand.objects.filter(case__in=cases, answered_on=None, answer_by__lt=today).order_by("answer_by")
    told: dict[int, list[str]] = {}
    for one in found:
        told.setdefault(one.case_id, []).append(one.section)
    return {pk: f"{'、'.join(dict.fromkeys(sections))}协办逾期未反馈" for pk, sections in told.items()}


def prefilled(case: Case) -> Mapping[str, str]:
    """What a letter says of the help that was asked for last and not given: nothing is typed twice."""
    asked = case.errands.filter(answered_on=None).last()
    if asked is None:
        return {}
    return {SECTION: asked.section, QUESTION: asked.question, ANSWER_BY: asked.answer_by.isoformat()}


def begin(letter: Letter, actor: Actor, on: date) -> None:
    """The letter went out: its help is on record until the day it names; asked for before, it is so once."""
    typed = {name: text.strip() for name, text in typed_of(letter).items()}
    section, question = typed[SECTION][:60], typed[QUESTION]
    day = date.fromisoformat(typed[ANSWER_BY])
    open_ones = letter.case.errands.filter(answered_on=None, section=section)
    before = next((one for one in open_ones if one.question == question), None)
    if before is not None:
        before.answer_by = day
        before.save(update_fields=["answer_by"])
        return
    Errand.objects.create(
        case=letter.case, section=section, question=question, asked_on=on, answer_by=day,
        asked_by_id=person_of(actor),
    )  # fmt: skip
