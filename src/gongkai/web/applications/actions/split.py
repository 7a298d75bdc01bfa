"""One application that asks for several things becomes several cases (一事一申请)."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from gongkai.law.case import Kind
from gongkai.web.applications import clock, permissions
from gongkai.web.applications.actions.base import CaseAction, today
from gongkai.web.applications.actions.submit import SplitOff
from gongkai.web.applications.delivery import telling
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import ARRIVALS, Case, LetterState, Notice, State
from gongkai.web.applications.receiving import intake, reasons
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused

#: Letters on their way: what they say would be of the whole application.
_UNDER_WAY: Final = (LetterState.DRAFT, LetterState.SIGNING, LetterState.SIGNED)
#: What holds for the whole application and cannot be shared out: whose views, which item of the month.
_OF_THE_WHOLE: Final = {
    Kind.CONSULTATION_STARTED: "已就这件申请征求过意见，意见涉及哪一项须由人判断",
    Kind.FEE_NOTIFIED: "已发出收费通知，收费的件数和数额已经确定",
}
_AWAITING: Final = {State.AWAITING_CORRECTION: "补正", State.AWAITING_PAYMENT: "缴费"}


@dataclass(kw_only=True)
class Split(CaseAction[list[Case]]):
    """Make several cases of one application that asks for several things (一事一申请).

    The first thing stays with this case; each other becomes a case of its own with the same past: received
    the same day, corrected, extended as the whole was, so that its clock stands where the whole's stands.
    The applicant's own words are kept (``asked_for``), and whoever follows this case is led to the others.
    """

    code: ClassVar = "applications.split"
    permission: ClassVar = permissions.HANDLE

    subjects: tuple[str, ...]

    def check(self) -> None:
        """Two things at least, on an open case nothing was decided on, and where nothing is awaited."""
        super().check()
        self.require_open()
        self.subjects = tuple(text.strip() for text in self.subjects if text.strip())
        if len(self.subjects) < 2:
            raise ActionRefused("拆分至少要有两项", place=str(self.case), remedy="每行写一项")
        if max(map(len, self.subjects)) > intake.SUBJECT_LENGTH:
            raise ActionRefused(
                f"每项最多{intake.SUBJECT_LENGTH}字",
                place=str(self.case),
                remedy="请写得简短些，详细内容在原申请中都在",
            )
        self._refuse_letters()
        self._refuse_what_runs()

    def _refuse_letters(self) -> None:
        """A letter that decides or sets a term, begun and not gone out, is about the whole application."""
        for letter in self.case.letters.filter(state__in=_UNDER_WAY):
            kind = kinds()[letter.kind]
            if kind.event:
                raise ActionRefused(
                    f"《{kind.name}》{letter.document_no}正在办理（{letter.get_state_display()}），"
                    "写的是拆分前的整件申请",
                    place=str(self.case),
                    remedy="请先作废这份文书，拆分后再分别拟写",
                )

    def _refuse_what_runs(self) -> None:
        if awaited := _AWAITING.get(State(self.case.state)):
            raise ActionRefused(
                f"正在等待申请人{awaited}，现在不能拆分",
                place=str(self.case),
                remedy=f"收到{awaited}后再拆分",
            )
        self._refuse_open_receipt()
        self._history = list(clock.in_force(self.case.events.all()))
        for event in self._history:
            if event.kind in _OF_THE_WHOLE:
                raise ActionRefused(
                    f"{chinese(event.on)}{_OF_THE_WHOLE[Kind(event.kind)]}，不能再拆分",
                    place=str(self.case),
                    remedy="请在一份答复书中逐项答复，可以部分公开",
                )

    def _refuse_open_receipt(self) -> None:
        """A term that has not begun, or in which reasons are awaited, would run on in one case only."""
        for event in clock.unreceived(self.case):
            raise ActionRefused(
                f"{chinese(event.on)}送出的文书还没有登记收到的日期（{ARRIVALS[event.kind]}），现在不能拆分",
                place=str(self.case),
                remedy="请先登记收到的日期，再拆分",
            )
        asked = reasons.wanted(self.case)
        if asked is not None and asked.until is not None and today() <= asked.until.day:
            raise ActionRefused(
                f"正在等待申请人说明理由（到{chinese(asked.until.day)}），现在不能拆分",
                place=str(self.case),
                remedy="收到理由，或者期限届满后再拆分",
            )

    def apply(self) -> list[Case]:
        """The other cases, each told to the applicant with its own number."""
        first, *others = self.subjects
        request = intake.again(self.case)
        made = [
            SplitOff(
                self.actor,
                agency=self.case.agency,
                request=replace(request, subject=subject),
                received_on=self._history[0].on,
                handler_id=self.case.handler_id,
                split_from=self.case,
                history=tuple(self._history[1:]),
            )
            .run()
            .case
            for subject in others
        ]
        self.case.asked_for = self.case.asked_for or self.case.subject
        self.case.subject = first
        self.case.save(update_fields=["asked_for", "subject", "text_index"])
        self.touch()
        if not telling.reaches(self.case.applicant):
            telling.call(self.case, Notice.About.SPLIT)
        return made
