"""Cases of an old system, taken over with their events, so that 上年结转 is right in the first year."""

from dataclasses import dataclass
from typing import Any, ClassVar

from gongkai.law.case import Case as LawCase
from gongkai.law.case import Event, Kind
from gongkai.law.outcomes import UnknownOutcome, outcome
from gongkai.web.applications import clock, permissions
from gongkai.web.applications.actions.submit import Submit, Submitted
from gongkai.web.applications.models import Case, Origin
from gongkai.web.common.errors import ActionRefused


@dataclass(kw_only=True)
class TakeOver(Submit):
    """Enter a case as it stands in an old system: its number there, and what happened, day by day.

    ``history.channel`` must be the request's. ``outcome_code`` is that of the reply, where there is one. The
    law's clock replays the events: what it does not allow is refused with its place.
    """

    code: ClassVar = "applications.take_over"
    permission: ClassVar = permissions.TAKE_OVER
    origin: ClassVar = Origin.TAKEN_OVER

    history: LawCase
    old_number: str = ""
    outcome_code: str = ""

    def check(self) -> None:
        """Received once, not taken over before, ended with an outcome or not ended."""
        self.received_on = self.history.events[0].on if self.history.events else None
        super().check()
        place = self.old_number or self.request.subject
        if self.history.channel != self.request.channel:
            raise ActionRefused("来件方式与经过不一致", place=place)
        if self.old_number and Case.objects.filter(agency=self.agency, old_number=self.old_number).exists():
            raise ActionRefused("这件申请已经转入过", place=self.old_number)
        replied = any(event.kind is Kind.REPLIED for event in self.history.events)
        if replied != bool(self.outcome_code):
            raise ActionRefused(
                "已答复的申请须写明办理结果，未答复的不能写",
                place=place,
                remedy="办理结果见 gongkai law remedy",
            )

    def apply(self) -> Submitted:
        """The case with its whole history; the applicant gets no mail about what they know."""
        submitted = super().apply()
        case = submitted.case
        case.old_number = self.old_number[:60]
        case.save(update_fields=["old_number"])
        for event in self.history.events[1:]:
            clock.append(case, self.actor, event.kind, event.on, **self._fields(event))
        return submitted

    def _fields(self, event: Event) -> dict[str, Any]:
        row = ""
        if event.kind is Kind.REPLIED:
            try:
                row = outcome(self.outcome_code, event.on).row
            except UnknownOutcome as error:
                raise ActionRefused(error.message, place=self.old_number, remedy=error.remedy) from error
        return {
            "workdays": event.workdays, "party": event.party or "", "ref": event.ref, "to": event.to,
            "excused": event.excused, "outcome": row,
        }  # fmt: skip

    def acknowledge(self, code: str) -> None:
        """Nobody is told: the old system has acknowledged it."""
