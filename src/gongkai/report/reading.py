"""One file's bytes to a report, in this process: read, then interpret."""

from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.report.model import Report

if TYPE_CHECKING:
    from gongkai.report.grid import Document


def read_bytes(data: bytes, *, source: str = "") -> Report:
    """Read one report from the bytes of a file, in this process. ``source`` names it in messages.

    Raises UnreadableError, in Chinese, where it is not an annual report or cannot be read. Use
    :func:`read` for files that are not trusted.
    """
    return open_bytes(data, source=source)[0]


def open_bytes(data: bytes, *, source: str = "") -> "tuple[Report, Document | None]":
    """As :func:`read_bytes`, with the grid the report was interpreted from; None for our own JSON and CSV."""
    from gongkai.report import wire
    from gongkai.report.read.json import is_json, load
    from gongkai.report.read.own_csv import is_own_csv, load_csv

    document = None
    if is_json(data):
        report = wire.from_dict(load(data))
    elif is_own_csv(data):
        report = wire.from_dict(load_csv(data))
    else:
        from gongkai.report.interpret import interpret
        from gongkai.report.read import read_document

        document = read_document(data, source=source)
        report = interpret(document)
    return replace(report, reading=replace(report.reading, source=source)), document
