"""What pages show is what the actions' permissions allow; forms nobody may send are refused when opened."""

import re

import pytest
from django.urls import reverse

from gongkai.web.applications.actions import Assign, RecordEvent, Take
from gongkai.web.applications.letters.kinds import kinds
from gongkai.web.applications.models import Case
from gongkai.web.applications.views.acts import ACTS
from gongkai.web.applications.views.allowed import May, action_of
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.asking import register, submit, today
from tests.web.applications.playing import Office, confirmed, on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

DUE = reverse("applications:due")


@pytest.fixture
def case(town: Town) -> Case:
    made = register(town.as_clerk, town.agency, today())
    Case.objects.update(handler=None)
    return Case.objects.get(pk=made.pk)


def linked(page: str) -> set[str]:
    """The addresses of a page's links and forms within the applications."""
    return set(re.findall(r'(?:href|action)="(/admin/applications/[^"#?]*)', page))


def test_every_link_of_a_case_opens_for_whoever_sees_it(town: Town, case: Case) -> None:
    for person in (town.clerk, town.head, town.secrecy, town.leader):
        client = signed_in(person)
        for start in (DUE, reverse("applications:case", args=[case.pk])):
            for address in linked(client.get(start).content.decode()):
                answer = client.get(address)
                assert answer.status_code in {200, 302, 405}, (person.username, start, address)


def test_who_only_signs_is_offered_no_step_of_the_handlers(town: Town, case: Case) -> None:
    url = reverse("applications:case", args=[case.pk])
    for person in (town.leader, town.secrecy):
        page = signed_in(person).get(url).content.decode()
        steps = [one for one in linked(page) if "/letters/new/" in one or "/do/" in one]
        assert [one for one in steps if not one.endswith("/do/assign/")] == []
        assert bool(steps) is (person == town.leader), "the leader gives out"
        assert "登记申请" not in signed_in(person).get(DUE).content.decode()
    clerk = signed_in(town.clerk)
    assert reverse("applications:new_letter", args=[case.pk, "reply"]) in clerk.get(url).content.decode()
    assert "登记申请" in clerk.get(DUE).content.decode()


def test_a_form_nobody_may_send_is_refused_when_it_is_opened_and_says_who_can(town: Town, case: Case) -> None:
    leader = signed_in(town.leader)
    for address in (
        reverse("applications:new_letter", args=[case.pk, "reply"]),
        reverse("applications:on_the_spot", args=[case.pk]),
        *(reverse("applications:act", args=[case.pk, name]) for name in ("note", "take")),
    ):
        told = leader.get(address)
        assert told.status_code == 403, address
        assert "科室负责人办理" in told.content.decode(), address


def test_a_form_the_law_does_not_allow_now_is_refused_with_the_article(town: Town) -> None:
    case = submit(town.agency).case
    told = signed_in(town.clerk).get(reverse("applications:new_letter", args=[case.pk, "extension"]))
    assert told.status_code == 409
    assert "第三十一条" in told.content.decode()
    RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=today()).run()
    again = signed_in(town.clerk).get(reverse("applications:act", args=[case.pk, "confirm"]))
    assert again.status_code == 409


def test_of_a_closed_case_no_step_opens(town: Town, office: Office) -> None:
    case = confirmed(town)
    with on(today()):
        RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=today()).run()
        told = signed_in(town.clerk).get(reverse("applications:new_letter", args=[case.pk, "reply"]))
    assert told.status_code == 409
    assert "撤回" in told.content.decode()


def test_what_a_page_asks_is_what_the_action_declares(town: Town) -> None:
    for name in (*ACTS, *kinds(), "on_the_spot", "personal", "group", "copy"):
        for person in (town.clerk, town.head, town.secrecy, town.leader, town.other_clerk):
            actor = Actor.of(person)
            held = town.agency.pk in _where(actor, action_of(name).permission)
            assert May(actor, town.agency.pk)[name.replace("-", "_")] is held
    with pytest.raises(KeyError):
        May(town.as_clerk, town.agency.pk)["nothing"]


def _where(actor: Actor, permission: str) -> set[int]:
    from gongkai.web.agencies.permissions import where

    return set(where(actor, permission))


def test_the_head_gives_out_and_a_clerk_takes_what_is_nobody_s(town: Town, case: Case) -> None:
    given = {"case_id": case.pk, "person_id": town.second_clerk.pk}
    for actor in (town.as_clerk, Actor.of(town.secrecy)):
        with pytest.raises(Denied):
            Assign(actor, **given).run()
    Take(town.as_clerk, case_id=case.pk).run()
    assert Case.objects.get().handler == town.clerk
    with pytest.raises(ActionRefused, match=f"由{town.clerk}办理"):
        Take(Actor.of(town.second_clerk), case_id=case.pk).run()
    Assign(town.as_head, **given).run()
    assert Case.objects.get().handler == town.second_clerk
    said = set(AuditEntry.objects.values_list("code", flat=True))
    assert {"applications.take", "applications.assign"} <= said


def test_on_the_lists_a_clerk_can_only_take(town: Town, case: Case) -> None:
    clerk, url = signed_in(town.clerk), reverse("applications:routing")
    for address in (DUE, url):
        page = clerk.get(address).content.decode()
        assert "选中的由我办理" in page
        assert f'<option value="{town.second_clerk.pk}">' not in page.partition('id="person"')[2]
    marked = {"case": f"{case.pk}-{case.revision}", "do": "assign"}
    told = clerk.post(url, marked | {"person": town.second_clerk.pk}, follow=True).content.decode()
    assert "您没有办理此事的权限" in told
    assert Case.objects.get().handler is None
    clerk.post(url, marked | {"person": town.clerk.pk})
    assert Case.objects.get().handler == town.clerk
    head = signed_in(town.head).get(DUE).content.decode()
    assert f'<option value="{town.second_clerk.pk}">' in head.partition('id="person"')[2]


def test_where_nobody_is_head_of_a_section_the_leader_gives_out_in_bulk(town: Town, case: Case) -> None:
    town.head.posts.all().delete()
    leader = signed_in(town.leader)
    page = leader.get(DUE).content.decode()
    assert f'<option value="{town.second_clerk.pk}">' in page.partition('id="person"')[2]
    marked = {"case": f"{case.pk}-{case.revision}", "person": town.second_clerk.pk}
    leader.post(reverse("applications:assign"), marked)
    assert Case.objects.get().handler == town.second_clerk
