"""Whether the law allows an event at this point: one function a rule, a table of rules for each kind."""

from collections.abc import Callable
from datetime import date

from gongkai.kernel import LawRef
from gongkai.kernel.law_ref import FEE_RULES, REGULATION
from gongkai.law.calendar import Calendar, CalendarNotPublished, Reached
from gongkai.law.case import Channel, Event, EventNotAllowed, Kind, Party, Term
from gongkai.law.counting import last_day
from gongkai.law.dated import NotCoveredError
from gongkai.law.progress import ART_30, ART_31, ART_33, ART_35, Progress, matching
from gongkai.law.terms import statutory_term

ART_27 = LawRef(REGULATION, "第二十七条")
ART_36 = LawRef(REGULATION, "第三十六条")
_CONSULTED = {
    Party.THIRD_PARTY: LawRef(REGULATION, "第三十二条"),
    Party.AGENCY: LawRef(REGULATION, "第三十四条"),
    None: LawRef(REGULATION, "第三十二条、第三十四条"),
}

#: The Regulation names no length; more than a year's working days is a slip of the pen.
_LONGEST_CORRECTION = 250

Rule = Callable[[Progress, Event, Calendar], None]


def require(progress: Progress, event: Event, calendar: Calendar) -> None:
    """Raise EventNotAllowed, with the article, where the law does not allow ``event`` now.

    Raises CalendarNotPublished where a term ends in a year whose holidays nobody knows yet, and the agency's
    step depends on it.
    """
    for rule in (*_ALWAYS, *RULES[event.kind]):
        rule(progress, event, calendar)


def over(event: Event, last: Reached) -> bool:
    """Whether an agency's step comes after the last day of its term.

    Where that day lies in a year without published holidays it is not before the provisional one: a step up
    to then is in time, of a later one nobody can know, and CalendarNotPublished is raised.
    """
    if last.provisional and event.on > last.day:
        raise CalendarNotPublished(event.on.year)
    return event.on > last.day


# --- rules for every event but receipt ----------------------------------------------------------------


