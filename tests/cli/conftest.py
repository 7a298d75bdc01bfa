"""The command as users run it, and reports to run it on."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from gongkai.report import api
from gongkai.report.model import Figure, Report
from tests.report.strategies import random_report

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def gongkai(tmp_path: Path) -> Command:
    """Run ``gongkai`` in an empty folder; no traceback may ever show."""

    def run(*arguments: object, **more: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"LC_ALL": "C.UTF-8"} | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def report() -> Report:
    """A report whose identities hold."""
    return random_report(Random(7), single_other=False, agency="青石镇人民政府", year=2024)


@pytest.fixture
def faulty(report: Report) -> Report:
    """The same report with a balance that does not hold."""
    path = "applications.carried_out.total"
    wrong = Figure(int(report.value(path) or 0) + 1, "", place=report.figures[path].place)
    return replace(report, figures={**report.figures, path: wrong})


@pytest.fixture
def save(tmp_path: Path) -> Callable[[Report, str], Path]:
    """Write a report as our own JSON."""

    def write(report: Report, name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(api.to_dict(report, cells=True), ensure_ascii=False), encoding="utf-8")
        return path

    return write
