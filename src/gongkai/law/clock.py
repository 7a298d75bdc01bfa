"""The reply clock of an application: events in, account out. Pure functions over frozen values.

``account`` replays the events, refuses what the law does not allow, and lists each day. What each event does
is in :mod:`gongkai.law.progress`, what it must keep in :mod:`gongkai.law.admission`, which days count in
:mod:`gongkai.law.counting`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.kernel import GongkaiError
from gongkai.law import admission, counting
from gongkai.law.calendar import Calendar, Reached, published
from gongkai.law.case import (
    Account,
    Case,
    Channel,
    Day,
    Event,
    EventNotAllowed,
    Kind,
    Party,
    State,
    Term,
)
from gongkai.law.progress import ART_30, ART_31, ART_33, ART_35, EFFECTS, Progress, begin
from gongkai.law.terms import statutory_term

__all__ = [
    "Account", "Case", "Channel", "Day", "Event", "EventNotAllowed", "Kind", "Party", "State", "Step", "Term",
    "account", "consultations", "steps",
]  # fmt: skip


class CaseError(GongkaiError):
    """The events do not make a case: none, out of order, or a day before the first."""

    code = "case"


@dataclass(frozen=True, slots=True)
class Step:
    """What may happen next: ``refusal`` is None where the law allows it now, else says why not."""

    kind: Kind
    refusal: GongkaiError | None


def account(case: Case, on: date | None = None, calendar: Calendar | None = None) -> Account:
    """What the clock says of ``case`` at the end of the day ``on``, by default of the day of its last event.

    All events are examined; those after ``on`` take no part in the account. Raises EventNotAllowed where one
    is not allowed, CaseError where the events are no case or ``on`` lies before the first, NotCoveredError
    before the Regulation in force, CalendarNotPublished before the first published year.
    """
    calendar = calendar or published()
    progress = replay(case, on, calendar)
    return _account(progress, on or case.events[-1].on, calendar)


def steps(case: Case, on: date, calendar: Calendar | None = None) -> tuple[Step, ...]:
    """Every kind of event, and why the law does not allow it on ``on`` where it does not.

    What an event still has to say (the days of an extension, the day of a delay) is taken to be in order.
    """
    calendar = calendar or published()
    progress = replay(case, on, calendar)
    return tuple(Step(kind, _refusal(progress, _probe(progress, kind, on), calendar)) for kind in Kind)


def consultations(case: Case, calendar: Calendar | None = None) -> tuple[int | None, ...]:
    """By event, which consultation it begins or answers, counted from 0; None for every other event.

    An answer belongs to one letter (Art. 32, 34), though its ``ref`` may be that of several letters sent one
    after the other, or missing. Raises as ``account`` does.
    """
    after = [progress.consultations for progress in _stages(case, calendar or published())]
    return tuple(
        next((place for place, term in enumerate(now) if term not in earlier[place : place + 1]), None)
        for earlier, now in zip([(), *after[:-1]], after, strict=True)
    )


def _probe(progress: Progress, kind: Kind, on: date) -> Event:
    """The least an event of this kind can be."""
    workdays = 1 if kind in {Kind.EXTENDED, Kind.CORRECTION_REQUESTED, Kind.REASONS_REQUESTED} else None
    to = date.max if kind is Kind.DELAYED else None
    waiting = [term for term in progress.consultations if term.ended is None]
    known = waiting[-1] if kind is Kind.CONSULTATION_ENDED and waiting else None
    # A ref that is never used stands for one more party.
    new = "\0" if kind is Kind.CONSULTATION_STARTED else ""
    return Event(on, kind, workdays, known.party if known else None, known.ref if known else new, to)


def _refusal(progress: Progress, event: Event, calendar: Calendar) -> GongkaiError | None:
    try:
        admission.require(progress, event, calendar)
    except GongkaiError as error:
        return error
    return None


def replay(case: Case, on: date | None, calendar: Calendar) -> Progress:
    """The progress after the events up to ``on``; all are examined."""
    if case.events and on and on < case.events[0].on:
        raise CaseError(f"{on}还没有收到申请，{case.events[0].on}才收到", remedy="请核对截至的日期")
    seen = [
        progress
        for event, progress in zip(case.events, _stages(case, calendar), strict=True)
        if on is None or event.on <= on
    ]
    return seen[-1]


def _stages(case: Case, calendar: Calendar) -> Iterator[Progress]:
    """The progress after each event."""
    if not case.events:
        raise CaseError("没有任何事件", remedy="第一个事件应是 received")
    first = case.events[0]
    if first.kind is not Kind.RECEIVED:
        raise EventNotAllowed(
            f"还没有收到申请，不能登记“{first.kind.word}”", article=ART_31, place=_place(1, first)
        )
    with _at(1, first):
        progress = begin(case, first)
    yield progress
    for number, event in enumerate(case.events[1:], start=2):
        progress = _next(progress, event, case.events[number - 2], number, calendar)
        yield progress


def _next(progress: Progress, event: Event, before: Event, number: int, calendar: Calendar) -> Progress:
    if event.on < before.on:
        raise CaseError(
            f"{event.on}早于前一个事件的日期{before.on}",
            place=_place(number, event),
            remedy="事件应按日期先后排列",
        )
    with _at(number, event):
        admission.require(progress, event, calendar)
        return EFFECTS[event.kind](progress, event, calendar)


@contextmanager
def _at(number: int, event: Event) -> Iterator[None]:
    """An error raised within names this event."""
    try:
        yield
    except GongkaiError as error:
        error.place = error.place or _place(number, event)
        raise


def _place(number: int, event: Event) -> str:
    return f"第{number}个事件（{event.on} {event.kind.word}）"


def _account(progress: Progress, on: date, calendar: Calendar) -> Account:
    closed_on = _closed_on(progress, on, calendar)
    ended = progress.closed.on if progress.closed else closed_on
    until = min(on, ended) if ended else on
    last = counting.last_day(progress, until, calendar)
    due = last.day if last and not last.provisional else None
    state = _state(progress, on, due, calendar)
    return Account(
        on=on,
        state=state,
        received=progress.received,
        start=progress.start,
        due=due,
        not_before=last.day if last and last.provisional else None,
        limit=progress.limit,
        used=counting.used(progress, until, calendar),
        left=None if state.closed else _left(on, due, calendar),
        late=until > due if state is State.ANSWERED and due else None,
        closed_on=closed_on,
        days=tuple(counting.days(progress, _listed(progress, until, last, calendar), until, calendar)),
        terms=(*progress.waits, *progress.consultations),
        notes=tuple(_notes(progress, until, calendar)),
    )


def _listed(progress: Progress, until: date, last: Reached | None, calendar: Calendar) -> date:
    """The last day listed: that of the account or, later, the last day to reply.

    It runs into the year after the published ones (or after receipt), not over the blank ones that follow.
    """
    if progress.closed and progress.closed.kind is Kind.WITHDRAWN:
        return until
    furthest = date(max(calendar.last.year, progress.arrived.year) + 1, 12, 31)
    ends = [until, *([last.day] if last else [])]
    return max(progress.arrived, min(max(ends), furthest))


def _state(progress: Progress, on: date, due: date | None, calendar: Calendar) -> State:
    if progress.closed:
        return State.ANSWERED if progress.closed.kind is Kind.REPLIED else State.WITHDRAWN
    if wait := progress.open_wait:
        if admission.lapsed(wait, on, calendar):
            return State.LAPSED
        correction = wait.kind is Kind.CORRECTION_REQUESTED
        return State.AWAITING_CORRECTION if correction else State.AWAITING_PAYMENT
    if due and on > due:
        return State.OVERDUE
    # A consultation that begins after the last day stops nothing.
    return State.PAUSED if due is None and any(progress.consulting(on)) else State.RUNNING


def _closed_on(progress: Progress, on: date, calendar: Calendar) -> date | None:
    """The day of the end. What lapsed had ended by then: a letter that says so later moves no figure."""
    closed, wait = progress.closed, progress.open_wait
    if wait and wait.until and admission.lapsed(wait, closed.on if closed else on, calendar):
        return wait.until + timedelta(1)
    return closed.on if closed else None


def _left(on: date, due: date | None, calendar: Calendar) -> int | None:
    """Working days from ``on`` to ``due``, negative when overdue; None where nobody can know."""
    if due is None or max(on, due) > calendar.last:
        return None
    one = timedelta(1)
    return calendar.count(on + one, due) if on <= due else -calendar.count(due + one, on)


def _notes(progress: Progress, until: date, calendar: Calendar) -> Iterator[str]:
    """What a reader of the account should know besides the days."""
    late = progress.received is not None and progress.received > progress.arrived
    if progress.channel is Channel.ORDINARY_MAIL and late:
        yield f"无需签收的邮寄应于收到当日与申请人确认（{ART_31}）"
    if any(wait.workdays is None for wait in progress.waits):
        yield f"补正告知没有写明期限，不因逾期视为放弃（{ART_30}要求写明合理的期限）"
    for wait in progress.waits:
        if wait.unreceived and wait.ended is None and progress.closed is None:
            yield (
                f"{wait.since}{wait.kind.word}，还没有记录申请人收到的日期："
                f"{wait.workdays}个工作日的期限自收到之日起算，此前不起算，不因逾期视为放弃（{wait.article}）"
            )
    if progress.extended_on and progress.start:
        days = progress.limit - statutory_term("reply", progress.start).workdays
        added = f"延长{days}个工作日" if days else "延长，此后期限重新计算，不再计入"
        yield f"已于{progress.extended_on}告知{added}（{ART_33}）"
    if progress.delayed_to:
        yield f"已告知延迟到{progress.delayed_to}答复（{ART_35}）"
    if progress.delayed_to is None and progress.closed is None and _used_up(progress, until, calendar):
        yield (
            f"答复期限的{progress.limit}个工作日已经用完：征求意见所需时间不计，"
            f"征求意见结束的当日是答复的最后一天（{ART_33}）"
        )
    for term in progress.consultations:
        if term.ended is None and term.party and term.until:
            yield from _silence(term, term.party, term.until, progress, until)


def _used_up(progress: Progress, on: date, calendar: Calendar) -> bool:
    """Whether a consultation that began in time is open, and no working day is left for when it ends."""
    due_hidden = counting.last_day(progress, on, calendar) is None and any(progress.consulting(on))
    used = counting.used(progress, on, calendar) if due_hidden and progress.open_wait is None else None
    return used is not None and used >= progress.limit


def _silence(term: Term, party: Party, last: date, progress: Progress, until: date) -> Iterator[str]:
    """What it means that a party has said nothing (Art. 32, 34)."""
    who = f"{party.word}{term.ref}"
    if progress.closed and progress.closed.kind is Kind.REPLIED and until <= last:
        yield f"答复时征求{who}意见尚未结束（{term.article}）"
    elif until > last and not term.provisional:
        said = "视为同意公开" if party.silence_consents else "不视为同意，由行政机关决定是否公开"
        yield f"{who}逾期未提出意见，{said}（{term.article}）"
    elif until > last and progress.closed is None:
        yield (
            f"{who}提出意见的期限不早于{last}届满（暂计），放假安排公布后才能确定："
            f"此前不能说已经逾期，答复期限自次日起暂计（{term.article}）"
        )
