"""One contender over one set of files, in a process of its own."""

import gc
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

ROUNDS = 5


@dataclass
class Measured:
    """CPU milliseconds a file (median of the rounds), peak memory in MB, and the results."""

    cpu_ms: float
    peak_mb: float
    results: list[Any] = field(default_factory=list)
    extra_ms: dict[str, float] = field(default_factory=dict)


def _round_ms(function: Any, arguments: list[Any]) -> float:
    # Hundreds of results are kept here to be scored. To search them for garbage again and again is no part of
    # the work of a contender that makes Python objects; its own objects are searched as ever.
    gc.collect()
    gc.freeze()
    start = time.process_time()
    for argument in arguments:
        function(argument)
    return (time.process_time() - start) * 1000 / len(arguments)


def measure_here(kind: str, name: str, files: list[bytes], rounds: int) -> Measured:
    """Run a contender in this process."""
    from benchmarks.contenders import CONTENDERS

    _, function, role = next(item for item in CONTENDERS[kind] if item[0] == name)
    results = [_safely(function, data) for data in files]  # also warms up
    cpu = median(_round_ms(lambda data: _safely(function, data), files) for _ in range(rounds))
    peak = _peak_mb()
    measured = Measured(cpu, peak, results if role != "floor" else [])
    if role == "ours":
        measured.extra_ms = _parts(files, [report for report in results if report is not None], rounds)
    return measured


def _peak_mb() -> float:
    """The most memory this process held. Not ``ru_maxrss``: that goes on from the parent's."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _safely(function: Any, data: bytes) -> Any:
    try:
        return function(data)
    except Exception:  # noqa: BLE001 - a library that fails on a file has read nothing of it
        return None


def _parts(files: list[bytes], reports: list[Any], rounds: int) -> dict[str, float]:
    """Where our time goes: to the neutral grid, to the tables, to the text; and the checks."""
    from gongkai.report import api
    from gongkai.report.interpret.tables import read_tables
    from gongkai.report.interpret.text import read_text
    from gongkai.report.read import read_document

    documents = [read_document(data, source="") for data in files]
    tables = [read_tables(document) for document in documents]
    pairs = list(zip(documents, tables, strict=True))
    steps = {
        "read": (lambda data: read_document(data, source=""), files),
        "tables": (read_tables, documents),
        "text": (lambda pair: read_text(pair[0], pair[1].consumed), pairs),
        "checks": (api.check, reports),
    }
    return {
        name: median(_round_ms(function, arguments) for _ in range(rounds))
        for name, (function, arguments) in steps.items()
    }


def measure(kind: str, name: str, files: list[bytes], rounds: int = ROUNDS) -> Measured:
    """Run a contender in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        task, answer = Path(folder) / "task", Path(folder) / "answer"
        task.write_bytes(pickle.dumps((kind, name, files, rounds)))
        code = "import sys; from benchmarks import measure; measure.answer_task(*sys.argv[1:])"
        command = [sys.executable, "-c", code, str(task), str(answer)]
        subprocess.run(command, check=True, cwd=Path(__file__).resolve().parent.parent)
        measured: Measured = pickle.loads(answer.read_bytes())
        return measured


def import_ms(module: str, times: int = ROUNDS) -> float:
    """CPU milliseconds of ``import module`` in a fresh interpreter, beside the interpreter itself."""

    def once(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000

    once(f"import {module}")
    return median(once(f"import {module}") for _ in range(times)) - median(once("pass") for _ in range(times))


def answer_task(task: str, answer: str) -> None:
    """Measure what the pickle ``task`` names and leave the results in ``answer``."""
    Path(answer).write_bytes(pickle.dumps(measure_here(*pickle.loads(Path(task).read_bytes()))))
