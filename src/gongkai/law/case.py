"""An application as its events, and what the clock says about it: values only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.kernel import GongkaiError, LawRef


class Channel(StrEnum):
    """How an application came in; it decides which day is the day of receipt (Art. 31)."""

    IN_PERSON = "in_person"
    SIGNED_MAIL = "signed_mail"
    ORDINARY_MAIL = "ordinary_mail"
    INTERNET = "internet"
    FAX = "fax"

    @property
    def word(self) -> str:
        """The Chinese name."""
        return _CHANNELS[self]

    @property
    def needs_confirmation(self) -> bool:
        """Whether the day of receipt is the day both sides confirm (Art. 31, items 2 and 3)."""
        return self in {Channel.ORDINARY_MAIL, Channel.INTERNET, Channel.FAX}


_CHANNELS = {
    Channel.IN_PERSON: "当面提交",
    Channel.SIGNED_MAIL: "需签收的邮寄",
    Channel.ORDINARY_MAIL: "无需签收的邮寄",
    Channel.INTERNET: "互联网",
    Channel.FAX: "传真",
}


class Kind(StrEnum):
    """What can happen to an application."""

    RECEIVED = "received"
    CONFIRMED = "confirmed"
    CORRECTION_REQUESTED = "correction_requested"
    CORRECTED = "corrected"
    CONSULTATION_STARTED = "consultation_started"
    CONSULTATION_ENDED = "consultation_ended"
    EXTENDED = "extended"
    REASONS_REQUESTED = "reasons_requested"
    REASONS_GIVEN = "reasons_given"
    DELAYED = "delayed"
    FEE_NOTIFIED = "fee_notified"
    FEE_PAID = "fee_paid"
    WITHDRAWN = "withdrawn"
    REPLIED = "replied"

    @property
    def word(self) -> str:
        """The Chinese name."""
        return _KINDS[self]


_KINDS = {
    Kind.RECEIVED: "收到申请",
    Kind.CONFIRMED: "与申请人确认收到",
    Kind.CORRECTION_REQUESTED: "发出补正告知",
    Kind.CORRECTED: "收到补正",
    Kind.CONSULTATION_STARTED: "发出征求意见书",
    Kind.CONSULTATION_ENDED: "收到意见",
    Kind.EXTENDED: "延长答复期限",
    Kind.REASONS_REQUESTED: "要求说明理由",
    Kind.REASONS_GIVEN: "申请人说明理由",
    Kind.DELAYED: "告知延迟答复",
    Kind.FEE_NOTIFIED: "发出收费通知",
    Kind.FEE_PAID: "申请人缴费",
    Kind.WITHDRAWN: "申请人撤回",
    Kind.REPLIED: "答复",
}


class Party(StrEnum):
    """Who is consulted: silence is not consent of a third party (Art. 32), of an agency it is (Art. 34)."""

    THIRD_PARTY = "third_party"
    AGENCY = "agency"

    @property
    def word(self) -> str:
        """The Chinese name."""
        return "第三方" if self is Party.THIRD_PARTY else "其他机关"

    @property
    def silence_consents(self) -> bool:
        """Whether 15 working days of silence consent: an agency (Art. 34), not a third party (Art. 32)."""
        return self is Party.AGENCY


class State(StrEnum):
    """Where an application stands."""

    RUNNING = "running"
    PAUSED = "paused"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> str:
        """The Chinese name."""
        return _STATES[self]

    @property
    def closed(self) -> bool:
        """Whether nothing more is owed to the applicant."""
        return self in {State.ANSWERED, State.LAPSED, State.WITHDRAWN}


_STATES = {
    State.RUNNING: "办理中",
    State.PAUSED: "征求意见，暂停计算",
    State.AWAITING_CORRECTION: "等待补正",
    State.AWAITING_PAYMENT: "等待缴费",
    State.ANSWERED: "已答复",
    State.OVERDUE: "已逾期",
    State.LAPSED: "视为放弃申请",
    State.WITHDRAWN: "申请人已撤回",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an application; a day is a day in Asia/Shanghai.

    ``workdays``: of an extension the days added, of a correction the term set. ``party`` and ``ref`` tell
    consultations apart. ``to``: the day a delayed reply is promised for (Art. 35). ``excused``: the agency
    accepts a correction or payment after its term because there was good reason (Art. 30).

    Of a letter that sets its addressee a term (correction, fee, consultation) ``reached`` is the day it
    reached them: the term runs from it, the agency's own duty is met on ``on``. Where it is not given the
    term runs from ``on``; ``from_receipt`` says that a correction's or a fee's does not: none runs till then.
    """

    on: date
    kind: Kind
    workdays: int | None = None
    party: Party | None = None
    ref: str = ""
    to: date | None = None
    excused: bool = False
    reached: date | None = None
    from_receipt: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """An application: how it came in and what happened, in order."""

    channel: Channel
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the account.

    ``counted`` is None where the year's arrangement of holidays is not published. ``number`` is the day's
    place in the present count. ``notice`` is the holiday notice the day rests on. ``ahead``: it lies after
    the day of the account and counts if nothing else happens.
    """

    on: date
    counted: bool | None
    why: str
    article: LawRef
    number: int | None = None
    notice: str = ""
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A term that runs beside the reply: a correction, a payment or one consultation.

    ``since`` is the day of the letter, ``start`` the day after which its ``workdays`` run: that of the letter
    or of its receipt, None while nobody knows when it was received. ``until`` is its last day, None where no
    term was set or none runs yet; ``provisional`` where that day lies in a year without published holidays.
    ``ended`` is the day it was met, None while it is open.
    """

    kind: Kind
    since: date
    until: date | None
    article: LawRef
    party: Party | None = None
    ref: str = ""
    ended: date | None = None
    provisional: bool = False
    start: date | None = None
    workdays: int | None = None

    @property
    def unreceived(self) -> bool:
        """Whether the letter's term waits for the day of its receipt: until then nothing lapses."""
        return self.workdays is not None and self.start is None


