"""A process that has only just started knows every task there is: it may be asked for any of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import gongkai.web

TASK = re.compile(r"^@task\(", re.MULTILINE)
WEB = Path(gongkai.web.__file__).parent
START = """
import django
django.setup()
from gongkai.web.common.tasks import TASKS
print(*{task.body.__module__ for task in TASKS.values()})
"""


def written() -> set[str]:
    """The modules that hold tasks."""
    found = (path for path in WEB.rglob("*.py") if TASK.search(path.read_text("utf-8")))
    return {".".join(("gongkai.web", *path.relative_to(WEB).with_suffix("").parts)) for path in found}


def test_all_tasks_are_known_from_the_start() -> None:
    """In a process of its own: in this one other tests have imported what they test."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started = subprocess.run(
        [sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=True
    )
    assert written() > {"gongkai.web.common.tidy"}
    assert set(started.stdout.split()) >= written()
