"""A split or forwarded application: the applicant's words are kept, and its page leads to what came of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from gongkai.web.applications.actions import ForwardCase, NewCode, Purge, RecordEvent, Split, Submitted
from gongkai.web.applications.models import Case
from gongkai.web.applications.papers import making
from gongkai.web.applications.papers.kinds import FORM, SLIP
from gongkai.web.applications.permissions import TIDIER
from gongkai.web.common.actor import Actor
from tests.web.applications.asking import register, request, requester, submit
from tests.web.applications.following import FOLLOWED, TRACK, of, opened
from tests.web.applications.playing import START, on
from tests.web.portal.accounts.holder import MINE, Holder
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

SENT = "一、道路图纸；二、财政预算；三、以及全部会议纪要"
DAY = START + timedelta(1)


@pytest.fixture
def whole(town: Town) -> Case:
    """Sent by somebody who has a telephone alone, and split; the clerk leaves the third thing out."""
    with on(START):
        wanted = request(requester(email="", phone="13800000000"), subject=SENT)
        case = submit(town.agency, wanted).case
        RecordEvent(town.as_clerk, case_id=case.pk, kind="confirmed", on=START).run()
    with on(DAY):
        Split(town.as_clerk, case_id=case.pk, subjects=("道路图纸", "财政预算")).run()
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def part(whole: Case) -> Case:
    return Case.objects.get(split_from=whole)


def shown(client: Client) -> str:
    return " ".join(strip_tags(client.get(FOLLOWED).content.decode().replace("<", " <")).split())


def go(client: Client, case: Case, to: Case) -> int:
    return client.post(reverse("portal:onward", args=[to.pk]), of(case)).status_code


def test_what_was_sent_is_shown_and_printed_after_it_was_split(whole: Case, part: Case) -> None:
    assert (whole.subject, part.subject) == ("道路图纸", "财政预算")
    for case in (whole, part):
        with on(DAY):
            page = shown(opened(case))
        assert f"原申请内容 {SENT}" in page
        assert f"{SENT} （按一事一申请拆分，本件办理：{case.subject}）" in page, "what I filled in"
        for paper, field in ((FORM, "信息名称"), (SLIP, "所需信息")):
            said = making.values_of(paper, case, DAY)[field]
            assert said == f"{SENT}\n（按一事一申请拆分，本件办理：{case.subject}）"


def test_the_clerk_sees_the_words_too(town: Town, whole: Case) -> None:
    page = signed_in(town.clerk).get(reverse("applications:case", args=[whole.pk])).content.decode()
    assert f"<dt>原申请内容</dt><dd>{SENT}</dd>" in page


def test_the_page_tells_of_the_split_and_leads_to_the_part_and_back(whole: Case, part: Case) -> None:
    with on(DAY):
        citizen = opened(whole)
        page = shown(citizen)
        assert f"2024-03-05 按一事一申请拆分，另立{part.register_no}办理" in page
        assert f"拆分：{part.register_no}，办理中。财政预算" in page
        assert part.code not in page
        assert go(citizen, whole, part) == 302
        page = shown(citizen)
        assert f"{part.register_no}号申请" in page
        assert f"2024-03-05 按一事一申请，由{whole.register_no}号申请拆分" in page
        withdraw = reverse("portal:act_on_case", args=["withdraw"])
        assert citizen.post(withdraw, of(whole, sure="1")).status_code == 409, "that page is another's"
        assert citizen.post(withdraw, of(part, sure="1")).status_code == 302
        assert go(citizen, part, whole) == 302
        assert f"返回{whole.register_no}" not in shown(citizen)
    part.refresh_from_db()
    whole.refresh_from_db()
    assert (part.state, whole.is_open) == ("withdrawn", True)


def test_the_code_of_a_part_opens_that_part_alone(town: Town, whole: Case, part: Case) -> None:
    stranger = submit(town.agency).case
    with on(DAY):
        citizen = opened(part)
        assert "查看办理情况" not in shown(citizen)
        assert go(citizen, part, whole) == 404
        assert go(opened(whole), whole, stranger) == 404
        assert go(opened(stranger), stranger, part) == 404
        assert go(opened(whole), part, part) == 409, "the page is not of the opened case"
        assert go(Client(), whole, part) == 302
        assert Client().post(reverse("portal:onward", args=[part.pk]), of(whole)).headers["Location"] == TRACK


def test_a_new_code_for_the_whole_closes_what_the_old_one_opened(town: Town, whole: Case, part: Case) -> None:
    with on(DAY):
        citizen = opened(whole)
        go(citizen, whole, part)
        assert citizen.get(FOLLOWED).status_code == 200
        NewCode(town.as_clerk, case_id=whole.pk, reason="回执遗失", identified="本人持身份证到场核对").run()
        assert citizen.get(FOLLOWED).headers["Location"] == TRACK


def test_what_was_opened_from_the_list_closes_with_it(whole: Case, part: Case) -> None:
    with on(DAY):
        holder = Holder("chen@example.cn").sign_in()
        holder.add(Submitted(whole, whole.code))
        client = holder.client
        client.post(reverse("portal:account_open", args=[whole.pk]))
        assert go(client, whole, part) == 302
        assert client.get(FOLLOWED).status_code == 200
        client.post(reverse("portal:account_remove", args=[whole.pk]))
        assert client.get(FOLLOWED).headers["Location"] == TRACK


def test_a_part_of_a_part_is_found_and_the_first_words_stay(town: Town, whole: Case, part: Case) -> None:
    with on(DAY):
        Split(town.as_clerk, case_id=part.pk, subjects=("2023年预算", "2024年预算")).run()
        Split(town.as_clerk, case_id=whole.pk, subjects=("A路图纸", "B路图纸")).run()
        last = Case.objects.get(split_from=part)
        citizen = opened(whole)
        page = shown(citizen)
        assert go(citizen, whole, last) == 302
        assert f"原申请内容 {SENT}" in shown(citizen)
    assert f"原申请内容 {SENT}" in page
    assert all(one.register_no in page for one in Case.objects.exclude(pk=whole.pk))


def test_the_case_at_the_agency_in_charge_is_reached_too(town: Town) -> None:
    with on(START):
        wanted = request(requester(email=""), channel="in_person")
        case = register(town.as_clerk, town.agency, START, wanted)
        ForwardCase(
            town.as_clerk,
            case_id=case.pk,
            agency_pk=town.neighbour.pk,
            found_out="本机关没有制作或者获取过该信息。",
            consent="电话同意",
        ).run()
        there = Case.objects.get(agency=town.neighbour)
        citizen = opened(case)
        page = shown(citizen)
        assert f"经您同意，转{town.neighbour.full_name}办理，登记号{there.register_no}" in page
        assert "原申请内容" not in page
        assert "电话同意" not in page
        assert go(citizen, case, there) == 302
        assert town.neighbour.full_name in shown(citizen)


def test_the_words_go_with_the_file(whole: Case, part: Case) -> None:
    clerk = Actor.system(TIDIER)
    with on(DAY):
        citizen = opened(whole)
        citizen.post(reverse("portal:act_on_case", args=["withdraw"]), of(whole, sure="1"))
    Purge(clerk, case_id=whole.pk, whole=True).run()
    whole.refresh_from_db()
    assert whole.asked_for == ""
    with on(DAY):
        assert "原申请内容" not in shown(opened(Case.objects.get(pk=part.pk)))


# --- addresses that only take forms ------------------------------------------------------------------------
def test_who_comes_to_a_forms_address_by_itself_lands_on_its_page(town: Town) -> None:
    case = submit(town.agency).case
    citizen = opened(case)
    onward = reverse("portal:onward", args=[case.pk])
    for name in ("correct", "withdraw", "rate", "sms"):
        assert citizen.get(reverse("portal:act_on_case", args=[name])).headers["Location"] == FOLLOWED
    for address in (onward, reverse("portal:leave_case")):
        assert citizen.get(address).headers["Location"] == FOLLOWED
    assert citizen.get(FOLLOWED).status_code == 200, "asking for it by its address did nothing"
    for name in ("account_add", "account_undo", "account_leave"):
        assert citizen.get(reverse(f"portal:{name}")).headers["Location"] == MINE
    for name in ("account_open", "account_remove"):
        assert citizen.get(reverse(f"portal:{name}", args=[case.pk])).headers["Location"] == MINE
    assert citizen.put(reverse("portal:leave_case")).status_code == 405
