"""What is nobody's yet: given out, or told or sent on to the agency in charge, several at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.web.agencies.models import Agency, Role
from gongkai.web.applications.letters.check import typed_of
from gongkai.web.applications.models import Case, Forwarding, Letter
from tests.web.applications.asking import register, request, submit, today
from tests.web.reporting.people import Town, person
from tests.web.sessions import signed_in

FOUND = "本机关没有制作或者获取过该信息。"
URL = "/admin/applications/routing/"


def arrived(town: Town) -> list[Case]:
    """Two by the counter that name the neighbour, one over the internet; nobody's all three."""
    wanted = request(channel="in_person", subject="鳌江镇垃圾中转站选址文件")
    Agency.objects.filter(pk=town.neighbour.pk).update(short_name="鳌江镇")
    made = [register(town.as_clerk, town.agency, today() - timedelta(2), wanted) for _ in range(2)]
    Case.objects.update(handler=None)
    return [*Case.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"), submit(town.agency).case]


@pytest.fixture
def cases(town: Town) -> list[Case]:
    return arrived(town)


def marked(*cases: Case) -> list[str]:
    return [f"{case.pk}-{case.revision}" for case in cases]


def test_it_shows_what_nobody_handles_and_where_it_may_belong(town: Town, cases: list[Case]) -> None:
    page = signed_in(town.clerk).get(URL).content.decode()
    assert all(case.register_no in page for case in cases)
    assert "内容提到" in page
    assert f"{reverse('applications:act', args=[cases[0].pk, 'forward'])}?to={town.neighbour.pk}" in page
    form = signed_in(town.clerk).get(f"/admin/applications/{cases[0].pk}/do/forward/?to={town.neighbour.pk}")
    assert f'<option value="{town.neighbour.pk}" selected>' in form.content.decode()
    Case.objects.filter(pk=cases[0].pk).update(handler=town.clerk)
    assert cases[0].register_no not in signed_in(town.clerk).get(URL).content.decode()
    assert "没有待分办的申请" in signed_in(town.other_clerk).get(URL).content.decode()
    assert signed_in(town.leader).get(URL).status_code == 403


def test_what_waits_is_on_the_home_page_of_whoever_can_give_it_out(town: Town, cases: list[Case]) -> None:
    home = signed_in(town.head).get("/admin/").content.decode()
    assert "待分办" in home
    assert URL in home
    assert URL not in signed_in(town.leader).get("/admin/").content.decode()


def test_several_are_given_out(town: Town, cases: list[Case]) -> None:
    given = {"do": "assign", "person": town.second_clerk.pk, "case": marked(*cases)}
    Case.objects.filter(pk=cases[0].pk).update(revision=99)
    told = signed_in(town.head).post(URL, given, follow=True).content.decode()
    assert "已分办2件" in told
    assert f"{cases[0]}没有办理" in told
    assert set(Case.objects.filter(handler=town.second_clerk)) == set(cases[1:])


def test_several_are_told_the_agency_in_charge(town: Town, cases: list[Case]) -> None:
    given = {
        "do": "forward", "agency_pk": town.neighbour.pk, "found_out": FOUND, "consent": "",
        "case": marked(*cases),
    }  # fmt: skip
    told = signed_in(town.clerk).post(URL, given, follow=True).content.decode()
    assert "已拟出2份答复书" in told
    assert f"{cases[2]}没有办理" in told, "over the internet: receipt is not confirmed yet"
    letters = Letter.objects.order_by("case_id")
    assert [(one.case, one.outcome, one.state) for one in letters] == [
        (case, "other_agency", "draft") for case in cases[:2]
    ]
    assert all(town.neighbour.full_name in typed_of(one)["理由"] for one in letters)
    assert set(Case.objects.filter(handler=town.clerk)) == set(cases[:2])
    assert not Forwarding.objects.exists()


def test_with_the_consent_of_each_several_go_on(town: Town, cases: list[Case]) -> None:
    given = {
        "do": "forward", "agency_pk": town.neighbour.pk, "found_out": FOUND, "agrees": "on",
        "case": marked(*cases[:2]),
    }  # fmt: skip
    back = signed_in(town.clerk).post(URL, given)
    assert back.status_code == 422
    page = back.content.decode()
    assert "请写明申请人怎样、何时同意转办" in page
    assert FOUND in page
    assert page.count("checked") >= 3, "what was marked is still marked"
    assert Letter.objects.count() == 0
    signed_in(town.clerk).post(URL, {**given, "consent": "2024年3月4日电话逐一同意"})
    assert Case.objects.filter(agency=town.neighbour, origin="forwarded").count() == 2


def test_another_agencys_case_is_not_there(town: Town, cases: list[Case]) -> None:
    for given in (
        {"do": "assign", "person": town.other_clerk.pk},
        {"do": "forward", "agency_pk": town.agency.pk, "found_out": FOUND},
    ):
        stranger = signed_in(person(f"o{given['do']}", "外人", town.neighbour, Role.CLERK))
        register(town.as_other_clerk, town.neighbour, today())
        Case.objects.filter(agency=town.neighbour).update(handler=None)
        assert stranger.post(URL, {**given, "case": marked(cases[0])}).status_code == 404
    cases[0].refresh_from_db()
    assert cases[0].handler is None
    assert Letter.objects.count() == 0
