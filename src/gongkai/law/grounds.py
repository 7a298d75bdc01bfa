"""What an outcome rests on: steps that came before it, and the views of those asked (Art. 30, 32, 34, 35).

What stands against an outcome is told as refusals with their articles; none where the law allows it. The
clock itself takes a reply at any time: these rules are about what the reply says.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gongkai.kernel import LawRef
from gongkai.kernel.law_ref import REGULATION
from gongkai.law import admission
from gongkai.law.calendar import Calendar, Reached, published
from gongkai.law.case import Case, Event, EventNotAllowed, Kind, Party, Term
from gongkai.law.clock import replay
from gongkai.law.outcomes import Outcome, given_up
from gongkai.law.progress import Progress

ART_15: Final = LawRef(REGULATION, "第十五条")
ART_32: Final = LawRef(REGULATION, "第三十二条")
ART_34: Final = LawRef(REGULATION, "第三十四条")

Answer = Literal["agrees", "partly", "objects", "silent", "unasked", "unknown"]
Decided = Literal["open", "disclose", "withhold", "override"]


@dataclass(frozen=True, slots=True)
class View:
    """What somebody who was asked said, and what the agency decided on it.

    ``unasked``: on record as somebody whom disclosure would harm, and no letter was sent; ``unknown``: an
    answer of an older system, of which only the day is known. ``told``: a third party whose objection is
    overridden was told what is disclosed and why, in writing (Art. 32). ``who`` is how a refusal names them.
    ``earlier``: it was asked about the same information for an earlier application, and the agency relies on
    what it answered; no letter of this case asked it, so no event of this case says so.
    """

    party: Party
    answer: Answer
    decided: Decided
    told: bool = False
    who: str = ""
    earlier: bool = False


def against(
    found: Outcome,
    case: Case,
    on: date,
    views: Sequence[View] = (),
    calendar: Calendar | None = None,
    *,
    rest: Iterable[Outcome] = (),
) -> Iterator[EventNotAllowed]:
    """Everything that stands against a reply of this outcome on a day.

    ``views`` are of those who were heard and of those on record who were not asked. ``rest`` is what becomes
    of the rest of a partial release; it asks for no step: what is blacked out of a list of names needs
    nobody's view. Raises what ``clock.replay`` raises where the events make no case.
    """
    calendar = calendar or published()
    progress = replay(case, on, calendar)
    events = [event for event in case.events if event.on <= on]
    yield from _lapse(found, progress, on, calendar)
    yield from _steps(found, events, views)
    yield from _answer(found, events, on, calendar)
    if found.hears:
        yield from _unheard(found, progress, on)
    if found.protects or any(one.protects for one in rest):
        yield from _nobody_to_protect(found, progress, views)
    if found.discloses:
        for view in views:
            yield from _objections(found, view)


# --- steps before ----------------------------------------------------------------------------------------


def _lapse(found: Outcome, progress: Progress, on: date, calendar: Calendar) -> Iterator[EventNotAllowed]:
    """What was let lapse is given up (Art. 30, 109号), whatever is found later; nothing else is."""
    wait = progress.open_wait
    lapsed = wait if wait and admission.lapsed(wait, on, calendar) else None
    if lapsed and lapsed.kind != found.given_up:
        word = given_up(lapsed.kind, on).word
        yield EventNotAllowed(
            f"期限已于{lapsed.until}届满，已按“{word}”办结，不能改作“{found.word}”",
            article=lapsed.article,
            remedy="逾期确有正当理由的，请先登记补正或缴费并注明",
        )
    elif found.given_up and not lapsed:
        notice = Kind(found.given_up)
        since = f"期限到{wait.until}届满，还没有逾期" if wait and wait.kind is notice and wait.until else ""
        yield EventNotAllowed(
            since or f"没有{notice.word}后逾期的记录，不能以“{found.word}”办结",
            article=found.article or ART_32,
        )


def _steps(found: Outcome, events: list[Event], views: Sequence[View]) -> Iterator[EventNotAllowed]:
    """Each step the outcome needs was taken; who answered for an earlier application was asked already."""
    heard = any(view.earlier and view.party is Party.THIRD_PARTY for view in views)
    for need in found.needs:
        kind = Kind(need)
        if kind is Kind.CONSULTATION_STARTED and heard:
            continue
        # Only a third party's view bears on Art. 15; another agency is asked for other reasons (Art. 34).
        if not any(event.kind is kind and event.party is not Party.AGENCY for event in events):
            yield EventNotAllowed(
                f"没有“{kind.word}”的记录，不能以“{found.word}”答复",
                article=found.article or LawRef(REGULATION),
                remedy="请先办理并送达相应的文书，或登记收到的材料",
            )


def _answer(
    found: Outcome, events: Sequence[Event], on: date, calendar: Calendar
) -> Iterator[EventNotAllowed]:
    """Reasons that were asked for are awaited: they came, or the term stated for them is over (Art. 35).

    The Regulation sets no term; without one stated nobody can say that the applicant gave none.
    """
    asked = unanswered(found, events)
    if asked is None:
        return
    article = found.article or LawRef(REGULATION)
    given, kind = Kind(found.awaits).word, asked.kind.word
    remedy = f"请先登记“{given}”"
    if not asked.workdays or asked.workdays < 1:
        yield EventNotAllowed(
            f"{kind}时没有写明期限，申请人也还没有说明",
            article=article,
            remedy=f"{remedy}，或再发一份写明期限的《说明理由告知书》",
        )
        return
    last = last_day_to_answer(asked, calendar)
    if last is None:
        yield EventNotAllowed(
            f"{kind}的文书，还没有登记申请人收到的日期，期限没有起算", article=article, remedy=remedy
        )
    elif last.provisional:
        yield EventNotAllowed(
            f"{last.day.year}年的放假安排尚未公布，不能确定{kind}的期限何时届满",
            article=article,
            remedy=remedy,
        )
    elif on <= last.day:
        yield EventNotAllowed(
            f"{kind}的期限到{last.day}届满，申请人还可以说明",
            article=article,
            remedy=f"{remedy}，或等期限届满后再答复",
        )


def last_day_to_answer(asked: Event, calendar: Calendar) -> Reached | None:
    """The last day of the term stated in a request for reasons (条例 35), counted from its receipt.

    None where none is stated, or where it runs from a receipt nobody has recorded.
    """
    start = asked.reached or (None if asked.from_receipt else asked.on)
    return calendar.reach(start, asked.workdays) if start and asked.workdays else None


def unanswered(found: Outcome, events: Sequence[Event]) -> Event | None:
    """What was asked for last and has not been answered, of an outcome that awaits an answer; else None."""
    kinds = {*found.needs, found.awaits} if found.awaits else set()
    last = next((event for event in reversed(events) if event.kind in kinds), None)
    return None if last is None or last.kind == found.awaits else last


# --- those who are asked ---------------------------------------------------------------------------------


def _unheard(found: Outcome, progress: Progress, on: date) -> Iterator[EventNotAllowed]:
    """Before the answer, or 15 working days of silence, nobody knows whether there is an objection."""
    for term in progress.consulting(on):
        yield EventNotAllowed(
            f"正在征求{_name(term)}的意见，意见收到或者期限届满之前不能以“{found.word}”答复",
            article=term.article,
            remedy="请登记收到的意见，或等期限届满后再答复",
        )
    for term in progress.perhaps_consulting(on):
        yield EventNotAllowed(
            f"{_name(term)}提出意见的期限可能还没有届满（不早于{term.until}，暂计），不能以“{found.word}”答复",
            article=term.article,
            remedy=f"请登记收到的意见；{on.year}年的放假安排公布并导入后，期限才能确定",
        )


def _name(term: Term) -> str:
    return f"{term.party.word if term.party else '第三方'}{term.ref}"


def _nobody_to_protect(
    found: Outcome, progress: Progress, views: Sequence[View]
) -> Iterator[EventNotAllowed]:
    """What a third party agrees to disclose is disclosed (Art. 15), and what the agency decided to disclose.

    One that objects, agrees to a part or says nothing can be protected, unless it was decided otherwise. A
    consultation nothing is known of but its letter (``views`` has fewer than there were) may have been such.
    """
    third = [view for view in views if view.party is Party.THIRD_PARTY]
    asked = {term.ref for term in progress.consultations if term.party is Party.THIRD_PARTY}
    heard = [view for view in third if view.answer != "unasked"]
    by_letter = [view for view in heard if not view.earlier]
    if not heard or len(by_letter) < len(asked) or any(_protected(view, found) for view in third):
        return
    what, first = ("不公开其余部分", "登记为征求对象") if found.discloses else ("不予公开", "征求其意见")
    yield EventNotAllowed(
        f"征求过意见的第三方都同意公开，或者本机关已决定公开，不能以保护第三方合法权益为由{what}",
        article=ART_15,
        remedy=f"请改用其他办理结果或依据，或先修改对第三方意见的决定；要保护的是其他第三方的，请先{first}",
    )


def _protected(view: View, found: Outcome) -> bool:
    """Whether this is somebody to protect. What is blacked out can be for one not asked, the whole cannot.

    One that agrees to a part is protected by what is blacked out, also where the decision is to disclose:
    the part agreed to is disclosed, the part not agreed to is withheld (Art. 15, 37).
    """
    if view.answer == "unasked":
        return found.discloses and view.decided in {"open", "withhold"}
    if view.answer == "partly" and view.decided == "disclose":
        return found.discloses
    return view.answer != "agrees" and view.decided in {"open", "withhold"}


def _objections(found: Outcome, view: View) -> Iterator[EventNotAllowed]:
    """Of several answers each by itself: what the agency decided, and an objection it has not decided on."""
    article = ART_32 if view.party is Party.THIRD_PARTY else ART_34
    whole = found.row == "granted"
    if view.decided == "withhold" and whole and view.answer != "unasked":
        yield EventNotAllowed(
            f"本机关已就{view.who}的意见决定不予公开，不能以“{found.word}”答复",
            article=article,
            remedy="请改作不予公开或部分公开，或先修改对该意见的决定",
        )
    if view.party is not Party.THIRD_PARTY or view.answer == "unasked":
        return
    if view.decided == "open" and view.answer != "agrees":
        yield EventNotAllowed(
            f"{view.who}{_SAID[view.answer]}，本机关还没有决定是否公开",
            article=ART_32,
            remedy="请先登记决定和理由",
        )
    elif view.decided == "disclose" and view.answer == "partly" and whole:
        yield EventNotAllowed(
            f"{view.who}只同意公开一部分，不能按同意全部公开处理",
            article=ART_32,
            remedy="请改作部分公开；不公开可能对公共利益造成重大影响的，请修改决定并书面告知第三方",
        )
    elif view.decided == "override" and not view.told:
        yield EventNotAllowed(
            f"决定不顾{view.who}的意见公开的，应当将决定公开的内容和理由书面告知第三方，告知书还没有送达",
            article=ART_32,
            remedy="请先拟《政府信息依申请公开告知书》，签批并送达第三方",
        )


_SAID: Final = {
    "objects": "不同意公开",
    "partly": "只同意公开一部分",
    "silent": "逾期未提出意见（不视为同意）",
    "unknown": "的意见已经收到，但没有登记是否同意",
}
