"""How long personal data of a case is kept (settings; defaults of the issue of the law's silence).

The time runs from the day the last remedy is over: six months for a suit, and the 60 days and 15 days of
reconsideration first, whichever is later, from the day the reply was received. Identity proofs go one year
after that, the file after ten years.
"""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.law.outcomes import remedy
from gongkai.web.applications.delivery import again, reached
from gongkai.web.applications.models import Case, Delivery, Letter, LetterState, Purpose

#: What proves who asks, and for whom.
PROOFS = (Purpose.IDENTITY, Purpose.AUTHORISATION)

#: Reconsideration itself takes 60 days, and may be extended by 30 (行政复议法 62).
_RECONSIDERING = timedelta(90)
_MONTH = timedelta(31)
#: By so much the longest holidays put a last day off.
_DAYS_OFF = timedelta(10)
#: By then a posted letter was received, and who left no address has looked on the site.
_ARRIVES = timedelta(60)
#: However late somebody hears of a decision, no suit is taken after five years (行政诉讼法 46).
_OUTERMOST = timedelta(5 * 366)


def last_remedy(case: Case) -> date:
    """The last day on which a remedy against the end of a case can still begin, counted generously."""
    replied = case.events.filter(kind="replied", voided_by=None, voids=None).last()
    # The letter that says a case has lapsed may come later than its end, and is what a suit is against.
    closed = max(case.closed_on, replied.on) if case.closed_on and replied else case.closed_on or date.max
    reply = replied.letter if replied is not None else None
    begins = closed
    if reply is not None and reply.state == LetterState.DELIVERED:
        known = _received(reply)
        if known is None:
            return closed + _OUTERMOST
        begins = max(closed, known)
    # Of a partial release that withholds nothing a suit is open at once: the longer time counts.
    found = remedy(case.outcome or "other_other", closed, withheld=False)
    first = timedelta(found.reconsideration_days) + _RECONSIDERING + timedelta(found.suit_after_days)
    direct = _MONTH * (found.suit_months or 0)
    return begins + max(first, direct) + _DAYS_OFF


def _received(reply: Letter) -> date | None:
    """By which day the applicant had a reply at the latest; None where word of it still waits to be given."""
    out, day = again.last(reply) or reply.delivery, reached.of_letter(reply)
    if day is not None:
        return day
    told = [one.settled_at for one in reply.notices.all()] if out.way == Delivery.Way.ONLINE else []
    if None in told:
        return None
    return max([out.on + _ARRIVES, *(timezone.localdate(at) for at in told if at is not None)])


def proofs_until(case: Case) -> date:
    """Until when proofs of identity are kept."""
    return last_remedy(case) + settings.APPLICATIONS_KEEP_IDENTITY


def has_proofs(case: Case) -> bool:
    """Whether any proof of identity is still there: a number, or a file."""
    who = case.applicant
    files = case.attachments.filter(purpose__in=PROOFS, purged_at=None)
    return bool(who.identity_number or who.agent_identity) or files.exists()


def file_until(case: Case) -> date:
    """Until when the file is kept."""
    return last_remedy(case) + settings.APPLICATIONS_KEEP_FILE
