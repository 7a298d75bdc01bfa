"""The worker: leases, retries, what killed workers left, schedules."""

import datetime as dt
import logging
import os
import socket
import threading
import traceback
import uuid
from types import TracebackType
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections, connection, models, transaction
from django.utils import timezone

from gongkai.web.common.models import QueuedTask, Schedule
from gongkai.web.common.tasks import TASKS, Task, enqueue, pause

log = logging.getLogger(__name__)
_ERROR_LENGTH = 4000
_CHINA = ZoneInfo("Asia/Shanghai")
State = QueuedTask.State


class Worker:
    """One worker, known by its name; several may run on one database, in one process or many."""

    def __init__(self, *, renew: bool = True) -> None:
        self.name = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"
        self._renew = renew
        self._stop = threading.Event()

    def stop(self) -> None:
        """Finish the task at hand, then end ``run``."""
        self._stop.set()

    def run(self, idle: float = 1.0) -> None:
        """Work until ``stop``; where nothing waits, look again after ``idle`` seconds."""
        looked_after = dt.datetime.min.replace(tzinfo=dt.UTC)
        while not self._stop.is_set():
            try:
                close_old_connections()
                if timezone.now() - looked_after > settings.TASK_LEASE / 6:
                    keep_schedules()
                    reap()
                    looked_after = timezone.now()
                worked = self.work_one()
            except Exception:
                # The database may be away for a moment; a worker that ends helps nobody.
                log.exception("worker %s", self.name)
                worked = False
            if not worked:
                self._stop.wait(idle)

    def drain(self, most: int = 1000) -> int:
        """Do what is due now, at most so many; how many tasks were tried. For tests and ``--once``."""
        keep_schedules()
        reap()
        count = 0
        while count < most and self.work_one():
            count += 1
        return count

    def work_one(self) -> bool:
        """Take the task that is due longest and try it; False where none is."""
        queued = self._take()
        if queued is None:
            return False
        registered = TASKS.get(queued.name)
        try:
            if registered is None:
                give_back(queued, f"没有名为 {queued.name} 的任务：程序版本与数据不一致")
                return True
            with _Lease(queued, renew=self._renew):
                self._try(registered, queued)
        except _LostLease:
            log.warning("task %s (%s): another worker has it now", queued.pk, queued.name)
        except Exception as error:
            log.exception("task %s (%s) failed, attempt %s", queued.pk, queued.name, queued.attempts)
            give_back(queued, _told(error))
        return True

    def _take(self) -> QueuedTask | None:
        now = timezone.now()
        with transaction.atomic():
            due = QueuedTask.objects.filter(state=State.WAITING, due_at__lte=now).order_by("due_at", "id")
            locking = connection.features.has_select_for_update_skip_locked
            queued = (due.select_for_update(skip_locked=True) if locking else due).first()
            if queued is None:
                return None
            queued.state, queued.worker = State.RUNNING, self.name
            queued.attempts += 1
            queued.lease_until = now + settings.TASK_LEASE
            queued.save(update_fields=["state", "worker", "attempts", "lease_until"])
        return queued

    @staticmethod
    def _try(registered: Task, queued: QueuedTask) -> None:
        if registered.atomic:
            with transaction.atomic():
                registered.body(**queued.payload)
                _finish(queued)
        else:
            registered.body(**queued.payload)
            _finish(queued)


class _LostLease(Exception):
    """The task was given to another worker meanwhile; what this one found out does not count."""


class _Lease:
    """Renews a task's lease from a thread of its own while the task runs."""

    def __init__(self, queued: QueuedTask, *, renew: bool) -> None:
        self._queued = queued
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True) if renew else None

    def __enter__(self) -> None:
        if self._thread:
            self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _keep(self) -> None:
        try:
            while not self._over.wait(settings.TASK_LEASE.total_seconds() / 3):
                try:
                    _own(self._queued).update(lease_until=timezone.now() + settings.TASK_LEASE)
                except Exception:
                    log.exception("lease of task %s", self._queued.pk)
        finally:
            connection.close()


def reap() -> int:
    """Give back the tasks whose workers died; how many. A killed worker counts as an attempt."""
    count = 0
    for queued in QueuedTask.objects.filter(state=State.RUNNING, lease_until__lt=timezone.now())[:100]:
        if give_back(queued, "执行者中断（进程被结束或机器停机）", overdue=True):
            log.warning("task %s (%s): worker %s is gone", queued.pk, queued.name, queued.worker)
            count += 1
    return count


def give_back(queued: QueuedTask, error: str, *, overdue: bool = False) -> bool:
    """Put a task that was not finished back into the queue, or give it up after its last attempt.

    False where it is no longer this attempt's: finished, reaped or, with ``overdue``, its lease renewed.
    """
    last = queued.attempts >= queued.attempts_allowed
    now = timezone.now()
    with transaction.atomic():
        mine = _own(queued)
        if overdue:
            mine = mine.filter(lease_until__lt=now)
        changes: dict[str, Any] = {"error": error[-_ERROR_LENGTH:], "lease_until": None, "worker": ""}
        if last:
            changes |= {"state": State.FAILED, "finished_at": now}
        elif _one_waits_already(queued):
            # The same was asked for again meanwhile: that one does the work.
            changes |= {"state": State.DONE, "finished_at": now}
        else:
            changes |= {"state": State.WAITING, "due_at": now + pause(queued.attempts)}
        if not mine.update(**changes):
            return False
    registered = TASKS.get(queued.name)
    if last and registered and registered.on_failure:
        with transaction.atomic():
            registered.on_failure(error, **queued.payload)
    return True


def keep_schedules() -> list[str]:
    """Put into the queue what its schedule says is due, once, however many workers ask; the names."""
    started = []
    now = timezone.now()
    for registered in list(TASKS.values()):
        if registered.every is None and registered.daily_at is None:
            continue
        with transaction.atomic():
            schedule, _ = Schedule.objects.get_or_create(
                name=registered.name, defaults={"next_at": next_time(registered, now)}
            )
            due = Schedule.objects.filter(name=registered.name, next_at=schedule.next_at, next_at__lte=now)
            if due.update(next_at=next_time(registered, now), last_at=now):
                enqueue(registered.name, key="schedule")
                started.append(registered.name)
    return started


def next_time(registered: Task, now: dt.datetime) -> dt.datetime:
    """When a scheduled task is next due after ``now``; days are days in China."""
    if registered.daily_at is None:
        return now + (registered.every or dt.timedelta(days=1))
    local = now.astimezone(_CHINA)
    at = dt.datetime.combine(local.date(), registered.daily_at, _CHINA)
    return at if at > local else at + dt.timedelta(days=1)


def _own(queued: QueuedTask) -> "models.QuerySet[QueuedTask]":
    """The task, as long as this attempt of this worker has it."""
    return QueuedTask.objects.filter(
        pk=queued.pk, state=State.RUNNING, worker=queued.worker, attempts=queued.attempts
    )


def _finish(queued: QueuedTask) -> None:
    done = _own(queued).update(
        state=State.DONE, finished_at=timezone.now(), lease_until=None, error="", worker=queued.worker
    )
    if not done:
        raise _LostLease


def _one_waits_already(queued: QueuedTask) -> bool:
    same = QueuedTask.objects.filter(name=queued.name, key=queued.key, state=State.WAITING)
    return bool(queued.key) and same.exists()


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
