import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.common import tasks, worker
from gongkai.web.common.models import QueuedTask, Schedule
from gongkai.web.common.worker import Worker
from tests.web.common import working

ROOT = Path(__file__).resolve().parents[3]
State = QueuedTask.State
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture(autouse=True)
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    path = tmp_path / "notes"
    path.touch()
    monkeypatch.setenv("GONGKAI_TEST_NOTES", str(path))
    working.FAILED.clear()
    return lambda: path.read_text(encoding="utf-8").split()


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts worker processes on the test's database; what still runs is killed at the end."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> "subprocess.Popen[bytes]":
        environment = os.environ | {
            "GONGKAI_TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        command = [sys.executable, str(Path(__file__).with_name("worker_process.py")), *arguments]
        running.append(subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "this did not happen in time"
        time.sleep(0.1)


def drain() -> int:
    return Worker(renew=False).drain()


def make_due() -> None:
    QueuedTask.objects.filter(state=State.WAITING).update(due_at=timezone.now())


@pytest.mark.django_db
def test_a_task_runs_once(notes: Callable[[], list[str]]) -> None:
    queued = tasks.enqueue("tests.note", text="one")
    drain()
    drain()
    queued.refresh_from_db()
    assert (queued.state, queued.attempts, notes()) == (State.DONE, 1, ["one"])


@pytest.mark.django_db
def test_what_is_not_due_waits(notes: Callable[[], list[str]]) -> None:
    tasks.enqueue("tests.note", text="later", delay=dt.timedelta(hours=1))
    drain()
    assert notes() == []


@pytest.mark.django_db
def test_an_unknown_task_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        tasks.enqueue("tests.unknown")


@pytest.mark.django_db
def test_a_task_of_another_release_is_tried_again_later() -> None:
    now = timezone.now()
    QueuedTask.objects.create(name="tests.gone", created_at=now, due_at=now, attempts_allowed=2)
    drain()
    queued = QueuedTask.objects.get(name="tests.gone")
    assert queued.state == State.WAITING
    assert "tests.gone" in queued.error


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_asked_for() -> None:
    def asked_and_failed() -> None:
        with transaction.atomic():
            tasks.enqueue("tests.note", text="never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asked_and_failed()
    assert not QueuedTask.objects.exists()


@pytest.mark.django_db
def test_a_failing_task_is_tried_again_with_growing_pauses_and_then_given_up(
    notes: Callable[[], list[str]],
) -> None:
    queued = tasks.enqueue("tests.fail", text="broken")
    pauses = []
    for _ in range(2):
        drain()
        queued.refresh_from_db()
        assert queued.state == State.WAITING
        assert "ValueError: broken" in queued.error
        pauses.append((queued.due_at - timezone.now()).total_seconds())
        assert drain() == 0, "it waits for its pause"
        make_due()
    drain()
    queued.refresh_from_db()
    assert queued.state == State.FAILED
    assert notes() == ["broken"] * 3
    assert [payload for _, payload in working.FAILED] == [{"text": "broken"}]
    assert 8 < pauses[0] < 12
    assert 18 < pauses[1] < 23
    make_due()
    assert drain() == 0


def test_pauses_grow_to_an_hour_and_no_further() -> None:
    seconds = [tasks.pause(attempts).total_seconds() for attempts in range(1, 40)]
    assert all(10 <= pause <= 3960 for pause in seconds)
    assert seconds[-1] >= 3600


@pytest.mark.django_db
def test_one_waiting_task_of_a_key_is_enough(notes: Callable[[], list[str]]) -> None:
    first = tasks.enqueue("tests.note", key="a", text="one")
    assert tasks.enqueue("tests.note", key="a", text="two").pk == first.pk
    tasks.enqueue("tests.note", key="b", text="three")
    drain()
    assert notes() == ["one", "three"]
    assert tasks.enqueue("tests.note", key="a", text="again").pk != first.pk


@pytest.mark.django_db
def test_a_task_whose_worker_is_gone_is_given_back_and_counts_as_an_attempt() -> None:
    queued = tasks.enqueue("tests.fail", text="lost")
    for attempt in (1, 2, 3):
        make_due()
        taken = Worker(renew=False)._take()
        assert taken is not None
        assert taken.attempts == attempt
        assert worker.reap() == 0, "its lease holds"
        QueuedTask.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        assert worker.reap() == 1
    queued.refresh_from_db()
    assert queued.state == State.FAILED, "a task that kills every worker does not go round for ever"
    assert len(working.FAILED) == 1


@pytest.mark.django_db
def test_a_worker_that_comes_back_late_changes_nothing() -> None:
    tasks.enqueue("tests.note", text="late")
    late = Worker(renew=False)._take()
    assert late is not None
    QueuedTask.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    worker.reap()
    with pytest.raises(worker._LostLease):
        worker._finish(late)
    assert worker.give_back(late, "late") is False
    assert QueuedTask.objects.get().state == State.WAITING


@pytest.mark.django_db(transaction=True)
def test_an_atomic_task_that_lost_its_lease_leaves_no_effect() -> None:
    tasks.enqueue("tests.atomic", effect="x", lose=True)
    Worker().work_one()
    assert not Schedule.objects.filter(name__startswith="x").exists()
    tasks.enqueue("tests.atomic", effect="y", lose=False)
    Worker().work_one()
    assert Schedule.objects.filter(name__startswith="y").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(start: Start, notes: Callable[[], list[str]]) -> None:
    """kill -9 in the middle: the task runs again, and there is exactly one effect."""
    queued = tasks.enqueue("tests.slow", seconds=2, effect="tests.effect")
    first = start("1.5")
    wait_for(lambda: notes() == ["begun"])
    first.send_signal(signal.SIGKILL)
    first.wait()
    queued.refresh_from_db()
    assert queued.state == State.RUNNING
    wait_for(lambda: bool(queued.lease_until and queued.lease_until < timezone.now()))
    assert start("1.5", "--once").wait(60) == 0
    queued.refresh_from_db()
    assert queued.state == State.WAITING, "the next worker reaps what the first left"
    make_due()
    assert start("1.5", "--once").wait(60) == 0
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (State.DONE, 2)
    assert notes() == ["begun", "begun", "done"]
    assert Schedule.objects.filter(name="tests.effect").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_renewed_while_the_task_runs(start: Start, notes: Callable[[], list[str]]) -> None:
    tasks.enqueue("tests.slow", seconds=4, effect="tests.effect")
    running = start("1.5")
    wait_for(lambda: notes() == ["begun"])
    end = time.monotonic() + 3
    while time.monotonic() < end:
        assert worker.reap() == 0, "the lease ran out under a living worker"
        time.sleep(0.2)
    wait_for(lambda: QueuedTask.objects.get(name="tests.slow").state == State.DONE)
    running.send_signal(signal.SIGTERM)
    assert running.wait(20) == 0
    assert notes() == ["begun", "done"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_without_doing_anything_twice(start: Start, notes: Callable[[], list[str]]) -> None:
    with transaction.atomic():
        for number in range(60):
            tasks.enqueue("tests.note", text=str(number))
    both = [start("60", "--once") for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert sorted(map(int, filter(str.isdigit, notes()))) == list(range(60))


@pytest.mark.django_db
def test_schedules_put_each_task_once(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {name: one for name, one in tasks.TASKS.items() if name.startswith(("tests.", "common."))}
    monkeypatch.setattr(worker, "TASKS", own)  # the apps' own have schedules too
    start = dt.datetime(2024, 3, 4, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    now = [start]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    assert worker.keep_schedules() == [], "the first look only sets the times"
    now[0] = start + dt.timedelta(minutes=31)
    assert worker.keep_schedules() == ["tests.daily"]
    assert worker.keep_schedules() == []
    now[0] = start + dt.timedelta(hours=1, minutes=1)
    assert worker.keep_schedules() == ["tests.hourly"]
    now[0] = start + dt.timedelta(days=3)
    assert {"tests.daily", "tests.hourly", "common.tidy"} <= set(worker.keep_schedules())
    assert worker.keep_schedules() == [], "what was missed is done once, not as often as it was missed"
    assert QueuedTask.objects.filter(name="tests.daily").count() == 1


def test_daily_means_the_day_in_china() -> None:
    daily = tasks.TASKS["tests.daily"]
    before = dt.datetime(2024, 3, 4, 0, 29, tzinfo=dt.UTC)
    after = dt.datetime(2024, 3, 4, 0, 30, tzinfo=dt.UTC)
    assert worker.next_time(daily, before) == dt.datetime(2024, 3, 4, 0, 30, tzinfo=dt.UTC)
    assert worker.next_time(daily, after) == dt.datetime(2024, 3, 5, 0, 30, tzinfo=dt.UTC)


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match=r"tests\.note"):
        tasks.task("tests.note")(lambda: None)
