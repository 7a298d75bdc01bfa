"""Dates a letter names that cannot be: asked before anybody signs it, not when it is about to go out."""

from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.kernel import GongkaiError
from gongkai.law import clock as law_clock
from gongkai.law.case import Event, Kind
from gongkai.web.applications import clock
from gongkai.web.applications.letters.kinds import LetterKind
from gongkai.web.applications.models import Case
from gongkai.web.common.days import chinese


def problems(case: Case, kind: LetterKind, typed: Mapping[str, str], dated: date) -> Iterator[str]:
    """What stands against the dates typed into a letter if it were told that day."""
    for field in kind.fields:
        day = _day(typed.get(field.name, "")) if field.kind == "date" else None
        if day is None:
            continue  # missing, or no date: said by others
        if kind.event == Kind.DELAYED:
            yield from _delayed(case, Event(dated, Kind.DELAYED, to=day))
        elif day < dated:
            yield f"“{field.label}”{chinese(day)}已经过去"


def _delayed(case: Case, event: Event) -> Iterator[str]:
    """A reply is delayed to a day after its present term (条例 35)."""
    try:
        law_clock.account(clock.law_case(case, event), on=event.on)
    except GongkaiError as refusal:
        yield clock.told(refusal)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
