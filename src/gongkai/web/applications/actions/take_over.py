"""Cases of an old system, taken over with their events, so that 上年结转 is right in the first year."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from gongkai.law.case import Case as LawCase
from gongkai.law.case import Event, Kind, Party
from gongkai.law.outcomes import UnknownOutcome, outcome
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import clock, permissions
from gongkai.web.applications.actions.submit import Submit, Submitted
from gongkai.web.applications.models import ARRIVALS, Case, Consultation, Origin
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.typed import breaks

_OLD_NUMBER: Final = 60


@dataclass(kw_only=True)
class TakeOver(Submit):
    """Enter a case as it stands in an old system: its number there, and what happened, day by day.

    ``history.channel`` must be the request's. ``outcome_code`` is that of the reply, where there is one, and
    ``document_no`` its number, which stands beside it; its scan is added as any other paper. The law's clock
    replays the events: what it does not allow is refused with its place.
    """

    code: ClassVar = "applications.take_over"
    permission: ClassVar = permissions.TAKE_OVER
    origin: ClassVar = Origin.TAKEN_OVER

    history: LawCase
    old_number: str = ""
    outcome_code: str = ""
    document_no: str = ""

    def check(self) -> None:
        """Received first, not taken over before, ended with an outcome or not ended."""
        self.old_number = self.old_number.strip()
        place = self.old_number or self.request.subject
        if not self.history.events or self.history.events[0].kind is not Kind.RECEIVED:
            raise ActionRefused("经过的第一项应是收到申请", place=place, remedy="请补上收到的日期")
        if len(self.old_number) > _OLD_NUMBER:
            raise ActionRefused(f"原系统编号最多{_OLD_NUMBER}个字符", place=place)
        self.received_on = self.history.events[0].on
        super().check()
        # Two imports of the same list wait for each other here.
        Agency.objects.select_for_update().get(pk=self.agency.pk)
        if self.history.channel != self.request.channel:
            raise ActionRefused("来件方式与经过不一致", place=place)
        if self.old_number and Case.objects.filter(agency=self.agency, old_number=self.old_number).exists():
            raise ActionRefused("这件申请已经转入过", place=self.old_number)
        replied = any(event.kind is Kind.REPLIED for event in self.history.events)
        if replied != bool(self.outcome_code):
            raise ActionRefused(
                "已答复的申请须写明办理结果，未答复的不能写",
                place=place,
                remedy="outcome 写办理结果的代码，代码见“转入原系统的申请”页中的“各项怎样写”",
            )
        self.document_no = self.document_no.strip()
        if self.document_no and not replied:
            raise ActionRefused(
                "未答复的申请没有答复书文号", place=place, remedy="请去掉文号，或补上答复的日期"
            )
        if len(self.document_no) > _OLD_NUMBER or breaks(self.document_no):
            raise ActionRefused(f"答复书文号应是一行，最多{_OLD_NUMBER}个字符", place=place)

    def apply(self) -> Submitted:
        """The case with its whole history; the applicant gets no mail about what they know."""
        submitted = super().apply()
        case = submitted.case
        case.old_number = self.old_number
        case.save(update_fields=["old_number"])
        for event in self.history.events[1:]:
            row = clock.append(case, self.actor, event.kind, event.on, **self._fields(event))
            if event.reached is not None and event.kind in ARRIVALS:
                clock.arrived(case, self.actor, row, event.reached)
            _party(case, event)
        return submitted

    def _fields(self, event: Event) -> dict[str, Any]:
        row = note = ""
        if event.kind is Kind.REPLIED:
            note = f"原系统的答复书：{self.document_no}" if self.document_no else ""
            try:
                row = outcome(self.outcome_code, event.on).row
            except UnknownOutcome as error:
                raise ActionRefused(error.message, place=self.old_number, remedy=error.remedy) from error
        return {
            "workdays": event.workdays, "party": event.party or "", "ref": event.ref, "to": event.to,
            "excused": event.excused, "outcome": row, "note": note, "from_receipt": event.from_receipt,
        }  # fmt: skip

    def acknowledge(self, code: str) -> None:
        """Nobody is told: the old system has acknowledged it."""


def _party(case: Case, event: Event) -> None:
    """A party asked in the old system, so that its answer can be recorded here."""
    if event.kind is Kind.CONSULTATION_STARTED:
        party = event.party or Party.THIRD_PARTY  # as the clock takes it
        Consultation.objects.create(
            case=case, ref=event.ref, party=str(party), sent_on=event.on,
            name=f"原系统征求意见的{party.word}{event.ref}",
        )  # fmt: skip
    elif event.kind is Kind.CONSULTATION_ENDED:
        asked = case.consultations.filter(ref=event.ref, answered_on=None)
        found = asked.filter(party=str(event.party)) if event.party else asked
        found.update(answered_on=event.on)
