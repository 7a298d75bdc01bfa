"""The day of receipt that letters have told the applicant: it is not moved behind their back."""

from collections.abc import Iterator
from datetime import date

from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case, Letter, LetterState
from gongkai.web.common.days import chinese
from gongkai.web.common.errors import ActionRefused


def refuse_move(case: Case, now: date | None) -> None:
    """Raise ``ActionRefused`` where letters stand against ``now`` as the day of receipt (条例 31).

    ``now`` is None where there would be no such day any more. Signed, a letter would go out with the wrong
    day; delivered, the applicant relies on what it says: the day may move in their favour alone, to an
    earlier one.
    """
    for letter in case.letters.filter(to_applicant=True, state=LetterState.SIGNED):
        raise ActionRefused(
            f"已签发的{_name(letter)}写有原来的收到情况",
            place=str(case),
            remedy="请先作废这份文书，再更正，然后重新拟写",
        )
    told = case.received_on
    if told is None or (now is not None and now <= told):
        return
    for letter in _delivered(case):
        raise ActionRefused(
            f"{chinese(letter.delivery.on)}送达的{_name(letter)}已告知申请人收到日期为{chinese(told)}，"
            "申请人可以信赖书面告知的日期，不能改到更晚，也不能撤销",
            place=str(case),
            remedy="期限仍按已告知的日期计算；只能改为更早的日期",
        )


def _delivered(case: Case) -> Iterator[Letter]:
    """What went out to the applicant of the case; of a part also what told them of the whole before it."""
    found = Letter.objects.filter(to_applicant=True, state=LetterState.DELIVERED).select_related("delivery")
    yield from found.filter(case=case)
    part = case
    while part.split_from is not None:
        yield from found.filter(case=part.split_from, delivery__at__lte=part.submitted_at)
        part = part.split_from


def _name(letter: Letter) -> str:
    return f"《{kinds()[letter.kind].name}》{letter.document_no}"
