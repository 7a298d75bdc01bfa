"""Our screens: each form runs its action, says what is refused, and is closed to whoever may not."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.web.agencies.models import Agency, HandOver, Leave, Person, Post, Role, SigningChain
from tests.web.days import TODAY

from .conftest import SINCE, agency, person

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("still_today")


@pytest.fixture
def admin(world: SimpleNamespace, sign_in: SignIn) -> Client:
    return sign_in(world.administrator)


def body(response: Any) -> str:
    return response.content.decode()


def test_the_list_shows_the_own_agencies_and_finds_former_names(
    world: SimpleNamespace, admin: Client, sign_in: SignIn
) -> None:
    world.town.former_names.create(full_name="昆阳公社", short_name="公社", until_day=SINCE)
    world.town.former_names.create(full_name="昆阳公社革委会", short_name="革委会", until_day=SINCE)
    page = body(admin.get("/admin/agencies/"))
    for name in ("平阳县人民政府", "平阳县昆阳镇人民政府", "平阳县教育局"):
        assert name in page
    assert "苍南" not in page
    found = body(admin.get("/admin/agencies/results/", {"q": "公社"}))
    assert found.count("平阳县昆阳镇人民政府") == 1
    assert "平阳县教育局" not in found
    assert "没有符合条件的机关" in body(admin.get("/admin/agencies/results/", {"q": "没有的"}))
    own = body(sign_in(world.clerk).get("/admin/agencies/"))
    assert "平阳县昆阳镇人民政府" in own
    assert "平阳县教育局" not in own
    assert "/admin/agencies/new/" not in own


def test_the_lists_take_as_many_queries_for_many_agencies_as_for_few(
    world: SimpleNamespace, admin: Client
) -> None:
    def queries() -> list[int]:
        counted = []
        for address in ("/admin/agencies/", "/admin/people/"):
            with CaptureQueriesContext(connection) as captured:
                admin.get(address)
            counted.append(len(captured))
        return counted

    queries()
    few = queries()
    for number in range(40):
        made = Agency.objects.create(
            code=f"t{number}", slug=f"t{number}", full_name=f"第{number}镇", short_name=f"第{number}镇",
            kind="town", region=world.county, supervisor=world.government,
        )  # fmt: skip
        person(f"p{number}", made, Role.CLERK)
    assert queries() == few


def test_the_page_of_an_agency_says_what_may_be_done(
    world: SimpleNamespace, admin: Client, sign_in: SignIn
) -> None:
    Leave.objects.create(person=world.clerk, deputy=world.head, from_day=TODAY, until_day=TODAY)
    address = f"/admin/agencies/{world.town.pk}/"
    page = body(admin.get(address))
    for words in (
        "更名",
        "调整隶属",
        "任命岗位",
        "姓名town-head代理",
        "未设定",
        "最近的办理记录",
        "昆阳镇便民服务中心",
    ):
        assert words in page
    seen = body(sign_in(world.clerk).get(address))
    assert "更名" not in seen
    assert "最近的办理记录" not in seen
    assert sign_in(world.other_clerk).get(address).status_code == 404
    assert admin.get("/admin/agencies/999999/").status_code == 404


def test_a_chain_that_nobody_can_sign_any_more_is_shown(world: SimpleNamespace, admin: Client) -> None:
    chain = SigningChain.objects.create(agency=world.town, matter="report")
    chain.steps.create(number=1, name="拟稿", role=Role.CLERK)
    chain.steps.create(number=2, name="签发", role=Role.LEADER)
    address = f"/admin/agencies/{world.town.pk}/"
    assert "可以签批" in body(admin.get(address))
    world.leader.posts.all().delete()
    page = body(admin.get(address))
    assert "不能签批" in page
    assert "“签发”步骤没有可以签批的人员" in page


def test_an_agency_is_founded_renamed_moved_and_abolished_by_forms(
    world: SimpleNamespace, admin: Client
) -> None:
    values = {
        "full_name": "平阳县鳌江镇人民政府", "short_name": "鳌江镇", "kind": "town",
        "supervisor": "平阳县人民政府", "region": "330326", "agency_code": "aojiang", "slug": "aojiang",
    }  # fmt: skip
    refused = body(
        admin.post("/admin/agencies/new/", {**values, "supervisor": "苍南县人民政府", "region": "999999"})
    )
    assert "没有找到这个机关，或您没有相应权限" in refused
    assert "没有这个行政区划" in refused
    assert "已有名称为" in body(admin.post("/admin/agencies/new/", {**values, "full_name": "平阳县教育局"}))
    response = admin.post("/admin/agencies/new/", values)
    made = Agency.objects.get(slug="aojiang")
    assert response.headers["Location"] == f"/admin/agencies/{made.pk}/"
    start = f"/admin/agencies/{made.pk}"
    admin.post(f"{start}/rename/", {"full_name": "鳌江市", "short_name": "鳌江", "from_day": "2024年3月4日"})
    admin.post(f"{start}/move/", {"supervisor": "jiaoyu", "region": "苍南县"})
    admin.post(f"{start}/edit/", {"phone": "0577-1", "postcode": "325401"})
    made.refresh_from_db()
    assert (made.full_name, made.supervisor, made.region) == ("鳌江市", world.bureau, world.next_county)
    assert (made.phone, made.postcode) == ("0577-1", "325401")
    assert made.former_names.get().until_day.isoformat() == "2024-03-03"
    admin.post(f"{start}/abolish/", {"day": TODAY.isoformat()})
    made.refresh_from_db()
    assert made.abolished_on == TODAY
    page = body(admin.get(f"{start}/"))
    assert "撤销</span>" in page
    assert "/rename/" not in page


def test_a_person_is_taken_in_and_given_a_password_shown_once(world: SimpleNamespace, admin: Client) -> None:
    response = admin.post(
        f"/admin/agencies/{world.town.pk}/people/new/",
        {
            "name": "王五",
            "username": "wangwu",
            "role": "clerk",
            "from_day": TODAY.isoformat(),
            "email": "w@example.com",
        },
    )
    new = Person.objects.get(username="wangwu")
    assert response.headers["Location"] == f"/admin/people/{new.pk}/"
    address = f"/admin/people/{new.pk}/password/"
    assert "原密码立即失效" in body(admin.get(address))
    page = body(admin.post(address))
    password = page.partition("<code>")[2].partition("</code>")[0]
    new.refresh_from_db()
    assert new.check_password(password)
    assert password not in body(admin.get(f"/admin/people/{new.pk}/"))
    assert password not in body(admin.get("/admin/people/"))


def test_posts_are_given_and_ended_by_forms(world: SimpleNamespace, admin: Client) -> None:
    form = {
        "person": world.head.pk,
        "role": "secrecy_reviewer",
        "title": "主任",
        "from_day": TODAY.isoformat(),
    }
    admin.post(f"/admin/agencies/{world.town.pk}/appoint/", form)
    post = Post.objects.get(person=world.head, role="secrecy_reviewer")
    assert "在此期间已任" in body(admin.post(f"/admin/agencies/{world.town.pk}/appoint/", form))
    outside = {**form, "person": world.other_clerk.pk}
    assert admin.post(f"/admin/agencies/{world.town.pk}/appoint/", outside).status_code == 200
    assert not Post.objects.filter(person=world.other_clerk, agency=world.town).exists()
    admin.post(f"/admin/people/posts/{post.pk}/end/", {"last_day": TODAY.isoformat()})
    post.refresh_from_db()
    assert post.until_day == TODAY


def test_people_record_their_own_leave_and_take_it_back(
    world: SimpleNamespace, sign_in: SignIn, admin: Client
) -> None:
    client = sign_in(world.clerk)
    address = f"/admin/people/{world.clerk.pk}/leave/"
    until = TODAY + timedelta(days=3)
    page = body(client.get(address))
    assert "姓名town-head" in page
    assert "other-clerk" not in page
    form = {"deputy": world.head.pk, "from_day": TODAY.isoformat(), "until_day": until.isoformat()}
    client.post(address, form)
    leave = Leave.objects.get()
    assert "已登记请假" in body(client.post(address, form))
    assert "❚❚" in body(admin.get("/admin/people/"))
    assert "姓名town-clerk" in body(sign_in(world.head).get("/admin/"))  # the panel: whom one acts for
    assert client.get(f"/admin/people/{world.head.pk}/leave/").status_code == 403
    assert sign_in(world.head).post(f"/admin/people/leave/{leave.pk}/cancel/").status_code == 403
    assert client.get(f"/admin/people/leave/{leave.pk}/cancel/").status_code == 404
    client.post(f"/admin/people/leave/{leave.pk}/cancel/")
    assert not Leave.objects.exists()


def test_a_hand_over_shows_what_passes_before_it_does(world: SimpleNamespace, admin: Client) -> None:
    Leave.objects.create(person=world.head, deputy=world.clerk, from_day=TODAY, until_day=TODAY)
    address = f"/admin/people/{world.clerk.pk}/hand-over/"
    assert "代理姓名town-head" in body(admin.get(address))
    admin.post(address, {"successor": world.leader.pk, "last_day": TODAY.isoformat()})
    assert HandOver.objects.get().successor == world.leader
    page = body(admin.get(f"/admin/people/{world.clerk.pk}/"))
    assert "已移交" in page
    assert "工作移交" not in page


def chain_form(*steps: tuple[str, str, Any]) -> dict[str, Any]:
    form: dict[str, Any] = {"form-TOTAL_FORMS": len(steps), "form-INITIAL_FORMS": len(steps)}
    for number, (name, role, who) in enumerate(steps):
        form |= {f"form-{number}-name": name, f"form-{number}-role": role, f"form-{number}-person": who}
    return form


def test_a_chain_is_set_by_a_form_that_says_what_is_wrong(world: SimpleNamespace, admin: Client) -> None:
    address = f"/admin/agencies/{world.town.pk}/chain/report/"
    page = body(admin.get(address))
    assert "拟稿" in page
    alone = chain_form(("拟稿", "leader", ""), ("签发", "leader", ""))
    assert "至少要有两名不同的人员签批" in body(admin.post(address, alone))
    assert "须同时填写" in body(admin.post(address, chain_form(("拟稿", "", ""), ("签发", "leader", ""))))
    assert not SigningChain.objects.exists()
    good = chain_form(("拟稿", "clerk", world.clerk.pk), ("签发", "leader", ""), ("", "", ""))
    assert admin.post(address, good).status_code == 302
    steps = SigningChain.objects.get().steps.values_list("number", "name", "person")
    assert list(steps) == [(1, "拟稿", world.clerk.pk), (2, "签发", None)]
    assert admin.get(f"/admin/agencies/{world.town.pk}/chain/war/").status_code == 404


FORMS = ("edit", "rename", "move", "abolish", "people/new", "appoint", "chain/report")
PERSON_FORMS = ("edit", "password", "hand-over", "leave")


@pytest.mark.parametrize("who", ["clerk", "other_administrator", "office"])
def test_forms_are_closed_to_whoever_may_not(world: SimpleNamespace, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(world, who))
    refused = 404 if who == "other_administrator" else 403  # who may not see it is not told that it is there
    for form in FORMS:
        if (who, form) == ("office", "edit"):
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(f"/admin/agencies/{world.town.pk}/{form}/")
            assert response.status_code == refused, (form, method)
    for form in PERSON_FORMS:
        for method in ("get", "post"):
            response = getattr(client, method)(f"/admin/people/{world.head.pk}/{form}/")
            assert response.status_code == refused, (form, method)


def test_a_person_sees_themselves_and_colleagues_only(world: SimpleNamespace, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    people = body(client.get("/admin/people/"))
    assert "town-head" in people
    assert "county-admin" not in people
    assert client.get(f"/admin/people/{world.clerk.pk}/").status_code == 200
    assert client.get(f"/admin/people/{world.other_clerk.pk}/").status_code == 404
    assert client.get(f"/admin/people/{world.root.pk}/").status_code == 404


def test_posts_elsewhere_are_not_shown_to_whoever_may_not_see_that_agency(
    world: SimpleNamespace, sign_in: SignIn
) -> None:
    Post.objects.create(person=world.head, agency=world.other_town, role=Role.LEADER, from_day=SINCE)
    client = sign_in(world.clerk)
    for address in ("/admin/people/", f"/admin/people/{world.head.pk}/"):
        assert "灵溪" not in body(client.get(address)), address


def test_pages_of_the_back_office_are_in_chinese(world: SimpleNamespace, admin: Client) -> None:
    person("nobody", agency("fresh", "新设机关", world.county, world.government), None)
    addresses = ("", "agencies/", "agencies/tree/", "people/", "account/", "documents/", "images/")
    for address in (f"/admin/{end}" for end in (*addresses, f"agencies/{world.town.pk}/rename/")):
        page = body(admin.get(address))
        assert '<html lang="zh-hans"' in page, address
        for english in (
            "Search all pages",
            "Theme preferences",
            "Add a document",
            "Layout",
            "Log out",
            "Skip to main",
        ):
            assert english not in page, (address, english)
