"""The demo's county: its office handles the applications to it; who handles what in the town."""

from collections.abc import Sequence
from itertools import cycle
from typing import Final

from gongkai.web.agencies.actions import SetChain, SetOffice, StepWanted
from gongkai.web.agencies.models import Agency, Person, Role
from gongkai.web.agencies.models.signing import OF_APPLICATIONS
from gongkai.web.applications.actions import SetRegister, Submit, giving
from gongkai.web.applications.models import Case, State
from gongkai.web.applications.permissions import SETUP
from gongkai.web.applications.receiving import intake
from gongkai.web.common.actor import Actor

COUNTY: Final = "shili"
OFFICE: Final = "shili-ban"
_SYSTEM: Final = Actor.system(SETUP)
_AGENCIES: Final = Actor.system("agencies.setup")
#: The office's two people sign what the county answers.
_STEPS: Final = (StepWanted("拟稿", Role.CLERK), StepWanted("签发", Role.LEADER))


def load(requests: Sequence[intake.Request]) -> None:
    """Let the office handle the county's applications, and hand some in over the internet."""
    county, office = (Agency.objects.filter(slug=slug).first() for slug in (COUNTY, OFFICE))
    if county is None or office is None or Case.objects.filter(agency=county).exists():
        return
    SetOffice(_AGENCIES, agency=county, office=office).run()
    county.refresh_from_db()
    for matter in sorted(OF_APPLICATIONS):
        SetChain(_AGENCIES, agency=county, matter=matter, steps=_STEPS).run()
    SetRegister(
        _SYSTEM, agency=county, pattern="示府公申{year}-{number:04d}", mark="示政",
        reconsideration_body="示例市人民政府", court="示例市中级人民法院",
    ).run()  # fmt: skip
    for request in requests:
        Submit(Actor.of(None), agency=county, request=request).run()


def give_out(town: Agency, people: Sequence[Person]) -> None:
    """Every open case but those that came last to somebody in turn; these wait to be given out."""
    if not people:
        return
    given = Case.objects.filter(agency=town).exclude(state__in=_NEW).order_by("due", "id")
    turns = cycle(people)
    for case in given:
        if case.is_open:
            person = next(turns)
            giving(Actor.of(person), case, person.pk).run()


_NEW: Final = (State.UNCONFIRMED,)
