"""Where a case stands, in words an applicant understands; every number from the clock's account."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from gongkai.kernel import GongkaiError
from gongkai.law import outcomes as law
from gongkai.law.calendar import Reached, published
from gongkai.law.case import Account, Channel, Kind, State
from gongkai.web.applications import clock
from gongkai.web.applications.delivery import again, reached
from gongkai.web.applications.letters import remedies as letter_remedies
from gongkai.web.applications.letters.kinds import REPLY
from gongkai.web.applications.letters.recital import handed_in
from gongkai.web.applications.models import Case, CaseEvent, Delivery
from gongkai.web.common.days import chinese
from gongkai.web.portal.applications import counted


class Standing(NamedTuple):
    """One large sentence, and what explains it. ``mark`` is a shape, ``style`` its colour's class."""

    sentence: str
    detail: str
    mark: str
    style: str


#: Where the events on record no longer make an account under the calendar that has been published since.
UNKNOWN: Final = Standing(
    "答复期限正在核对",
    "放假安排公布后，系统记录需要受理机关核对，现在不显示推算的日期。如有疑问请与受理机关联系。",
    "●",
    "waits",
)
_WAITING: Final = {
    State.AWAITING_CORRECTION: ("等您补正", "收到补正后，答复期限重新计算。"),
    State.AWAITING_PAYMENT: ("等您缴费", "缴费后，答复期限重新计算。"),
}


#: What the law says of a term that is let lapse: only a correction may be excused (条例 30; 109号).
_LAPSE: Final = {
    State.AWAITING_CORRECTION: "逾期且没有正当理由的，视为放弃申请。",
    State.AWAITING_PAYMENT: "逾期未缴纳的，视为放弃申请。",
}
_PAPER: Final = {State.AWAITING_CORRECTION: "补正告知书", State.AWAITING_PAYMENT: "收费通知书"}


def of(case: Case, account: Account) -> Standing:
    """The sentence of the day."""
    if account.state in _WAITING:
        return _waiting(account)
    if account.state.closed:
        return _closed(case, account)
    if account.received is None:
        return Standing(
            "已提交，等待受理机关与您确认收到",
            f"{chinese(handed_in(case))}{_received(case)}。答复期限自确认收到之日起计算（条例第三十一条）。",
            "○",
            "waits",
        )
    if account.state is State.PAUSED:
        return Standing(
            "正在征求第三方或其他机关的意见",
            "征求意见所需时间不计算在答复期限内（条例第三十三条）。"
            + counted.pause(account)
            + counted.told(case, account)
            + _provisional(account),
            "❚❚",
            "waits",
        )
    return _running(case, account)


def _running(case: Case, account: Account) -> Standing:
    how = counted.told(case, account)
    if account.due is None:
        return Standing("正在办理", how + _provisional(account), "●", "good")
    last, left = chinese(account.due), account.left or 0
    if account.due < account.on:
        # Into a year without published holidays nobody can count the days; overdue it is all the same.
        days = f"{-left}个工作日" if left else ""
        return Standing(
            f"已超过答复期限{days}",
            f"最晚应于{last}答复。{how}您可以向该机关的上级或主管部门投诉，或依法申请行政复议。",
            "■",
            "late",
        )
    word = f"还有{left}个工作日" if left else "今天是最后一天"
    return Standing(f"{word}，最晚{last}答复", how, "●" if left > 3 else "▲", "good" if left > 3 else "soon")


def _provisional(account: Account) -> str:
    if account.not_before is None:
        return ""
    return (
        f"下一年的放假安排尚未公布，答复期限暂时只能算出不早于{chinese(account.not_before)}"
        "（按星期一至星期五暂计，公布后重新计算）。"
    )


def _waiting(account: Account) -> Standing:
    sentence, detail = _WAITING[account.state]
    term = next((term for term in account.terms if term.ended is None and not term.party), None)
    if term is not None and term.unreceived:
        detail += (
            f"请自收到{_PAPER[account.state]}之日起{term.workdays}个工作日内办理；"
            "受理机关还没有登记您收到的日期，登记之前期限不起算，不会因逾期视为放弃。"
        )
    if term is not None and term.until is not None and not term.provisional:
        sentence += f"，最晚{chinese(term.until)}"
        detail += _LAPSE[account.state]
    return Standing(sentence, detail, "▲", "soon")


