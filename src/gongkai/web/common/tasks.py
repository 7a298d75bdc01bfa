"""Work done outside a request: at least once, with retries and schedules, on the database alone.

``enqueue`` writes a row in the caller's transaction: what is rolled back was never asked for. A worker takes
a row under a lease and renews it while it works; where the worker is killed the lease runs out and the task
runs again. So a task must be safe to run twice: it calls actions, which check what state they find.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.common.models import QueuedTask

Body = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Task:
    """A registered task: its body, how often it is tried again, and when it runs by itself."""

    name: str
    body: Body
    retries: int
    atomic: bool
    every: dt.timedelta | None
    daily_at: dt.time | None
    on_failure: Callable[..., Any] | None


TASKS: dict[str, Task] = {}


def task(
    name: str,
    *,
    retries: int = 5,
    atomic: bool = False,
    every: dt.timedelta | None = None,
    daily_at: dt.time | None = None,
    on_failure: Callable[..., Any] | None = None,
) -> Callable[[Body], Body]:
    """Register a function as a task; it takes the payload as keyword arguments.

    ``retries``: further attempts after an error or a killed worker, with growing pauses (10 s to 1 h).
    ``atomic``: body and completion in one transaction, its changes happen exactly once; for short tasks.
    ``every`` or ``daily_at`` (Asia/Shanghai): the worker also starts it by itself, without payload.
    ``on_failure(error, **payload)``: called in a transaction of its own when the last attempt has failed.
    """

    def register(body: Body) -> Body:
        if name in TASKS and TASKS[name].body is not body:
            message = f"task {name!r} exists already"
            raise ValueError(message)
        TASKS[name] = Task(name, body, retries, atomic, every, daily_at, on_failure)
        return body

    return register


def enqueue(name: str, /, *, key: str = "", delay: dt.timedelta | None = None, **payload: Any) -> QueuedTask:
    """Ask for a task, in the transaction at hand. The payload holds ids, no personal data.

    With a ``key`` one waiting task of that name and key is enough: asking again returns the one that waits.
    """
    registered = TASKS[name]
    now = timezone.now()
    queued = QueuedTask(
        name=name,
        payload=payload,
        key=key,
        created_at=now,
        due_at=now + (delay or dt.timedelta()),
        attempts_allowed=registered.retries + 1,
    )
    if not key:
        queued.save(force_insert=True)
        return queued
    waiting = QueuedTask.objects.filter(name=name, key=key, state=QueuedTask.State.WAITING)
    found = waiting.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            queued.save(force_insert=True)
    except IntegrityError:
        return waiting.get()
    return queued


def pause(attempts: int) -> dt.timedelta:
    """How long to wait after that many attempts: 10 s, 20 s, 40 s … at most 1 h, spread by a tenth."""
    seconds = min(10 * 2 ** (attempts - 1), 3600)
    return dt.timedelta(seconds=seconds * random.uniform(1, 1.1))  # noqa: S311 - spreads load, hides nothing
