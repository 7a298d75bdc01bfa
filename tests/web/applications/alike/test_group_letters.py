"""A group answered together: each its own letter, number, signatures, delivery and cell of table 3."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.kernel.period import Period
from gongkai.law.case import Kind
from gongkai.web.agencies.models import Person
from gongkai.web.applications import clock, files
from gongkai.web.applications.actions import (
    AddFile,
    CopyLetter,
    DraftLetter,
    EditLetter,
    ForwardCase,
    LeaveGroup,
    RecordEvent,
    SignLetter,
)
from gongkai.web.applications.alike import groups
from gongkai.web.applications.letters.check import typed_of
from gongkai.web.applications.models import Case, Letter, LetterState, Purpose
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.statistics import figures
from gongkai.web.common import audit
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry
from tests.web.applications.alike.several import NAMES, asked, group, somebody, trio
from tests.web.applications.asking import PDF, register, request, submit, today
from tests.web.applications.playing import on
from tests.web.reporting.people import Town
from tests.web.sessions import signed_in

TYPED = {"查明事实": "本机关检索了档案，查得方案一份。", "理由": "", "提供方式": "随本答复书提供复制件一份。"}


def drafted(town: Town, case: Case, outcome: str = "provided", **typed: str) -> Letter:
    given = TYPED | typed
    return DraftLetter(town.as_clerk, case_id=case.pk, kind="reply", typed=given, outcome=outcome).run()


def edited(town: Town, letter: Letter, outcome: str = "provided", **typed: str) -> None:
    given = TYPED | typed
    EditLetter(
        town.as_second_clerk, case_id=letter.case_id, letter_id=letter.pk, typed=given, outcome=outcome
    ).run()  # fmt: skip


def like(town: Town, case: Case, letter: Letter, **more: Any) -> Letter:
    return CopyLetter(town.as_clerk, case_id=case.pk, letter_id=letter.pk, **more).run()


def do(person: Person, name: str, letter: Letter | None, *cases: Case, **given: Any) -> str:
    """One step for some of the group on its page; what is said afterwards."""
    first = letter.case_id if letter else cases[0].pk
    args = [first, name, letter.pk] if letter else [first, name]
    url = reverse("applications:together_on" if letter else "applications:together", args=args)
    client = signed_in(person)
    assert client.get(url).status_code == 200
    shown = Case.objects.filter(pk__in=[one.pk for one in cases])
    marked = [f"{one.pk}-{one.revision}" for one in shown]
    answer = client.post(url, {"case": marked, **given}, follow=True)
    return answer.content.decode()


def letters(*cases: Case) -> list[Letter]:
    return [one.letters.exclude(state=LetterState.DROPPED).get() for one in cases]


def test_the_same_letter_is_each_cases_own(town: Town) -> None:
    one, two, _ = trio(town)
    shown = intake.Upload("", "方案.pdf", PDF)
    AddFile(town.as_clerk, case_id=one.pk, purpose=Purpose.DISCLOSED, upload=shown).run()
    AddFile(town.as_clerk, case_id=one.pk, purpose=Purpose.INTERNAL, upload=shown).run()
    source = drafted(town, one)
    made = like(town, two, source)
    assert (made.case_id, made.outcome, typed_of(made)) == (two.pk, "provided", typed_of(source))
    assert made.state == LetterState.DRAFT
    (copy,) = two.attachments.filter(purpose=Purpose.DISCLOSED)
    assert files.content_of(copy) == PDF
    assert copy.path != one.attachments.get(purpose=Purpose.DISCLOSED).path
    assert not two.attachments.filter(purpose=Purpose.INTERNAL).exists()
    entry = AuditEntry.objects.get(code="applications.copy_letter")
    assert (entry.details["like"], entry.details["letter"], entry.details["files"]) == (source.pk, made.pk, 1)
    assert AuditEntry.objects.filter(code="applications.draft_letter").count() == 2


def test_a_second_copy_is_refused_and_a_draft_is_written_anew_when_asked(town: Town) -> None:
    one, two, _ = trio(town)
    source = drafted(town, one)
    made = like(town, two, source)
    with pytest.raises(ActionRefused, match="已有一份"):
        like(town, two, source)
    edited(town, source, 查明事实="改了")
    again = like(town, two, source, replace=True)
    assert (again.pk, typed_of(again)["查明事实"]) == (made.pk, "改了")
    SignLetter(town.as_clerk, case_id=two.pk, letter_id=made.pk).run()
    with pytest.raises(ActionRefused, match="已有一份"):
        like(town, two, source, replace=True)


@pytest.mark.parametrize(
    ("word", "what"),
    [(NAMES[0], "姓名"), ("E00000000", "证件号码"), ("13800000000", "电话"), ("p0@example.cn", "邮箱")],
)
def test_what_is_the_first_applicants_alone_goes_to_nobody_else(town: Town, word: str, what: str) -> None:
    one, two, _ = trio(town)
    source = drafted(town, one, 提供方式=f"寄给{word}。")
    with pytest.raises(ActionRefused, match=what):
        like(town, two, source)
    assert not two.letters.exists()


def test_a_number_of_the_first_case_goes_to_nobody_else(town: Town) -> None:
    one, two, _ = trio(town)
    with pytest.raises(ActionRefused, match="登记号"):
        like(town, two, drafted(town, one, 查明事实=f"见{one.register_no}号。"))


def test_a_file_named_after_the_first_applicant_goes_to_nobody_else(town: Town) -> None:
    one, two, _ = trio(town)
    named = intake.Upload("", f"给{NAMES[0]}的方案.pdf", PDF)
    AddFile(town.as_clerk, case_id=one.pk, purpose=Purpose.DISCLOSED, upload=named).run()
    with pytest.raises(ActionRefused, match="姓名"):
        like(town, two, drafted(town, one))


@pytest.mark.parametrize("outcome", ["repeat", "abusive", "still_unclear", "not_corrected"])
def test_what_one_applicant_did_decides_nobody_elses_case(town: Town, outcome: str) -> None:
    one, two, _ = trio(town)
    with pytest.raises(ActionRefused, match="只关系到那一位申请人"):
        like(town, two, drafted(town, one, outcome, 理由="x"))


def test_one_applicants_consent_sends_nobody_elses_application_on(town: Town) -> None:
    one, two, _ = trio(town)
    sent = ForwardCase(
        town.as_clerk, case_id=one.pk, agency_pk=town.neighbour.pk, found_out="不归本机关", consent="电话同意"
    ).run()  # fmt: skip
    with pytest.raises(ActionRefused, match="只关系到那一位申请人"):
        like(town, two, sent)


def test_only_what_is_still_of_the_group_and_asks_for_the_same(town: Town) -> None:
    one, two, three = trio(town)
    source = drafted(town, one)
    LeaveGroup(town.as_clerk, case_id=two.pk, reason="另办").run()
    with pytest.raises(ActionRefused, match="没有这份同组申请的文书"):
        like(town, two, source)
    changed = Case.objects.get(pk=three.pk)
    changed.details = "补正：只要2023年第5号"
    changed.save()
    with pytest.raises(ActionRefused, match="已经不同"):
        like(town, three, source)
    assert f"{three}没有办理：所需信息的文字已经不同" in do(town.clerk, "copy", source, three)
    hints = {member.case: member.hint for member in groups.panel(Case.objects.get(pk=one.pk)).members}
    assert "已经不同" in hints[three]
    assert hints[one] == ""
    with pytest.raises(Denied):
        CopyLetter(town.as_leader, case_id=three.pk, letter_id=source.pk).run()
    fee = DraftLetter(
        town.as_clerk, case_id=one.pk, kind="fee", typed={"计收方式": "按件", "数量": "31"}
    ).run()
    with pytest.raises(ActionRefused, match="不能照样办理"):
        like(town, three, fee)


def test_those_the_clock_refuses_are_named_and_the_others_made(town: Town) -> None:
    """One not confirmed, one waiting for a correction that ended it: the rest get their letters."""
    one, two, three = trio(town)
    waiting = submit(town.agency, request(somebody(3))).case
    group(town, one, waiting)
    clock.append(
        Case.objects.get(pk=three.pk), town.as_clerk, Kind.CORRECTION_REQUESTED, today(), workdays=15
    )
    source = drafted(town, one)
    said = do(town.clerk, "copy", source, two, three, waiting)
    assert letters(one, two)[1].outcome == "provided"
    refused = [case for case in (three, waiting) if not case.letters.exists()]
    assert refused
    for case in refused:
        assert f"{case}没有办理" in said
    assert f"已办理{3 - len(refused)}件" in said


def test_a_letter_that_is_not_whole_is_copied_to_nobody(town: Town) -> None:
    one, two, _ = trio(town)
    source = drafted(town, one, 提供方式="")
    said = do(town.clerk, "copy", source, two)
    assert f"{two}没有办理：文书还不能签批" in said
    assert not two.letters.exists()


def test_drafted_signed_and_delivered_together(town: Town) -> None:
    cases = trio(town)
    source = drafted(town, cases[0])
    do(town.clerk, "copy", source, *cases[1:])
    for person in (town.clerk, town.head, town.secrecy, town.leader):
        said = do(person, "sign", source, *cases)
        assert "已办理3件" in said, said
    made = letters(*cases)
    assert {one.state for one in made} == {LetterState.SIGNED}
    assert len({one.document_no for one in made}) == 3
    assert len({one.content_sha256 for one in made}) == 3
    for letter in made:
        signatures = letter.signatures.all()
        assert [row.content_sha256 for row in signatures] == [letter.content_sha256] * 4
        assert letter.pdf is not None
    do(town.clerk, "deliver", source, *cases, way="hand", on=today().isoformat())
    assert all(not Case.objects.get(pk=one.pk).is_open for one in cases)
    counted = figures.table3([town.agency.pk], Period.of_year(today().year))
    assert (counted["granted"]["natural_person"], counted["new"]["natural_person"]) == (3, 3)
    assert audit.verify() == []


def test_the_papers_name_each_applicant_alone(town: Town) -> None:
    from gongkai.web.applications.letters import making

    one, two, _ = trio(town)
    made = like(town, two, drafted(town, one))
    values = making.values_of(Letter.objects.select_related("case__applicant").get(pk=made.pk), today())
    assert (values["收件人"], values["登记号"]) == (NAMES[1], two.register_no)
    assert NAMES[0] not in str(values)


def test_a_letter_that_says_something_else_is_not_signed_unseen(town: Town) -> None:
    one, two, three = trio(town)
    source = drafted(town, one)
    other = drafted(town, two, 查明事实="另一种写法")
    like(town, three, source)
    url = reverse("applications:together_on", args=[one.pk, "sign", source.pk])
    page = signed_in(town.clerk).get(url)
    chosen = {row["row"].case.pk: (row["chosen"], row["row"].look.said) for row in page.context["rows"]}
    assert (chosen[one.pk][0], chosen[two.pk][0], chosen[three.pk][0]) == (True, False, True)
    assert "不一致" in chosen[two.pk][1]
    edited(
        town,
        letters(three)[0],
        outcome="partial",
        理由="其余部分属于个人隐私",
        其余部分的依据="保护第三方合法权益",
    )
    marked = [f"{row['row'].case.pk}-{row['row'].case.revision}" for row in page.context["rows"]]
    answer = signed_in(town.clerk).post(url, {"case": marked}, follow=True).content.decode()
    assert "已办理2件" in answer
    assert f"{three}没有办理：这件申请刚刚被其他人改动过" in answer
    assert not letters(three)[0].signatures.exists()
    assert letters(two)[0] == other


def test_what_is_not_ones_turn_cannot_be_chosen(town: Town) -> None:
    one, two, _ = trio(town)
    source = drafted(town, one)
    like(town, two, source)
    url = reverse("applications:together_on", args=[one.pk, "sign", source.pk])
    page = signed_in(town.leader).get(url)
    assert page.context["rows"] == []
    assert "您不是“拟稿”步骤的签批人" in page.content.decode()
    posted = signed_in(town.leader).post(url, {"case": [f"{one.pk}-{Case.objects.get(pk=one.pk).revision}"]})
    assert posted.status_code == 409
    assert not source.signatures.exists()


def test_by_mail_each_has_a_number_of_its_own(town: Town) -> None:
    cases = trio(town)
    source = drafted(town, cases[0])
    do(town.clerk, "copy", source, *cases[1:])
    for person in (town.clerk, town.head, town.secrecy, town.leader):
        do(person, "sign", source, *cases)
    day = today().isoformat()
    numbers = {f"tracking-{case.pk}": f"XA1234567{n}" for n, case in enumerate(cases[:2])}
    twice = numbers | {f"tracking-{cases[1].pk}": "XA12345670"}
    assert "同一个邮件号码" in do(town.clerk, "deliver", source, *cases, way="post", on=day, **twice)
    assert {one.state for one in letters(*cases)} == {LetterState.SIGNED}
    said = do(town.clerk, "deliver", source, *cases, way="post", on=day, **numbers)
    assert "已办理2件" in said
    assert f"{cases[2]}没有办理：没有填写邮件号码" in said
    found = letters(*cases)
    assert [one.delivery.tracking for one in found[:2]] == ["XA12345670", "XA12345671"]
    assert found[2].state == LetterState.SIGNED


def test_extended_together_each_to_its_own_day(town: Town) -> None:
    with on(date(2024, 3, 6)):
        one, two = asked(town, 0, date(2024, 3, 4)), asked(town, 1, date(2024, 3, 6))
        group(town, one, two)
        typed = {"延期理由": "需要向多个部门收集", "期限": "10"}
        source = DraftLetter(town.as_clerk, case_id=one.pk, kind="extension", typed=typed).run()
        do(town.clerk, "copy", source, two)
        for person in (town.clerk, town.head):
            assert "已办理2件" in do(person, "sign", source, one, two)
        do(town.clerk, "deliver", source, one, two, way="hand", on="2024-03-06")
    due = [Case.objects.get(pk=case.pk).due for case in (one, two)]
    assert due == [date(2024, 4, 16), date(2024, 4, 18)]


def test_receipt_is_confirmed_together(town: Town) -> None:
    one, two = (submit(town.agency, request(somebody(number))).case for number in (0, 1))
    three = asked(town, 2)
    group(town, one, two, three)
    url = reverse("applications:together", args=[one.pk, "confirm"])
    page = signed_in(town.clerk).get(url)
    assert [row["row"].case for row in page.context["rows"]] == [one, two]
    assert "已办理2件" in do(town.clerk, "confirm", None, one, two, on=today().isoformat(), note="电话确认")
    assert {Case.objects.get(pk=case.pk).received_on for case in (one, two)} == {today()}


def test_a_note_for_the_whole_group(town: Town) -> None:
    cases = trio(town)
    do(town.clerk, "note", None, *cases, kind="meeting", text="联席会议研究了本组申请")
    assert [case.notes.last().kind for case in cases] == ["meeting"] * 3  # type: ignore[union-attr]


def test_returned_together_and_mended_together(town: Town) -> None:
    cases = trio(town)
    source = drafted(town, cases[0])
    do(town.clerk, "copy", source, *cases[1:])
    do(town.clerk, "sign", source, *cases)
    do(town.head, "return", source, *cases, reason="查明的事实写得太简单")
    assert {one.state for one in letters(*cases)} == {LetterState.DRAFT}
    edited(town, source, 查明事实="补充了经过")
    do(town.clerk, "copy", source, *cases[1:])
    assert {typed_of(one)["查明事实"] for one in letters(*cases)} == {"补充了经过"}


def test_nothing_outside_the_group_is_reached(town: Town) -> None:
    one, two, _ = trio(town)
    outside = asked(town, 3)
    source = drafted(town, one)
    url = reverse("applications:together_on", args=[one.pk, "copy", source.pk])
    marked = [f"{case.pk}-{case.revision}" for case in Case.objects.filter(pk__in=[two.pk, outside.pk])]
    said = signed_in(town.clerk).post(url, {"case": marked}, follow=True).content.decode()
    assert "已办理1件" in said
    assert "有1件不在本组" in said
    assert not outside.letters.exists()
    assert signed_in(town.other_clerk).get(url).status_code == 404
    elsewhere = reverse("applications:together_on", args=[two.pk, "copy", source.pk])
    assert signed_in(town.clerk).get(elsewhere).status_code == 404
    nothing = signed_in(town.clerk).post(url, {})
    assert nothing.status_code == 409
    assert "没有选中申请" in nothing.content.decode()


def test_a_case_without_a_group_stands_alone(town: Town) -> None:
    case = asked(town, 0)
    page = (
        signed_in(town.clerk).get(reverse("applications:together", args=[case.pk, "note"])).content.decode()
    )
    assert "没有归入同文组" in page
    RecordEvent(town.as_clerk, case_id=case.pk, kind="withdrawn", on=today()).run()
    assert register(town.as_clerk, town.agency, today()).is_open
