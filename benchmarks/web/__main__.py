"""``python -m benchmarks.web``: measure the site alone and put its section on docs/benchmarks.md.

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

from benchmarks.sections import put
from benchmarks.web.measure import FEW, MANY, Measured, measure
from benchmarks.web.page import section

_ROOT = Path(__file__).resolve().parents[2]
_NOT_INSTALLED = 77  # of scripts/with_postgresql.sh
_SQLITE, _POSTGRESQL = "SQLite", "PostgreSQL"


def measure_all(*, many: int = MANY, rounds: int = 5, seconds: float = 0.7) -> list[Measured]:
    """On SQLite and, where it is installed, on a PostgreSQL of its own."""
    measured = [measure(_SQLITE, {FEW: "", many: ""}, rounds=rounds, seconds=seconds)]
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        done = subprocess.run(
            [
                str(_ROOT / "scripts/with_postgresql.sh"), sys.executable, "-m", "benchmarks.web",
                "--many", str(many), "--rounds", str(rounds), "--seconds", str(seconds),
                "--answer", str(answer),
            ],
            cwd=_ROOT, check=False,
        )  # fmt: skip
        if done.returncode == _NOT_INSTALLED:
            return measured
        done.check_returncode()
        return [*measured, pickle.loads(answer.read_bytes())]


def _on_postgresql(address: str, *, many: int, rounds: int, seconds: float) -> Measured:
    """On the server that ``address`` names, in databases of their own."""
    import psycopg

    server = address.rpartition("/")[0]
    with psycopg.connect(address, autocommit=True) as connection:
        for reports in (FEW, many):
            connection.execute(f"CREATE DATABASE bench_{reports}")
    addresses = {reports: f"{server}/bench_{reports}" for reports in (FEW, many)}
    return measure(_POSTGRESQL, addresses, rounds=rounds, seconds=seconds)


def main(arguments: Sequence[str]) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=MANY, help="reports in the larger stock")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.7, help="length of a burst")
    parser.add_argument("--answer", type=Path)
    parser.add_argument("--output", type=Path, default=_ROOT / "docs/benchmarks.md")
    options = parser.parse_args(arguments)
    how = {"many": options.many, "rounds": options.rounds, "seconds": options.seconds}
    address = os.environ.get("GONGKAI_TEST_DATABASE", "")
    if address.startswith("postgresql://"):
        measured = [_on_postgresql(address, **how)]
    else:
        measured = measure_all(**how)
    if options.answer:
        options.answer.write_bytes(pickle.dumps(measured[0]))
    else:
        text = put(options.output.read_text(encoding="utf-8"), section(measured))
        options.output.write_text(text, encoding="utf-8")
        print(f"written: {options.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
