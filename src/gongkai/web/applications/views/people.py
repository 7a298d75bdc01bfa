"""The people an agency's applications can be given to."""

from django.utils import timezone

from gongkai.web.agencies.models import Agency, Role
from gongkai.web.agencies.selectors import holders


def handlers(agency: Agency) -> list[tuple[int, str]]:
    """Clerks and heads, by id and name."""
    day = timezone.localdate()
    found = {
        person.pk: str(person)
        for role in (Role.CLERK, Role.SECTION_HEAD)
        for person in holders(agency, role, day)
    }
    return sorted(found.items(), key=lambda row: row[1])
