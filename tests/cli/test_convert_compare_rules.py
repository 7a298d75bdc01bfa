import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.report import api
from gongkai.report.model import Report
from tests.cli.conftest import Command

Save = Callable[[Report, str], Path]
STARTS = {"html": b"<!doctype html", "docx": b"PK", "pdf": b"%PDF", "xlsx": b"PK", "csv": b"", "json": b"{"}


@pytest.mark.parametrize("kind", STARTS)
def test_a_report_survives_conversion(
    gongkai: Command, report: Report, save: Save, tmp_path: Path, kind: str
) -> None:
    done = gongkai("convert", save(report, "原.json"), "--to", kind, "-o", f"新.{kind}")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"新.{kind}").read_bytes().lower().startswith(STARTS[kind].lower())
    read = json.loads(gongkai("read", f"新.{kind}", "--json").stdout)
    assert read["applications"] == api.to_dict(report)["applications"]


def test_the_format_follows_the_name_and_dash_is_stdout(
    gongkai: Command, report: Report, save: Save, tmp_path: Path
) -> None:
    path = save(report, "原.json")
    assert gongkai("convert", path, "-o", "新.html").returncode == 0
    assert (tmp_path / "新.html").exists()
    shown = gongkai("convert", path, "--to", "json", "-o", "-")
    assert json.loads(shown.stdout)["agency"] == "青石镇人民政府"


@pytest.mark.parametrize("arguments", [("-o", "新.rtf"), ("--to", "rtf"), ("-o", "原.json"), ()])
def test_what_cannot_be_meant_is_refused(
    gongkai: Command, report: Report, save: Save, arguments: tuple[str, ...]
) -> None:
    path = save(report, "原.json")
    before = path.read_bytes()
    done = gongkai("convert", path, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("✗ ")
    assert path.read_bytes() == before


def test_two_years_side_by_side(gongkai: Command, report: Report, save: Save) -> None:
    path = "applications.new.total"
    figure = replace(report.figures[path], value=int(report.value(path) or 0) + 4)
    last = save(replace(report, year=2023, figures={**report.figures, path: figure}), "2023.json")
    this = save(report, "2024.json")
    data = json.loads(gongkai("compare", last, this, "--json").stdout)
    rows = {row["path"]: row for row in data["figures"]}
    assert rows[path]["difference"] == -4
    shown = gongkai("compare", last, this)
    assert shown.returncode == 0
    assert "一、本年新收政府信息公开申请数量，总计" in shown.stdout
    assert "-4" in shown.stdout
    assert gongkai("compare", last, "没有.json").returncode == 2


def test_the_catalogue_is_listed(gongkai: Command) -> None:
    done = gongkai("rules")
    codes = {line.split("  ")[1] for line in done.stdout.splitlines()}
    assert codes == {rule.code for rule in api.rules()}
    assert {"T3-BALANCE", "TEXT-APPLICATIONS", "SAME-TEXT", "PII-LEAK"} <= codes
    assert done.returncode == 0
    one = gongkai("rules", "t3-balance").stdout
    assert "何时提出：" in one
    assert "依据：" in one
    assert gongkai("rules", "NO-RULE").returncode == 2
    assert len(gongkai("rules", "--json").stdout.splitlines()) == len(codes)


@pytest.mark.parametrize(
    "arguments", [(), ("raed",), ("read",), ("read", "--jobs", "0", "x"), ("read", "--x", "y")]
)
def test_mistakes_are_told_in_chinese(gongkai: Command, arguments: tuple[str, ...]) -> None:
    done = gongkai(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("✗ ")
    assert "--help" in done.stderr
    assert "the following" not in done.stderr
    assert "invalid" not in done.stderr


@pytest.mark.parametrize("command", ["", "read", "check", "convert", "compare", "rules"])
def test_help_has_examples(gongkai: Command, command: str) -> None:
    done = gongkai(*command.split(), "--help")
    assert done.returncode == 0
    assert "例子：" in done.stdout
    assert f"gongkai {command}".rstrip() in done.stdout
    assert "usage" not in done.stdout


def test_a_closed_pipe_is_no_error_message(report: Report, save: Save, tmp_path: Path) -> None:
    save(report, "年报.json")
    script = f"{sys.executable} -m gongkai.cli read --json --cells {'年报.json ' * 60} | head -c 10"
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.startswith("{")
    assert done.stderr == ""


def test_an_interrupt_ends_quietly_with_its_workers(tmp_path: Path) -> None:
    import psutil

    for number in range(3000):
        (tmp_path / f"{number}.txt").write_text("年报", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai.cli", "read", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background of a shell ignore the signal, and what they start would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one call, no threads
    )
    deadline = time.monotonic() + 60
    while not (children := psutil.Process(process.pid).children(recursive=True)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.splitlines()[-1] == "已中断"
    assert "Traceback" not in errors
    assert psutil.wait_procs(children, timeout=30)[1] == []
