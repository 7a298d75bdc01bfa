"""What the page of a case shows its applicant: where it stands, what was counted, papers, what was asked."""

from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.kernel import GongkaiError
from gongkai.law.case import Account
from gongkai.law.outcomes import outcome
from gongkai.web.applications import accepted, clock, dayline
from gongkai.web.applications.letters import bodies, promises
from gongkai.web.applications.letters.kinds import REPLY, kinds
from gongkai.web.applications.models import Attachment, Case, Letter, LetterState, Purpose, State
from gongkai.web.applications.privacy import masking
from gongkai.web.applications.receiving import handed_over, intake, onward
from gongkai.web.portal.applications import hints, reasons, standing
from gongkai.web.portal.applications.views import summary

#: Rows of table 3 whose replies hand something out.
GRANTING: Final = frozenset({"granted", "partial"})
#: The row whose replies leave nothing to be contested at first sight; the ways stay, folded away.
ALL_GRANTED: Final = "granted"
RATINGS: Final = ((5, "非常满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "非常不满意"))


def context(case: Case) -> dict[str, Any]:
    """Everything on the page that the case alone decides."""
    clocked = account(case)
    if clocked is not None:
        clock.look(case, clocked)
    runs = dayline.runs(clocked) if clocked else []
    rating, came = getattr(case, "rating", None), onward.after(case)
    today = timezone.localdate()
    asked = reasons.told(case, today)
    return {
        "case": case,
        "standing": standing.of(case, clocked) if clocked else standing.UNKNOWN,
        "runs": runs,
        "unknown_days": any(run.counted is None for run in runs),
        "days": dayline.days(clocked) if clocked else [],
        "timeline": sorted([*standing.timeline(case, clocked), *onward.told(case, came)], key=itemgetter(0)),
        "came": list(_came(came)),
        "original": onward.original(case),
        "remedies": standing.remedies(case, today),
        "without_reply": standing.without_reply(clocked) if clocked else None,
        "reconsidered_by": bodies.reconsideration_body(case.agency),
        "court": bodies.court(case.agency),
        "all_granted": case.outcome == ALL_GRANTED,
        "letters": [
            {"letter": letter, "name": kinds()[letter.kind].name}
            for letter in _letters(case).select_related("pdf", "docx", "delivery")
        ],
        "disclosed": case.attachments.filter(purpose=Purpose.DISCLOSED, purged_at=None)
        if _discloses(case)
        else [],
        "asked_for": _asked_for(case),
        "may_correct": case.state == State.AWAITING_CORRECTION,
        "reasons": asked,
        "papers_first": not case.is_open or case.state in _ASKING or (asked and not asked.given_on),
        "may_rate": not case.is_open and rating is None,
        "rating_words": RATINGS,
        "rating": rating and dict(RATINGS)[rating.stars],
        "said": _said(case),
        "accepted": accepted.ACCEPTED,
        "files_hint": hints.FILES,
    }


class Other(NamedTuple):
    """A case that came of the shown one, and where it stands today."""

    case: Case
    how: str
    state: str


def _came(found: list[onward.Onward]) -> Iterator[Other]:
    for one in found:
        if (now := account(one.case)) is not None:
            clock.look(one.case, now)
        yield Other(one.case, "转办" if one.forwarded else "拆分", str(one.case.get_state_display()))


#: By state the letter that asks something of the applicant, and what of it the page itself says, by label.
_ASKING: Final = {
    State.AWAITING_CORRECTION: ("correction", {"要补正的": "补正事项"}),
    State.AWAITING_PAYMENT: ("fee", {"应缴": "金额", "怎样计算": "收费标准", "怎样缴纳": "缴纳方式"}),
}


#: What a number of a letter is counted in: the letter writes it in its sentence.
_UNITS: Final = {"金额": "元"}


def _asked_for(case: Case) -> list[tuple[str, str]]:
    """What the applicant is asked to do, in the words of the delivered letter: nobody has to open a file."""
    kind, labels = _ASKING.get(State(case.state), ("", {}))
    letter = _letters(case).filter(kind=kind).order_by("delivery__on", "pk").last()
    said = promises.said(letter) if letter else {}
    return [(label, said[name] + _UNITS.get(name, "")) for label, name in labels.items() if said.get(name)]


def _said(case: Case) -> list[tuple[str, str]]:
    """What the applicant filled in, its numbers masked: the page may be open where others see it."""
    if case.purged_at is not None:
        return []
    wanted = replace(intake.again(case), subject=onward.as_sent(case))
    who = wanted.requester
    hidden = replace(
        who,
        identity_number=masking.number(who.identity_number),
        agent_identity=masking.number(who.agent_identity),
    )
    files_of = [(purpose.label, told) for purpose, told in handed_over.by_purpose(case)]
    return [*summary(replace(wanted, requester=hidden)), *files_of]


def _letters(case: Case) -> QuerySet[Letter]:
    """What reached the applicant: not the letters to third parties, other agencies or sections."""
    return case.letters.filter(state=LetterState.DELIVERED, to_applicant=True)


def _discloses(case: Case) -> bool:
    """Whether the files prepared for the applicant are theirs: only a delivered reply that grants them does.

    Files put ready before the decision stay inside where the reply withholds them.
    """
    rows = {outcome(one.outcome, one.dated).row for one in _letters(case).filter(kind=REPLY) if one.dated}
    return bool(rows & GRANTING)


def account(case: Case) -> Account | None:
    """The clock's account; None where the law of today does not take the events as they were recorded."""
    try:
        return clock.account(case)
    except GongkaiError:
        return None


def is_for_applicant(found: Attachment) -> bool:
    """Whether a file is the applicant's to download."""
    if found.purpose == Purpose.DISCLOSED:
        return _discloses(found.case)
    letters = _letters(found.case)
    return letters.filter(pdf=found).exists() or letters.filter(docx=found).exists()
