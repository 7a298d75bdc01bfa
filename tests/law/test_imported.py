"""A new year's holidays from a file: what is taken over, and what is refused and why."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.arrangement import ArrangementError, parse
from gongkai.law.calendar import FOLDER_VARIABLE, CalendarNotPublished, published, shipped
from gongkai.law.imported import dump, import_year

#: Invented: nobody has published 2027.
RUNS = [
    ("元旦", "2027-01-01", "2027-01-03"),
    ("春节", "2027-02-05", "2027-02-12"),
    ("清明节", "2027-04-03", "2027-04-05"),
    ("劳动节", "2027-05-01", "2027-05-05"),
    ("端午节", "2027-06-09", "2027-06-09"),
    ("中秋节", "2027-09-15", "2027-09-15"),
    ("国庆节", "2027-10-01", "2027-10-07"),
]


def year(**changed: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "notice": "国办发明电〔2026〕9号",
        "from": "2027-01-01",
        "until": "2027-12-31",
        "source": "为测试而写",
        "make_up": ["2027-02-14", "2027-02-20", "2027-05-08", "2027-09-26", "2027-10-09"],
        "holiday": [{"name": name, "from": start, "until": end} for name, start, end in RUNS],
    }
    return {**values, **changed}


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "calendar"))
    return tmp_path / "calendar"


def test_a_year_counts_from_the_moment_it_is_imported(folder: Path) -> None:
    with pytest.raises(CalendarNotPublished):
        published().is_working(date(2027, 2, 8))
    assert import_year(json.dumps(year())).year == 2027
    assert [path.name for path in folder.iterdir()] == ["2027.toml"]
    assert not published().is_working(date(2027, 2, 8))
    assert published().is_working(date(2027, 2, 14))
    assert published().look(date(2027, 2, 8)).why == "春节放假"
    assert list(published().years) == list(range(2019, 2028))


def test_importing_a_year_again_replaces_it() -> None:
    import_year(json.dumps(year()))
    moved = [day for day in year()["make_up"] if day != "2027-02-14"]
    import_year(json.dumps(year(make_up=moved)))
    assert not published().is_working(date(2027, 2, 14))


def test_toml_and_json_say_the_same() -> None:
    read = parse(json.dumps(year()))
    assert parse(dump(read)) == read


@pytest.mark.parametrize("arrangement", shipped().arrangements, ids=lambda row: str(row.year))
def test_what_is_written_reads_back_the_same(arrangement: Any) -> None:
    assert parse(dump(arrangement)) == arrangement


def test_a_plain_list_of_days_is_enough() -> None:
    named = parse(json.dumps(year()))
    days = [str(day) for holiday in named.holidays for day in holiday.days()]
    plain = parse(json.dumps(year(holiday=days)))
    assert [holiday.start for holiday in plain.holidays] == [date.fromisoformat(day) for day in days]
    assert parse(dump(plain)) == plain


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in year().items() if key != name}


def holidays(*more: dict[str, str], drop: str = "") -> list[dict[str, str]]:
    return [*(row for row in year()["holiday"] if row["name"] != drop), *more]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "不是有效的 TOML 或 JSON"),
        (without("source"), "缺少项目：source"),
        (year(more=1), "不认识的项目：more"),
        (year(notice="国办发〔2026〕9号"), "通知文号“国办发〔2026〕9号”不对"),
        (year(source=" "), "source 应是文字"),
        (year(until="2028-12-31"), "同一年"),
        (year(make_up="2027-02-14"), "make_up 应是一列日期"),
        (year(make_up=["2027-2-14"]), "“2027-2-14”不是日期"),
        (year(make_up=["2027-02-30"]), "“2027-02-30”不是日期"),
        (year(make_up=["2027-02-15"]), "2027-02-15是星期一，本来就上班"),
        (year(make_up=["2027-02-14", "2027-02-14"]), "写了两次"),
        (year(make_up=["2027-02-06"]), "2027-02-06既是放假日又是调休上班日"),
        (year(make_up=["2026-11-28"]), "2026-11-28不在2027年"),
        (year(holiday=holidays({"name": "元旦", "from": "2027-01-03"})), "2027-01-03在放假日中写了两次"),
        (
            year(holiday=holidays({"name": "多写", "from": "2027-08-05", "until": "2027-08-01"})),
            "起止日期不对",
        ),
        (year(holiday=holidays({"name": "多写", "from": "2027-08-05", "day": "1"})), "不认识的项目：day"),
        (year(holiday=holidays({"from": "2027-08-05"})), "holiday.name 应是文字"),
        (year(holiday=holidays(drop="端午节")), "放假日中没有：端午"),
        (year(holiday=holidays(drop="国庆节")), "10月1日是法定节假日"),
        (
            year(holiday=[*holidays(), {"name": "多写", "from": "2027-08-02", "until": "2027-08-13"}]),
            "个工作日",
        ),
    ],
)
def test_a_file_with_a_mistake_is_refused_and_nothing_is_stored(
    values: Any, words: str, folder: Path
) -> None:
    with pytest.raises(ArrangementError) as raised:
        import_year(json.dumps(values), place="2027.json")
    assert words in str(raised.value)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}x", "new：第1行第3列：不是有效的 JSON"),
        ("", "new：缺少项目"),
        ("notice =", "new：不是有效的 TOML 或 JSON"),
        ("a = 1\nnotice 2", "new：第2行第8列：不是有效的 TOML 或 JSON"),
        ("[" * 100_000, "不是有效的 TOML 或 JSON"),
        (f"a = {'9' * 5000}", "new：不是有效的 TOML 或 JSON"),
        ('{"a":' * 100_000, "new：不是有效的 JSON：嵌套过深"),
        (f'{{"a": {"9" * 5000}}}', "new：有位数过多的数字"),
        (json.dumps({"\ud800": 1}), "new：有不成对的代理字符"),
    ],
)
def test_a_file_that_is_none_is_told_in_chinese(text: str, words: str, folder: Path) -> None:
    with pytest.raises(ArrangementError) as raised:
        import_year(text, place="new")
    assert words in str(raised.value)
    assert raised.value.remedy
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(ArrangementError, match="不能写入") as raised:
        import_year(json.dumps(year()), folder=taken)
    assert raised.value.place == str(taken)


def test_a_stored_year_that_is_damaged_is_named(folder: Path) -> None:
    folder.mkdir()
    damaged = folder / "2027.toml"
    damaged.write_bytes(b"\xff\xfe")
    with pytest.raises(ArrangementError, match="不能读取") as raised:
        published()
    assert raised.value.place == str(damaged)


def test_a_year_that_does_not_follow_is_refused(folder: Path) -> None:
    later = {
        "from": "2028-01-01",
        "until": "2028-12-31",
        "make_up": ["2028-02-19", "2028-04-08", "2028-05-07", "2028-10-08"],
    }
    runs = [
        {"name": name, "from": start.replace("2027", "2028"), "until": end.replace("2027", "2028")}
        for name, start, end in RUNS
        if name != "春节"
    ]
    spring = {"name": "春节", "from": "2028-01-26", "until": "2028-01-31"}
    with pytest.raises(ArrangementError, match="请先导入2027年"):
        import_year(json.dumps(year(**later, holiday=[*runs, spring])))
    assert not folder.exists()
