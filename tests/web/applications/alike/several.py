"""Several people who ask for the same, and the group they are put into."""

from datetime import date

from gongkai.web.applications.actions import GroupCases
from gongkai.web.applications.models import Case
from gongkai.web.applications.receiving import intake
from tests.web.applications.asking import register, request, requester, today
from tests.web.reporting.people import Town

NAMES = ("陈一心", "林一帆", "苏小满", "何大为", "方可")


def somebody(number: int, **changes: object) -> intake.Requester:
    """One of several people, with a passport of their own."""
    given = {"name": NAMES[number], "phone": f"1380000000{number}", "email": f"p{number}@example.cn"}
    return requester(
        **{**given, "identity_kind": "passport", "identity_number": f"E0000000{number}"} | changes
    )


def asked(town: Town, number: int, on: date | None = None, **changes: object) -> Case:
    """An application of one of them in the usual words, handed in at the counter."""
    wanted = request(somebody(number), channel="in_person", **changes)
    return register(town.as_clerk, town.agency, on or today(), wanted)


def marked(*cases: Case) -> tuple[tuple[int, int], ...]:
    return tuple(Case.objects.filter(pk__in=[one.pk for one in cases]).values_list("pk", "revision"))


def group(town: Town, case: Case, *others: Case, reason: str = "所需信息相同，申请人不同") -> list[Case]:
    return GroupCases(town.as_clerk, case_id=case.pk, others=marked(*others), reason=reason).run()


def trio(town: Town) -> tuple[Case, Case, Case]:
    """Three of a group, received today."""
    one, two, three = asked(town, 0), asked(town, 1), asked(town, 2)
    group(town, one, two, three)
    return one, two, three
