"""Whether somebody has opened an applicant's data today, with a reason that stays on record."""

from gongkai.web.applications.actions.base import today
from gongkai.web.applications.models import Case, Opening
from gongkai.web.common.actor import Actor


def opened_today(actor: Actor, case: Case) -> bool:
    """Proofs of identity and papers that bear the applicant's data may be had for the rest of that day."""
    opened = Opening.objects.filter(case=case, person_id=actor.person_id or 0)
    return opened.filter(at__date=today()).exists()
