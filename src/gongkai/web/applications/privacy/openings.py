"""Whether somebody has opened an applicant's data today, with a reason that stays on record."""

from typing import Final

from django.utils import timezone

from gongkai.web.applications.models import Case, Opening, Purpose
from gongkai.web.common.actor import Actor

#: Papers from outside, and proofs of service: a form, a petition, a postal receipt bear names, numbers and
#: addresses as they were written, which nothing masks. What the agency writes itself is not among them.
SEALED: Final = frozenset(
    {
        Purpose.IDENTITY, Purpose.AUTHORISATION, Purpose.REQUEST, Purpose.SCAN, Purpose.CORRECTION,
        Purpose.REASONS, Purpose.ANSWER, Purpose.PAYMENT, Purpose.PROOF,
    }
)  # fmt: skip


def opened_today(actor: Actor, case: Case) -> bool:
    """``SEALED`` files and papers that bear the applicant's data may be had for the rest of that day."""
    opened = Opening.objects.filter(case=case, person_id=actor.person_id or 0)
    return opened.filter(at__date=timezone.localdate()).exists()
