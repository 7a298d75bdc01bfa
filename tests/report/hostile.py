"""Functions that misbehave in every way a parser of foreign files can; the worker tests run them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from gongkai.kernel import UnreadableError
from gongkai.report import patience


def behave(path: str) -> bytes:
    """Do what the file's first word says."""
    word, _, rest = Path(path).read_text(encoding="utf-8").partition(" ")
    return globals()[word](rest)


def echo(text: str) -> bytes:
    return text.encode()


def pid(_: str) -> bytes:
    return str(os.getpid()).encode()


def hog(_: str) -> bytes:
    held = []
    while True:
        held.append(bytearray(32 << 20))


def hog_in_child(_: str) -> bytes:
    code = "x = [bytearray(8 << 20) for _ in range(1000)]; import time; time.sleep(60)"
    children = [subprocess.Popen([sys.executable, "-c", code.replace("1000", "9")]) for _ in range(5)]
    time.sleep(60)
    return str(children).encode()


def loop(_: str) -> bytes:
    while True:
        continue


def sleep_with_child(note: str) -> bytes:
    child = subprocess.Popen(["sleep", "300"], start_new_session=True)
    Path(note).write_text(str(child.pid), encoding="ascii")
    time.sleep(300)
    return b""


def litter(note: str) -> bytes:
    import tempfile

    folder = tempfile.mkdtemp()
    Path(note).write_text(folder, encoding="utf-8")
    time.sleep(300)
    return b""


def crash(_: str) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def leave(_: str) -> bytes:
    os._exit(0)


def fail(_: str) -> bytes:
    raise KeyError("内部")


def refuse(_: str) -> bytes:
    raise UnreadableError("不是年度报告", place="第1页", remedy="请换一个文件", code="not-a-report")


def recurse(text: str) -> bytes:
    return recurse(text) + b"x"


def chatter(_: str) -> bytes:
    sys.stdout.write("noise on stdout")
    sys.stdout.flush()
    os.write(1, b"more noise")
    return b"quiet"


def slow_step(_: str) -> bytes:
    patience.announce("slow")
    time.sleep(2.0)
    return b"done"


def unknown_step(_: str) -> bytes:
    for _ in range(1000):
        patience.announce("forever")
        patience.announce("slow")
        time.sleep(0.05)
    return b"done"


def allocate(megabytes: str) -> bytes:
    held = bytearray(int(megabytes) << 20)
    held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    time.sleep(0.5)
    return b"done"


def large_step(megabytes: str) -> bytes:
    patience.announce("large")
    return allocate(megabytes)
