"""Who goes hands over: open applications pass to the successor."""

from datetime import date

from gongkai.web.agencies import duties
from gongkai.web.applications.actions import RecordEvent, Take
from gongkai.web.applications.models import Case
from tests.web.applications.asking import register
from tests.web.reporting.people import Town


def test_open_cases_pass_to_the_successor_and_ended_ones_stay(town: Town) -> None:
    open_case = register(town.as_clerk, town.agency, date(2024, 3, 4))
    ended = register(town.as_clerk, town.agency, date(2024, 3, 4))
    for case in (open_case, ended):
        Take(town.as_clerk, case_id=case.pk).run()
    RecordEvent(town.as_clerk, case_id=ended.pk, kind="withdrawn", on=date(2024, 3, 5)).run()
    before = Case.objects.get(pk=open_case.pk).revision
    assert [duty.label for duty in duties.of_person(town.clerk.pk)] == [
        "2024-0001号申请（最晚2024年4月1日答复）"
    ]
    assert duties.reassign(town.clerk.pk, town.second_clerk.pk)["applications.cases"] == 1
    passed = Case.objects.get(pk=open_case.pk)
    assert (passed.handler_id, passed.revision) == (town.second_clerk.pk, before + 1)
    assert Case.objects.get(pk=ended.pk).handler_id == town.clerk.pk
    assert duties.of_person(town.clerk.pk) == []
