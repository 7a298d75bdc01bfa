"""The days of an application one by one: counted or not, and why."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from gongkai.kernel import LawRef
from gongkai.law.calendar import Calendar, Reached
from gongkai.law.case import Day, Kind, Term
from gongkai.law.progress import ART_31, ART_33, Progress

_WAITING = {Kind.CORRECTION_REQUESTED: "等待申请人补正", Kind.FEE_NOTIFIED: "等待申请人缴费"}
_MET = {Kind.CORRECTION_REQUESTED: "收到补正", Kind.FEE_NOTIFIED: "缴费完成"}


class Reason(NamedTuple):
    """Whether a day counts (None: nobody can know yet), why, and by which article."""

    counted: bool | None
    why: str
    article: LawRef
    notice: str = ""


def reason_for(progress: Progress, day: date, calendar: Calendar) -> Reason:
    """Whether ``day`` counts: a working day after the start day that no pause covers does (Art. 33)."""
    before = _before_the_count(progress, day)
    if before:
        return before
    look = calendar.look(day)
    if look.working is False:
        return Reason(False, look.why, ART_33, look.notice)
    if wait := progress.wait_over(day):
        return _waiting(wait)
    if pause := progress.pause_over(day):
        return Reason(False, f"征求{_whom(pause)}意见，所需时间不计", ART_33)
    if look.working is None:
        asked = progress.perhaps_paused(day)
        perhaps = f"，征求{_whom(asked)}意见的期限可能还没有届满" if asked else ""
        return Reason(None, f"{look.why}{perhaps}，暂按星期一至星期五推算", ART_33)
    return Reason(True, look.why, ART_33, look.notice)


def _before_the_count(progress: Progress, day: date) -> Reason | None:
    if progress.received is None or day < progress.received:
        return Reason(False, "双方确认之前，尚未收到申请", ART_31)
    if day == progress.received:
        return Reason(False, "收到申请当日，自次日起计算", ART_31)
    if progress.start is None or day > progress.start:
        return None
    met = next(wait for wait in progress.waits if wait.ended == progress.start)
    if day == progress.start:
        return Reason(False, f"{_MET[met.kind]}当日，自次日起重新计算", met.article)
    if wait := progress.wait_over(day):
        return _waiting(wait)
    return Reason(False, f"{_MET[met.kind]}后重新计算，此前的日子不计", met.article)


def _whom(term: Term) -> str:
    return (term.party.word if term.party else "") + (f"（{term.ref}）" if term.ref else "")


def _waiting(wait: Term) -> Reason:
    return Reason(False, _WAITING[wait.kind], wait.article)


def days(progress: Progress, until: date, on: date, calendar: Calendar) -> Iterator[Day]:
    """Each day from arrival to ``until``; those after ``on`` are marked as lying ahead."""
    number = 0
    for step in range((until - progress.arrived).days + 1):
        day = progress.arrived + timedelta(step)
        counted, why, article, notice = reason_for(progress, day, calendar)
        number += counted is True
        yield Day(day, counted, why, article, number if counted else None, notice, day > on)


def used(progress: Progress, on: date, calendar: Calendar) -> int | None:
    """Days of the present count up to and with ``on``; None where a day's year is not published."""
    if progress.start is None:
        return 0
    if wait := progress.open_wait:
        on = min(on, wait.since)  # no day counts while it stands, however far ``on`` lies ahead
    total = 0
    for step in range(1, (on - progress.start).days + 1):
        counted = reason_for(progress, progress.start + timedelta(step), calendar).counted
        if counted is None:
            return None
        total += counted
    return total


def last_day(progress: Progress, on: date, calendar: Calendar) -> Reached | None:
    """The last day to reply as it stands at the end of ``on``: the day that is counted last (Art. 33, 35).

    None before receipt, and while a correction, a payment or a consultation is open, unless the last day was
    over before the consultation began. Mondays to Fridays stand in for unpublished years (provisional),
    for the end of a consultation too. It moves no delayed day, which may be hidden by it still.
    """
    if progress.start is None or progress.open_wait:
        return None
    pausing = progress.closed is None and any(progress.consulting(on))
    if progress.delayed_to is not None:
        ahead = on <= progress.delayed_to
        perhaps = progress.closed is None and any(progress.perhaps_consulting(on))
        return None if pausing and ahead else Reached(progress.delayed_to, perhaps and ahead)
    left = progress.limit
    for step in count(1):
        day = progress.start + timedelta(step)
        if pausing and day > on:
            break
        counted = reason_for(progress, day, calendar).counted
        left -= day.weekday() < 5 if counted is None else counted
        if not left:
            return _with_consultations(progress, day, on, calendar)
    return None


def _with_consultations(progress: Progress, last: date, on: date, calendar: Calendar) -> Reached | None:
    """``last``, the day counted last, or the end of the consultations begun by then; None while one is open.

    The time they need is no part of the term (Art. 33), also where no day of it is left: who replies before
    one more day has been counted replies in time.
    """
    still = () if progress.closed else tuple(progress.consulting(on))
    for term in progress.consultations:
        if term.since > last:
            break
        if term in still:
            return None
        last = max(last, progress.end_of(term))
    return Reached(last, last > calendar.last)
