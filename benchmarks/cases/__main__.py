"""``python -m benchmarks.cases``: measure the applications alone and put their section on docs/benchmarks.md.

Started by ``scripts/with_postgresql.sh`` it measures on that PostgreSQL; ``--answer FILE`` leaves there what
was measured for whoever asked.
"""

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cases.measure import Measured
from benchmarks.cases.page import section
from benchmarks.sections import put
from benchmarks.web.server import environment

CASES = 1_000_000
_ROOT = Path(__file__).resolve().parents[2]
_NOT_INSTALLED = 77  # of scripts/with_postgresql.sh


def measure_all(cases: int = CASES) -> list[Measured]:
    """On SQLite and, where it is installed, on a PostgreSQL of its own."""
    found = [_measured("", cases)]
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        command = [
            str(_ROOT / "scripts/with_postgresql.sh"), sys.executable, "-m", "benchmarks.cases",
            "--cases", str(cases), "--answer", str(answer),
        ]  # fmt: skip
        done = subprocess.run(command, cwd=_ROOT, env={**os.environ, "GONGKAI_DURABLE": "1"}, check=False)
        if done.returncode == _NOT_INSTALLED:
            return found
        done.check_returncode()
        return [*found, pickle.loads(answer.read_bytes())]


def _measured(database: str, cases: int) -> Measured:
    """In a process with settings of its own; ``database``: an address, "" for SQLite in a folder."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        answer = Path(folder) / "answer"
        command = [sys.executable, "-m", "benchmarks.cases.run", str(cases), str(answer)]
        given = {
            **environment(Path(folder), database),
            "DJANGO_SETTINGS_MODULE": "benchmarks.cases.settings",
        }
        subprocess.run(command, cwd=_ROOT, env=given, check=True)
        found: Measured = pickle.loads(answer.read_bytes())
        return found


def _on_postgresql(address: str, cases: int) -> Measured:
    """On the server that ``address`` names, in a database of its own."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench_cases")
    return _measured(f"{address.rpartition('/')[0]}/bench_cases", cases)


def main(arguments: Sequence[str]) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--answer", type=Path)
    parser.add_argument("--output", type=Path, default=_ROOT / "docs/benchmarks.md")
    options = parser.parse_args(arguments)
    address = os.environ.get("GONGKAI_TEST_DATABASE", "")
    if address.startswith("postgresql://"):
        measured = [_on_postgresql(address, options.cases)]
    else:
        measured = measure_all(options.cases)
    if options.answer:
        options.answer.write_bytes(pickle.dumps(measured[0]))
    else:
        text = put(options.output.read_text(encoding="utf-8"), section(measured))
        options.output.write_text(text, encoding="utf-8")
        print(f"written: {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
