"""Cases of an old system from a file: each row tried, told, and taken over by itself."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from gongkai.kernel.period import Period
from gongkai.web.applications import old_cases
from gongkai.web.applications.models import Case, Counter
from gongkai.web.applications.statistics import figures
from gongkai.web.common.errors import ActionRefused
from tests.web.applications.asking import IDENTITY
from tests.web.applications.test_screens import signed_in
from tests.web.reporting.people import Town, person

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
    (row("10", events=[{"on": "2018-12-20", "kind": "received"}]), "没有2018-12-20适用的"),
    (row("11", events=[{"on": "2123-12-20", "kind": "received"}]), "今天之后"),
    (row("12", details={"a": 1}), "应是文字：details"),
    (row("13", applicant=[1]), "applicant 应是一个对象"),
    (row("14", channel=[1]), "channel"),
    (row(""), "缺少项目：old_number"),
]


def test_what_is_right_is_taken_over_and_carried_into_the_year(town: Town) -> None:
    done = old_cases.take_over(town.as_head, town.agency, [row("1"), REPLIED], only_look=False)
    assert [one.fault for one in done] == ["", ""]
    assert [case.old_number for case in Case.objects.order_by("pk")] == ["1", "3"]
    assert Case.objects.get(old_number="3").outcome == "unable_not_held"
    counted = figures.table3([town.agency.pk], Period.of_year(2024))
    assert counted["carried_in"]["total"] == 2
    assert counted["unable_not_held"]["natural_person"] == 1
    again = old_cases.take_over(town.as_head, town.agency, [row("1")], only_look=False)
    assert "已经转入过" in again[0].fault


@pytest.mark.parametrize(("wrong", "why"), WRONG)
def test_a_wrong_row_is_told_and_keeps_no_other_out(town: Town, wrong: Any, why: str) -> None:
    first, second = old_cases.take_over(town.as_head, town.agency, [wrong, row("1")], only_look=False)
    assert any(part in first.fault for part in why.split("|")), first.fault
    assert (second.fault, second.place) == ("", 2)
    assert Case.objects.get().old_number == "1"


def test_a_number_that_is_there_twice_is_taken_over_not_once(town: Town) -> None:
    done = old_cases.take_over(town.as_head, town.agency, [row("1"), row("2"), row(" 1 ")], only_look=False)
    assert [bool(one.fault) for one in done] == [True, False, True]
    assert Case.objects.get().old_number == "2"


def test_looking_keeps_nothing(town: Town) -> None:
    done = old_cases.take_over(town.as_head, town.agency, [row("1")], only_look=True)
    assert (done[0].fault, done[0].state, done[0].due) == ("", "办理中", "2024-01-18")
    assert not Case.objects.exists()
    assert not Counter.objects.exists(), "no number is used up"


@pytest.mark.parametrize("text", ["", "{}", "[]", "[" * 100_000, json.dumps([1] * (old_cases.MOST + 1))])
def test_what_is_no_list_of_cases_is_refused(text: str) -> None:
    with pytest.raises(ActionRefused):
        old_cases.read(text)


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
    assert client.post(url, {"agency": town.agency.pk, "upload": bad}).status_code == 422
    wrong = SimpleUploadedFile("old.json", b"{}")
    assert client.post(url, {"agency": town.agency.pk, "upload": wrong}).status_code == 409
    other = {"agency": town.neighbour.pk, "upload": SimpleUploadedFile("old.json", content)}
    assert client.post(url, other).status_code == 422
    assert signed_in(town.clerk).get(url).status_code == 403


def test_the_template_is_read_back(town: Town) -> None:
    answer = signed_in(town.head).get(reverse("applications:take_over_template"))
    (given,) = old_cases.read(answer.content.decode())
    given["applicant"] = row("1")["applicant"]
    given["applicant"]["address"] = "某路1号"
    (done,) = old_cases.take_over(town.as_head, town.agency, [given], only_look=True)
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
