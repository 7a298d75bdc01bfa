"""The people applications can be given to: the agency's own, and those of the office that handles them."""

from collections.abc import Iterable
from datetime import date

from gongkai.web.agencies.models import Agency, Role
from gongkai.web.agencies.selectors import holders


def handlers_of(agencies: Iterable[Agency], day: date) -> list[tuple[int, str]]:
    """Clerks and heads of some agencies on a day, by id and name; each once."""
    found = {
        person.pk: str(person)
        for agency in agencies
        for role in (Role.CLERK, Role.SECTION_HEAD)
        for person in holders(agency, role, day, with_office=True)
    }
    return sorted(found.items(), key=lambda row: row[1])
