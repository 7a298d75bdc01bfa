"""``gongkai law`` as users run it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.law.case import Channel, Kind

Command = Callable[..., "subprocess.CompletedProcess[str]"]
IN = {"on": "2024-03-01", "kind": "received"}


@pytest.fixture(autouse=True)
def no_imported_years(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_CALENDAR_DIR", str(tmp_path / "calendar"))


@pytest.fixture
def events(tmp_path: Path) -> Callable[..., str]:
    def write(*rows: dict[str, object], channel: str = "in_person") -> str:
        path = tmp_path / "events.json"
        path.write_text(json.dumps({"channel": channel, "events": rows}), encoding="utf-8")
        return path.name

    return write


def answer(done: "subprocess.CompletedProcess[str]") -> dict[str, object]:
    assert (done.returncode, done.stderr) == (0, "")
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_workdays(gongkai: Command) -> None:
    done = gongkai("law", "workdays", "--from", "2024-02-01", "--to", "2024-02-29", "--json")
    assert answer(done) == {"from": "2024-02-01", "to": "2024-02-29", "workdays": 18}
    assert "18个工作日" in gongkai("law", "workdays", "--from", "2024-02-01", "--to", "2024-02-29").stdout


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-12-01", "2027-01-01", "2027年的放假安排"),
        ("2018-12-31", "2019-01-02", "2018年的放假安排"),
        ("2024-03-01", "2024-02-01", "晚于终止日期"),
        ("2024-02-30", "2024-03-01", "不是日期"),
    ],
)
def test_workdays_that_cannot_be_counted(gongkai: Command, start: str, end: str, words: str) -> None:
    done = gongkai("law", "workdays", "--from", start, "--to", end, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--items", "31"], {"tariff": "items", "count": 31, "fee_yuan": 2200}),
        (["--items", "0"], {"tariff": "items", "count": 0, "fee_yuan": 0}),
        (["--pages", "250"], {"tariff": "pages", "count": 250, "fee_yuan": 4700}),
    ],
)
def test_fee(gongkai: Command, arguments: list[str], expected: dict[str, object]) -> None:
    assert answer(gongkai("law", "fee", *arguments, "--json")) == expected
    assert f"{expected['fee_yuan']}元" in gongkai("law", "fee", *arguments).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "应给出其中一项：--items --pages"),
        (["--items", "3", "--pages", "3"], "不能与"),
        (["--items", "-1"], "应为 0 或正整数"),
        (["--pages", "x"], "应为 0 或正整数"),
        (["--items", "9" * 5000], "--items：数字过大"),
        (["--items", "3", "--on", "2020-06-01"], "没有2020-06-01适用的信息处理费标准"),
    ],
)
def test_fee_refused(gongkai: Command, arguments: list[str], words: str) -> None:
    done = gongkai("law", "fee", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_clock(gongkai: Command, events: Callable[..., str]) -> None:
    file = events(IN, {"on": "2024-03-29", "kind": "extended", "workdays": 5})
    told = answer(gongkai("law", "clock", file, "--json"))
    assert {name: told[name] for name in ("due", "used", "state")} == {
        "due": "2024-04-08", "used": 20, "state": "running"
    }  # fmt: skip
    assert answer(gongkai("law", "clock", file, "--on", "2024-04-09", "--json"))["state"] == "overdue"
    page = gongkai("law", "clock", file, "--on", "2024-04-10").stdout
    for words in (
        "已逾期",
        "2024-04-08",
        "已超过2个工作日",
        "清明节放假（国办发明电〔2023〕7号）",
        "第三十三条",
    ):
        assert words in page
    assert page.count("\n") > 35


@pytest.mark.parametrize(
    ("row", "on", "words"),
    [
        (
            {"kind": "correction_requested", "workdays": 5}, "2024-03-08",
            ["等待补正", "2024-03-04发出补正告知，期限至2024-03-11"],
        ),
        (
            {"kind": "correction_requested", "workdays": 5}, "2024-03-12",
            ["视为放弃申请", "期限至2024-03-11", "自2024-03-12起视为放弃申请，不再处理"],
        ),
        ({"kind": "correction_requested"}, "2024-05-08", ["2024-03-04发出补正告知，没有写明期限"]),
        (
            {"kind": "fee_notified", "from_receipt": True}, "2024-05-08",
            ["2024-03-04发出收费通知，期限未起算"],
        ),
        (
            {"kind": "consultation_started", "ref": "甲公司"}, "2024-03-25",
            ["2024-03-04发出征求意见书（第三方甲公司），期限至2024-03-25"],
        ),
    ],
)  # fmt: skip
def test_clock_names_the_terms_that_stand(
    gongkai: Command, events: Callable[..., str], row: dict[str, object], on: str, words: list[str]
) -> None:
    page = gongkai("law", "clock", events(IN, {"on": "2024-03-04", **row}), "--on", on).stdout
    assert [word for word in words if word not in page] == []


def test_clock_of_a_silent_party_and_of_an_unconfirmed_application(
    gongkai: Command, events: Callable[..., str]
) -> None:
    asked = events(IN, {"on": "2024-03-04", "kind": "consultation_started"})
    silent = gongkai("law", "clock", asked, "--on", "2024-03-26").stdout
    assert "逾期未提出意见" in silent
    assert "发出征求意见书" not in silent
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "law", "clock", "-"],
        input=json.dumps({"channel": "fax", "events": [IN]}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "尚待双方确认" in done.stdout


def test_clock_reads_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "law", "clock", "-", "--json"],
        input=json.dumps({"channel": "fax", "events": [IN]}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer(done)["due"] is None


def test_clock_into_a_year_without_published_holidays(gongkai: Command, events: Callable[..., str]) -> None:
    file = events({"on": "2026-12-15", "kind": "received"})
    told = answer(gongkai("law", "clock", file, "--json"))
    assert (told["due"], told["not_before"], told["provisional"]) == (None, "2027-01-12", True)
    page = gongkai("law", "clock", file).stdout
    assert "不得写入文书" in page
    assert "2027-01-12" in page


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"on": "2024-03-13", "kind": "correction_requested", "workdays": 5}, "《政府信息公开条例》第三十条"),
        ({"on": "2024-03-29", "kind": "extended", "workdays": 21}, "第三十三条"),
        ({"on": "2024-02-28", "kind": "extended", "workdays": 5}, "早于前一个事件"),
        ({"on": "2024-03-05", "kind": "fee_paid"}, "109号"),
        ({"on": "2024-03-05", "kind": "lost"}, "kind 不能是“lost”"),
    ],
)
def test_an_event_that_is_not_allowed(
    gongkai: Command, events: Callable[..., str], row: dict[str, object], words: str
) -> None:
    for more in ([], ["--json"]):
        done = gongkai("law", "clock", events(IN, row), *more)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "bad.json：第1行第2列：不是有效的 JSON"),
        (b"\xff\xfe", "bad.json：不是 UTF-8"),
        (b"", "bad.json：第1行第1列：不是有效的 JSON"),
        (b'{"channel": "\\ud800", "events": []}', "bad.json：有不成对的代理字符"),
    ],
)
def test_a_file_that_cannot_be_read(gongkai: Command, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    done = gongkai("law", "clock", "bad.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "none.json：没有这个文件" in gongkai("law", "clock", "none.json").stderr
    assert "这是文件夹" in gongkai("law", "clock", ".").stderr


def test_remedy(gongkai: Command) -> None:
    told = answer(gongkai("law", "remedy", "--outcome", "denied_process", "--on", "2025-07-01", "--json"))
    assert told["reconsideration_first"] is True
    assert (told["reconsideration_days"], told["direct_suit_months"]) == (60, None)
    assert "先向{复议机关}申请行政复议" in str(told["clause"])
    page = gongkai("law", "remedy", "--outcome", "unable_not_held", "--on", "2025-07-01").stdout
    assert "6个月内" in page
    assert "由申请人选择" in page


def test_remedy_of_an_unknown_row_names_the_rows(gongkai: Command) -> None:
    done = gongkai("law", "remedy", "--outcome", "carried_out", "--on", "2025-07-01", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "denied_process" in done.stderr
    assert "other_fee_unpaid" in done.stderr


def test_a_new_year_is_imported_in_one_step(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(
        'notice = "国办发明电〔2026〕9号"\nfrom = 2027-01-01\nuntil = 2027-12-31\nsource = "为测试而写"\n'
        "make_up = [2027-02-14, 2027-02-20, 2027-05-08, 2027-09-26, 2027-10-09]\n"
        + "".join(
            f'[[holiday]]\nname = "{name}"\nfrom = 2027-{start}\nuntil = 2027-{end}\n'
            for name, start, end in [
                ("元旦", "01-01", "01-03"), ("春节", "02-05", "02-12"), ("清明节", "04-03", "04-05"),
                ("劳动节", "05-01", "05-05"), ("端午节", "06-09", "06-09"), ("中秋节", "09-15", "09-15"),
                ("国庆节", "10-01", "10-07"),
            ]
        ),
        encoding="utf-8",
    )  # fmt: skip
    count = ("law", "workdays", "--from", "2027-02-05", "--to", "2027-02-14", "--json")
    assert gongkai(*count).returncode == 2
    told = answer(gongkai("law", "import-year", "2027.toml", "--json"))
    assert told == {"year": 2027, "notice": "国办发明电〔2026〕9号", "years": [2019, 2027]}
    assert answer(gongkai(*count))["workdays"] == 1
    again = gongkai("law", "import-year", "2027.toml").stdout
    assert "已替换2027年放假安排" in again
    assert "现有2019年至2027年" in again


def test_a_year_with_a_mistake_is_not_imported(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('notice = "7号"\n', encoding="utf-8")
    done = gongkai("law", "import-year", "bad.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bad.toml：缺少项目" in done.stderr


def test_help_is_chinese_with_examples(gongkai: Command) -> None:
    for name in ("workdays", "clock", "fee", "remedy", "import-year"):
        page = gongkai("law", name, "--help").stdout
        assert "例子" in page
        assert "用法：" in page
    page = gongkai("law", "clock", "--help").stdout
    assert [kind.value for kind in Kind if f"{kind.value} " not in page] == []
    assert [channel.value for channel in Channel if f"{channel.value} " not in page] == []
    assert "缺少参数：命令" in gongkai("law").stderr
