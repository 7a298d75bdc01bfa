"""From the events of a case to ``law.clock`` and back: the account, and its summary kept beside the case."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.db.models import Max, QuerySet
from django.utils import timezone

from gongkai.kernel import GongkaiError
from gongkai.law import clock as law_clock
from gongkai.law.case import Account, Channel, Event, EventNotAllowed, Kind, Party, Term
from gongkai.law.case import Case as LawCase
from gongkai.law.case import State as LawState
from gongkai.law.outcomes import given_up
from gongkai.web.applications.models import Case, CaseEvent, State
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused

#: The row of table 3 of a withdrawn application (REGULATION §4).
_WITHDRAWN: Final = "other_other"


def law_case(case: Case, *more: Event) -> LawCase:
    """The case as the law's clock takes it: events in force and ``more``, by their days.

    Of one day, they stay in the order they were recorded: what is recorded late takes its place by its day.
    """
    return _law_case(case, _in_force(case.events.all()), more)


def _in_force(events: QuerySet[CaseEvent]) -> QuerySet[CaseEvent]:
    return events.filter(voided_by=None, voids=None).order_by("on", "number")


def _law_case(case: Case, rows: Iterable[CaseEvent], more: Sequence[Event] = ()) -> LawCase:
    events = sorted((*(_event(row) for row in rows), *more), key=lambda event: event.on)
    return LawCase(Channel(case.channel), tuple(events))


def _event(row: CaseEvent) -> Event:
    return Event(
        on=row.on,
        kind=Kind(row.kind),
        workdays=row.workdays,
        party=Party(row.party) if row.party else None,
        ref=row.ref,
        to=row.to,
        excused=row.excused,
    )


def account(case: Case, on: date | None = None) -> Account:
    """What the clock says of a case at the end of a day; today where none is named."""
    return law_clock.account(law_case(case), on=on or timezone.localdate())


def open_terms(cases: Sequence[Case], on: date) -> dict[int, list[Term]]:
    """Of each of some cases, by its id, the terms still open on a day; one question for all their events.

    A case whose events make no account any more (``fault``) has none here.
    """
    rows: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for row in _in_force(CaseEvent.objects.filter(case_id__in=rows)):
        rows[row.case_id].append(row)
    found: dict[int, list[Term]] = {}
    for case in cases:
        with suppress(GongkaiError):
            now = law_clock.account(_law_case(case, rows[case.pk]), on=on)
            found[case.pk] = [term for term in now.terms if term.ended is None]
    return found


def append(case: Case, actor: Actor, kind: str, on: date, **fields: Any) -> CaseEvent:
    """Add an event to a locked case where the law allows it, and write the new summary.

    ``fields`` are those of ``CaseEvent``. Raises ``ActionRefused`` with the article that stands against it.
    """
    if on > timezone.localdate():
        raise ActionRefused("日期在今天之后", place=f"{on:%Y-%m-%d}", remedy="请填写事情实际发生的日期")
    number = (case.events.aggregate(last=Max("number"))["last"] or 0) + 1
    row = CaseEvent(
        case=case,
        number=number,
        kind=kind,
        on=on,
        recorded_by_id=actor.person_id,
        recorded_at=timezone.now(),
        **fields,
    )
    _refuse_unlawful(case, law_case(case, _event(row)))
    row.save(force_insert=True)
    if row.outcome:
        case.outcome = row.outcome
    summarise(case)
    return row


def void(case: Case, actor: Actor, wrong: CaseEvent, reason: str) -> CaseEvent:
    """Take a wrong entry out of the account, with a row that says why; both rows stay."""
    number = (case.events.aggregate(last=Max("number"))["last"] or 0) + 1
    row = CaseEvent.objects.create(
        case=case, number=number, kind="voided", on=timezone.localdate(), voids=wrong, note=reason,
        recorded_by_id=actor.person_id, recorded_at=timezone.now(),
    )  # fmt: skip
    _refuse_unlawful(case, law_case(case))
    summarise(case)
    return row


def extended_due(case: Case, workdays: int, on: date) -> date | None:
    """The last day to reply if the case were extended on a day; None where no day could be named then."""
    return law_clock.account(law_case(case, Event(on, Kind.EXTENDED, workdays)), on=on).due


def changed(case: Case) -> bool:
    """Whether the clock says something else today than what is kept beside the case.

    True where a party has newly fallen silent, and where the law no longer takes the events as they stand:
    somebody has to look at it.
    """
    try:
        now = account(case)
    except GongkaiError:
        return True
    kept = (case.state, case.due, case.not_before, case.closed_on)
    if kept != (_state(now), now.due, now.not_before, now.closed_on):
        return True
    silent = [term.ref for term in now.terms if term.party and term.until and term.until < now.on]
    unheard = case.consultations.filter(answer="none", answered_on=None, sent_on__isnull=False)
    return unheard.filter(ref__in=silent).exists()


def fault(case: Case) -> str:
    """Why the events of a case make no account any more; empty where they do.

    A day that was in time by Mondays to Fridays can be late once the year's holidays are published.
    """
    try:
        account(case)
    except GongkaiError as refusal:
        return f"{told(refusal)}，见{refusal.place}" if refusal.place else told(refusal)
    return ""


def steps(case: Case) -> tuple[law_clock.Step, ...]:
    """Every kind of event with the reason the law does not allow it today; None where it does."""
    return law_clock.steps(law_case(case), timezone.localdate())


def _refuse_unlawful(case: Case, events: LawCase) -> None:
    try:
        law_clock.account(events, on=timezone.localdate())
    except GongkaiError as refusal:
        raise ActionRefused(
            told(refusal), place=refusal.place or str(case), remedy=refusal.remedy
        ) from refusal


def told(refusal: GongkaiError) -> str:
    """Why the law does not allow something, with the article that stands against it."""
    article = f"（{refusal.article}）" if isinstance(refusal, EventNotAllowed) else ""
    return f"{refusal.message}{article}"


def summarise(case: Case) -> None:
    """Write what the clock says today beside the case, under a new revision."""
    now = account(case)
    case.state = _state(now)
    case.received_on = now.received
    case.due, case.not_before = now.due, now.not_before
    case.closed_on, case.late = now.closed_on, bool(now.late)
    case.used_workdays = now.used
    if case.state == State.LAPSED:
        case.outcome = next(
            given_up(term.kind, now.on).row for term in now.terms if term.ended is None and not term.party
        )
    elif case.state == State.WITHDRAWN:
        case.outcome = _WITHDRAWN
    elif case.is_open:
        case.outcome = ""
    case.revision += 1
    case.save()


def _state(now: Account) -> State:
    if now.received is None and not now.state.closed:
        return State.UNCONFIRMED
    return State.RUNNING if now.state is LawState.OVERDUE else State(now.state.value)
