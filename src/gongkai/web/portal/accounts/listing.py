"""The list of one's applications, as the page shows it: where each stands and what is to be done."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Case as When
from django.db.models import F, IntegerField, Value
from django.db.models import When as If

from gongkai.law.case import Account as Clock
from gongkai.law.case import State as LawState
from gongkai.web.applications.clock import look
from gongkai.web.applications.models import OPEN, Case, State
from gongkai.web.applications.receiving import codes, reasons
from gongkai.web.common.days import chinese
from gongkai.web.portal.accounts.models import Account, ListedCase
from gongkai.web.portal.applications import case_page, standing
from gongkai.web.portal.applications.standing import Standing

PAGE: Final = 20
_WAITING: Final = (State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)
_NOTHING: Final = "不用做什么，等待答复"


@dataclass(frozen=True, slots=True)
class Line:
    """One application. What is no longer proven shows its number and agency alone, and says why."""

    case: Case
    state: str = ""
    standing: Standing | None = None
    to_do: str = ""
    closed_because: str = ""


def page_of(account: Account, number: str) -> "Page[ListedCase]":
    """A page of the rows: what waits for the applicant, what is open by its last day, what has ended."""
    waits = If(case__state__in=_WAITING, then=Value(0))
    part = When(waits, If(case__state__in=OPEN, then=Value(1)), default=Value(2), output_field=IntegerField())
    due = F("case__due").asc(nulls_last=True)
    rows = ListedCase.objects.filter(account=account).select_related("case__agency", "case__rating")
    return Paginator(rows.order_by(part, due, "-case__submitted_at", "pk"), PAGE).get_page(number)


def lines(page: "Page[ListedCase]") -> list[Line]:
    """The rows in words."""
    return [_line(row) for row in page]


def opens(row: ListedCase) -> bool:
    """Whether the proof is still that of the case's code."""
    return row.case.purged_at is None and codes.proves(row.proof, row.case.code)


def _line(row: ListedCase) -> Line:
    case = row.case
    if case.purged_at is not None:
        return Line(case, closed_because="保存期限已满，内容已按规定清除。可以移出列表。")
    if not opens(row):
        return Line(case, closed_because="查询码已更换，请用新的查询码重新加入。")
    clock = case_page.account(case)
    if clock is None:
        return Line(case, case.get_state_display(), standing.UNKNOWN, "如有疑问，请与受理机关联系")
    look(case, clock)
    return Line(case, _state(case, clock), standing.of(case, clock), _to_do(case, clock))


def _state(case: Case, clock: Clock) -> str:
    """The state in a word; that a case is overdue the kept state does not know."""
    return clock.state.word if clock.state is LawState.OVERDUE else str(case.get_state_display())


def _to_do(case: Case, clock: Clock) -> str:
    """What the applicant has to do, or may."""
    until = next((term.until for term in clock.terms if term.ended is None and not term.provisional), None)
    if clock.state is LawState.AWAITING_CORRECTION:
        return f"按补正告知书补正{_by(until)}"
    if clock.state is LawState.AWAITING_PAYMENT:
        return f"按收费通知书缴费{_by(until)}"
    if clock.state is LawState.ANSWERED:
        return "查看答复" if hasattr(case, "rating") else "查看答复，可以评价"
    if clock.state.closed:
        return "没有要做的，需要时可以重新申请"
    if case.state == State.UNCONFIRMED:
        return "等受理机关与您联系，确认收到申请"
    if clock.state is LawState.OVERDUE:
        return "可以投诉，或依法申请行政复议"
    return "说明理由（受理机关已请您说明）" if reasons.wanted(case) else _NOTHING


def _by(day: date | None) -> str:
    return f"，最晚{chinese(day)}" if day else ""
