"""What other agencies asked to be looked up, often about somebody, is kept as long as the file of a case."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings

from gongkai.web.applications import tasks
from gongkai.web.applications.actions import AnswerAssistance, PurgeAssistance, RecordAssistance
from gongkai.web.applications.models import AssistanceRequest
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.playing import START, on
from tests.web.reporting.people import Town

LAST = START + settings.APPLICATIONS_KEEP_FILE


def asked(town: Town, answer: str = "") -> AssistanceRequest:
    with on(START):
        made = RecordAssistance(
            town.as_clerk,
            agency=town.agency,
            from_agency="某法院",
            subject="陈一心的土地承包合同",
            received_on=START,
        ).run()
        if answer:
            AnswerAssistance(town.as_clerk, assistance_id=made.pk, answer=answer).run()
    return made


def purged(on_day: date) -> None:
    with time_machine.travel(f"{on_day}T02:10:00+08:00", tick=False):
        tasks.purge()


def test_what_was_answered_is_erased_when_its_time_is_over(town: Town) -> None:
    answered, waiting = asked(town, "查得陈一心的合同一份"), asked(town)
    purged(LAST)
    answered.refresh_from_db()
    assert (answered.subject, answered.purged_at) == ("陈一心的土地承包合同", None)
    purged(LAST + timedelta(1))
    answered.refresh_from_db()
    assert (answered.subject, answered.answer) == ("（已按保存期限清除）", "")
    assert (answered.from_agency, answered.answered_on) == ("某法院", START)
    entries = AuditEntry.objects.filter(code="applications.purge_assistance")
    assert [one.details for one in entries] == [{"assistance": answered.pk}]
    purged(LAST + timedelta(2))
    assert entries.count() == 1
    waiting.refresh_from_db()
    assert waiting.subject == "陈一心的土地承包合同", "nobody has answered it yet"


def test_nobody_erases_it_sooner_or_by_hand(town: Town) -> None:
    made = asked(town, "没有")
    with on(START), pytest.raises(ActionRefused, match="保存期限内"):
        PurgeAssistance(Actor.system(TIDIER), assistance_id=made.pk).run()
    with on(START), pytest.raises(Denied):
        PurgeAssistance(town.as_leader, assistance_id=made.pk).run()
