"""Run a function over an untrusted file in a worker process, with limits on memory, time and size.

Workers are started once and used for many files, since a start costs more than reading a report. What comes
back is plain data in frames; nothing is unpickled. A worker that was killed, crashed or grew is replaced.
"""

import atexit
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from gongkai.kernel import UnreadableError, scratch
from gongkai.report.sizes import LARGEST_FILE, MEGABYTE, refuse_size

_START_SECONDS = 60.0
_POLL_SECONDS = 0.2
_LONGEST_FRAME = 256 * MEGABYTE


class Step(NamedTuple):
    """What a slow step may cost: seconds from the moment it is announced, and bytes of resident memory."""

    seconds: float
    memory: int = 1024 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    ``seconds`` of wall time, ``memory`` in bytes of resident memory of the worker and its children,
    ``file_size`` in bytes. ``steps`` names what may cost more (``ocr``, ``office``) once the worker
    announces it. A worker is replaced after ``files`` files, or after a step that takes more memory.
    """

    seconds: float = 7.0
    memory: int = 1024 * MEGABYTE
    file_size: int = LARGEST_FILE
    steps: Mapping[str, Step] = field(default_factory=lambda: MappingProxyType({}))
    files: int = 500


class Failure(msgspec.Struct, frozen=True):
    """An error on its way from a worker: the parts of an UnreadableError, and a traceback for debugging."""

    message: str
    place: str = ""
    remedy: str = ""
    code: str = ""
    detail: str = ""


class Pool:
    """Warm workers for one function, ``module:name``, that takes a path and returns bytes.

    Threads may call :meth:`run` at the same time; each call has a worker of its own.
    """

    _idle: "list[_Worker]"
    _all: "set[_Worker]"

    def __init__(self, target: str, limits: Limits) -> None:
        self._target = target
        self._limits = limits
        self._forget()
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    def run(self, path: str) -> bytes:
        """What the function returned for the file at ``path``.

        Raises UnreadableError where the function did, where the file is missing, too large or no file, and
        where the worker ran out of time or memory or died.
        """
        refuse_unfit(path, self._limits)
        worker = self._take()
        try:
            return worker.run(path, self._limits)
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """Kill every worker, also those at work; a later :meth:`run` starts new ones."""
        with self._lock:
            workers, self._idle = list(self._all), []
            self._all.clear()
        for worker in workers:
            worker.kill()

    def _forget(self) -> None:
        """After a fork the workers belong to the parent process."""
        self._lock = threading.Lock()
        self._idle = []
        self._all = set()

    def _take(self) -> "_Worker":
        with self._lock:
            if self._idle:
                return self._idle.pop()
        worker = _Worker(self._target, self._limits)
        with self._lock:
            self._all.add(worker)
        return worker

    def _give_back(self, worker: "_Worker") -> None:
        with self._lock:
            keep = worker.idle and worker in self._all and worker.files < self._limits.files
            if keep:
                self._idle.append(worker)
            else:
                self._all.discard(worker)
        if not keep:
            worker.kill()


def refuse_unfit(path: str, limits: Limits) -> None:
    """Raise UnreadableError where ``path`` is missing, no regular file, not readable, empty or too large.

    The file's content is not touched.
    """
    try:
        status = Path(path).stat()
    except FileNotFoundError:
        raise UnreadableError("找不到这个文件", remedy="请检查文件名和路径", code="missing") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise UnreadableError(
            f"无法打开这个文件（{reason}）", remedy="请检查路径和权限", code="missing"
        ) from None
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("这不是一个普通文件", remedy="请给出年度报告的文件", code="not-a-file")
    if not os.access(path, os.R_OK):
        raise UnreadableError("没有读取这个文件的权限", remedy="请检查文件权限", code="permission")
    if status.st_size == 0:
        raise UnreadableError("文件是空的", remedy="请重新下载或导出", code="empty")
    refuse_size(status.st_size, limits.file_size)


class _Worker:
    """One worker process, its socket and its own folder for temporary files."""

    def __init__(self, target: str, limits: Limits) -> None:
        self.files = 0
        #: Whether it has answered its last request and is fit for another.
        self.idle = False
        self._folder = scratch.Folder()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [
                    sys.executable,
                    "-m",
                    "gongkai.report.limited_child",
                    str(theirs.fileno()),
                    target,
                    str(limits.memory),
                    *(f"{name}={step.memory}" for name, step in limits.steps.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("GONGKAI_DEBUG") else subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=os.environ
                | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "TMPDIR": str(self._folder.path)},
                start_new_session=True,
            )
        self._memory = limits.memory
        self._seconds = limits.seconds
        self._buffer = bytearray()
        self._ready = False

    def run(self, path: str, limits: Limits) -> bytes:
        """The worker's answer for one file; see :meth:`Pool.run`."""
        self.files += 1
        self.idle = False
        try:
            if not self._ready:
                self._frame(time.monotonic() + _START_SECONDS)
                self._ready = True
            request = os.fsencode(Path(path).absolute())
            allowance = max([limits.seconds, *(step.seconds for step in limits.steps.values())])
            self._socket.sendall(msgspec.msgpack.encode((request, path, allowance)))
            return self._answer(limits)
        except (OSError, EOFError):  # also a socket that another thread closed
            raise self._died() from None

    def _answer(self, limits: Limits) -> bytes:
        deadline = time.monotonic() + limits.seconds
        self._seconds = limits.seconds
        announced: set[str] = set()
        while True:
            kind, body = self._frame(deadline)
            if kind == b"R":
                self.idle = self._memory == limits.memory
                return body
            if kind == b"E":
                failure = msgspec.msgpack.decode(body, type=Failure)
                self.idle = failure.code != "memory-limit" and self._memory == limits.memory
                raise _error(failure)
            name = body.decode()
            if name in limits.steps and name not in announced:
                announced.add(name)
                step = limits.steps[name]
                deadline = max(deadline, time.monotonic() + step.seconds)
                self._seconds = max(self._seconds, step.seconds)
                self._memory = max(self._memory, step.memory)

    def _frame(self, deadline: float) -> tuple[bytes, bytes]:
        """The next frame: one byte that says its kind, four of length, the body."""
        head = self._exactly(5, deadline)
        length = int.from_bytes(head[1:], "big")
        if length > _LONGEST_FRAME:
            raise EOFError
        return head[:1], self._exactly(length, deadline)

    def _exactly(self, count: int, deadline: float) -> bytes:
        while len(self._buffer) < count:
            left = deadline - time.monotonic()
            if left <= 0:
                raise _too_slow(self._seconds)
            self._socket.settimeout(min(left, _POLL_SECONDS))
            try:
                piece = self._socket.recv(1 << 16)
            except TimeoutError:
                if _resident(self._process.pid) > self._memory:
                    raise _too_big(self._memory) from None
                continue
            if not piece:
                raise EOFError
            self._buffer += piece
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _died(self) -> UnreadableError:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = 0
        if code == -signal.SIGXCPU:
            return UnreadableError("读取用时过长，已停止", remedy=_REMEDY, code="time-limit")
        return UnreadableError(
            "读取这个文件时程序意外中止，文件可能已损坏，或内容异常庞大", remedy=_REMEDY, code="crashed"
        )

    def kill(self) -> None:
        """End the worker and whatever it started (it leads a session of its own), and its temporary files."""
        for group in _groups(self._process.pid):
            try:
                os.killpg(group, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
        self._process.wait()
        self._socket.close()
        self._folder.remove()


_REMEDY = "请确认文件能正常打开，或另存为 DOCX、PDF 后再试"


def _too_slow(seconds: float) -> UnreadableError:
    said = f"读取超过 {seconds:.0f} 秒仍未完成，已停止"
    return UnreadableError(said, remedy=_REMEDY, code="time-limit")


def _too_big(memory: int) -> UnreadableError:
    said = f"读取所需内存超过 {memory // MEGABYTE} MB，已停止"
    return UnreadableError(said, remedy=_REMEDY, code="memory-limit")


def _error(failure: Failure) -> UnreadableError:
    error = UnreadableError(failure.message, place=failure.place, remedy=failure.remedy, code=failure.code)
    if failure.detail:
        error.add_note(failure.detail)
    return error


def _family(leader: int) -> list[tuple[int, int]]:
    """(process, process group) of ``leader`` and everything in its session or below it."""
    rows: list[tuple[int, int, int, int]] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue
        rows.append((int(entry.name), int(fields[1]), int(fields[2]), int(fields[3])))
    family = {leader}
    grown = True
    while grown:
        more = {pid for pid, parent, _, session in rows if parent in family or session == leader} - family
        family |= more
        grown = bool(more)
    return [(pid, group) for pid, _, group, _ in rows if pid in family]


def _groups(leader: int) -> set[int]:
    """Process groups to kill with a worker; never our own."""
    return ({group for _, group in _family(leader)} | {leader}) - {os.getpgrp(), 0, 1}


def _resident(leader: int) -> int:
    """Resident memory of a worker and its children, in bytes; 0 where it cannot be told."""
    pages = 0
    for pid, _ in _family(leader):
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
        except (OSError, IndexError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE")
