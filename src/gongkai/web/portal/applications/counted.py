"""How the last day to reply was counted, in sentences: from which day, how many days, what is left out."""

from datetime import date
from typing import Final

from gongkai.law.case import Account, Channel, Kind, State
from gongkai.law.terms import statutory_term
from gongkai.web.applications import clock
from gongkai.web.applications.models import Case
from gongkai.web.common.days import chinese

#: States in which no count runs: what was counted is given up with the correction or the payment.
_GIVEN_UP: Final = frozenset({State.AWAITING_CORRECTION, State.AWAITING_PAYMENT})


def told(case: Case, account: Account) -> str:
    """From which day the present count runs, how long, and how many days of it are counted.

    Empty before receipt (条例 31), and while a correction or a payment is awaited.
    """
    start = account.start
    if start is None or account.state in _GIVEN_UP:
        return ""
    word = "共用" if account.state.closed else "已计"
    used = "" if account.used is None else f"{word}{account.used}个工作日。"
    return f"{_from(case, account, start)}，{_length(case, account, start)}。{used}"


def _from(case: Case, account: Account, start: date) -> str:
    """The day after which it runs, and what happened on it."""
    met = {term.kind for term in account.terms if term.ended == start and term.party is None}
    if Kind.FEE_NOTIFIED in met:
        return f"{chinese(start)}缴费完成，从次日起重新计算"
    if Kind.CORRECTION_REQUESTED in met:
        return f"{chinese(start)}收到补正，从次日起重新计算"
    came = "确认收到" if Channel(case.channel).needs_confirmation else "收到"
    return f"{chinese(start)}{came}申请，从次日起计算"


def _length(case: Case, account: Account, start: date) -> str:
    """How many working days by which article: 20, an extension, or until the later day of 条例 35."""
    delayed = clock.in_force(case.events.filter(kind=Kind.DELAYED, on__gte=start)).last()
    if delayed is not None and delayed.to is not None:
        return f"受理机关于{chinese(delayed.on)}告知延迟到{chinese(delayed.to)}答复（条例第三十五条）"
    usual = statutory_term("reply", start).workdays
    more = account.limit - usual
    long = f"{usual}个工作日" + (f"，延长{more}个，共{account.limit}个工作日" if more else "")
    asked = _asked(account, start) and account.state is not State.PAUSED
    return f"{long}（条例第三十三条）{'，征求意见的时间不计' if asked else ''}"


def _asked(account: Account, start: date) -> bool:
    """Whether others were asked in the present count."""
    return any(
        term.party is not None and (term.ended or term.until or account.on) >= start for term in account.terms
    )


def pause(account: Account) -> str:
    """Until when the open consultations let the count stand at most, where that day is known."""
    asked = [term for term in account.terms if term.party is not None and term.ended is None]
    ends = [term.until for term in asked if term.until is not None and not term.provisional]
    if len(ends) < len(asked) or max(ends, default=account.on) <= account.on:
        return ""
    return f"这次征求意见最晚到{chinese(max(ends))}，结束后接着计算。"
