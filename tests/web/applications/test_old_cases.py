"""Cases of an old system from a file: each row tried, told, and taken over by itself."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from gongkai.kernel.period import Period
from gongkai.web.applications import old_cases
from gongkai.web.applications.actions import AddFile, DecideOnParty, RecordAnswer
from gongkai.web.applications.models import Case, Counter
from gongkai.web.applications.papers import register_sheet
from gongkai.web.applications.receiving import intake
from gongkai.web.applications.statistics import figures
from gongkai.web.common.errors import ActionRefused
from gongkai.web.portal.applications import standing
from tests.web.applications.asking import IDENTITY, PDF, register, today
from tests.web.reporting.people import Town, person
from tests.web.sessions import signed_in

RECEIVED = {"on": "2023-12-20", "kind": "received"}


def row(number: str, **changes: Any) -> dict[str, Any]:
    who = {
        "kind": "natural_person", "name": "陈一心", "identity_kind": "identity_card",
        "identity_number": IDENTITY, "phone": "0577-63700000",
    }  # fmt: skip
    given = {
        "old_number": number, "channel": "in_person", "applicant": who, "subject": "某方案",
        "events": [RECEIVED],
    }  # fmt: skip
    return {**given, **changes}


REPLIED = row("3", events=[RECEIVED, {"on": "2024-01-10", "kind": "replied"}], outcome="not_existing")
WRONG: list[tuple[Any, str]] = [
    ("x", "应是一个对象"),
    (row("4", colour="red"), "不认识的项目：colour"),
    (row("5", events=[{"on": "2023-12-40", "kind": "received"}]), "没有2023-12-40这一天"),
    (row("6", events=[RECEIVED, {"on": "2023-12-21", "kind": "fee_paid"}]), "条例|办法|收费"),
    (row("7", outcome="not_existing"), "未答复的不能写"),
    (row("8", applicant={"kind": "natural_person", "name": 1}), "都应是文字"),
    (
        row("9", applicant={**row("9")["applicant"], "identity_number": "110105194912310021"}),
        "校验码不符",
    ),
    (row("10", events=[{"on": "2018-12-20", "kind": "received"}]), "没有2018年12月20日适用的"),
    (row("11", events=[{"on": "2123-12-20", "kind": "received"}]), "今天之后"),
    (row("12", details={"a": 1}), "应是文字：details"),
    (row("13", applicant=[1]), "applicant 应是一个对象"),
    (row("14", channel=[1]), "channel"),
    (row(""), "缺少项目：old_number"),
]


def test_what_is_right_is_taken_over_and_carried_into_the_year(town: Town) -> None:
    done = old_cases.take_over(
        town.as_head, town.agency, old_cases.of_rows([row("1"), REPLIED]), only_look=False
    )
    assert [one.fault for one in done] == ["", ""]
    assert [case.old_number for case in Case.objects.order_by("pk")] == ["1", "3"]
    assert Case.objects.get(old_number="3").outcome == "unable_not_held"
    counted = figures.table3([town.agency.pk], Period.of_year(2024))
    assert counted["carried_in"]["total"] == 2
    assert counted["unable_not_held"]["natural_person"] == 1
    again = old_cases.take_over(town.as_head, town.agency, old_cases.of_rows([row("1")]), only_look=False)
    assert "已经转入过" in again[0].fault


@pytest.mark.parametrize(("wrong", "why"), WRONG)
def test_a_wrong_row_is_told_and_keeps_no_other_out(town: Town, wrong: Any, why: str) -> None:
    first, second = old_cases.take_over(
        town.as_head, town.agency, old_cases.of_rows([wrong, row("1")]), only_look=False
    )
    assert any(part in first.fault for part in why.split("|")), first.fault
    assert (second.fault, second.place) == ("", 2)
    assert Case.objects.get().old_number == "1"


def test_a_number_that_is_there_twice_is_taken_over_not_once(town: Town) -> None:
    done = old_cases.take_over(
        town.as_head, town.agency, old_cases.of_rows([row("1"), row("2"), row(" 1 ")]), only_look=False
    )
    assert [bool(one.fault) for one in done] == [True, False, True]
    assert Case.objects.get().old_number == "2"


def test_looking_keeps_nothing(town: Town) -> None:
    done = old_cases.take_over(town.as_head, town.agency, old_cases.of_rows([row("1")]), only_look=True)
    assert (done[0].fault, done[0].state, done[0].due) == ("", "办理中", "2024-01-18")
    assert not Case.objects.exists()
    assert not Counter.objects.exists(), "no number is used up"


@pytest.mark.parametrize("text", ["", "{}", "[]", "[" * 100_000, json.dumps([1] * (old_cases.MOST + 1))])
def test_what_is_no_list_of_cases_is_refused(text: str) -> None:
    with pytest.raises(ActionRefused):
        old_cases.read(text.encode(), today())


def test_the_screen_looks_and_then_takes_over(town: Town) -> None:
    client, url = signed_in(town.head), reverse("applications:take_over")
    content = json.dumps([row("1"), row("2", channel="x")]).encode()

    def sent(step: str) -> str:
        file = SimpleUploadedFile("old.json", content)
        answer = client.post(url, {"agency": town.agency.pk, "upload": file, "step": step})
        assert answer.status_code == 200
        return str(answer.content.decode())

    looked = sent("look")
    assert "可以转入1件，有误1件" in looked
    assert not Case.objects.exists()
    assert Case.objects.count() == 0
    assert "已转入1件，有误1件" in sent("take")
    assert Case.objects.get().register_no in sent("take") or Case.objects.count() == 1
    bad = SimpleUploadedFile("old.json", b"\xff")
    assert client.post(url, {"agency": town.agency.pk, "upload": bad}).status_code == 409
    wrong = SimpleUploadedFile("old.json", b"{}")
    assert client.post(url, {"agency": town.agency.pk, "upload": wrong}).status_code == 409
    other = {"agency": town.neighbour.pk, "upload": SimpleUploadedFile("old.json", content)}
    assert client.post(url, other).status_code == 422
    assert signed_in(town.clerk).get(url).status_code == 403


def test_the_template_is_read_back(town: Town) -> None:
    answer = signed_in(town.head).get(reverse("applications:take_over_template"))
    (given,) = [one.row for one in old_cases.read(answer.content, today())]
    given["applicant"] = {**row("1")["applicant"], "address": "某路1号"}
    (done,) = old_cases.take_over(town.as_head, town.agency, old_cases.of_rows([given]), only_look=True)
    assert done.fault == ""


def test_the_command_looks_first(town: Town, tmp_path: Path) -> None:
    file, out = tmp_path / "old.json", StringIO()
    file.write_text(json.dumps([row("1")]), encoding="utf-8")
    call_command("take_over_cases", town.agency.code, str(file), stdout=out)
    assert "可以转入1件，有误0件" in out.getvalue()
    assert not Case.objects.exists()
    call_command("take_over_cases", town.agency.code, str(file), "--take", stdout=out)
    assert Case.objects.get().register_no in out.getvalue()
    with pytest.raises(CommandError, match="1件有误"):
        call_command("take_over_cases", town.agency.code, str(file), "--take", stdout=out)
    with pytest.raises(CommandError, match="没有代码为"):
        call_command("take_over_cases", "nobody", str(file))


def test_an_agency_of_a_clerk_and_a_leader_can_take_over_and_others_are_told_who_may(town: Town) -> None:
    town.head.posts.all().delete()
    keeper = person("keeper", "系统管理员", town.agency, "administrator")
    url = reverse("applications:take_over")
    for number, one in enumerate((town.leader, keeper)):
        client = signed_in(one)
        content = json.dumps([row(f"旧{number}")], ensure_ascii=False).encode()
        given = {"agency": town.agency.pk, "upload": SimpleUploadedFile("a.json", content), "step": "take"}
        assert "已转入1件" in client.post(url, given).content.decode()
    assert url in signed_in(town.leader).get(reverse("applications:due")).content.decode()
    for one in (town.clerk, town.secrecy):
        told = signed_in(one).get(url)
        assert told.status_code == 403
        assert "由本机关的科室负责人、分管负责人或系统管理员转入" in told.content.decode()
    assert Case.objects.count() == 2


ASKED = [
    RECEIVED,
    {"on": "2023-12-22", "kind": "consultation_started", "party": "third_party", "ref": "1"},
    {"on": "2023-12-27", "kind": "consultation_ended", "party": "third_party", "ref": "1"},
]


def taken(town: Town, **changes: Any) -> Case:
    (done,) = old_cases.take_over(
        town.as_head, town.agency, old_cases.of_rows([row("1", **changes)]), only_look=False
    )
    assert done.fault == ""
    return Case.objects.get(old_number="1")


def test_a_reply_of_the_old_system_is_there_with_its_number_its_scan_and_its_remedies(town: Town) -> None:
    events = [RECEIVED, {"on": "2024-01-10", "kind": "replied"}]
    case = taken(town, events=events, outcome="not_existing", document_no=" 昆公复〔2024〕3号 ")
    shown = signed_in(town.clerk).get(reverse("applications:case", args=[case.pk])).content.decode()
    assert "原系统的答复书：昆公复〔2024〕3号" in shown
    sheet = register_sheet.values(case, date(2024, 2, 1))["办理经过"]
    assert "2024-01-10　答复，原系统的答复书：昆公复〔2024〕3号" in sheet
    reconsider, suit = standing.remedies(case, date(2024, 2, 1))
    assert reconsider.startswith("申请行政复议：收到答复之日起60日内；从答复之日起算到2024年3月11日")
    assert suit.startswith("或者直接提起行政诉讼：收到答复之日起6个月内")
    scan = intake.Upload("", "答复书.pdf", PDF)
    AddFile(town.as_clerk, case_id=case.pk, purpose="letter", upload=scan).run()
    assert case.attachments.get().get_purpose_display() == "文书"
    form = reverse("applications:act", args=[case.pk, "file"])
    assert "原系统作出的答复书" in signed_in(town.clerk).get(form).content.decode()


def test_what_is_withheld_goes_to_reconsideration_first_also_then(town: Town) -> None:
    events = [RECEIVED, {"on": "2024-01-10", "kind": "replied"}]
    case = taken(town, events=events, outcome="process")
    first, second = standing.remedies(case, date(2024, 2, 1))
    assert first.startswith("申请行政复议：")
    assert "不能直接起诉" in second


def test_a_letter_of_our_own_comes_with_its_signatures_alone(town: Town) -> None:
    case = register(town.as_clerk, town.agency, today())
    scan = intake.Upload("", "答复书.pdf", PDF)
    with pytest.raises(ActionRefused, match="请选择文件的用途"):
        AddFile(town.as_clerk, case_id=case.pk, purpose="letter", upload=scan).run()
    form = reverse("applications:act", args=[case.pk, "file"])
    assert "原系统作出" not in signed_in(town.clerk).get(form).content.decode()


def test_a_number_stands_with_a_reply_only(town: Town) -> None:
    for wrong in ({"document_no": "3号"}, {"document_no": 3}):
        (done,) = old_cases.take_over(
            town.as_head, town.agency, old_cases.of_rows([row("1", **wrong)]), only_look=False
        )
        assert "未答复的申请没有答复书文号" in done.fault or "应是文字：document_no" in done.fault
    (done,) = old_cases.take_over(
        town.as_head, town.agency, old_cases.of_rows([{**REPLIED, "document_no": "一\n二"}]), only_look=False
    )
    assert "答复书文号应是一行" in done.fault


def test_what_a_third_party_answered_in_the_old_system_is_added_to_its_day(town: Town) -> None:
    case = taken(town, events=ASKED)
    asked = case.consultations.get()
    page = reverse("applications:act_on", args=[case.pk, "answer", asked.pk])
    assert 'value="2023-12-27"' in signed_in(town.clerk).get(page).content.decode()
    given: dict[str, Any] = {"case_id": case.pk, "consultation_id": asked.pk, "answer": "objects"}
    with pytest.raises(ActionRefused, match="意见是2023年12月27日收到的"):
        RecordAnswer(town.as_clerk, **given, on=date(2023, 12, 28)).run()
    events = case.events.count()
    RecordAnswer(town.as_clerk, **given, on=date(2023, 12, 27), text="涉及商业秘密").run()
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on, asked.answer_text) == (
        "objects", date(2023, 12, 27), "涉及商业秘密",
    )  # fmt: skip
    assert case.events.count() == events, "the clock has heard of it"
    with pytest.raises(ActionRefused, match="第三方不同意公开"):
        DecideOnParty(
            town.as_clerk, case_id=case.pk, consultation_id=asked.pk, decision="disclose", reason="见记录"
        ).run()
    with pytest.raises(ActionRefused):
        RecordAnswer(town.as_clerk, **given, on=date(2023, 12, 27)).run()


def test_on_an_ended_case_nothing_is_added_to_an_answer(town: Town) -> None:
    events = [*ASKED, {"on": "2024-01-10", "kind": "replied"}]
    case = taken(town, events=events, outcome="provided")
    with pytest.raises(ActionRefused, match="已办结"):
        RecordAnswer(
            town.as_clerk, case_id=case.pk, consultation_id=case.consultations.get().pk, answer="agrees",
            on=date(2023, 12, 27),
        ).run()  # fmt: skip


def test_the_page_says_how_each_field_is_written(town: Town) -> None:
    """Every code it names is taken by the reader of the file; a wrong one is told the right ones."""
    page = signed_in(town.head).get(reverse("applications:take_over")).content.decode()
    told = dict(old_cases.codes(today()))
    assert not [code for words in told.values() for code, _ in words if f"<code>{code}</code>" not in page]
    replied = [RECEIVED, {"on": "2024-01-10", "kind": "replied"}]
    rows = [row(code, events=replied, outcome=code) for code, _ in told["outcome"]]
    done = old_cases.take_over(town.as_head, town.agency, old_cases.of_rows(rows), only_look=True)
    assert [one.fault for one in done] == [""] * len(rows)
    (wrong,) = old_cases.take_over(
        town.as_head,
        town.agency,
        old_cases.of_rows([row("r", events=replied, outcome="granted")]),
        only_look=True,
    )
    assert "没有“granted”这种办理结果" in wrong.fault
    assert "provided（予以公开）" in wrong.fault
