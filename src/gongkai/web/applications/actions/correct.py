"""What staff typed wrong is put right: the day of an entry, how and when an application came in.

The wrong entry and the right one are one change, and the law is asked about what comes of it: letters that
went out since need not stand on the way between.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from gongkai.law.case import Channel, Kind
from gongkai.web.applications import clock, permissions
from gongkai.web.applications.actions.base import CaseAction, hashed
from gongkai.web.applications.actions.events import typed_by_staff
from gongkai.web.applications.letters import relied_on
from gongkai.web.applications.models import Case, CaseEvent, Origin
from gongkai.web.applications.receiving import corrections
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of, reason_of

#: Whose day of receipt staff typed.
_TYPED: Final = (Origin.STAFF, Origin.TAKEN_OVER)


@dataclass(kw_only=True)
class CorrectEvent(CaseAction[CaseEvent]):
    """Put the right day of an entry in place of a wrong one; both stay on record."""

    code: ClassVar = "applications.correct_event"
    permission: ClassVar = permissions.HANDLE

    event_id: int
    on: date
    reason: str

    def check(self) -> None:
        """An entry staff typed, another day, a reason; no day of receipt the applicant relies on."""
        super().check()
        person_of(self.actor)
        self.reason = reason_of(self.reason, "更正理由")
        self._wrong = typed_by_staff(self.case, self.event_id)
        if self._wrong.on == self.on:
            raise ActionRefused("日期没有变", place=chinese(self.on), remedy="请填写实际的日期")
        if self._wrong.kind == Kind.CONFIRMED:
            relied_on.refuse_move(self.case, self.on)

    def apply(self) -> CaseEvent:
        """One entry out, one in; the words of a correction go under the right day."""
        if self._wrong.kind == Kind.CORRECTED:
            corrections.move(self.case, self._wrong.on, self.on)
        right = [clock.on_day(self._wrong, self.on)]
        return clock.correct(self.case, self.actor, [self._wrong], right, self.reason)[0]

    def audit_details(self) -> dict[str, Any]:
        """With the entry, both days and the hash of the reason."""
        return {
            **super().audit_details(), "event": self.event_id, "was": self._wrong.on.isoformat(),
            "on": self.on.isoformat(), "reason": hashed(self.reason),
        }  # fmt: skip


@dataclass(kw_only=True)
class CorrectReceipt(CaseAction[Case]):
    """Put right how and when an application came in (条例 31), where staff typed it.

    ``confirmed_on``: of mail without signature, internet and fax the day both sides confirmed, None while
    that is open. What an applicant was told in writing is not moved to a later day: they may rely on it.
    """

    code: ClassVar = "applications.correct_receipt"
    permission: ClassVar = permissions.HANDLE

    channel: str
    received_on: date
    confirmed_on: date | None = None
    reason: str

    def check(self) -> None:
        """Typed by staff, something changed, nothing resting on it, a reason."""
        super().check()
        person_of(self.actor)
        self.reason = reason_of(self.reason, "更正理由")
        if self.channel not in set(Channel):
            raise ActionRefused("请选择来件方式", place=str(self.case))
        if not typed_receipt(self.case):
            raise ActionRefused(
                "收到日期由系统在提交或转办时记录，不是工作人员登记的，不能更正",
                place=f"{self.case}（{self.case.get_origin_display()}）",
                remedy="由申请拆分而来的，请看原申请；确认收到的日期有误的，请更正“与申请人确认收到”",
            )
        self._received, self._confirmed = receipt_of(self.case)
        was = (self.case.channel, self._received.on, self._confirmed.on if self._confirmed else None)
        if was == (self.channel, self.received_on, self.confirmed_on):
            raise ActionRefused("来件方式和日期都没有变", place=str(self.case), remedy="请填写实际的情况")
        relied_on.refuse_move(self.case, self._received_in_law())

    def _received_in_law(self) -> date | None:
        """The day of receipt by the channel's rule (条例 31)."""
        return self.confirmed_on if Channel(self.channel).needs_confirmation else self.received_on

    def apply(self) -> Case:
        """Both entries out, the right ones in, under the right channel."""
        case, wrong = self.case, [self._received]
        right = [clock.on_day(self._received, self.received_on)]
        if self._confirmed is not None:
            wrong.append(self._confirmed)
        if self.confirmed_on is not None:
            place = self._confirmed or self._received
            fields = clock.on_day(place, self.confirmed_on).fields
            right.append(clock.Right(Kind.CONFIRMED, self.confirmed_on, fields))
        self._was = case.channel
        case.channel = self.channel
        case.spoken = case.spoken and self.channel == Channel.IN_PERSON
        clock.correct(case, self.actor, wrong, right, self.reason)
        return case

    def audit_details(self) -> dict[str, Any]:
        """With both channels and days, and the hash of the reason."""
        confirmed = self._confirmed.on if self._confirmed else None
        return {
            **super().audit_details(),
            "was": [self._was, self._received.on.isoformat(), _iso(confirmed)],
            "now": [self.channel, self.received_on.isoformat(), _iso(self.confirmed_on)],
            "reason": hashed(self.reason),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def typed_receipt(case: Case) -> bool:
    """Whether staff typed how and when an application came in; of a part, of the whole."""
    found: Case | None = case
    while found is not None and found.origin == Origin.SPLIT:
        found = found.split_from
    return found is not None and found.origin in _TYPED


def receipt_of(case: Case) -> tuple[CaseEvent, CaseEvent | None]:
    """The entries in force that say when a case was received and when that was confirmed."""
    rows = clock.in_force(case.events.filter(kind__in=(Kind.RECEIVED, Kind.CONFIRMED)))
    by_kind = {row.kind: row for row in rows}
    return by_kind[Kind.RECEIVED], by_kind.get(Kind.CONFIRMED)
