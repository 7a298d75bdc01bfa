"""The site as a small machine runs it, with production's settings, on loopback, in a folder of its own."""

import base64
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil  # type: ignore[import-untyped]

HOST = "127.0.0.1"
PROCESSES = 2
#: What a proxy in front of the site adds and what a browser asks for.
HEADERS = {"X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU its processes have used so far."""
        family = [self.process, *self.process.children()]
        return sum(float(times.user + times.system) for times in (one.cpu_times() for one in family))


def environment(data: Path, database: str = "", *, keep: bool = True) -> dict[str, str]:
    """What production's settings ask for. ``database``: an address; without one SQLite in ``data``."""

    def key() -> str:
        return "bench:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()

    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.web.settings",
        "GONGKAI_SECRET_KEY": secrets.token_urlsafe(50),
        "GONGKAI_ENCRYPTION_KEYS": key(),
        "GONGKAI_HASH_KEYS": key(),
        "GONGKAI_HOSTS": HOST,
        "GONGKAI_DATA": str(data),
        "GONGKAI_DATABASE": database,
        "GONGKAI_BENCH_KEEP": "1" if keep else "0",
        "GONGKAI_LOG_LEVEL": "ERROR",
    }


def fill(data: Path, database: str, reports: int) -> float:
    """Make a database with so many reports; seconds it took."""
    data.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.web.stock", str(reports)]
    subprocess.run(command, check=True, cwd=_ROOT, env=environment(data, database))
    return time.monotonic() - start


@contextmanager
def serving(given: Mapping[str, str]) -> Iterator[Server]:
    """A server in an environment from :func:`environment`, ended with all its processes."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gongkai.web.manage", "serve", "--no-tasks",
        "--host", HOST, "--port", str(port), "--processes", str(PROCESSES),
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=_ROOT, env=dict(given))
    try:
        _wait(process, port)
        yield Server(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as held:
        port: int = held.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until it answers. Raises RuntimeError where it ends or takes too long."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            message = f"the server ended with {process.returncode}"
            raise RuntimeError(message)
        try:
            connection = HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/healthz", headers=HEADERS)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    message = "the server does not answer"
    raise RuntimeError(message)