@dataclass(frozen=True, slots=True)
class Account:
    """What the clock says at the end of the day ``on``.

    ``received`` is the day of receipt in law (None before ``confirmed``), ``start`` the day after which the
    present count runs. ``due`` is the last day to reply: None before receipt, while a correction, a payment
    or a consultation is open, and where the holidays are not published; then ``not_before`` may hold a
    provisional day counted over Mondays to Fridays, which no letter may name. ``limit`` is 20 plus the
    extension; ``used`` the days counted up to ``on`` (None where that cannot be known); ``left`` the working
    days from ``on`` to ``due``, negative when overdue. ``late`` tells of an answer whether it came after
    ``due``. ``closed_on`` is the day of the reply, the withdrawal, or the day after a term that was let
    lapse, also where a letter says so later.
    """

    on: date
    state: State
    received: date | None
    start: date | None
    due: date | None
    not_before: date | None
    limit: int
    used: int | None
    left: int | None
    late: bool | None
    closed_on: date | None
    days: tuple[Day, ...] = ()
    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()


class EventNotAllowed(GongkaiError):
    """The law does not allow this event at this point; ``article`` stands against it."""

    code = "event-not-allowed"

    def __init__(self, message: str, *, article: LawRef, place: str = "", remedy: str = "") -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.article = article

    def without_place(self) -> str:
        """What is not allowed, the article that stands against it, and what to do."""
        return f"{self.message}（{'；'.join(filter(None, (str(self.article), self.remedy)))}）"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.message, self.article, self.place, self.remedy)


def _rebuild(message: str, article: LawRef, place: str, remedy: str) -> EventNotAllowed:
    return EventNotAllowed(message, article=article, place=place, remedy=remedy)
