"""When a letter reached the applicant, as far as the way it went by tells (《电子签名法》第十一条).

By hand it is signed for; mail and fax come to the applicant's own device. Put on the site it is there for an
applicant who is told of it. Where that word was given up, nobody knows.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils import timezone

from gongkai.web.applications.delivery import again
from gongkai.web.applications.models import Delivery, Letter, Notice

#: By these ways a letter is there the day it goes out; posted, it is received later.
_AT_ONCE: Final = frozenset({Delivery.Way.HAND, Delivery.Way.EMAIL, Delivery.Way.FAX})


def at_once(way: str, *, told: bool) -> bool:
    """Whether a letter is received the day it goes out; ``told``: whether the applicant gets word of it."""
    return told if way == Delivery.Way.ONLINE else way in _AT_ONCE


def of_letter(letter: Letter) -> date | None:
    """The day a delivered letter reached the applicant when it last went out; None where nobody knows."""
    out = again.last(letter) or letter.delivery
    day = _told(letter.notices.select_related("mail", "sms"), out.on)
    if not at_once(out.way, told=day is not None):
        return None
    return day if out.way == Delivery.Way.ONLINE else out.on


def by_word(letters: Iterable[int | None]) -> dict[int, date | None]:
    """Of letters put on the site, by id, the day word of each reached the applicant, None where none did.

    Those of which no word was sent are left out. One question, and none without letters.
    """
    wanted = {one for one in letters if one is not None}
    if not wanted:
        return {}
    found = Notice.objects.filter(letter__in=wanted, letter__delivery__way=Delivery.Way.ONLINE)
    notices: dict[int, list[Notice]] = {}
    days: dict[int, date] = {}
    for one in found.select_related("mail", "sms", "letter__delivery"):
        if one.letter is not None:
            notices.setdefault(one.letter.pk, []).append(one)
            days[one.letter.pk] = one.letter.delivery.on
    return {letter: _told(some, days[letter]) for letter, some in notices.items()}


def _told(notices: Iterable[Notice], out: date) -> date | None:
    """The first day one of these came through, of a letter that went out on the day ``out``."""
    return min((day for one in notices if (day := _came(one, out)) is not None), default=None)


def _came(notice: Notice, out: date) -> date | None:
    """A call tells on its day. What was given up tells nothing, settled or not: how the applicant was told
    then is on record as the receipt of the letter. A mail that goes out again tells on the day it leaves.
    """
    if notice.called_at is not None:
        return max(out, timezone.localdate(notice.called_at))
    sent = notice.mail or notice.sms
    if sent is None or (sent.failed_at is not None and sent.sent_at is None):
        return None
    if notice.again_at is None:
        return out
    return None if sent.sent_at is None else max(out, timezone.localdate(sent.sent_at))