def _still_open(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """Nothing follows a reply (Art. 36) or a withdrawal (an application needs an applicant, Art. 27)."""
    closed = progress.closed
    if closed is None:
        return
    how, article = ("答复", ART_36) if closed.kind is Kind.REPLIED else ("撤回", ART_27)
    raise EventNotAllowed(f"申请已于{closed.on}{how}，不能再登记“{event.kind.word}”", article=article)


def _received_in_law(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """Before both sides confirm there is no application to handle; it may be withdrawn (Art. 31)."""
    if progress.received is None and event.kind not in {Kind.CONFIRMED, Kind.WITHDRAWN}:
        raise EventNotAllowed(
            f"通过{progress.channel.word}提交的申请以双方确认之日为收到之日，确认之前不能登记“{event.kind.word}”",
            article=ART_31,
            remedy="请先记录确认之日",
        )


def _not_lapsed(progress: Progress, event: Event, calendar: Calendar) -> None:
    """After an unexcused lapse the application counts as given up (Art. 30, 109号); it may be told so."""
    wait = progress.open_wait
    if wait is None or event.kind is Kind.REPLIED or not lapsed(wait, event.on, calendar):
        return
    met = _MET_BY[wait.kind]
    if event.kind is met and event.excused:
        return
    what = "补正" if met is Kind.CORRECTED else "缴费"
    raise EventNotAllowed(
        f"{what}期限已于{wait.until}届满，视为放弃申请，行政机关不再处理，不能再登记“{event.kind.word}”",
        article=wait.article,
        remedy="逾期确有正当理由并经行政机关认可的，请在登记时注明" if event.kind is met else "",
    )


def lapsed(wait: Term, on: date, calendar: Calendar) -> bool:
    """Whether the term of a correction or payment was over before ``on``; never where nobody can know."""
    if wait.until is None or (wait.provisional and on > calendar.last):
        return False
    return on > wait.until


def _reached_after_it_went(_progress: Progress, event: Event, _calendar: Calendar) -> None:
    """A letter reaches nobody before it goes out; its term runs from receipt (Art. 30, 32, 34, 35)."""
    if event.kind in _TERM_OF and event.reached is not None and event.reached < event.on:
        raise EventNotAllowed(
            f"收到之日{event.reached}早于{event.kind.word}之日{event.on}",
            article=_TERM_OF[event.kind],
            remedy="请核对两个日期",
        )


_MET_BY = {Kind.CORRECTION_REQUESTED: Kind.CORRECTED, Kind.FEE_NOTIFIED: Kind.FEE_PAID}
#: Letters that set their addressee a term, and where it is written.
_TERM_OF = {
    Kind.CORRECTION_REQUESTED: ART_30,
    Kind.CONSULTATION_STARTED: _CONSULTED[None],
    Kind.REASONS_REQUESTED: ART_35,
    Kind.FEE_NOTIFIED: FEE_RULES,
}
_ALWAYS: tuple[Rule, ...] = (_still_open, _received_in_law, _not_lapsed, _reached_after_it_went)


# --- rules for one kind --------------------------------------------------------------------------------


def _received_once(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """An application is received once; another one is another case (Art. 31)."""
    raise EventNotAllowed(f"申请已于{progress.arrived}收到，不能重复登记", article=ART_31)


def _confirmation_counts(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """Only mail without signature, internet and fax are received by confirmation, and once (Art. 31)."""
    if not progress.channel.needs_confirmation:
        day = "提交" if progress.channel is Channel.IN_PERSON else "签收"
        raise EventNotAllowed(
            f"{progress.channel.word}的申请以{day}之日为收到之日，不以确认为准", article=ART_31
        )
    if progress.received:
        raise EventNotAllowed(f"已于{progress.received}确认收到，不能重复确认", article=ART_31)


def _nothing_awaited(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """While a correction or a payment is awaited the reply term does not run; it starts anew afterwards."""
    wait = progress.open_wait
    if wait:
        what = "补正" if wait.kind is Kind.CORRECTION_REQUESTED else "缴费"
        raise EventNotAllowed(f"正在等待申请人{what}，不能{event.kind.word}", article=wait.article)


def _one_correction(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """All that is missing is told in one single notice (Art. 30)."""
    if progress.had(Kind.CORRECTION_REQUESTED):
        raise EventNotAllowed("补正应当一次性告知，已经告知过一次", article=ART_30)


def _correction_in_time(progress: Progress, event: Event, calendar: Calendar) -> None:
    """Within 7 working days of receipt (Art. 30)."""
    received = progress.received or event.on
    workdays, article = statutory_term("correction_notice", received)
    last = calendar.reach(received, workdays)
    if over(event, last):
        raise EventNotAllowed(
            f"补正应当在收到申请之日起{workdays}个工作日内告知，已于{last.day}届满", article=article
        )


def _term_is_reasonable(_progress: Progress, event: Event, _calendar: Calendar) -> None:
    """A correction's term is a reasonable one (Art. 30): here, a day to a year of working days.

    None given means that nothing can lapse.
    """
    if event.workdays is not None and not 1 <= event.workdays <= _LONGEST_CORRECTION:
        raise EventNotAllowed(f"补正期限不能是{event.workdays}个工作日，应当合理", article=ART_30)


def _correction_awaited(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """Only a correction that was asked for starts the count anew (Art. 30)."""
    wait = progress.open_wait
    if wait is None or wait.kind is not Kind.CORRECTION_REQUESTED:
        raise EventNotAllowed("没有发出过补正告知，或已经补正", article=ART_30)


def _consulted_once_at_a_time(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """One letter to one party at a time; several are told apart by ``ref`` (Art. 32, 34).

    Raises CalendarNotPublished where nobody knows whether the earlier one is over.
    """
    party = event.party or Party.THIRD_PARTY
    asked = (party, event.ref)
    if any((term.party, term.ref) == asked for term in progress.perhaps_consulting(event.on)):
        raise CalendarNotPublished(event.on.year)
    if any((term.party, term.ref) == asked for term in progress.consulting(event.on)):
        raise EventNotAllowed(
            f"正在征求{party.word}{event.ref}的意见，尚未结束",
            article=_CONSULTED[party],
            remedy="同时征求几方意见的，请用对象编号（ref）区分",
        )


def _consultation_known(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """An answer belongs to one letter that was sent and not answered yet (Art. 32, 34)."""
    found = matching(progress, event)
    who = f"{event.party.word if event.party else ''}{event.ref}"
    if not found:
        raise EventNotAllowed(f"没有征求{who}意见，或其意见已经收到", article=_CONSULTED[event.party])
    if len(found) > 1:
        raise EventNotAllowed(
            f"同时征求了{len(found)}方意见，不知道是哪一方的",
            article=_CONSULTED[event.party],
            remedy="请写明对象编号（ref）",
        )


def _extended_once(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """One extension a case, also where the count started anew since (Art. 33)."""
    if progress.extended_on:
        raise EventNotAllowed(f"已于{progress.extended_on}延长过一次，不能再次延长", article=ART_33)


def _extension_length(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """1 to 20 working days (Art. 33)."""
    most = statutory_term("extension", progress.start or event.on).workdays
    if event.workdays is None:
        raise EventNotAllowed("没有写明延长几个工作日", article=ART_33, remedy="请在 workdays 中写明")
    if not 1 <= event.workdays <= most:
        raise EventNotAllowed(
            f"延长{event.workdays}个工作日不在1至{most}个工作日之内，延长的期限最长不得超过{most}个工作日",
            article=ART_33,
        )


def _no_delay(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """Once a delayed day was told, that day is the term (Art. 35)."""
    if progress.delayed_to:
        raise EventNotAllowed(
            f"已告知延迟到{progress.delayed_to}答复，不能再{event.kind.word}", article=ART_35
        )


def _before_the_deadline(progress: Progress, event: Event, calendar: Calendar) -> None:
    """Before the reply term is over, its last day included (Art. 33)."""
    last = last_day(progress, event.on, calendar)
    if last and over(event, last):
        raise EventNotAllowed(f"答复期限已于{last.day}届满，不能再{event.kind.word}", article=ART_33)


def _reasons_not_pending(progress: Progress, event: Event, _calendar: Calendar) -> None:
    """Reasons are asked for once at a time (Art. 35); where no term was stated, once more with one.

    Silence after a request without a term could never be said to be one.
    """
    if progress.reasons is not Kind.REASONS_REQUESTED:
        return
    open_ended = (progress.reasons_within or 0) < 1
    if not open_ended or (event.workdays or 0) < 1:
        raise EventNotAllowed(
            "已要求申请人说明理由，申请人尚未说明",
            article=ART_35,
            remedy="原来的要求没有写明期限，可以再要求一次并写明期限" if open_ended else "",
        )


def _reasons_pending(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """Reasons answer a request for them (Art. 35)."""
    if progress.reasons is not Kind.REASONS_REQUESTED:
        raise EventNotAllowed("没有要求申请人说明理由", article=ART_35)


def _reasons_known(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """A reply is delayed only after reasons that were asked for and found good (Art. 35)."""
    if progress.reasons is not Kind.REASONS_GIVEN:
        raise EventNotAllowed("申请人说明理由之后才能确定延迟答复的期限", article=ART_35)


def _delay_is_later(progress: Progress, event: Event, calendar: Calendar) -> None:
    """The delayed day lies after the term of Art. 33, else there is nothing to delay (Art. 35)."""
    if event.to is None:
        raise EventNotAllowed("没有写明延迟到哪一天答复", article=ART_35, remedy="请在 to 中写明日期")
    last = last_day(progress, event.on, calendar)
    least = last.day if last else event.on
    if event.to <= least:
        raise EventNotAllowed(f"延迟到{event.to}答复，不晚于原来的期限{least}", article=ART_35)


def _fee_in_force(_progress: Progress, event: Event, _calendar: Calendar) -> None:
    """There is no fee before its rules were in force (国办函〔2020〕109号)."""
    try:
        statutory_term("payment", event.on)
    except NotCoveredError as error:
        raise EventNotAllowed(
            f"{event.on}信息处理费的规定尚未施行，不能{event.kind.word}", article=FEE_RULES
        ) from error


def _one_fee(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """One tariff and one notice for an application (国办函〔2020〕109号)."""
    if progress.had(Kind.FEE_NOTIFIED):
        raise EventNotAllowed("已经发过收费通知，一件申请只按一种标准收费一次", article=FEE_RULES)


def _payment_awaited(progress: Progress, _event: Event, _calendar: Calendar) -> None:
    """Only a fee that was notified is paid (国办函〔2020〕109号)."""
    wait = progress.open_wait
    if wait is None or wait.kind is not Kind.FEE_NOTIFIED:
        raise EventNotAllowed("没有发出过收费通知，或已经缴费", article=FEE_RULES)


#: What each event must keep, besides _ALWAYS.
RULES: dict[Kind, tuple[Rule, ...]] = {
    Kind.RECEIVED: (_received_once,),
    Kind.CONFIRMED: (_confirmation_counts,),
    Kind.CORRECTION_REQUESTED: (_one_correction, _nothing_awaited, _correction_in_time, _term_is_reasonable),
    Kind.CORRECTED: (_correction_awaited,),
    Kind.CONSULTATION_STARTED: (_consulted_once_at_a_time,),
    Kind.CONSULTATION_ENDED: (_consultation_known,),
    Kind.EXTENDED: (_extended_once, _nothing_awaited, _no_delay, _before_the_deadline, _extension_length),
    Kind.REASONS_REQUESTED: (_reasons_not_pending,),
    Kind.REASONS_GIVEN: (_reasons_pending,),
    Kind.DELAYED: (_nothing_awaited, _no_delay, _reasons_known, _before_the_deadline, _delay_is_later),
    Kind.FEE_NOTIFIED: (_fee_in_force, _one_fee, _nothing_awaited, _before_the_deadline),
    Kind.FEE_PAID: (_payment_awaited,),
    Kind.WITHDRAWN: (),
    Kind.REPLIED: (),
}
