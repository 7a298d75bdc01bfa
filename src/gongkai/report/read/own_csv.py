"""CSV of our own: one row per figure and per section. Its values, in the shape of ``gongkai.report/1``."""

import csv
import re
from io import StringIO
from typing import Any, NamedTuple

from gongkai.kernel import UnreadableError
from gongkai.report.read.limits import MAX_TEXT
from gongkai.report.read.text.decode import decode
from gongkai.report.sizes import refuse_size

SCHEMA = "gongkai.report.csv/1"
_REPORT_SCHEMA = "gongkai.report/1"
_HEADER = ("path", "label", "value", "raw", "mark")
#: Before these the writer puts a quote, so that no spreadsheet takes text for a formula.
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_INTEGER = re.compile(r"-?\d{1,18}")
_LONGEST_FIELD = 1 << 24
_REMEDY = "请使用 gongkai convert 写出的完整 CSV 文件"


def is_own_csv(data: bytes) -> bool:
    """Whether the file is CSV that we wrote, by its first line (also where a spreadsheet saved it again)."""
    head = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.replace(b'"', b"").startswith(b"path,label,value,raw,mark")


def load_csv(data: bytes) -> dict[str, Any]:
    """The report as ``gongkai.report/1`` with its cells. Raises UnreadableError (code ``csv``)."""
    refuse_size(len(data), MAX_TEXT)
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.reader(StringIO(decode(data).text.lstrip(), newline=""), strict=True))
    except csv.Error as error:
        raise _error(f"不完整或有错误（{error}）") from None
    finally:
        csv.field_size_limit(before)
    if not rows or tuple(rows[0][:5]) != _HEADER:
        raise _error("的表头不对")
    contents = _Contents()
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if len(row) < 5:
            raise _error(f"第 {number} 行不完整")
        contents.add(_Row(number, *map(_unguarded, row[:5])))
    return contents.report()


class _Row(NamedTuple):
    """A line of the file, without the quotes that guard it."""

    number: int
    path: str
    label: str
    value: str
    raw: str
    mark: str


class _Contents:
    """What the lines say, put together as ``gongkai.report/1``."""

    def __init__(self) -> None:
        self._about: dict[str, str] = {}
        self._headings: dict[str, str] = {}
        self._tables: dict[str, str] = {}
        self._uncertain: dict[str, dict[str, Any]] = {}
        self._report: dict[str, Any] = {
            "schema": _REPORT_SCHEMA, "proactive": {}, "applications": {}, "disputes": {},
            "sections": {}, "cells": {},
        }  # fmt: skip

    def add(self, row: _Row) -> None:
        """Take in one line. Raises UnreadableError where its path is unknown or was there before."""
        kind, _, rest = row.path.partition(".")
        if kind == "report":
            self._about[rest] = row.value
        elif kind == "sections":
            self._report["sections"][rest] = row.value
            self._headings[rest] = row.label
        elif kind == "tables":
            self._tables[rest] = row.value
        elif kind == "uncertain":
            values = [_number(value) for value in row.value.split()]
            self._uncertain[rest] = {"values": values, "candidates": row.raw.split()}
        elif kind == "reason" and rest in self._uncertain:
            self._uncertain[rest]["reason"] = row.value
        else:
            _figure(self._report, row)

    def report(self) -> dict[str, Any]:
        """The report. Raises UnreadableError where the file is not of our schema."""
        about = self._about
        if about.get("schema") != SCHEMA:
            raise _error(f"不是 {SCHEMA} 格式")
        year = about.get("year", "")
        return self._report | {
            "agency": about.get("agency") or None,
            "year": int(year) if re.fullmatch(r"\d{4}", year) else None,
            "edition": about.get("edition", ""),
            "reading": {
                "format": "csv",
                "title": about.get("title", ""),
                "headings": self._headings,
                "tables": self._tables,
                "uncertain": self._uncertain,
            },
        }


def _figure(report: dict[str, Any], line: _Row) -> None:
    parts = line.path.split(".")
    if len(parts) != 3 or parts[0] not in ("proactive", "applications", "disputes"):
        raise _error(f"第 {line.number} 行的路径“{line.path[:60]}”不对")
    if line.path in report["cells"]:
        raise _error(f"第 {line.number} 行的路径“{line.path}”出现了两次")
    table, row, column = parts
    report[table].setdefault(row, {})[column] = _number(line.value)
    report["cells"][line.path] = {"raw": line.raw, "mark": line.mark}


def _number(value: str) -> int | str | None:
    if not value:
        return None
    return int(value) if _INTEGER.fullmatch(value) else value


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_GUARDED) else text


def _error(what: str) -> UnreadableError:
    return UnreadableError(f"CSV 文件{what}", remedy=_REMEDY, code="csv")
