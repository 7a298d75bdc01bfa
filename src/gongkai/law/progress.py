"""What an application has come to after its events: one value, replaced by each event."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongkai.kernel import LawRef
from gongkai.kernel.law_ref import REGULATION
from gongkai.law.calendar import Calendar
from gongkai.law.case import Case, Channel, Event, Kind, Party, Term
from gongkai.law.terms import statutory_term

ART_30 = LawRef(REGULATION, "第三十条")
ART_31 = LawRef(REGULATION, "第三十一条")
ART_33 = LawRef(REGULATION, "第三十三条")
ART_35 = LawRef(REGULATION, "第三十五条")


@dataclass(frozen=True, slots=True)
class Progress:
    """After some events. ``start`` is the day after which the present count runs.

    ``arrived`` is the day the paper or message came, ``received`` the day of receipt in law (Art. 31).
    ``waits`` are corrections and payments, ``consultations`` the letters to others; ``open_wait`` is the
    wait that still stands. ``extended_on`` stays when the count starts anew: one extension a case.
    ``reasons_within`` are the working days the last request for reasons states, None where it states none.
    """

    channel: Channel
    arrived: date
    received: date | None = None
    start: date | None = None
    limit: int = 0
    extended_on: date | None = None
    reasons: Kind | None = None
    reasons_within: int | None = None
    delayed_to: date | None = None
    waits: tuple[Term, ...] = ()
    consultations: tuple[Term, ...] = ()
    closed: Event | None = None

    @property
    def open_wait(self) -> Term | None:
        """The correction or payment that is waited for."""
        return next((wait for wait in self.waits if wait.ended is None), None)

    def had(self, kind: Kind) -> bool:
        """Whether a correction was requested, or a fee notified, at any time."""
        return any(wait.kind is kind for wait in self.waits)

    def consulting(self, day: date) -> Iterator[Term]:
        """The consultations open at the end of ``day``: not answered, and their 15 days not over.

        On its last day a consultation is still open: the party may speak until the day ends. In a year
        without published holidays that is the provisional day; after it see ``perhaps_consulting``.
        """
        for term in self.consultations:
            if term.ended is None and day <= (term.until or day):
                yield term

    def perhaps_consulting(self, day: date) -> Iterator[Term]:
        """The unanswered consultations whose provisional last day is over: nobody knows whether they are."""
        for term in self.consultations:
            if term.ended is None and term.provisional and day > (term.until or day):
                yield term

    def pause_over(self, day: date) -> Term | None:
        """The consultation that covers ``day``: the days after its letter up to and including its end.

        Art. 33: the time needed to consult third parties and other agencies is not counted.
        """
        return next((term for term in self.consultations if term.since < day <= self.end_of(term)), None)

    def end_of(self, term: Term) -> date:
        """The last day a consultation covers; ``date.max`` where it is still open and nobody knows.

        It ends with the answer, at the latest 15 working days after the letter (Art. 32, 34), and with the
        application.
        """
        ends = (term.ended, term.until, self.closed.on if self.closed else None)
        return min((day for day in ends if day), default=date.max)

    def perhaps_paused(self, day: date) -> Term | None:
        """The consultation that may still cover ``day``: after its provisional end, up to the answer."""
        closed = self.closed.on if self.closed else date.max
        for term in self.consultations:
            if term.provisional and term.until and term.until < day <= min(term.ended or date.max, closed):
                return term
        return None

    def wait_over(self, day: date) -> Term | None:
        """The correction or payment waited for on ``day``: the days after the notice up to its end."""
        return next(
            (wait for wait in self.waits if wait.since < day and (wait.ended is None or day <= wait.ended)),
            None,
        )


def begin(case: Case, event: Event) -> Progress:
    """Receipt by channel (Art. 31): by hand or signed for that day, else when both sides confirm."""
    progress = Progress(case.channel, event.on)
    return progress if case.channel.needs_confirmation else _receive(progress, event)


def _receive(progress: Progress, event: Event) -> Progress:
    return _count_anew(replace(progress, received=event.on), event)


def _count_anew(progress: Progress, event: Event) -> Progress:
    """20 working days after this day (Art. 33); extension and delay belonged to the earlier count."""
    limit = statutory_term("reply", event.on).workdays
    return replace(progress, start=event.on, limit=limit, delayed_to=None)


def _correction_requested(progress: Progress, event: Event, calendar: Calendar) -> Progress:
    """One notice with a reasonable term from its receipt (Art. 30); without one nobody can let it lapse."""
    term = _term(event, event.workdays, ART_30, calendar)
    return replace(progress, waits=(*progress.waits, term))


def _fee_notified(progress: Progress, event: Event, calendar: Calendar) -> Progress:
    """20 working days from the day after receipt of the notice to pay (国办函〔2020〕109号)."""
    workdays, article = statutory_term("payment", event.on)
    return replace(progress, waits=(*progress.waits, _term(event, workdays, article, calendar)))


def _met(progress: Progress, event: Event, _calendar: Calendar) -> Progress:
    """The corrected application (Art. 30) or the payment (109号) starts the count anew."""
    waits = tuple(wait if wait.ended else replace(wait, ended=event.on) for wait in progress.waits)
    return _count_anew(replace(progress, waits=waits), event)


def _consultation_started(progress: Progress, event: Event, calendar: Calendar) -> Progress:
    """15 working days from receipt for a third party (Art. 32) or an agency (Art. 34).

    Where the day of receipt is not known they run from the letter: the applicant's clock stands the shorter.
    """
    party = event.party or Party.THIRD_PARTY
    workdays, article = statutory_term(party.value, event.on)
    letter = replace(event, reached=event.reached or event.on)
    term = replace(_term(letter, workdays, article, calendar), party=party, ref=event.ref)
    return replace(progress, consultations=(*progress.consultations, term))


def _consultation_ended(progress: Progress, event: Event, _calendar: Calendar) -> Progress:
    ended = matching(progress, event)[0]
    changed = tuple(
        replace(term, ended=event.on) if term is ended else term for term in progress.consultations
    )
    return replace(progress, consultations=changed)


def matching(progress: Progress, event: Event) -> list[Term]:
    """The unanswered consultations an answer may belong to; those not over, or perhaps not, come first."""
    fitting = [
        term
        for term in progress.consultations
        if term.ended is None
        and event.party in {None, term.party}
        and (not event.ref or event.ref == term.ref)
    ]
    open_ones = (*progress.consulting(event.on), *progress.perhaps_consulting(event.on))
    still = [term for term in open_ones if term in fitting]
    return still or fitting


def _extended(progress: Progress, event: Event, _calendar: Calendar) -> Progress:
    """Up to 20 working days more, once (Art. 33)."""
    return replace(progress, limit=progress.limit + (event.workdays or 0), extended_on=event.on)


def _reasons(progress: Progress, event: Event, _calendar: Calendar) -> Progress:
    """Asking an applicant of abnormal volume for reasons stops nothing (Art. 35)."""
    return replace(progress, reasons=event.kind, reasons_within=event.workdays)


def _delayed(progress: Progress, event: Event, _calendar: Calendar) -> Progress:
    """A reasonable later day, told to the applicant, takes the place of the 20 days (Art. 35)."""
    return replace(progress, delayed_to=event.to)


def _closed(progress: Progress, event: Event, _calendar: Calendar) -> Progress:
    return replace(progress, closed=event)


def _confirmed(progress: Progress, event: Event, _calendar: Calendar) -> Progress:
    return _receive(progress, event)


def _term(event: Event, workdays: int | None, article: LawRef, calendar: Calendar) -> Term:
    """The addressee's term: from the day the letter reached them, else from its own where that is enough."""
    start = event.reached or (None if event.from_receipt else event.on)
    term = Term(event.kind, event.on, None, article, start=start, workdays=workdays)
    if workdays is None or start is None:
        return term
    last, provisional = calendar.reach(start, workdays)
    return replace(term, until=last, provisional=provisional)


#: What each event does; ``received`` begins.
EFFECTS: dict[Kind, Callable[[Progress, Event, Calendar], Progress]] = {
    Kind.CONFIRMED: _confirmed,
    Kind.CORRECTION_REQUESTED: _correction_requested,
    Kind.CORRECTED: _met,
    Kind.CONSULTATION_STARTED: _consultation_started,
    Kind.CONSULTATION_ENDED: _consultation_ended,
    Kind.EXTENDED: _extended,
    Kind.REASONS_REQUESTED: _reasons,
    Kind.REASONS_GIVEN: _reasons,
    Kind.DELAYED: _delayed,
    Kind.FEE_NOTIFIED: _fee_notified,
    Kind.FEE_PAID: _met,
    Kind.WITHDRAWN: _closed,
    Kind.REPLIED: _closed,
}
