"""What a terminal sees: a bar with rate and remaining time on stderr; results stay clean."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from gongkai.report.model import Report

Save = Callable[[Report, str], Path]


def on_terminal(folder: Path, *arguments: str) -> tuple[str, str]:
    """Standard output of the command, and what a terminal shows of its stderr."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai.cli", *arguments],
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    shown = b""
    output, _ = process.communicate(timeout=60)
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return output, shown.decode()


def test_several_files_show_a_bar_and_leave_the_results_clean(
    report: Report, save: Save, tmp_path: Path
) -> None:
    names = [save(report, f"{number}.json").name for number in range(5)]
    output, shown = on_terminal(tmp_path, "read", "--json", *names)
    assert [json.loads(line)["reading"]["source"] for line in output.splitlines()] == names
    assert "份/秒" in shown
    assert "剩余" in shown
    assert "5/5" in shown


def test_one_file_shows_no_bar(report: Report, save: Save, tmp_path: Path) -> None:
    output, shown = on_terminal(tmp_path, "read", "--json", save(report, "a.json").name)
    assert json.loads(output)
    assert shown == ""
