"""The load: so many connections that are kept open, each asking for the next page when it has the last."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from urllib3 import HTTPConnectionPool

from benchmarks.web.server import HEADERS, HOST, Server

CONNECTIONS = 4  # both processes always have one more to answer


@dataclass
class Burst:
    """What one burst brought. ``seconds`` of each answer, ``cpu_ms`` of the server for one of them."""

    lasted: float
    cpu_ms: float
    seconds: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted

    @property
    def p95_ms(self) -> float:
        """95 of 100 answers came within so many milliseconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)] * 1000


class Wrong(Exception):
    """An answer that was not the page: a benchmark of error pages says nothing."""


def burst(server: Server, paths: Sequence[str], seconds: float, *, passes: int = 0) -> Burst:
    """Ask for the paths in turn for so long, on each connection at least ``passes`` times for every path.

    Raises Wrong at anything but a full page.
    """
    begin, used = time.perf_counter(), server.cpu()
    end = begin + seconds
    parts: list[tuple[list[float], int]] = []
    problems: list[Exception] = []

    def run(number: int) -> None:
        try:
            begins = number % len(paths)
            turned = [*paths[begins:], *paths[:begins]]
            parts.append(_ask(server.port, turned, end, max(1, passes * len(paths))))
        except Exception as error:  # noqa: BLE001 - said again below, in the thread that asked
            problems.append(error)

    share = max(1, len(paths) // CONNECTIONS)
    threads = [threading.Thread(target=run, args=(number * share,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    times = [one for part, _ in parts for one in part]
    lasted = time.perf_counter() - begin
    cpu_ms = (server.cpu() - used) * 1000 / len(times)
    return Burst(lasted, cpu_ms, times, parts[0][1])


def _ask(port: int, paths: Sequence[str], end: float, least: int) -> tuple[list[float], int]:
    """Seconds of each answer and the bytes of the last."""
    times: list[float] = []
    size = number = 0
    with HTTPConnectionPool(HOST, port, maxsize=1, timeout=30, retries=False) as pool:
        while True:
            path = paths[number % len(paths)]
            before = time.perf_counter()
            if len(times) >= least and before >= end:
                return times, size
            answer = pool.request("GET", path, headers=HEADERS, redirect=False, decode_content=False)
            times.append(time.perf_counter() - before)
            if answer.status != 200 or not answer.data:
                message = f"{path}: {answer.status}"
                raise Wrong(message)
            size = len(answer.data)
            number += 1
