"""Read report files in worker processes: one with :func:`run_limited`, many with :func:`read_many`."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from gongkai.kernel import UnreadableError
from gongkai.report.limited import Limits, Pool
from gongkai.report.model import Report

#: A report is read in milliseconds; recognising a scan or converting an old .doc takes longer.
LIMITS = Limits(steps=MappingProxyType({"ocr": 240.0, "office": 60.0}))


def run_limited(path: str) -> Report:
    """Read the file at ``path`` in a worker process; ``reading.source`` is ``path``.

    Raises UnreadableError.
    """
    report = msgspec.msgpack.decode(_pool().run(path), type=Report)
    return replace(report, reading=replace(report.reading, source=path))


def read_many(paths: Iterable[str], jobs: int = 1) -> Iterator[tuple[str, Report | UnreadableError]]:
    """Each path with its report, or with the reason why there is none, in the order given.

    ``jobs`` files are read at the same time, each in a process of its own. Only a few results are held
    at once, so that ``paths`` may be as long as one likes.
    """
    ahead = 4 * jobs
    waiting: deque[tuple[str, Future[Report | UnreadableError]]] = deque()
    executor = ThreadPoolExecutor(jobs)
    finished = False
    try:
        for path in paths:
            waiting.append((path, executor.submit(_attempt, path)))
            if len(waiting) > ahead:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
        finished = True
    finally:
        executor.shutdown(wait=finished, cancel_futures=True)
        if not finished:
            _pool().close()


def read_in_worker(path: str) -> bytes:
    """The worker's side: the report at ``path``, encoded."""
    from gongkai.report.api import read_bytes

    report = read_bytes(Path(path).read_bytes(), source=path)
    return msgspec.msgpack.encode(report)


def _attempt(path: str) -> Report | UnreadableError:
    try:
        return run_limited(path)
    except UnreadableError as error:
        return error


@cache
def _pool() -> Pool:
    return Pool(f"{__name__}:{read_in_worker.__name__}", LIMITS)
