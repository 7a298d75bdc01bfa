"""Files that are filed by what stands in them, or asked about."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.agencies.models import Person, Post
from gongkai.web.common import audit
from gongkai.web.common.errors import ActionRefused, Denied
from gongkai.web.common.models import AuditEntry, QueuedTask
from gongkai.web.reporting import engine
from gongkai.web.reporting.actions import FileIntake, TakeIn
from gongkai.web.reporting.models import Intake, ReportRecord
from gongkai.web.reporting.states import State
from tests.web.reporting.people import KUNYANG, Town, work
from tests.web.reporting.test_pages import FETCH, url
from tests.web.sessions import signed_in

TEXT = KUNYANG.read_text(encoding="utf-8")


def send(who: Person, text: str = TEXT, name: str = "附件1.txt", **fields: object) -> dict[str, Any]:
    answer = signed_in(who).post(
        url("upload"), {"files": SimpleUploadedFile(name, text.encode()), **fields}, headers=FETCH
    )
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = json.loads(answer.content)
    return found


def progress(who: Person, intake: int) -> dict[str, Any]:
    (state,) = json.loads(signed_in(who).get(url("progress", i=intake)).content)["uploads"]
    assert isinstance(state, dict)
    return state


def test_what_the_file_says_is_where_it_goes(town: Town) -> None:
    sent = send(town.office)
    assert (sent["busy"], sent["label"]) == (True, "正在识别机关和年度")
    assert not ReportRecord.objects.exists()
    work()
    record = ReportRecord.objects.get()
    assert (record.agency, record.year, record.state) == (town.agency, 2024, State.READ)
    now = progress(town.office, sent["intake"])
    assert (now["agency"], now["year"], now["label"]) == (town.agency.full_name, 2024, "待核查")
    assert record.current_version is not None
    assert record.current_version.uploaded_by == town.office
    assert not AuditEntry.objects.filter(details__icontains="附件").exists()
    assert audit.verify() == []


def test_what_was_chosen_is_not_changed_and_only_the_rest_is_looked_for(town: Town) -> None:
    send(town.office, year="2023")
    work()
    record = ReportRecord.objects.get()
    assert (record.agency, record.year) == (town.agency, 2023)
    assert record.state == State.CONFLICT, "the file says 2024: it stops and asks"


def test_a_file_name_is_enough_where_it_says_both(town: Town) -> None:
    send(town.office, name="平阳县昆阳镇人民政府2024年年度报告.txt")
    assert not Intake.objects.exists()
    assert ReportRecord.objects.get().agency == town.agency


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("昆阳镇", "灵溪镇"), "不在您可以上传的机关中"),
        ("没有报告的文字", "无法读取"),
    ],
)
def test_what_cannot_be_told_is_asked_and_filed_as_chosen(town: Town, text: str, said: str) -> None:
    sent = send(town.office, text)
    work()
    asked = progress(town.office, sent["intake"])
    assert said in asked["message"]
    assert (asked["need"], asked["busy"], asked["label"]) == ("yes", False, "待选择机关和年度")
    assert not ReportRecord.objects.exists()
    client = signed_in(town.office)
    assert "1个文件还没有归档" in client.get(url("upload")).content.decode()
    page = client.get(url("uploads", i=sent["intake"])).content.decode()
    assert asked["file_url"] in page
    missing = client.post(asked["file_url"], {"agency": town.agency.pk, "year": ""}, headers=FETCH)
    assert (missing.status_code, json.loads(missing.content)["message"]) == (409, "请选择机关和年度")
    chosen = {"agency": town.agency.pk, "year": 2024}
    assert client.post(asked["file_url"], chosen).status_code == 302
    assert ReportRecord.objects.get().agency == town.agency
    again = client.post(asked["file_url"], chosen, headers=FETCH)
    assert "已经归档" in json.loads(again.content)["message"]
    assert "还没有归档" not in client.get(url("upload")).content.decode()


def test_the_same_file_again_is_told_not_filed_twice(town: Town) -> None:
    town.read()
    sent = send(town.office)
    work()
    assert "完全相同" in progress(town.office, sent["intake"])["message"]
    assert ReportRecord.objects.get().versions.count() == 1


def test_it_is_filed_by_the_right_of_whoever_uploaded_it(town: Town) -> None:
    sent = send(town.office)
    Post.objects.filter(person=town.office).delete()
    work()
    intake = Intake.objects.get(pk=sent["intake"])
    assert intake.state == Intake.State.ASKING
    assert not ReportRecord.objects.exists()


def test_nobody_else_sees_or_files_it(town: Town) -> None:
    sent = send(town.office, "没有报告的文字")
    work()
    intake = Intake.objects.get(pk=sent["intake"])
    for other in (town.clerk, town.other_clerk):
        assert json.loads(signed_in(other).get(url("progress", i=intake.pk)).content) == {"uploads": []}
        answer = signed_in(other).post(
            url("file_intake", intake.pk), {"agency": town.agency.pk, "year": 2024}
        )
        assert answer.status_code == 404
    with pytest.raises(ActionRefused, match="别人"):
        FileIntake(town.as_clerk, intake=intake, agency=town.agency, year=2024).run()
    with pytest.raises(Denied):
        FileIntake(town.as_stranger, intake=intake, agency=town.agency, year=2024).run()
    file = SimpleUploadedFile("a.txt", b"x")
    with pytest.raises(Denied):
        TakeIn(town.as_leader, home=town.agency, name="a.txt", content=file).run()


def test_after_the_last_attempt_the_uploader_is_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = send(town.office)

    def crash(*_: object) -> None:
        raise RuntimeError("worker lost")

    monkeypatch.setattr(engine, "open_source", crash)
    QueuedTask.objects.update(attempts_allowed=1)
    work()
    assert "多次中断" in progress(town.office, sent["intake"])["message"]


def test_many_files_without_a_script(town: Town) -> None:
    client = signed_in(town.office)
    files = [SimpleUploadedFile("a.txt", TEXT.encode()), SimpleUploadedFile("b.exe", b"MZ")]
    answer = client.post(url("upload"), {"files": files})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "b.exe：不能读取" in text
    assert f"i={Intake.objects.get().pk}" in text
    page = client.get(url("uploads", i=Intake.objects.get().pk))
    assert page["Refresh"] == "3"
