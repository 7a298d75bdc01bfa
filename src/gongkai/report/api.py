"""The only door to the report engine: ``read()``, ``check()``, ``write()``, ``compare()``."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from gongkai.kernel import Finding
from gongkai.report.model import Report


def read_bytes(data: bytes, *, source: str = "") -> Report:
    """Read one report from the bytes of a file, in this process. ``source`` names it in messages.

    Raises UnreadableError, in Chinese, where it is not an annual report or cannot be read. Use
    :func:`read` for files that are not trusted.
    """
    from gongkai.report import wire
    from gongkai.report.interpret import interpret
    from gongkai.report.read import read_document
    from gongkai.report.read.json import is_json, load

    if is_json(data):
        report = wire.from_dict(load(data))
    else:
        report = interpret(read_document(data, source=source))
    return replace(report, reading=replace(report.reading, source=source))


def read(path: str | Path) -> Report:
    """Read one file in a worker process with limits on memory and time.

    Raises UnreadableError; ``reading.source`` is the path as given.
    """
    from gongkai.report.worker import run_limited

    return run_limited(str(path))


def check(
    report: Report,
    *,
    previous: Report | None = None,
    subordinates: Sequence[Report] = (),
    others: Sequence[Report] = (),
    published_on: date | None = None,
) -> tuple[Finding, ...]:
    """All findings, gravest first. See ``docs/rules.md`` for what each rule compares."""
    from gongkai.report.check import run
    from gongkai.report.check.registry import Context

    return run(Context(report, previous, tuple(subordinates), tuple(others), published_on))
