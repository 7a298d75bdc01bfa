"""Tasks for the tests, also registered in the worker processes these start."""

import datetime as dt
import os
import time
from pathlib import Path

from gongkai.web.common.models import Schedule
from gongkai.web.common.tasks import task

FAILED: list[tuple[str, dict[str, object]]] = []


def note(line: str) -> None:
    """One line more in the file that tells the test what happened."""
    with Path(os.environ["GONGKAI_TEST_NOTES"]).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@task("tests.note", retries=2)
def write(text: str) -> None:
    note(text)


@task("tests.fail", retries=2, on_failure=lambda error, **payload: FAILED.append((error, payload)))
def fail(text: str) -> None:
    note(text)
    raise ValueError(text)


@task("tests.slow", retries=3)
def slow(seconds: float, effect: str) -> None:
    """Idempotent: the effect is one row, however often it runs."""
    note("begun")
    time.sleep(seconds)
    Schedule.objects.get_or_create(name=effect, defaults={"next_at": dt.datetime.now(dt.UTC)})
    note("done")


@task("tests.atomic", retries=3, atomic=True)
def atomic(effect: str, lose: bool) -> None:
    """Not idempotent: run twice it would make two rows."""
    Schedule.objects.create(name=f"{effect}{Schedule.objects.count()}", next_at=dt.datetime.now(dt.UTC))
    if lose:
        from gongkai.web.common.models import QueuedTask

        QueuedTask.objects.filter(name="tests.atomic").update(worker="another")


@task("tests.hourly", every=dt.timedelta(hours=1))
def hourly() -> None:
    note("hourly")


@task("tests.daily", daily_at=dt.time(8, 30))
def daily() -> None:
    note("daily")
