"""A new year's holidays: said while they are missing, taken over in one step, and then counted with."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from gongkai.law.calendar import FOLDER_VARIABLE, published
from gongkai.web.agencies.models import Person
from gongkai.web.applications import selectors
from gongkai.web.applications.actions import ImportHolidays
from gongkai.web.applications.models import Case
from gongkai.web.common.actor import Actor
from gongkai.web.common.errors import ActionRefused
from tests.law.test_imported import year
from tests.web.applications.asking import register
from tests.web.reporting.people import Town, work
from tests.web.sessions import signed_in

URL = "applications:holidays"
TEXT = json.dumps(year())


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is December of the last published year, and nothing is imported yet."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "calendar"))
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 12, 21))


@pytest.fixture
def root(db: None) -> Person:
    return Person.objects.create_superuser("root", "correct-horse-battery", name="全站管理员")


def test_a_year_is_looked_at_then_imported_and_open_cases_are_counted_anew(town: Town, root: Person) -> None:
    case = register(town.as_clerk, town.agency, date(2026, 12, 14))
    assert (case.due, case.not_before) == (None, date(2027, 1, 11))
    client = signed_in(root)
    upload = SimpleUploadedFile("2027.json", TEXT.encode())
    looked = client.post(reverse(URL), {"upload": upload})
    shown = looked.content.decode()
    assert "2027年：国办发明电〔2026〕9号" in shown
    assert "2月5日（星期五）至2月12日（星期五）" in shown
    assert "2027年2月14日（星期日）" in shown
    assert published().last.year == 2026, "looking imports nothing"
    done = client.post(reverse(URL), {"text": TEXT, "step": "import"}, follow=True)
    assert "已导入2027年的放假安排" in done.content.decode()
    assert published().last.year == 2027
    work()
    case.refresh_from_db()
    assert (case.due, case.not_before) == (date(2027, 1, 12), None)


#: A notice nobody has published, in the words such notices have.
WORDS = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至12日放假调休，共8天。2月14日（周日）、2月20日上班。鼓励大家错峰出行。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日至5日放假调休，共5天。5月8日上班。
五、端午节：6月9日放假1天。
六、中秋节：9月15日放假1天。
七、国庆节：10月1日至7日放假调休，共7天。9月26日、10月9日上班。"""
NOTICE = {
    "year": "2027", "notice": "国办发明电〔2026〕9号", "issued": "2026-11-03", "words": WORDS,
    "step": "notice",
}  # fmt: skip


def test_the_words_of_a_notice_are_looked_at_month_by_month_and_then_imported(root: Person) -> None:
    client = signed_in(root)
    looked = client.post(reverse(URL), NOTICE)
    assert looked.status_code == 200
    shown = looked.content.decode()
    assert "2月5日（星期五）至2月12日（星期五）" in shown
    assert "鼓励大家错峰出行" in shown
    february, may = looked.context["says"]["months"][1], looked.context["says"]["months"][4]
    assert (february["workdays"], [day.day for day in february["worked"]]) == (16, [14, 20])
    assert [day.day for day in may["off"]] == [3, 4, 5]
    assert sum(one["workdays"] for one in looked.context["says"]["months"]) == 248
    assert published().last.year == 2026, "looking imports nothing"
    client.post(reverse(URL), {"text": looked.context["text"], "step": "import"})
    made = published().arrangements[-1]
    assert (made.year, made.notice) == (2027, "国办发明电〔2026〕9号")
    assert made.source == "国务院办公厅关于2027年部分节假日安排的通知（2026年11月3日）"
    assert [str(day) for day in made.make_up] == year()["make_up"]


@pytest.mark.parametrize(
    ("changed", "status", "why"),
    [
        ({"year": ""}, 422, "这一项没有填写"),
        ({"issued": "昨天"}, 422, "输入一个有效的日期"),
        ({"words": ""}, 422, "这一项没有填写"),
        ({"year": "2028"}, 409, "“1月1日（周五）”：2028年1月1日是星期六"),
        ({"notice": "9号"}, 409, "通知文号“9号”不对"),
        ({"words": WORDS.replace("5月8日上班", "下周六补班")}, 409, "看不懂“下周六补班”"),
    ],
)
def test_a_notice_that_is_not_plain_is_refused_and_what_was_typed_stays(
    root: Person, changed: dict[str, str], status: int, why: str
) -> None:
    answer = signed_in(root).post(reverse(URL), {**NOTICE, **changed})
    assert answer.status_code == status
    assert why in answer.content.decode()
    assert answer.context["by_words"]["words"].value() == {**NOTICE, **changed}["words"]
    assert published().last.year == 2026


def test_days_of_december_that_move_are_counted_anew_too(town: Town) -> None:
    case = register(town.as_clerk, town.agency, date(2026, 12, 1))
    assert case.due == date(2026, 12, 29)
    moved = year(make_up=[*year()["make_up"], "2026-12-26"])
    ImportHolidays(Actor.system("applications.setup"), text=json.dumps(moved)).run()
    work()
    case.refresh_from_db()
    assert case.due == date(2026, 12, 28)


def test_the_due_list_says_what_is_missing(town: Town, root: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(who: Person) -> str:
        return signed_in(who).get(reverse("applications:due")).content.decode()

    assert "2027年的放假安排尚未导入" in shown(town.clerk)
    assert "请全站管理员导入" in shown(town.clerk)
    assert reverse(URL) in shown(root)
    assert selectors.unknown_year(date(2026, 9, 30)) is None
    assert selectors.unknown_year(date(2026, 10, 1)) == 2027
    assert selectors.unknown_year(date(2028, 1, 1)) == 2028
    ImportHolidays(Actor.of(root), text=TEXT).run()
    assert "尚未导入" not in shown(town.clerk)


@pytest.mark.parametrize(
    ("given", "status", "why"),
    [
        ({"text": ""}, 422, "请选择文件"),
        ({"text": "notice = "}, 409, "不是有效的 TOML 或 JSON"),
        ({"text": json.dumps(year(notice="x"))}, 409, "通知文号"),
        ({"text": json.dumps(year(make_up=[])), "step": "import"}, 409, "个工作日"),
        ({"upload": SimpleUploadedFile("x", b"\xff\xfe\x00")}, 422, "不是 UTF-8"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_imported(
    root: Person, given: dict[str, Any], status: int, why: str
) -> None:
    answer = signed_in(root).post(reverse(URL), given)
    assert answer.status_code == status
    assert why in answer.content.decode()
    assert published().last.year == 2026


def test_only_the_site_s_administrator_imports(town: Town) -> None:
    for person in (town.clerk, town.leader, town.office):
        client = signed_in(person)
        assert client.get(reverse(URL)).status_code == 404
        assert client.post(reverse(URL), {"text": TEXT, "step": "import"}).status_code == 404
    assert published().last.year == 2026


def test_the_command_imports_a_file_or_says_why_not(db: None, tmp_path: Path) -> None:
    file = tmp_path / "2027.json"
    file.write_text(TEXT, encoding="utf-8")
    call_command("import_holidays", str(file))
    assert published().last.year == 2027
    file.write_text(json.dumps(year(source="")), encoding="utf-8")
    with pytest.raises(CommandError, match="source"):
        call_command("import_holidays", str(file))
    with pytest.raises(CommandError, match="读不出文件"):
        call_command("import_holidays", str(tmp_path / "none.toml"))
    with pytest.raises(ActionRefused):
        ImportHolidays(Actor.system("applications.setup"), text="{}").run()
    assert not Case.objects.exists()
