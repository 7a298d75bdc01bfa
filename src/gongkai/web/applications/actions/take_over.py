"""Cases of an old system, taken over with their events, so that 上年结转 is right in the first year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, ClassVar, Final

from gongkai.kernel import GongkaiError
from gongkai.law import clock as law_clock
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
#: As long as a party's number on a case may be.
_REF: Final = 20
#: Of these events the working days mean something; a term of reasons is told in days that make sense.
_HAS_TERM: Final = frozenset({Kind.EXTENDED, Kind.CORRECTION_REQUESTED, Kind.REASONS_REQUESTED})
_TERMS: Final = range(1, 251)


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
        if any(len(event.ref) > _OLD_NUMBER or breaks(event.ref) for event in self.history.events):
            raise ActionRefused(f"征求对象的 ref 应是一行，最多{_OLD_NUMBER}个字符", place=place)
        self._events = _told_apart(self.history, place)

    def apply(self) -> Submitted:
        """The case with its whole history; the applicant gets no mail about what they know."""
        submitted = super().apply()
        case = submitted.case
        case.old_number = self.old_number
        case.save(update_fields=["old_number"])
        for event, named in zip(self.history.events[1:], self._events[1:], strict=True):
            row = clock.append(case, self.actor, event.kind, event.on, **self._fields(named))
            if event.reached is not None and event.kind in ARRIVALS:
                clock.arrived(case, self.actor, row, event.reached)
            _party(case, named, event.ref)
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
            "workdays": _workdays(event), "party": event.party or "", "ref": event.ref, "to": event.to,
            "excused": event.excused, "outcome": row, "note": note, "from_receipt": event.from_receipt,
        }  # fmt: skip

    def acknowledge(self, code: str) -> None:
        """Nobody is told: the old system has acknowledged it."""


def _told_apart(history: LawCase, place: str) -> list[Event]:
    """The events with a ``ref`` for each consultation that no other of the case has; its answer bears it too.

    In the old system's list several may have the same one, or none. Raises ``ActionRefused`` with the article
    where the law does not allow the history as it was given.
    """
    try:
        places = law_clock.consultations(history)
    except GongkaiError as refusal:
        raise ActionRefused(
            clock.told(refusal), place=refusal.place or place, remedy=refusal.remedy
        ) from refusal
    begun = [event for event in history.events if event.kind is Kind.CONSULTATION_STARTED]
    refs = list(_refs(begun))
    return [
        replace(event, party=None, ref="")
        if of is None
        else replace(event, party=begun[of].party or Party.THIRD_PARTY, ref=refs[of])
        for event, of in zip(history.events, places, strict=True)
    ]


def _refs(begun: list[Event]) -> Iterator[str]:
    """The given ones where they are there, short enough and new; else the next number that is free."""
    used = {event.ref for event in begun}
    free = (text for text in map(str, count(1)) if text not in used)
    seen: set[str] = set()
    for event in begun:
        fits = 0 < len(event.ref) <= _REF and event.ref not in seen
        seen.add(event.ref)
        yield event.ref if fits else next(free)


def _workdays(event: Event) -> int | None:
    """The term an event sets; what its kind has no use for is left aside, as the clock leaves it."""
    if event.kind not in _HAS_TERM or event.workdays not in _TERMS:
        return None
    return event.workdays


def _party(case: Case, event: Event, old_ref: str) -> None:
    """A party asked in the old system, so that its answer can be recorded here."""
    if event.kind is Kind.CONSULTATION_STARTED and event.party:
        Consultation.objects.create(
            case=case, ref=event.ref, party=str(event.party), sent_on=event.on,
            name=f"原系统征求意见的{event.party.word}{old_ref}",
        )  # fmt: skip
    elif event.kind is Kind.CONSULTATION_ENDED:
        case.consultations.filter(ref=event.ref).update(answered_on=event.on)
