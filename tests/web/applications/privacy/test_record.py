"""What the record of a case takes back, splits and takes over from an old system."""

from datetime import date
from typing import Any

import pytest
from django.core import mail

from gongkai.kernel.period import Period
from gongkai.law.case import Case as LawCase
from gongkai.law.case import Channel, Event, Kind, Party
from gongkai.web.applications.actions import (
    AddParty,
    RecordAnswer,
    RecordEvent,
    Split,
    TakeOver,
    VoidEvent,
)
from gongkai.web.applications.models import Case
from gongkai.web.applications.statistics import figures
from gongkai.web.common.errors import ActionRefused, Denied
from tests.web.applications.asking import IDENTITY, request
from tests.web.applications.playing import START, confirmed, on, workdays_after
from tests.web.reporting.people import Town, work


def test_a_wrong_entry_is_taken_out_and_the_clock_counts_anew(town: Town) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 6)):
        wrong = RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=date(2024, 3, 6)).run()
        assert Case.objects.get(pk=case.pk).outcome == "other_other"
        VoidEvent(town.as_clerk, case_id=case.pk, event_id=wrong.pk, reason="申请人撤回的是另一件").run()
        with pytest.raises(ActionRefused, match="已经更正过"):
            VoidEvent(town.as_clerk, case_id=case.pk, event_id=wrong.pk, reason="再次").run()
        received = case.events.get(kind="received")
        with pytest.raises(ActionRefused, match="不能撤销"):
            VoidEvent(town.as_clerk, case_id=case.pk, event_id=received.pk, reason="x").run()
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_on) == ("running", "", None)
    assert case.due == workdays_after(START, 20)
    assert [row.kind for row in case.events.all()] == ["received", "confirmed", "withdrawn", "voided"]


def test_an_application_for_several_things_becomes_several(town: Town) -> None:
    case = confirmed(town)
    with on(date(2024, 3, 6)):
        made = Split(town.as_clerk, case_id=case.pk, subjects=("预算", "决算", " ")).run()
    case.refresh_from_db()
    (other,) = made
    other = Case.objects.get(pk=other.pk)
    assert (case.subject, other.subject) == ("预算", "决算")
    assert (other.due, other.received_on, other.channel) == (case.due, START, case.channel)
    assert (other.register_no, other.split_from_id) == ("2024-0002", case.pk)
    assert other.applicant.identity_number == IDENTITY
    assert other.code != case.code
    assert figures.table3([town.agency.pk], Period.of_year(2024))["new"]["total"] == 2
    with pytest.raises(ActionRefused, match="至少要有两项"):
        Split(town.as_clerk, case_id=case.pk, subjects=("预算",)).run()


def taken(*events: Event, outcome: str = "", number: str = "旧-1") -> dict[str, Any]:
    return {
        "request": request(channel=Channel.IN_PERSON), "history": LawCase(Channel.IN_PERSON, events),
        "outcome_code": outcome, "old_number": number,
    }  # fmt: skip


def test_taking_over_makes_the_first_years_carry_in_right(town: Town) -> None:
    head = town.as_head
    received = Event(date(2023, 12, 18), Kind.RECEIVED)
    with on(date(2024, 3, 20)):
        TakeOver(head, agency=town.agency, **taken(received)).run()
        replied = Event(date(2024, 1, 10), Kind.REPLIED)
        TakeOver(
            head, agency=town.agency, **taken(received, replied, outcome="provided", number="旧-2")
        ).run()
        early = Event(date(2023, 12, 25), Kind.REPLIED)
        TakeOver(head, agency=town.agency, **taken(received, early, outcome="partial", number="旧-3")).run()
    table = figures.table3([town.agency.pk], Period.of_year(2024))
    assert (table["new"]["total"], table["carried_in"]["total"]) == (0, 2)
    assert (table["granted"]["total"], table["carried_out"]["total"]) == (1, 1)
    assert figures.table3([town.agency.pk], Period.of_year(2023))["partial"]["natural_person"] == 1
    assert {case.year for case in Case.objects.all()} == {2023}
    assert mail.outbox == []
    work()
    assert mail.outbox == []


def test_a_party_asked_in_the_old_system_can_answer_here(town: Town) -> None:
    events = (
        Event(START, Kind.RECEIVED),
        Event(date(2024, 3, 6), Kind.CONSULTATION_STARTED, party=Party.THIRD_PARTY, ref="2"),
    )
    with on(date(2024, 3, 12)):
        case = TakeOver(town.as_head, agency=town.agency, **taken(*events)).run().case
        asked = case.consultations.get()
        new = AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="某公司").run()
        another = AddParty(town.as_clerk, case_id=case.pk, party="third_party", name="另一公司").run()
        assert {asked.ref, new.ref, another.ref} == {"1", "2", "3"}
        RecordAnswer(
            town.as_clerk, case_id=case.pk, consultation_id=asked.pk, answer="agrees", on=date(2024, 3, 12)
        ).run()  # fmt: skip
    case = Case.objects.get(pk=case.pk)
    assert case.due == workdays_after(START, 20 + 4)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (taken(), "第一项应是收到"),
        (taken(Event(START, Kind.CONFIRMED)), "第一项应是收到"),
        (taken(Event(START, Kind.RECEIVED), outcome="provided"), "未答复的不能写"),
        (taken(Event(START, Kind.RECEIVED), Event(START, Kind.REPLIED)), "须写明办理结果"),
        (taken(Event(START, Kind.RECEIVED), Event(START, Kind.FEE_PAID)), "缴费|收费"),
        (taken(Event(START, Kind.RECEIVED), number="九" * 61), "最多60"),
        (taken(Event(date(2099, 1, 1), Kind.RECEIVED)), "今天之后"),
        (taken(Event(START, Kind.RECEIVED), Event(START, Kind.REPLIED), outcome="no-such"), "no-such|没有"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_refused_whole(town: Town, given: dict[str, Any], message: str) -> None:
    with pytest.raises(ActionRefused, match=message):
        TakeOver(town.as_head, agency=town.agency, **given).run()
    assert not Case.objects.exists()


def test_nothing_is_taken_over_twice(town: Town) -> None:
    given = taken(Event(START, Kind.RECEIVED))
    TakeOver(town.as_head, agency=town.agency, **given).run()
    with pytest.raises(ActionRefused, match="已经转入过"):
        TakeOver(town.as_head, agency=town.agency, **given | {"old_number": " 旧-1 "}).run()
    with pytest.raises(Denied):
        TakeOver(town.as_clerk, agency=town.agency, **given | {"old_number": "旧-2"}).run()
    assert Case.objects.count() == 1
