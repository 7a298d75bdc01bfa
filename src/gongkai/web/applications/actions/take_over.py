"""Cases of an old system, taken over with their events, so that 上年结转 is right in the first year."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from gongkai.law.case import Case as LawCase
from gongkai.law.case import Event, Kind
from gongkai.law.outcomes import UnknownOutcome, outcome
from gongkai.web.agencies.models import Agency
from gongkai.web.applications import clock, permissions
from gongkai.web.applications.actions import old_parties
from gongkai.web.applications.actions.old_parties import Misfit, OldParty
from gongkai.web.applications.actions.submit import Submit, Submitted
from gongkai.web.applications.models import ARRIVALS, Case, Origin
from gongkai.web.common.errors import ActionRefused
from gongkai.web.common.typed import breaks

_OLD_NUMBER: Final = 60
#: Of these events the working days mean something; a term of reasons is told in days that make sense.
_HAS_TERM: Final = frozenset({Kind.EXTENDED, Kind.CORRECTION_REQUESTED, Kind.REASONS_REQUESTED})
_TERMS: Final = range(1, 251)


@dataclass(kw_only=True)
class TakeOver(Submit):
    """Enter a case as it stands in an old system: its number there, and what happened, day by day.

    ``history.channel`` must be the request's. ``outcome_code`` is that of the reply, where there is one, and
    ``document_no`` its number, which stands beside it; its scan is added as any other paper. The law's clock
    replays the events: what it does not allow is refused with its place. ``parties`` are those who were
    asked for their view, as far as they are known by name.
    """

    code: ClassVar = "applications.take_over"
    permission: ClassVar = permissions.TAKE_OVER
    origin: ClassVar = Origin.TAKEN_OVER

    history: LawCase
    old_number: str = ""
    outcome_code: str = ""
    document_no: str = ""
    parties: tuple[OldParty, ...] = ()

    def check(self) -> None:
        """Received first, not taken over before, ended with an outcome or not ended."""
        self.old_number = self.old_number.strip()
        self._place = self.old_number or self.request.subject
        if not self.history.events or self.history.events[0].kind is not Kind.RECEIVED:
            raise self._misfit("events.1", "经过的第一项应是收到申请", "请补上收到的日期")
        if len(self.old_number) > _OLD_NUMBER:
            raise self._misfit("old_number", f"原系统编号最多{_OLD_NUMBER}个字符", "请写短一些，每件仍不相同")
        self.received_on = self.history.events[0].on
        super().check()
        # Two imports of the same list wait for each other here.
        Agency.objects.select_for_update().get(pk=self.agency.pk)
        if self.history.channel != self.request.channel:
            raise self._misfit("channel", "来件方式与经过不一致", "请核对来件方式")
        if self.old_number and Case.objects.filter(agency=self.agency, old_number=self.old_number).exists():
            raise self._misfit("old_number", "这件申请已经转入过", "不用再转入；确是另一件的，请改用别的编号")
        self._require_outcome()
        self._events = old_parties.told_apart(self.history, self._place)
        old_parties.require(self.parties, self.request.requester.name)

    def _require_outcome(self) -> None:
        """A reply has its outcome, and it alone has a number."""
        replied = any(event.kind is Kind.REPLIED for event in self.history.events)
        if replied != bool(self.outcome_code):
            raise self._misfit(
                "outcome",
                "已答复的申请须写明办理结果，未答复的不能写",
                "办理结果（outcome）照“转入原系统的申请”页中的“各项怎样写”填写",
            )
        self.document_no = self.document_no.strip()
        if self.document_no and not replied:
            raise self._misfit("document_no", "未答复的申请没有答复书文号", "请去掉文号，或补上答复的日期")
        if len(self.document_no) > _OLD_NUMBER or breaks(self.document_no):
            raise self._misfit(
                "document_no", f"答复书文号应是一行，最多{_OLD_NUMBER}个字符", "请按答复书上的文号填写"
            )

    def _misfit(self, path: str, message: str, remedy: str = "") -> Misfit:
        return Misfit(message, path=path, place=self._place, remedy=remedy)

    def apply(self) -> Submitted:
        """The case with its whole history; the applicant gets no mail about what they know."""
        with _about("events.1"):
            submitted = super().apply()
        case = submitted.case
        case.old_number = self.old_number
        case.save(update_fields=["old_number"])
        for number, (event, named) in enumerate(zip(self.history.events, self._events, strict=True), 1):
            if number == 1:
                continue  # it came in with the case
            fields = self._fields(named)
            with _about(f"events.{number}"):
                row = clock.append(case, self.actor, event.kind, event.on, **fields)
                if event.reached is not None and event.kind in ARRIVALS:
                    clock.arrived(case, self.actor, row, event.reached)
        old_parties.enter(case, self.history.events, self._events, self.parties)
        return submitted

    def _fields(self, event: Event) -> dict[str, Any]:
        row = note = ""
        if event.kind is Kind.REPLIED:
            note = f"原系统的答复书：{self.document_no}" if self.document_no else ""
            try:
                row = outcome(self.outcome_code, event.on).row
            except UnknownOutcome as error:
                raise self._misfit("outcome", error.message, error.remedy) from error
        return {
            "workdays": _workdays(event), "party": event.party or "", "ref": event.ref, "to": event.to,
            "excused": event.excused, "outcome": row, "note": note, "from_receipt": event.from_receipt,
        }  # fmt: skip

    def acknowledge(self, code: str) -> None:
        """Nobody is told: the old system has acknowledged it."""


def _workdays(event: Event) -> int | None:
    """The term an event sets; what its kind has no use for is left aside, as the clock leaves it."""
    if event.kind not in _HAS_TERM or event.workdays not in _TERMS:
        return None
    return event.workdays


@contextmanager
def _about(path: str) -> Iterator[None]:
    """A refusal within is about this part of what was given."""
    try:
        yield
    except ActionRefused as refused:
        raise Misfit(refused.message, path=path, place=refused.place, remedy=refused.remedy) from refused
