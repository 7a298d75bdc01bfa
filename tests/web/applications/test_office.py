"""Applications to a government are handled by its office: seen, given out, signed there; numbered here."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.urls import reverse

from gongkai.kernel.period import Period
from gongkai.web.agencies.actions import AbolishAgency, PersonHandsOver, SetChain, SetOffice, StepWanted
from gongkai.web.agencies.models import Agency, Matter, Person, Post, Region, Role
from gongkai.web.applications import selectors, tasks
from gongkai.web.applications.actions import (
    AddNote,
    Assign,
    DeliverLetter,
    DraftLetter,
    RecordEvent,
    SetRegister,
    SignLetter,
    Take,
)
from gongkai.web.applications.letters import making
from gongkai.web.applications.models import Case
from gongkai.web.applications.statistics import figures
from gongkai.web.applications.workload import waiting
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import OutboxMail
from tests.web.applications.asking import register, submit, today
from tests.web.applications.playing import START, on
from tests.web.reporting.people import Town, agency, person
from tests.web.sessions import signed_in

TYPED = {"查明事实": "已检索档案", "提供方式": "随函附上"}


@dataclass
class Hall:
    """The county's office with its people, the county's administrator, and a case of the county."""

    county: Agency
    office: Agency
    clerk: Person
    head: Person
    secrecy: Person
    leader: Person
    administrator: Person
    case: Case


@pytest.fixture
def hall(town: Town) -> Hall:
    office = agency("平阳县人民政府办公室", town.county.region, "pingyang-ban", "department", town.county)
    administrator = person("county-admin", "县管理员", town.county, Role.ADMINISTRATOR)
    people = {
        role: person(f"ban-{role}", f"办公室{role.label}", office, role)
        for role in (Role.CLERK, Role.SECTION_HEAD, Role.SECRECY_REVIEWER, Role.LEADER)
    }
    case = submit(town.county).case
    SetOffice(Actor.of(administrator), agency=town.county, office=office).run()
    town.county.refresh_from_db()
    case.refresh_from_db()
    return Hall(
        town.county, office, people[Role.CLERK], people[Role.SECTION_HEAD], people[Role.SECRECY_REVIEWER],
        people[Role.LEADER], administrator, case,
    )  # fmt: skip


def listed(who: Person) -> list[Case]:
    return list(selectors.due_cases(Actor.of(who), selectors.Wanted(), today()))


def test_it_shows_where_it_is_handled_and_nowhere_else(town: Town, hall: Hall) -> None:
    for one in (hall.clerk, hall.head, hall.secrecy, hall.leader):
        assert listed(one) == [hall.case]
        url = reverse("applications:case", args=[hall.case.pk])
        assert signed_in(one).get(url).status_code == 200
        assert hall.case.register_no in signed_in(one).get(reverse("applications:due")).content.decode()
    for one in (town.clerk, town.leader, town.other_clerk, hall.administrator):
        assert listed(one) == []
        assert signed_in(one).get(reverse("applications:case", args=[hall.case.pk])).status_code == 404
    with pytest.raises(Denied):
        AddNote(town.as_clerk, case_id=hall.case.pk, kind="note", text="x").run()


def test_from_receipt_to_delivery_in_the_governments_name(town: Town, hall: Hall) -> None:
    clerk = Actor.of(hall.clerk)
    assert (
        signed_in(hall.head).get(reverse("applications:settings", args=[hall.county.pk])).status_code == 200
    )
    SetRegister(
        Actor.of(hall.head),
        agency=hall.county,
        pattern="平府{year}-{number}",
        mark="平政",
        reconsideration_body="温州市人民政府",
    ).run()
    RecordEvent(clerk, case_id=hall.case.pk, kind="confirmed", on=today()).run()
    Assign(Actor.of(hall.head), case_id=hall.case.pk, person_id=hall.clerk.pk).run()
    letter = DraftLetter(clerk, case_id=hall.case.pk, kind="reply", outcome="provided", typed=TYPED).run()
    for one in (hall.clerk, hall.head, hall.secrecy, hall.leader):
        if one != hall.clerk:
            assert [p.letter for p in waiting.waiting_for(Actor.of(one), today()).papers] == [letter]
        SignLetter(Actor.of(one), case_id=hall.case.pk, letter_id=letter.pk).run()
    letter.refresh_from_db()
    assert letter.document_no.startswith("平政")
    said = making.values_of(letter, today())
    assert hall.county.full_name in said.values()
    assert hall.office.full_name not in said.values()
    DeliverLetter(clerk, case_id=hall.case.pk, letter_id=letter.pk, way="hand", on=today()).run()
    period = Period(date(2020, 1, 1), date(2100, 1, 1))
    assert figures.table3([hall.county.pk], period)["new"]["total"] == 1
    assert figures.table3([hall.office.pk], period)["new"]["total"] == 0


def test_the_offices_own_cases_and_the_governments_are_told_apart(hall: Hall) -> None:
    own = register(Actor.of(hall.clerk), hall.office, date(2024, 3, 4))
    assert own.agency == hall.office
    both = register(Actor.of(hall.clerk), hall.county, date(2024, 3, 4))
    page = signed_in(hall.clerk).get(reverse("applications:due")).content.decode()
    assert '<th scope="col">机关</th>' in page
    assert own.register_no in page
    assert both.register_no in page


def test_the_office_rules_nothing_else_of_the_government(town: Town, hall: Hall) -> None:
    """Neither what lies below the government, nor its reports, nor its people."""
    below = reverse("applications:settings", args=[town.agency.pk])
    for one in (hall.head, hall.leader):
        assert signed_in(one).get(below).status_code == 404
        assert signed_in(one).get(reverse("agencies:detail", args=[hall.county.pk])).status_code == 404
    office_admin = person("ban-admin", "办公室管理员", hall.office, Role.ADMINISTRATOR)
    assert (
        signed_in(office_admin).get(reverse("applications:settings", args=[hall.county.pk])).status_code
        == 404
    )
    case = submit(town.agency).case
    assert case not in listed(hall.leader)


def test_reminders_and_hand_over_reach_the_office(hall: Hall) -> None:
    Person.objects.filter(pk=hall.clerk.pk).update(email="clerk@example.gov.cn")
    with on(START):
        submit(hall.county)
        tasks.remind()
    assert [one.to for one in OutboxMail.objects.all()].count("clerk@example.gov.cn") == 1
    Take(Actor.of(hall.clerk), case_id=hall.case.pk).run()
    admin = person("root-admin", "办公室管理员", hall.office, Role.ADMINISTRATOR)
    PersonHandsOver(Actor.of(admin), person=hall.clerk, successor=hall.head, last_day=today()).run()
    hall.case.refresh_from_db()
    assert hall.case.handler == hall.head


def test_when_the_office_no_longer_handles_them_it_sees_nothing(hall: Hall) -> None:
    SetOffice(Actor.of(hall.administrator), agency=hall.county, office=None).run()
    assert listed(hall.clerk) == []
    own = person("county-clerk", "县经办", hall.county, Role.CLERK)
    assert listed(own) == [hall.case]


def test_the_governments_own_clerks_handle_them_beside_the_office(hall: Hall) -> None:
    own = person("county-clerk", "县经办", hall.county, Role.CLERK)
    Assign(Actor.of(hall.head), case_id=hall.case.pk, person_id=own.pk).run()
    steps = [StepWanted("拟稿", Role.CLERK, hall.clerk), StepWanted("签发", Role.LEADER)]
    chain = SetChain(Actor.of(hall.administrator), agency=hall.county, matter=Matter.REPLY, steps=steps).run()
    assert chain.steps.count() == 2
    with pytest.raises(ActionRefused, match="没有可以签批的人员"):
        SetChain(Actor.of(hall.administrator), agency=hall.county, matter=Matter.REPORT, steps=steps).run()


def test_which_office_is_the_governments_to_say(town: Town, hall: Hall) -> None:
    administrator = Actor.of(hall.administrator)
    for wrong in (town.agency, town.neighbour, hall.county):
        with pytest.raises(ActionRefused):
            SetOffice(administrator, agency=hall.county, office=wrong).run()
    with pytest.raises(ActionRefused, match="只有人民政府"):
        SetOffice(administrator, agency=hall.office, office=town.agency).run()
    for actor in (Actor.of(hall.head), Actor.of(hall.leader), town.as_head):
        with pytest.raises(Denied):
            SetOffice(actor, agency=hall.county, office=None).run()
    Post.objects.filter(agency=hall.office).delete()
    with pytest.raises(ActionRefused, match="还在办理"):
        AbolishAgency(administrator, agency=hall.office, day=today()).run()


def test_it_is_set_on_a_page(hall: Hall) -> None:
    client, url = signed_in(hall.administrator), reverse("agencies:office", args=[hall.county.pk])
    page = client.get(reverse("agencies:detail", args=[hall.county.pk])).content.decode()
    assert hall.office.full_name in page
    assert url in page
    assert client.post(url, {"office": ""}).status_code == 302
    hall.county.refresh_from_db()
    assert hall.county.handled_by is None
    told = client.get(reverse("agencies:detail", args=[hall.county.pk])).content.decode()
    assert "没有可以办理申请的人员" in told
    assert client.post(url, {"office": hall.office.pk}).status_code == 302
    elsewhere = agency("别处", Region.objects.first(), "elsewhere", "department")
    assert client.post(url, {"office": elsewhere.pk}).status_code == 200
    hall.county.refresh_from_db()
    assert hall.county.handled_by == hall.office
    assert signed_in(hall.head).get(url).status_code == 404
