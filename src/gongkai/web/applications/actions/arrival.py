"""The day a letter that set a term reached its addressee: from then on the term runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from gongkai.web.applications import clock, files, permissions
from gongkai.web.applications.actions.base import CaseAction, one_at_a_time
from gongkai.web.applications.actions.each import each
from gongkai.web.applications.models import ARRIVALS, CaseEvent, Delivery, Purpose
from gongkai.web.applications.receiving import intake
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.given import person_of


@dataclass(kw_only=True)
class RecordArrival(CaseAction[CaseEvent]):
    """Record when a letter that went out otherwise than by hand was received, by the postal receipt or as the
    addressee says. ``event_id``: the event of the letter.

    It holds for the other cases the letter brought something about in too: those it asked for, the parts of
    the application it was about.
    """

    code: ClassVar = "applications.record_arrival"
    permission: ClassVar = permissions.HANDLE

    event_id: int
    on: date
    proof: intake.Upload | None = None
    #: Of a letter that other cases know of: whether it is recorded for this one alone.
    alone: bool = False

    def check(self) -> None:
        """A letter that sets a term, not signed for by hand, whose receipt is not on record yet.

        Other cases may know of the same letter: two of them at once would wait for each other's.
        """
        one_at_a_time(self.agency_id())
        super().check()
        person_of(self.actor)
        found = clock.in_force(self.case.events.all()).filter(pk=self.event_id, kind__in=ARRIVALS).first()
        if found is None:
            raise ActionRefused(
                "没有这份文书的记录，或它不给收件人定期限",
                place=str(self.case),
                remedy="请回到申请页面，从“经过”中打开",
            )
        if by_hand(found):
            raise ActionRefused(
                f"当面送达的以签收之日为准，就是{chinese(found.on)}",
                place=str(self.case),
                remedy="不用另行登记收到的日期",
            )
        if before := arrival_of(found):
            raise ActionRefused(
                f"已登记于{chinese(before.on)}收到",
                place=str(self.case),
                remedy="日期有误的，请在“经过”中更正这条记录",
            )
        if self.on < found.on:
            raise ActionRefused(
                f"收到的日期早于送出的日期{chinese(found.on)}",
                place=chinese(self.on),
                remedy="请核对邮件回执",
            )
        self._letter = found

    def apply(self) -> CaseEvent:
        """The row the clock counts from, with the proof; then the same for the other cases."""
        if self.proof is not None:
            files.add(
                self.case, self.actor, purpose=Purpose.PROOF, name=self.proof.name, content=self.proof.content
            )
        row = clock.arrived(self.case, self.actor, self._letter, self.on)
        if not self.alone:
            self.beside = each((one.case, self._for(one).run) for one in self._others())
        return row

    def _others(self) -> Iterable[CaseEvent]:
        """The events of other cases that the same letter brought about."""
        if self._letter.letter is None:
            return ()
        asked = self._letter.letter.events.exclude(case=self.case).filter(kind=self._letter.kind)
        return clock.in_force(asked).select_related("case").order_by("case_id", "pk")

    def _for(self, event: CaseEvent) -> "RecordArrival":
        return RecordArrival(self.actor, case_id=event.case_id, event_id=event.pk, on=self.on, alone=True)

    def audit_details(self) -> dict[str, Any]:
        """With the letter's event and the day."""
        return {**super().audit_details(), "event": self.event_id, "on": self.on.isoformat()}


def by_hand(event: CaseEvent) -> bool:
    """Whether the letter of an event was signed for when it was handed over; of a part it is the whole's."""
    delivery = getattr(event.letter, "delivery", None)
    return delivery is not None and delivery.way == Delivery.Way.HAND


def arrival_of(event: CaseEvent) -> CaseEvent | None:
    """The row that says when the letter of an event was received."""
    found: CaseEvent | None = clock.in_force(event.arrivals.all()).first()
    return found