def _closed(case: Case, account: Account) -> Standing:
    on = chinese(account.closed_on) if account.closed_on else ""
    if account.state is State.ANSWERED:
        late = "（超过答复期限）" if account.late else ""
        how = counted.told(case, account)
        return Standing(f"已于{on}答复{late}", how, "●", "late" if late else "good")
    if account.state is State.WITHDRAWN:
        return Standing(f"您已于{on}撤回申请", "不再办理。需要时可以重新申请。", "○", "waits")
    open_ones = {term.kind: term.until for term in account.terms if term.ended is None and not term.party}
    what = "缴费" if Kind.FEE_NOTIFIED in open_ones or case.outcome == "other_fee_unpaid" else "补正"
    until = open_ones.get(Kind.FEE_NOTIFIED if what == "缴费" else Kind.CORRECTION_REQUESTED)
    ended = f"{what}期限已于{chinese(until)}届满，" if until else ""
    return Standing(f"逾期未{what}，视为放弃申请", f"{ended}不再办理。需要时可以重新申请。", "○", "waits")


#: What an applicant is told of each event; what is not here is the agency's own business.
_TOLD: Final[Mapping[str, str]] = {
    Kind.CONFIRMED: "确认收到",
    Kind.CORRECTION_REQUESTED: "告知补正",
    Kind.CORRECTED: "收到补正",
    Kind.CONSULTATION_STARTED: "征求意见",
    Kind.CONSULTATION_ENDED: "征求意见结束",
    Kind.EXTENDED: "延长答复期限",
    Kind.REASONS_REQUESTED: "请您说明理由",
    Kind.REASONS_GIVEN: "收到您说明的理由",
    Kind.DELAYED: "告知延迟答复",
    Kind.FEE_NOTIFIED: "发出收费通知",
    Kind.FEE_PAID: "缴费完成",
    Kind.WITHDRAWN: "撤回申请",
    Kind.REPLIED: "答复",
}


#: By these ways it is received in law when both sides confirm (条例 31): before that nobody says so.
_CAME: Final = {
    Channel.INTERNET: "提交申请",
    Channel.ORDINARY_MAIL: "申请寄到受理机关",
    Channel.FAX: "申请传真到受理机关",
}


def _received(case: Case) -> str:
    return _CAME.get(Channel(case.channel), "收到申请")


def timeline(case: Case, account: Account | None = None) -> Iterator[tuple[date, str]]:
    """What happened, by day, without names of others; also the end that came by a term that was let lapse."""
    for event in clock.in_force(case.events.select_related("arrival_of")):
        if event.kind == Kind.RECEIVED:
            yield event.on, _received(case)
        elif event.kind in _TOLD:
            yield event.on, _TOLD[event.kind] + _how_long(event)
        elif event.arrival_of is not None and event.arrival_of.kind != Kind.CONSULTATION_STARTED:
            yield event.on, event.word.replace("申请人", "您")
    if account is not None and account.state is State.LAPSED and account.closed_on is not None:
        yield account.closed_on, "期限届满，视为放弃申请"


def _how_long(event: CaseEvent) -> str:
    """By how many days a reply was put off, or until when."""
    if event.kind == Kind.EXTENDED and event.workdays:
        return f"{event.workdays}个工作日"
    return f"到{chinese(event.to)}" if event.kind == Kind.DELAYED and event.to else ""


class _At(NamedTuple):
    """A day that terms run from at the earliest: what may have come later, and the words for it."""

    begins: str
    earliest: str
    later: str


_POSTED: Final = _At("收到答复", "从寄出之日", "实际收到更晚的")
#: Given in an old system, nobody knows here by which way.
_ANSWERED: Final = _At("收到答复", "从答复之日", "实际收到更晚的")
#: Put on this site, and no word of it has come to the applicant.
_UNTOLD: Final = _At("收到答复", "从在本网站提供之日", "实际收到更晚的")
#: No letter has to say that a term is over; terms run from when its applicant knew (行政复议法 20).
_LAPSED: Final = _At("知道不再办理", "从期限届满次日", "之后才知道的")


