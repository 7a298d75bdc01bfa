"""What was said of a number in one letter of a group, carried to the copies in the same words.

Only what somebody accounted for, for that number in that text; never a number of the first letter's own
applicant: in a letter to another it is somebody else's. It is kept with each copy, where its signers see it.
"""

from django.utils import timezone

from gongkai.web.applications.letters import others_data
from gongkai.web.applications.letters.found import UNREAD, bare, own_of
from gongkai.web.applications.letters.typed import typed_of
from gongkai.web.applications.models import Clearance, Letter


def carry(source: Letter, copy: Letter) -> list[Clearance]:
    """Keep with a copy what was said of the same numbers in the letter it was made after; which these are.

    By the same person on the same ground, naming where it comes from. A field that says anything else than
    the first letter's carries nothing. A file that was looked through is looked through again: for another
    applicant.
    """
    said = list(source.clearances.select_related("person"))
    if not said or typed_of(source) != typed_of(copy):
        return []
    own, made = own_of(source.case.applicant), []
    for found in others_data.found_in(copy):
        first = next((one for one in said if found.is_among([one.digest])), None)
        if (
            first is None
            or found.asker
            or found.what == UNREAD
            or not found.fits(first.ground)
            or bare(found.text) in own
        ):
            continue
        made.append(
            Clearance.objects.create(
                letter=copy,
                digest=found.digest,
                words=found.words,
                ground=first.ground,
                person=first.person,
                at=timezone.now(),
                carried_from=first.carried_from or first,
            )
        )
    return made
