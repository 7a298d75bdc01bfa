"""The worker's side of :mod:`gongkai.report.limited`: wait for a path, run the function, send its bytes."""

import importlib
import math
import os
import resource
import socket
import sys
import traceback
from collections.abc import Callable, Mapping

import msgspec

from gongkai.kernel import GongkaiError
from gongkai.report import patience
from gongkai.report.limited import Failure
from gongkai.report.sizes import MEGABYTE

_REMEDY = "请确认文件能正常打开，或另存为 DOCX、PDF 后再试"
_LARGEST_SCRATCH_FILE = 512 * MEGABYTE
#: Shared libraries and the like are resident, too, and are not counted as data.
_SHARED = 128 * MEGABYTE


def serve(connection: socket.socket, function: Callable[[str], bytes], memory: Mapping[str, int]) -> None:
    """Answer requests until the other side closes the connection.

    ``memory`` tells how many bytes each step may take, and under the empty name all that is no such step.
    """

    def send(kind: bytes, body: bytes) -> None:
        connection.sendall(kind + len(body).to_bytes(4, "big") + body)

    def slow(step: str) -> None:
        send(b"S", step.encode())
        if step in memory:
            _limit_memory(memory[step])

    patience.listen(slow)
    send(b"H", b"")
    while request := connection.recv(1 << 16):
        path, named, seconds = msgspec.msgpack.decode(request, type=tuple[bytes, str, float])
        _limit_cpu(seconds)
        _limit_memory(memory[""])
        try:
            answer = function(os.fsdecode(path))
        except MemoryError:
            send(b"E", _failure("读取所需内存过大，已停止", "memory-limit", _REMEDY))
            return  # the memory may be in pieces: let a fresh worker take over
        except GongkaiError as error:
            place = error.place.replace(os.fsdecode(path), named)
            failure = Failure(error.message, place, error.remedy, error.code)
            send(b"E", msgspec.msgpack.encode(failure))
        except RecursionError:
            send(b"E", _failure("文件内容嵌套过深，没有读取", "too-deep", _REMEDY))
        except Exception as error:  # noqa: BLE001 - a fault of ours must reach the user as a sentence
            said = f"读取时出现内部错误（{type(error).__name__}）"
            send(b"E", _failure(said, "internal", "请把这个文件交给维护人员，并先另存为 DOCX 或 PDF 再试"))
        else:
            send(b"R", answer)


def _failure(message: str, code: str, remedy: str) -> bytes:
    return msgspec.msgpack.encode(Failure(message, "", remedy, code, traceback.format_exc()))


def _limit_cpu(seconds: float) -> None:
    """The kernel ends this process where the parent is no longer there to do so."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _limit_memory(most: int) -> None:
    """What cannot be allocated raises MemoryError, or ends the process where a library does not check."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most - _SHARED, hard))


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard < 0 else min(most, hard)
    resource.setrlimit(kind, (most, most))


def main(arguments: list[str]) -> None:
    """``limited_child DESCRIPTOR MODULE:FUNCTION MEMORY [STEP=MEMORY …]``."""
    descriptor, target, usual, *steps = arguments
    memory = {"": int(usual)} | {name: int(most) for name, _, most in (step.partition("=") for step in steps)}
    module, _, name = target.partition(":")
    connection = socket.socket(fileno=int(descriptor))
    _limit(resource.RLIMIT_DATA, max(memory.values()) - _SHARED)
    _limit(resource.RLIMIT_FSIZE, _LARGEST_SCRATCH_FILE)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        serve(connection, getattr(importlib.import_module(module), name), memory)
    except (BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    main(sys.argv[1:])
