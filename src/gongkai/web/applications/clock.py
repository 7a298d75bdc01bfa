"""From the events of a case to ``law.clock`` and back: the account, and its summary kept beside the case."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongkai.kernel import GongkaiError
from gongkai.law import clock as law_clock
from gongkai.law.case import Account, Channel, Event, EventNotAllowed, Kind, Party, Term
from gongkai.law.case import Case as LawCase
from gongkai.law.case import State as LawState
from gongkai.law.outcomes import given_up
from gongkai.web.applications.delivery import reached
from gongkai.web.applications.models import ARRIVALS, ARRIVED, Case, CaseEvent, State
from gongkai.web.common.actor import Actor
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused

#: The row of table 3 of a withdrawn application (REGULATION §4).
_WITHDRAWN: Final = "other_other"

#: A day as the law's sentences have it, for machines too.
_DATE: Final = re.compile(r"(?<![0-9-])(\d{4})-(\d\d)-(\d\d)(?![0-9-])")

#: What to do where the law's refusal says nothing more.
LOOK: Final = "请核对日期和已登记的经过：登记有误的，先在“经过”中更正；现在可以办理的，见申请页面的“下一步”"

#: By letter, or by its event, the day it reached its addressee; None where word of it was given up.
_Told = Mapping[int, date | None]


def law_case(case: Case, *more: Event) -> LawCase:
    """The case as the law's clock takes it: events in force and ``more``, by their days.

    Of one day, they stay in the order they were recorded: what is recorded late takes its place by its day.
    """
    return _law_case(case, in_force(case.events.all()), more)


def in_force(events: QuerySet[CaseEvent]) -> QuerySet[CaseEvent]:
    """Of some events those that count, by their days; of one day a corrected one stands where it stood."""
    place = Coalesce("in_place_of", "number")
    return events.filter(voided_by=None, voids=None).order_by("on", place, "number")


def _law_case(
    case: Case, rows: Iterable[CaseEvent], more: Sequence[Event] = (), told: _Told | None = None
) -> LawCase:
    found = list(rows)
    arrived = _arrived(found, _told(found) if told is None else told)
    events = [_event(row, arrived) for row in found if row.kind != ARRIVED]
    return LawCase(Channel(case.channel), tuple(sorted((*events, *more), key=lambda event: event.on)))


def _told(rows: Iterable[CaseEvent]) -> _Told:
    """Of the letters put on the site that set a term, the day word of them came through."""
    return reached.by_word(row.letter_id for row in rows if row.kind in ARRIVALS)


def _arrived(rows: Iterable[CaseEvent], told: _Told) -> _Told:
    """By the events of letters the day of receipt: as recorded, else the day word of it came through; None
    where that was given up.
    """
    found: dict[int, date | None] = {}
    for row in rows:
        if row.kind == ARRIVED and row.arrival_of_id is not None:
            found[row.arrival_of_id] = row.on
        elif row.kind in ARRIVALS and row.letter_id is not None and row.letter_id in told:
            found.setdefault(row.pk, told[row.letter_id])
    return found


def _waits(row: CaseEvent, arrived: _Told) -> bool:
    """Whether the term of a letter does not run before its receipt, which nobody has recorded."""
    return arrived[row.pk] is None if row.pk in arrived else row.from_receipt


def _event(row: CaseEvent, arrived: _Told) -> Event:
    return Event(
        on=row.on,
        kind=Kind(row.kind),
        workdays=row.workdays,
        party=Party(row.party) if row.party else None,
        ref=row.ref,
        to=row.to,
        excused=row.excused,
        reached=arrived.get(row.pk),
        from_receipt=_waits(row, arrived),
    )


def account(case: Case, on: date | None = None) -> Account:
    """What the clock says of a case at the end of a day; today where none is named."""
    return law_clock.account(law_case(case), on=on or timezone.localdate())


def open_terms(cases: Sequence[Case], on: date) -> dict[int, list[Term]]:
    """Of each of some cases, by its id, the terms still open on a day; one question for all their events, one
    for the word of their letters.

    A case whose events make no account any more (``fault``) has none here.
    """
    rows: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for row in in_force(CaseEvent.objects.filter(case_id__in=rows)):
        rows[row.case_id].append(row)
    told = _told(row for some in rows.values() for row in some)
    found: dict[int, list[Term]] = {}
    for case in cases:
        with suppress(GongkaiError):
            now = law_clock.account(_law_case(case, rows[case.pk], told=told), on=on)
            found[case.pk] = [term for term in now.terms if term.ended is None]
    return found


def unreceived(case: Case) -> list[CaseEvent]:
    """Events of letters whose term has not begun, because nobody has recorded their receipt.

    What has been answered was received: nothing is asked about it any more.
    """
    rows = list(in_force(case.events.all())) if case.is_open else []
    arrived = _arrived(rows, _told(rows))
    answered = {row.kind for row in rows}
    return [row for row in rows if _waits(row, arrived) and ANSWERED_BY.get(row.kind) not in answered]


#: What a letter asks for, and what answers it.
ANSWERED_BY: Final[Mapping[str, str]] = {
    Kind.CORRECTION_REQUESTED: Kind.CORRECTED,
    Kind.FEE_NOTIFIED: Kind.FEE_PAID,
    Kind.REASONS_REQUESTED: Kind.REASONS_GIVEN,
}


def append(case: Case, actor: Actor, kind: str, on: date, **fields: Any) -> CaseEvent:
    """Add an event to a locked case where the law allows it, and write the new summary.

    ``fields`` are those of ``CaseEvent``. Raises ``ActionRefused`` with the article that stands against it.
    """
    row = _row(case, actor, kind, on, **fields)
    _refuse_unlawful(case, law_case(case, _event(row, {})))
    row.save(force_insert=True)
    if row.outcome:
        case.outcome = row.outcome
    summarise(case)
    return row


def _row(case: Case, actor: Actor, kind: str, on: date, **fields: Any) -> CaseEvent:
    """The next row of a case, not saved."""
    if on > timezone.localdate():
        raise ActionRefused("日期在今天之后", place=chinese(on), remedy="请填写事情实际发生的日期")
    number = (case.events.aggregate(last=Max("number"))["last"] or 0) + 1
    recorded = {"recorded_by_id": actor.person_id, "recorded_at": timezone.now()}
    return CaseEvent(case=case, number=number, kind=kind, on=on, **recorded, **fields)


def arrived(case: Case, actor: Actor, letter: CaseEvent, on: date) -> CaseEvent:
    """Record the day on which the letter of an event reached its addressee: its term runs from then."""
    row = _row(case, actor, ARRIVED, on, arrival_of=letter)
    row.save(force_insert=True)
    _refuse_unlawful(case, law_case(case))
    summarise(case)
    return row


def heard(case: Case) -> None:
    """Write the account of a locked case anew, after word of a letter has reached the applicant."""
    _refuse_unlawful(case, law_case(case))
    summarise(case)


def retold(case: Case, actor: Actor, history: Sequence[CaseEvent]) -> None:
    """Record of another case's entries what holds for this one too: the same events on the same days.

    What no member of staff recorded there is nobody's to correct here either.
    """
    own: dict[int, CaseEvent] = {}
    for one in history:
        by = actor if one.recorded_by_id is not None else Actor.of(None)
        if one.kind == ARRIVED:
            arrived(case, by, own[one.arrival_of_id or 0], one.on)
        else:
            fields = {name: getattr(one, name) for name in _TOLD_AGAIN}
            own[one.pk] = append(case, by, one.kind, one.on, **fields)


#: Of an entry what another case's clock has to know. Its letter is the first case's own, and is named all
#: the same: where word of it is given up later, no term has begun in either (``delivery.reached``).
_TOLD_AGAIN: Final = ("workdays", "party", "ref", "to", "excused", "note", "from_receipt", "letter")


class Right(NamedTuple):
    """What is recorded in place of wrong entries: an event as ``append`` takes it."""

    kind: str
    on: date
    fields: Mapping[str, Any]


def on_day(wrong: CaseEvent, on: date) -> Right:
    """The same event on another day."""
    fields = {name: getattr(wrong, name) for name in _SAME}
    return Right(wrong.kind, on, fields | {"in_place_of": wrong.in_place_of or wrong.number})


#: What an entry whose day was wrong keeps.
_SAME: Final = (
    "workdays", "party", "ref", "to", "excused", "outcome", "note", "letter", "from_receipt", "arrival_of",
)  # fmt: skip


def correct(
    case: Case, actor: Actor, wrong: Sequence[CaseEvent], right: Sequence[Right], reason: str
) -> list[CaseEvent]:
    """Take wrong entries out of the account and put the right ones in, as one change; the new rows.

    The law is asked once, about what comes of it: what followed need not stand on the way between. Each entry
    taken out gets a row that says why; all rows stay. Whoever calls has a transaction open.
    """
    for one in wrong:
        _row(case, actor, "voided", timezone.localdate(), voids=one, note=reason).save(force_insert=True)
    made = []
    for given in right:
        row = _row(case, actor, given.kind, given.on, **given.fields)
        row.save(force_insert=True)
        made.append(row)
    _refuse_unlawful(case, law_case(case))
    summarise(case)
    return made


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
    over = [one for one in now.terms if one.until and one.until < now.on and not one.provisional]
    silent = [term.ref for term in over if term.party]
    unheard = case.consultations.filter(answer="none", answered_on=None, sent_on__isnull=False)
    return unheard.filter(ref__in=silent).exists()


def fault(case: Case) -> str:
    """Why the events of a case make no account any more; empty where they do.

    A day that was in time by Mondays to Fridays can be late once the year's holidays are published.
    """
    try:
        account(case)
    except GongkaiError as refusal:
        return f"{told(refusal)}，见{in_words(refusal.place)}" if refusal.place else told(refusal)
    return ""


def steps(case: Case) -> tuple[law_clock.Step, ...]:
    """Every kind of event with the reason the law does not allow it today; None where it does."""
    return law_clock.steps(law_case(case), timezone.localdate())


def _refuse_unlawful(case: Case, events: LawCase) -> None:
    try:
        law_clock.account(events, on=timezone.localdate())
    except GongkaiError as refusal:
        raise ActionRefused(
            told(refusal), place=in_words(refusal.place) or str(case), remedy=refusal.remedy or LOOK
        ) from refusal


def told(refusal: GongkaiError) -> str:
    """Why the law does not allow something, with the article that stands against it."""
    article = f"（{refusal.article}）" if isinstance(refusal, EventNotAllowed) else ""
    return in_words(f"{refusal.message}{article}")


def in_words(sentence: str) -> str:
    """A sentence of the law's with its dates as people write them: 2024年3月9日."""
    return _DATE.sub(lambda one: f"{one[1]}年{int(one[2])}月{int(one[3])}日", sentence)


def summarise(case: Case) -> None:
    """Write what the clock says today beside the case, under a new revision."""
    look(case, account(case))
    case.revision += 1
    case.save()


def look(case: Case, now: Account) -> None:
    """Put what the clock says on a day beside the case, without keeping it: until the night's task has come
    by, what is kept is of the day before.
    """
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


def _state(now: Account) -> State:
    if now.received is None and not now.state.closed:
        return State.UNCONFIRMED
    return State.RUNNING if now.state is LawState.OVERDUE else State(now.state.value)
