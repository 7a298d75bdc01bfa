"""Our own CSV: the long form that ``gongkai convert --to csv`` writes, back to the data of the wire format.

Other CSV files are text to us, and are read as text.
"""

import csv
from io import StringIO
from typing import Any

from gongkai.kernel import UnreadableError

_HEADER = b"path,label,value,raw,mark"
_BOM = b"\xef\xbb\xbf"
_SCHEMA = "gongkai.report.csv/1"
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_REMEDY = "请使用 gongkai convert --to csv 输出的文件"
_AMOUNT = "amount_10k_yuan"
_COLUMNS = 5


def is_csv(data: bytes) -> bool:
    """Whether the bytes begin as our own CSV does."""
    return data.removeprefix(_BOM).startswith(_HEADER)


def load(data: bytes) -> dict[str, Any]:
    """The file as the data of ``gongkai.report/1``. Raises UnreadableError where a row is not as written."""
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(StringIO(text, newline=""), strict=True))[1:]
        return _collect(rows)
    except (ValueError, KeyError, csv.Error) as error:
        raise UnreadableError(
            f"CSV 内容不符合 {_SCHEMA}：{error}", remedy=_REMEDY, code="csv-schema"
        ) from error


def _collect(rows: list[list[str]]) -> dict[str, Any]:
    report: dict[str, str] = {}
    tables: dict[str, dict[str, dict[str, int | str | None]]] = {
        "proactive": {},
        "applications": {},
        "disputes": {},
    }
    cells: dict[str, dict[str, str]] = {}
    sections: dict[str, str] = {}
    headings: dict[str, str] = {}
    for row in rows:
        if len(row) != _COLUMNS:
            raise ValueError(f"{row[:1]} 一行不是 {_COLUMNS} 列")
        path, label, value, raw, mark = row
        kind, _, key = path.partition(".")
        if kind == "report":
            report[key] = unguarded(value)
        elif kind == "sections":
            sections[key], headings[key] = unguarded(value), unguarded(label)
        else:
            line, _, column = key.partition(".")
            tables[kind].setdefault(line, {})[column] = _number(column, value)
            cells[path] = {"raw": unguarded(raw), "mark": mark}
    if report["schema"] != _SCHEMA:
        raise ValueError(f"格式是 {report['schema']}")
    return {
        "schema": "gongkai.report/1",
        "agency": report["agency"] or None,
        "year": int(report["year"]) if report["year"] else None,
        "edition": report["edition"],
        **tables,
        "sections": sections,
        "facts": {},
        "reading": {"format": "csv", "title": report["title"], "headings": headings},
        "cells": cells,
    }


def _number(column: str, value: str) -> int | str | None:
    if not value:
        return None
    return value if column == _AMOUNT else int(value)


def unguarded(text: str) -> str:
    """The text without the quote that keeps a spreadsheet from taking it for a formula."""
    guarded = text.startswith("'") and text.lstrip("'").startswith(_TRIGGERS)
    return text[1:] if guarded else text