def remedies(case: Case, on: date) -> list[str]:
    """What can be done against the reply, as it says itself, each with its last day on a day ``on``.

    Nothing while there is no reply. The days run from receipt. Of a reply that was posted, or put here
    without word of it, that is the applicant's to show: the last days are told as counted from its going out,
    at the earliest, and none is said to be past.
    """
    letter = case.letters.filter(kind=REPLY, state="delivered").select_related("delivery").last()
    if letter is None or letter.dated is None:
        return _in_an_old_system(case, on)
    received, found = reached.of_letter(letter), letter_remedies.of(letter)
    if received is not None:
        return _told(found, received, None, on)
    out = again.last(letter) or letter.delivery
    at = _UNTOLD if out.way == Delivery.Way.ONLINE else _POSTED
    return _told(found, out.on, at, on)


def _in_an_old_system(case: Case, on: date) -> list[str]:
    """Against a reply that came before the case was taken over: its row and its day are known, not its words.

    The days run from receipt, of which nothing is on record; none is said to be past.
    """
    replied = clock.in_force(case.events.filter(kind=Kind.REPLIED, letter=None)).last()
    if replied is not None:
        with suppress(GongkaiError):  # a reply from before the law on remedies that is known here
            return _told((law.remedy(replied.outcome, replied.on),), replied.on, _ANSWERED, on)
    return []


def without_reply(account: Account) -> tuple[str, list[str]]:
    """A heading, and what can be done where there is no reply: one is overdue, or the case ended because a
    term was let lapse (法释〔2025〕8号). Nothing in any other state, nor before the law on remedies begins.
    """
    with suppress(GongkaiError):
        if account.state is State.OVERDUE and account.due is not None:
            found = law.remedy_for_silence(account.due)
            return "逾期没有答复怎么办", _told((found,), account.due, None, account.on)
        if account.state is State.LAPSED and account.closed_on is not None:
            found = law.remedy(law.given_up(_lapsed(account), account.closed_on).row, account.closed_on)
            return "对视为放弃申请不服怎么办", _told((found,), account.closed_on, _LAPSED, account.on)
    return "", []


def _lapsed(account: Account) -> Kind:
    """The notice whose term was let lapse."""
    kinds = {term.kind for term in account.terms if term.ended is None and not term.party}
    return Kind.FEE_NOTIFIED if Kind.FEE_NOTIFIED in kinds else Kind.CORRECTION_REQUESTED


def _told(found: Sequence[law.Remedy], since: date, at: _At | None, on: date) -> list[str]:
    """Each remedy's ways with their last days; ``at``: where the terms may run from later than ``since``."""
    return [
        _part(one, several=len(found) > 1) + told
        for one in found
        for told in _ways(one, law.last_days(one, since, published()), at, on)
    ]


def _part(remedy: law.Remedy, *, several: bool) -> str:
    return f"{remedy.against.removeprefix('本决定中').removeprefix('本决定的')}：" if several else ""


def _ways(remedy: law.Remedy, days: law.RemedyDays, at: _At | None, on: date) -> Iterator[str]:
    yield f"申请行政复议：{_last(days.reconsideration, f'{remedy.reconsideration_days}日', at, on)}"
    if remedy.reconsideration_first:
        yield (
            f"对行政复议决定不服的，收到复议决定书之日起{remedy.suit_after_days}日内提起行政诉讼；不能直接起诉"
        )
    elif days.suit is not None:
        yield f"或者直接提起行政诉讼：{_last(days.suit, f'{remedy.suit_months}个月', at, on)}"


def _last(last: Reached, term: str, at: _At | None, on: date) -> str:
    day = chinese(last.day)
    later = "（放假安排尚未公布，遇节假日顺延）" if last.provisional else ""
    if at is not None:
        return f"{at.begins}之日起{term}内；{at.earliest}起算到{day}{later}，{at.later}相应推后"
    past = "（已过）" if last.day < on and not last.provisional else ""
    return f"最晚{day}{later}{past}"
