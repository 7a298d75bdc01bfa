"""What waits for whom, on one page; lists kept under a name."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from gongkai.law.calendar import published
from gongkai.web.agencies import desk as desks
from gongkai.web.agencies.models import Leave, Role
from gongkai.web.applications.actions import AddParty, DeleteView, DraftLetter, SaveView, SignLetter
from gongkai.web.applications.models import Case, Letter, LetterSignature, SavedView
from gongkai.web.applications.workload import reminders, waiting
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import register, today
from tests.web.reporting.people import Town, person
from tests.web.sessions import signed_in

TYPED = {"查明事实": "已检索档案", "提供方式": "随函附上"}


@pytest.fixture
def case(town: Town) -> Case:
    return register(town.as_clerk, town.agency, today())


def reply(town: Town, case: Case) -> Letter:
    letter = DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", outcome="provided", typed=TYPED).run()
    return SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()


def papers(actor: Actor) -> list[Letter]:
    return [one.letter for one in waiting.waiting_for(actor, today()).papers]


def test_a_letter_waits_for_whoever_signs_next_and_for_nobody_else(town: Town, case: Case) -> None:
    letter = reply(town, case)
    assert papers(town.as_head) == [letter]
    assert papers(town.as_leader) == papers(town.as_clerk) == papers(town.as_other_clerk) == []
    SignLetter(town.as_head, case_id=case.pk, letter_id=letter.pk).run()
    assert papers(town.as_head) == []
    SignLetter(town.as_secrecy, case_id=case.pk, letter_id=letter.pk).run()
    (found,) = waiting.waiting_for(town.as_leader, today()).papers
    assert (found.step, found.says) == ("签发", "予以公开")
    assert "第三十六条" in found.basis
    assert len(found.signed) == 3
    SignLetter(town.as_leader, case_id=case.pk, letter_id=letter.pk).run()
    assert papers(town.as_leader) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="chooses by what is in the table: here nothing")
def test_no_question_looks_at_all_the_cases_an_agency_ever_had(town: Town, case: Case) -> None:
    reply(town, case)
    with CaptureQueriesContext(connection) as asked:
        waiting.waiting_for(town.as_clerk, today())
        desks.trays(town.as_clerk, today())
    steps = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if "applications_" in query["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                steps += [step for *_, step in cursor.fetchall()]
    assert any("case_state (agency_id=? AND state=?)" in step for step in steps)
    walked = tuple(f"SCAN applications_{name}" for name in ("case", "letter", "errand", "notice"))
    for step in steps:
        all_of_an_agency = "applications_case" in step and step.endswith("(agency_id=?)")
        found = all_of_an_agency or step.startswith(walked)
        assert not found, step


def test_a_deputy_finds_what_waits_for_the_absent(town: Town, case: Case) -> None:
    letter = reply(town, case)
    deputy = person("stand-in", "代理人员", town.neighbour, Role.SECTION_HEAD)
    assert papers(Actor.of(deputy)) == []
    Leave.objects.create(person=town.head, deputy=deputy, from_day=today(), until_day=today())
    assert papers(Actor.of(deputy)) == [letter]
    shown = signed_in(deputy).get(reverse("applications:desk")).content.decode()
    assert reverse("applications:letter", args=[case.pk, letter.pk]) in shown


def test_extensions_are_told_apart_and_what_is_overdue_is_counted(town: Town, case: Case) -> None:
    # Late in the year no extension can be dated: this one was signed by the clerk when it could.
    letter = Letter.objects.create(
        case=case, kind="extension", fields="{}", state="signing", drafted_by=town.clerk, drafted_at=now()
    )
    LetterSignature.objects.create(letter=letter, step=1, step_name="拟稿", person=town.clerk, at=now())
    late = [register(town.as_clerk, town.agency, date(2024, 3, 4) + timedelta(days)) for days in range(14)]
    # By how many working days nobody can say in a year whose holidays are not published.
    found = waiting.waiting_for(town.as_head, min(today(), published().last))
    assert [one.letter for one in found.extensions] == [letter]
    assert found.papers == []
    assert found.overdue_count == len(late)
    assert [one.case for one in found.overdue] == late[: waiting.MOST]
    assert all(one.left is not None and one.left < 0 for one in found.overdue)
    page = signed_in(town.head).get(reverse("applications:desk")).content.decode()
    assert f"全部{len(late)}件" in page
    home = signed_in(town.head).get("/admin/").content.decode()
    assert "依申请公开：待我办理" in home
    assert f"逾期未答复</span> <strong>{len(late)}件" in home


def consulted(town: Town, case: Case, party: str, name: str) -> Letter:
    """A letter to somebody, signed by the clerk, that waits for the head."""
    asked = AddParty(town.as_clerk, case_id=case.pk, party=party, name=name).run()
    kind = "consult_agency" if party == "agency" else "consult_third_party"
    typed = {"征求内容": "补偿协议"} | ({} if party == "agency" else {"权益": "商业秘密"})
    typed = {"征求内容": "补偿协议"} | ({} if party == "agency" else {"权益": "商业秘密"})
    letter = DraftLetter(
        town.as_clerk, case_id=case.pk, kind=kind, typed=typed, consultation_id=asked.pk
    ).run()
    SignLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk).run()
    return letter


def test_letters_to_several_of_one_case_are_told_apart_and_name_nobody(town: Town, case: Case) -> None:
    for party, name in (("third_party", "周五一"), ("third_party", "周六一"), ("agency", "某县水利局")):
        consulted(town, case, party, name)
    found = waiting.waiting_for(town.as_head, today()).papers
    assert [(one.kind, one.to) for one in found] == [
        ("政府信息公开征求第三方意见书", "第三方1（周*一）"),
        ("政府信息公开征求第三方意见书", "第三方2（周*一）"),
        ("政府信息公开征求意见函", "其他机关3（某县水利局）"),
    ]
    client = signed_in(town.head)
    for url in (reverse("applications:desk"), "/admin/"):
        page = client.get(url).content.decode()
        assert "致第三方2（周*一）" in page
        assert "周六一" not in page
    lines = [one.line for one in reminders.of_everybody(today())[town.head.pk] if "意见" in one.words]
    assert len(lines) == 3
    assert sum("（致第三方2）等您" in line for line in lines) == 1
    assert not [one for one in lines if "周" in one or "水利局" in one]


def test_another_agency_s_desk_is_empty(town: Town, case: Case) -> None:
    reply(town, case)
    register(town.as_clerk, town.agency, date(2024, 3, 4))
    other = waiting.waiting_for(town.as_other_clerk, today())
    assert not other.anything
    home = signed_in(town.other_clerk).get("/admin/").content.decode()
    assert "没有等您办理的事项" in home
    assert "依申请公开：待我办理" not in signed_in(town.stranger).get("/admin/").content.decode()


def test_many_letters_ask_the_chain_once(town: Town, django_assert_max_num_queries: object) -> None:
    cases = [register(town.as_clerk, town.agency, today()) for _ in range(6)]
    for one in cases:
        reply(town, one)
    with django_assert_max_num_queries(35):  # type: ignore[operator]
        assert len(papers(town.as_head)) == len(cases)


def test_filters_are_kept_under_a_name(town: Town, case: Case) -> None:
    client, url = signed_in(town.clerk), reverse("applications:due")
    save = reverse("applications:save_view")
    client.post(save, {"name": " 当面 提交 ", "query": "channel=in_person&p=3&x=1"})
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("当面 提交", "channel=in_person")
    page = client.get(f"{url}?{view.query}").content.decode()
    assert 'href="?channel=in_person" aria-current="true"' in page
    client.post(save, {"name": "当面 提交", "query": "bucket=overdue"})
    assert SavedView.objects.get().query == "bucket=overdue"
    assert "当面 提交" not in signed_in(town.second_clerk).get(url).content.decode()
    with pytest.raises(ActionRefused, match="没有这个视图"):
        DeleteView(town.as_second_clerk, agency=town.agency, view_id=view.pk).run()
    client.post(reverse("applications:delete_view", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "why"),
    [
        ("", "bucket=overdue", "视图名称"),
        ("x" * 31, "bucket=overdue", "视图名称"),
        ("全部", "bucket=all&p=2", "没有可以保存的筛选条件"),
        ("某人", "bucket=overdue&q=陈一心", "申请人的姓名"),
        ("某人", "bucket=overdue&s=abc", "查找的内容不能保存"),
    ],
)
def test_what_is_no_view_is_refused(town: Town, case: Case, name: str, query: str, why: str) -> None:
    with pytest.raises(ActionRefused, match=why):
        SaveView(town.as_clerk, agency=town.agency, name=name, query=query).run()
    assert not SavedView.objects.exists()
